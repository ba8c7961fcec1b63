namespace NetGen;

/// <summary>
/// Writes to a file, and has what is written brought to the disk meanwhile: of a large file the disk would else begin with all of it when
/// the last byte is there. It does not close the file.
/// </summary>
internal sealed class FlushedStream(FileStream file) : Stream
{
    /// <summary>16 MB: long enough for a disk to be worth a call.</summary>
    private const long Enough = 1 << 24;

    private Task flushing = Task.CompletedTask;
    private long written;

    public override bool CanRead => false;

    /// <summary>A header may be written last.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        file.Write(buffer);
        written += buffer.Length;
        if (written < Enough || !flushing.IsCompleted)
            return;
        // A disk that has failed says so once.
        Finish();
        written = 0;
        flushing = Task.Run(() => RandomAccess.FlushToDisk(file.SafeFileHandle));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Waits until nothing is brought to the disk any more. What was written last may still have to be.</summary>
    /// <exception cref="IOException">Something could not be.</exception>
    internal void Finish() => flushing.GetAwaiter().GetResult();

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // The file is closed next; what went wrong first is on its way to the caller.
        if (disposing)
            flushing.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        base.Dispose(disposing);
    }
}
