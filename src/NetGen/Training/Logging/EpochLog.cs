namespace NetGen;

/// <summary>A file with something for each epoch, which can be read while the training runs.</summary>
/// <remarks>
/// An existing file is replaced. A training that goes on from a checkpoint writes the epochs before it again, so that none is there twice.
/// </remarks>
public abstract class EpochLog : FitCallback
{
    private readonly string path;
    private FileStream? file;

    private protected EpochLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
    }

    /// <inheritdoc/>
    public override void OnBegin(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        file = new(PathOf(path), FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
        Begin(file, fit);
        file.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Write(file!, fit.Epochs[^1], fit);
        WriteMore(file!, fit);
        file!.Flush();
    }

    /// <inheritdoc/>
    public override void OnEnd(FitContext fit, History history) => Close();

    /// <inheritdoc/>
    public override void OnException(FitContext fit, Exception exception) => Close();

    private protected virtual string PathOf(string given) => given;

    private protected virtual void Begin(Stream stream, FitContext fit)
    {
        foreach (EpochResult earlier in fit.Epochs)
            Write(stream, earlier, null);
    }

    /// <summary>What can be known of an epoch only while it is the last one.</summary>
    private protected virtual void WriteMore(Stream stream, FitContext fit)
    {
    }

    private protected abstract void Write(Stream stream, EpochResult result, FitContext? fit);

    private void Close()
    {
        file?.Dispose();
        file = null;
    }
}
