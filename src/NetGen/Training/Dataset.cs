using System.Globalization;
using static System.FormattableString;

namespace NetGen;

/// <summary>Samples in columns: what a network is trained with.</summary>
/// <remarks>
/// <code>
/// var train = new Dataset(
///     new DataColumn("image", images, 28, 28, 1),
///     new DataColumn("label", labels));
/// </code>
/// A data set never changes; <see cref="Slice"/>, <see cref="Take"/>, <see cref="Skip"/> and <see cref="TrainTestSplit"/> share its memory.
/// </remarks>
public sealed class Dataset
{
    private readonly DataColumn[] columns;

    /// <summary>Puts columns together.</summary>
    /// <exception cref="ArgumentException">There is no column, two have one name, or they differ in their number of samples.</exception>
    public Dataset(params ReadOnlySpan<DataColumn> columns)
    {
        if (columns.IsEmpty)
            throw new ArgumentException("A data set needs at least one column.", nameof(columns));
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (DataColumn column in columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
            if (!names.Add(column.Name))
                throw new ArgumentException($"Two columns are named '{column.Name}'.", nameof(columns));
            if (column.Count != columns[0].Count)
                throw new ArgumentException(Invariant($"'{column.Name}' has {column.Count} samples; '{columns[0].Name}' has {columns[0].Count}."), nameof(columns));
        }

        this.columns = columns.ToArray();
        Count = columns[0].Count;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The columns in order.</summary>
    public ReadOnlySpan<DataColumn> Columns => columns;

    /// <summary>The column of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public DataColumn this[string name] => Array.Find(columns, column => column.Name == name)
        ?? throw new KeyNotFoundException($"There is no column '{name}'; there are: {string.Join("; ", (object[])columns)}.");

    /// <summary>A run of samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches outside the data set.</exception>
    public Dataset Slice(int start, int count)
    {
        if (start < 0 || start > Count)
            throw OutOfRange.Of(nameof(start), start, Invariant($"The data set has {Count} samples."));
        if (count < 0 || count > Count - start)
            throw OutOfRange.Of(nameof(count), count, Invariant($"The data set has {Count} samples, {Count - start} from sample {start} on."));
        return new(Array.ConvertAll(columns, column => column.Slice(start, count)));
    }

    /// <summary>The first samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or above <see cref="Count"/>.</exception>
    public Dataset Take(int count) => Slice(0, count);

    /// <summary>All but the first samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or above <see cref="Count"/>.</exception>
    public Dataset Skip(int count) => count >= 0 && count <= Count
        ? Slice(count, Count - count)
        : throw OutOfRange.Of(nameof(count), count, Invariant($"The data set has {Count} samples."));

    /// <summary>Keeps the last samples for testing: <c>var (train, test) = data.TrainTestSplit(testFraction: 0.2)</c>.</summary>
    /// <remarks>Nothing is shuffled: data that are sorted by class need <see cref="Shuffle"/> first, a series in time must not have
    /// it.</remarks>
    /// <param name="testFraction">The share of the samples for testing, in [0, 1); their number is rounded to the nearest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testFraction"/> is not in [0, 1).</exception>
    public (Dataset Train, Dataset Test) TrainTestSplit(double testFraction)
    {
        if (!(testFraction >= 0 && testFraction < 1))
            throw OutOfRange.Of(nameof(testFraction), testFraction, string.Create(CultureInfo.InvariantCulture, $"The fraction for testing is {testFraction}; expected a number in [0, 1)."));
        // Rounded, not cut: 60000 × 0.1f is a little more than 6000, and 1 - 0.1f a little less than 0.9.
        int test = (int)Math.Round(Count * testFraction);
        return (Take(Count - test), Skip(Count - test));
    }

    /// <summary>A copy in a random order that depends on the seed only.</summary>
    public Dataset Shuffle(ulong seed)
    {
        int[] rows = new int[Count];
        Rows.Shuffle(rows, seed, 0);
        return Select(rows);
    }

    /// <summary>A copy of some samples in a given order; a sample may come several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is outside the data set.</exception>
    public Dataset Select(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)Count)
                throw OutOfRange.Of(
                    nameof(rows), row, Invariant($"There is no row {row}; the data set has {Count} samples."));
        }

        DataColumn[] selected = new DataColumn[columns.Length];
        for (int i = 0; i < columns.Length; i++)
            selected[i] = columns[i].Gather(rows);
        return new(selected);
    }

    /// <summary>
    /// The samples as a source, to be changed while a network is trained; of itself it gives what the data set gives, to the bit.
    /// </summary>
    /// <param name="workers">How many threads make batches ahead (<see cref="IndexedSource.Workers"/>); null: what fits the
    /// network.</param>
    /// <param name="ahead">How many batches are made ahead at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is negative, or <paramref name="ahead"/> below
    /// 1.</exception>
    /// <exception cref="NotSupportedException">A column has sequences of any length: when it is read.</exception>
    public IndexedSource AsSource(int? workers = null, int ahead = 2) => new DatasetSource(this) { Workers = workers, Ahead = ahead };

    /// <summary>
    /// The same with labels as shares of classes: 1 for that of the sample, 0 for all others. It is what <c>CrossEntropy(logits,
    /// target)</c> takes.
    /// </summary>
    /// <param name="label">The column of labels; the new one has its name.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">The column has real numbers, sequences, or several labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no class, or a label is none.</exception>
    public Dataset OneHot(string label, int classes)
    {
        OutOfRange.ThrowIfLess(classes, 1);
        DataColumn labels = this[label];
        if (labels.Type != ColumnType.Label || labels.IsSequence || labels.Length != 1)
            throw new ArgumentException($"'{label}' is no column of one label per sample: {labels}.", nameof(label));
        float[] shares = new float[checked(Count * classes)];
        for (int row = 0; row < Count; row++)
        {
            int answer = labels.Labels.Span[row];
            if ((uint)answer >= (uint)classes)
                throw OutOfRange.Of(nameof(classes), classes, Invariant($"'{label}' is {answer} in row {row} (counted from 0); expected 0 to {classes - 1}."));
            shares[row * classes + answer] = 1;
        }

        return new(Array.ConvertAll(columns, column => ReferenceEquals(column, labels) ? new DataColumn(label, shares, classes) : column));
    }

    /// <summary>For example <c>60000 samples (image: Float [28, 28, 1]; label: Label [])</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} samples ({string.Join("; ", (object[])columns)})");
}
