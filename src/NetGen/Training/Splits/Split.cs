using static System.FormattableString;

namespace NetGen;

/// <summary>Which rows of some data are trained on and which are kept for testing. <see cref="Splits"/> makes them.</summary>
/// <example>
/// <code>
/// Split split = Splits.Holdout(data.Count, testFraction: 0.2, seed: 1);
/// var (train, test) = split.Of(data);
/// </code>
/// </example>
public sealed class Split
{
    private readonly int[] train;
    private readonly int[] test;

    /// <summary>States the rows.</summary>
    /// <param name="count">The number of rows that the data have.</param>
    /// <param name="train">The rows to train on.</param>
    /// <param name="test">The rows to test on.</param>
    /// <exception cref="ArgumentException">A row is there twice: in both, or in one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is none of the data.</exception>
    public Split(int count, ReadOnlySpan<int> train, ReadOnlySpan<int> test)
    {
        OutOfRange.ThrowIfLess(count, 0);
        Count = count;
        this.train = train.ToArray();
        this.test = test.ToArray();
        bool[] seen = new bool[count];
        Mark(this.train, nameof(train));
        Mark(this.test, nameof(test));

        void Mark(int[] rows, string name)
        {
            foreach (int row in rows)
            {
                if ((uint)row >= (uint)count)
                    throw OutOfRange.Of(name, row, Invariant($"There is no row {row}; the data have {count}."));
                if (seen[row])
                    throw new ArgumentException(Invariant($"Row {row} is there twice: what is tested must not have been trained on, and each row counts once."), name);
                seen[row] = true;
            }
        }
    }

    /// <summary>The number of rows that the data have; some may be in neither part.</summary>
    public int Count { get; }

    /// <summary>The rows to train on, in the order in which they will stand.</summary>
    public ReadOnlySpan<int> Train => train;

    /// <summary>The rows to test on.</summary>
    public ReadOnlySpan<int> Test => test;

    /// <summary>Copies of the two parts of a data set.</summary>
    /// <exception cref="ArgumentException">The data set has another number of samples.</exception>
    public (Dataset Train, Dataset Test) Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Count == Count
            ? (data.Select(train), data.Select(test))
            : throw new ArgumentException(Invariant($"The split is of {Count} rows; the data set has {data.Count} samples."), nameof(data));
    }

    /// <summary>For example <c>45222 rows: 36178 to train on, 9044 to test on</c>.</summary>
    public override string ToString() => Invariant($"{Count} rows: {train.Length} to train on, {test.Length} to test on");
}
