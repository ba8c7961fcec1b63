using System.Buffers;
using System.IO.Enumeration;
using System.Text;

namespace NetGen;

/// <summary>
/// Files that are there complete or not at all: written under another name in the same folder, and then moved to their own.
/// </summary>
internal static class ReplacedFile
{
    // NAME.32 hexadecimal digits.tmp
    private const int Digits = 32;
    private const string Extension = ".tmp";

    /// <summary>The longest name of a file: bytes on Linux, UTF-16 units on Windows and macOS, which are never more.</summary>
    private const int LongestName = 255;

    /// <summary>An empty file this young may be one that another process has made and not locked yet.</summary>
    private static readonly TimeSpan NotLockedYet = TimeSpan.FromSeconds(10);

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Nobody else may open the file. Windows moves and deletes an open one only if that is shared.</summary>
    private static FileShare Alone => OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>
    /// Writes a file, replacing one that is there. Follows symbolic links, keeps mode and owner where it may, writes into what is no file
    /// (a device, a pipe), and removes what processes that have died in here have left.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, the file is read-only, or the process has not the
    /// right.</exception>
    /// <exception cref="IOException">It cannot be written; an old file is untouched.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        UnixFile? old = UnixFile.Find(path);
        if (Directory.Exists(path))
            throw new UnauthorizedAccessException($"{path} is a folder; expected the name of a file.");
        if (old is { IsRegular: false })
        {
            using FileStream device = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(device);
            return;
        }

        string target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        CheckWritable(target, old);
        Replace(target, old, write);
    }

    /// <summary>A move asks for the right to the folder only; whoever may not write to a file shall not replace it.</summary>
    private static void CheckWritable(string target, UnixFile? old)
    {
        if (!File.Exists(target))
            return;
        const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        bool readOnly = old is null ? (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0 : (old.Mode & Write) == 0;
        if (readOnly)
            throw new UnauthorizedAccessException($"{target} is read-only.");
        try
        {
            using FileStream opened = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (IOException)
        {
            // Another process has it open for itself, which does not keep it from being replaced.
        }
    }

    private static void Replace(string target, UnixFile? old, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(target)!;
        string prefix = Prefix(Path.GetFileName(target));
        string temporary = Path.Combine(folder, $"{prefix}{Guid.NewGuid():N}{Extension}");
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            // Reading is for the lock that the file ends with.
            Access = FileAccess.ReadWrite,
            // The lock says that this process lives; it must hold until the move.
            Share = Alone,
            BufferSize = 0,
        };
        if (old is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Nothing to remove if this fails.
        using FileStream stream = new(temporary, options);
        try
        {
            RemoveLeftovers(folder, prefix, temporary);
            using (FlushedStream flushed = new(stream))
            {
                write(flushed);
                flushed.Finish();
            }

            old?.GiveTo(stream.SafeFileHandle);
            stream.Flush(flushToDisk: true);
            LetOthersRead(stream);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            // What went wrong first is what the caller must hear of.
            try
            {
                File.Delete(temporary);
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
            }

            throw;
        }
    }

    /// <summary>
    /// From the move on others open the file, which is still open here: locked so that it can be read and not be taken for left over.
    /// Windows has no such lock, and the file is closed.
    /// </summary>
    private static void LetOthersRead(FileStream stream)
    {
        if (OperatingSystem.IsWindows())
            stream.Dispose();
        else
            UnixFile.ShareLock(stream.SafeFileHandle);
    }

    /// <summary>The name with a dot, cut so that the whole temporary name is not too long.</summary>
    private static string Prefix(string name)
    {
        int most = LongestName - 1 - Digits - Extension.Length;
        int length = 0, bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most)
                break;
            length += rune.Utf16SequenceLength;
        }

        return name[..length] + ".";
    }

    /// <summary>
    /// A process holds the lock of its temporary file to the end, and the system ends the lock with the process, on another machine too:
    /// one that can be locked is left over. Where locks do not work (some network file systems) all stay.
    /// </summary>
    private static void RemoveLeftovers(string folder, string prefix, string own)
    {
        try
        {
            bool? locksWork = null;
            foreach (string file in Temporaries(folder, prefix))
            {
                if (file == own)
                    continue;
                locksWork ??= !TryLock(own, remove: false);
                if (!locksWork.Value)
                    return;
                TryLock(file, remove: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder may be written to and not be listed.
        }
    }

    private static FileSystemEnumerable<string> Temporaries(string folder, string prefix) => new(
        folder,
        (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { AttributesToSkip = FileAttributes.Directory | FileAttributes.ReparsePoint, MatchType = MatchType.Simple })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) =>
            entry.FileName.Length == prefix.Length + Digits + Extension.Length
            && entry.FileName.StartsWith(prefix, StringComparison.Ordinal)
            && entry.FileName.EndsWith(Extension, StringComparison.Ordinal)
            && !entry.FileName.Slice(prefix.Length, Digits).ContainsAnyExcept(HexadecimalDigits)
            && (entry.Length > 0 || (DateTimeOffset.UtcNow - entry.LastWriteTimeUtc).Duration() > NotLockedYet),
    };

    /// <summary>Whether nobody has the file open.</summary>
    private static bool TryLock(string file, bool remove)
    {
        try
        {
            // Opening a pipe would wait for the other end.
            if (UnixFile.Find(file) is { IsRegular: false })
                return false;
            using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite, Alone, bufferSize: 0);
            if (remove)
                File.Delete(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
