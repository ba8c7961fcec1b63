namespace NetGen.AspNetCore.Serving;

/// <summary>By what a file is known to be another one than before.</summary>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    /// <summary>The state of the file at a path, through symbolic links; null: there is none that can be read.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return new(File.GetLastWriteTimeUtc(handle), RandomAccess.GetLength(handle));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>For example <c>1234 bytes, written 2026-11-28T08:30:00.0000000Z</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Length} bytes, written {Written:O}");
}
