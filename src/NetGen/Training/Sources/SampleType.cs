using System.Runtime.CompilerServices;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// What columns objects of a type have as samples: <c>new SampleType&lt;House&gt;().Floats("rooms", 3, (h, x) =&gt; …).Float("price", h
/// =&gt; h.Price)</c>.
/// </summary>
/// <remarks>It is built once; then any number of threads may use it.</remarks>
/// <example>
/// <code>
/// SampleType&lt;House> type = new SampleType&lt;House>().Floats("house", h => h.Facts, 8).Float("price", h => h.Price);
/// Dataset data = type.DatasetOf(houses);
/// </code>
/// </example>
public sealed class SampleType<T>
{
    /// <summary>How many objects make a block of a stream.</summary>
    private const int BlockSize = 256;

    private readonly List<Func<IReadOnlyList<T>, DataColumn>> columns = [];

    /// <summary>Writes the numbers of an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="values">Receives its numbers; they are zeros.</param>
    public delegate void Writer(T item, Span<float> values);

    /// <summary>A column of one number.</summary>
    public SampleType<T> Float(string name, Func<T, float> valueOf)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(valueOf);
        columns.Add(items => new DataColumn(name, (float[])[.. items.Select(valueOf)]));
        return this;
    }

    /// <summary>A column of arrays.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="valuesOf">The numbers of an object.</param>
    /// <param name="shape">Their shape.</param>
    public SampleType<T> Floats(string name, Func<T, float[]> valuesOf, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(valuesOf);
        int length = TensorShape.Length(shape, name);
        return Floats(name, (item, values) =>
        {
            float[] own = valuesOf(item);
            if (own.Length != length)
                throw new ArgumentException(Invariant($"'{name}' has {own.Length} values in one object; expected {length}."));
            own.CopyTo(values);
        }, shape);
    }

    /// <summary>A column of several numbers that a method writes.</summary>
    /// <param name="name">The name; best that of the objective's parameter.</param>
    /// <param name="write">Writes the numbers of an object.</param>
    /// <param name="shape">Their shape.</param>
    public SampleType<T> Floats(string name, Writer write, params ReadOnlySpan<int> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(write);
        int[] dimensions = shape.ToArray();
        int length = TensorShape.Length(shape, name);
        columns.Add(items =>
        {
            float[] values = new float[checked(items.Count * length)];
            for (int i = 0; i < items.Count; i++)
                write(items[i], values.AsSpan(i * length, length));
            return new(name, values, dimensions);
        });
        return this;
    }

    /// <summary>A column of labels.</summary>
    public SampleType<T> Label(string name, Func<T, int> labelOf)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(labelOf);
        columns.Add(items => new DataColumn(name, (int[])[.. items.Select(labelOf)]));
        return this;
    }

    /// <summary>A data set of some objects.</summary>
    /// <exception cref="InvalidOperationException">The type has no column.</exception>
    /// <exception cref="ArgumentException">An object has another number of values.</exception>
    public Dataset DatasetOf(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (columns.Count == 0)
            throw new InvalidOperationException($"The type of {typeof(T).Name} has no column yet.");
        T[] all = [.. items];
        return new([.. columns.Select(column => column(all))]);
    }

    /// <summary>A data set of objects that come one by one.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="cancellationToken">Ends the waiting for them.</param>
    /// <exception cref="InvalidOperationException">The type has no column.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Dataset> DatasetOfAsync(IAsyncEnumerable<T> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        List<T> all = [];
        await foreach (T item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            all.Add(item);
        return DatasetOf(all);
    }

    /// <summary>The objects in blocks, as they come.</summary>
    internal async IAsyncEnumerable<Dataset> Blocks(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<T> block = new(BlockSize);
        await foreach (T item in items.WithCancellation(cancellation).ConfigureAwait(false))
        {
            block.Add(item);
            if (block.Count < BlockSize)
                continue;
            yield return DatasetOf(block);
            block.Clear();
        }

        if (block.Count > 0)
            yield return DatasetOf(block);
    }
}
