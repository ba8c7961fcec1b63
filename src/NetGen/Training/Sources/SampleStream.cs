using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A source that is read from the beginning to the end, block by block: data that are larger than memory, or that come from elsewhere.
/// </summary>
/// <remarks>
/// A thread of its own reads, shuffles and makes batches while the network is trained; as many at most as <see cref="Ahead"/> says are
/// kept. The order is random within a window of <see cref="Window"/> samples, and the parts (files) come in a random order: what is sorted
/// by class within a part that is larger than the window stays nearly sorted, so it is better shuffled when it is written. A training that
/// goes on in the middle of an epoch reads what came before again.
/// <code>
/// SampleStream stream = SampleStream.OfParts(count, columns, files, file =&gt; BlocksOf(file));
/// network.Fit(stream, new FitOptions { Epochs = 3 }, new Adam(1e-3f));
/// </code>
/// </remarks>
public sealed class SampleStream : SampleSource
{
    private readonly IReadOnlyList<string> parts;
    private readonly Func<int, CancellationToken, IAsyncEnumerable<Dataset>> open;

    private SampleStream(
        int count, Dataset columns, IReadOnlyList<string> parts, Func<int, CancellationToken, IAsyncEnumerable<Dataset>> open, int window, int ahead)
    {
        OutOfRange.ThrowIfLess(count, 1);
        OutOfRange.ThrowIfLess(window, 1);
        OutOfRange.ThrowIfLess(ahead, 1);
        ArgumentNullException.ThrowIfNull(columns);
        if (parts.Count == 0)
            throw new ArgumentException("There is no part to read.", nameof(parts));
        Count = count;
        Columns = columns.Take(0);
        this.parts = parts;
        this.open = open;
        (Window, Ahead) = (window, ahead);
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override Dataset Columns { get; }

    /// <summary>Among how many samples the order is random. They are in memory.</summary>
    public int Window { get; }

    /// <summary>How many batches are made ahead at most.</summary>
    public int Ahead { get; }

    /// <summary>Blocks of samples that come one after the other.</summary>
    /// <param name="count">How many samples there are in all.</param>
    /// <param name="columns">A data set with the columns of the blocks; its samples do not count.</param>
    /// <param name="blocks">Begins to read: once for each epoch. It may look at the token, which ends the reading.</param>
    /// <param name="window">Among how many samples, which are kept in memory, the order is random.</param>
    /// <param name="ahead">How many batches are made ahead at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static SampleStream Of(int count, Dataset columns, Func<CancellationToken, IAsyncEnumerable<Dataset>> blocks, int window = 8192, int ahead = 2)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        return new(count, columns, ["the stream"], (_, token) => blocks(token), window, ahead);
    }

    /// <summary>Objects that come one after the other.</summary>
    /// <param name="count">How many there are in all.</param>
    /// <param name="type">What columns they have.</param>
    /// <param name="items">Begins to read: once for each epoch.</param>
    /// <param name="window">Among how many samples, which are kept in memory, the order is random.</param>
    /// <param name="ahead">How many batches are made ahead at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="InvalidOperationException">The type has no column.</exception>
    public static SampleStream Of<T>(int count, SampleType<T> type, Func<CancellationToken, IAsyncEnumerable<T>> items, int window = 8192, int ahead = 2)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(items);
        return Of(count, type.DatasetOf([]), token => type.Blocks(items(token), token), window, ahead);
    }

    /// <summary>Blocks of samples in parts: files, of which each epoch takes another order.</summary>
    /// <param name="count">How many samples there are in all parts together.</param>
    /// <param name="columns">A data set with the columns of the blocks; its samples do not count.</param>
    /// <param name="parts">The parts by their names, for messages too.</param>
    /// <param name="blocks">Begins to read a part: once for each epoch.</param>
    /// <param name="window">Among how many samples, which are kept in memory, the order is random.</param>
    /// <param name="ahead">How many batches are made ahead at most.</param>
    /// <exception cref="ArgumentException">There is no part.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static SampleStream OfParts(
        int count, Dataset columns, IReadOnlyList<string> parts, Func<string, IEnumerable<Dataset>> blocks, int window = 8192, int ahead = 2)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(blocks);
        string[] names = [.. parts];
        return new(count, columns, names, (part, _) => blocks(names[part]).ToAsyncEnumerable(), window, ahead);
    }

    /// <inheritdoc/>
    public override SampleReader Read(EpochOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new StreamedReader(this, order);
    }

    internal int Parts => parts.Count;

    internal IAsyncEnumerable<Dataset> Open(int part, CancellationToken cancellation) => open(part, cancellation);

    internal string Place(int part, long row) => Invariant($"row {row} of {parts[part]}");

    /// <summary>Of a stream as a whole.</summary>
    internal string Name => parts.Count == 1 ? parts[0] : Invariant($"{parts[0]} and {parts.Count - 1} more");
}
