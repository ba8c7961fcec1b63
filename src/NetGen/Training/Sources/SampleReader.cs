namespace NetGen;

/// <summary>One epoch of a <see cref="SampleSource"/>, batch by batch. One thread uses it.</summary>
/// <example>
/// <code>
/// using SampleReader reader = train.AsSource().Read(new EpochOrder { BatchSize = 32 });
/// Dataset first = reader.Next();
/// </code>
/// </example>
public abstract class SampleReader : IDisposable
{
    /// <summary>The next batch. Its memory is valid until the next call, which may write another one there.</summary>
    /// <exception cref="OperationCanceledException">The token of the order asked for it.</exception>
    /// <exception cref="InvalidOperationException">The epoch is over.</exception>
    /// <exception cref="InvalidDataException">A sample cannot be read; the message says where it comes from.</exception>
    public abstract Dataset Next();

    /// <summary>Where a sample of the batch comes from, for messages.</summary>
    /// <param name="index">Its place in the batch that <see cref="Next"/> gave.</param>
    public abstract string Place(int index);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what works ahead, and waits for it.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
