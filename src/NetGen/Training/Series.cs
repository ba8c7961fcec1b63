using static System.FormattableString;

namespace NetGen;

/// <summary>Samples of series in time: windows of the past, and what comes after them.</summary>
public static class Series
{
    /// <summary>
    /// A sample for each place in a series: <paramref name="window"/> steps as the input, and the <paramref name="horizon"/> steps behind them as the target.
    /// </summary>
    /// <remarks>
    /// <code>
    /// Dataset data = Series.Windows(new DataColumn("power", values, 3), window: 48, horizon: 12, targets: [0]);
    /// // window: Float [48, 3]; future: Float [12, 1]
    /// </code>
    /// Windows overlap: rows at random for testing would have been trained on as parts of other windows. Split the series by time, and make windows of each part.
    /// </remarks>
    /// <param name="series">The steps in order, each with as many numbers as the column's samples have: its features.</param>
    /// <param name="window">The steps of an input.</param>
    /// <param name="horizon">The steps of a target.</param>
    /// <param name="gap">The steps between the two: what will not be known yet when a prediction is made.</param>
    /// <param name="stride">How many steps a window begins after the one before it.</param>
    /// <param name="targets">The features that are predicted; none stands for all.</param>
    /// <param name="groups">Where the column has several series one after the other, the series of each step; no window reaches from one into another.</param>
    /// <param name="input">The name of the inputs' column: [window, features].</param>
    /// <param name="target">The name of the targets' column: [horizon, targets].</param>
    /// <exception cref="ArgumentException">The column has labels, there are not as many groups as steps, or no series is long enough for a sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of steps is below its least, or a target is no feature.</exception>
    public static Dataset Windows(
        DataColumn series, int window, int horizon = 1, int gap = 0, int stride = 1, ReadOnlySpan<int> targets = default, ReadOnlySpan<int> groups = default,
        string input = "window", string target = "future")
    {
        ArgumentNullException.ThrowIfNull(series);
        OutOfRange.ThrowIfLess(window, 1);
        OutOfRange.ThrowIfLess(horizon, 1);
        OutOfRange.ThrowIfLess(gap, 0);
        OutOfRange.ThrowIfLess(stride, 1);
        if (series.Type != ColumnType.Float)
            throw new ArgumentException($"'{series.Name}' has labels; a series has real numbers.", nameof(series));
        if (!groups.IsEmpty && groups.Length != series.Count)
            throw new ArgumentException(Invariant($"There are {groups.Length} groups for the {series.Count} steps of '{series.Name}'."), nameof(groups));
        int features = series.Length;
        int[] predicted = targets.IsEmpty ? [.. Enumerable.Range(0, features)] : targets.ToArray();
        foreach (int feature in predicted)
        {
            if ((uint)feature >= (uint)features)
                throw OutOfRange.Of(nameof(targets), feature, Invariant($"'{series.Name}' has {features} features; there is none {feature}."));
        }

        long steps = (long)window + gap + horizon;
        List<int> starts = Starts(series.Count, steps, stride, groups);
        if (starts.Count == 0)
            throw new ArgumentException(Invariant($"No series of '{series.Name}' has the {steps} steps of a sample."), nameof(series));
        ReadOnlySpan<float> values = series.Floats.Span;
        float[] inputs = new float[checked(starts.Count * window * features)];
        float[] outputs = new float[checked(starts.Count * horizon * predicted.Length)];
        for (int sample = 0; sample < starts.Count; sample++)
        {
            values.Slice(starts[sample] * features, window * features).CopyTo(inputs.AsSpan(sample * window * features));
            int first = starts[sample] + window + gap, written = sample * horizon * predicted.Length;
            for (int step = first; step < first + horizon; step++)
            {
                foreach (int feature in predicted)
                    outputs[written++] = values[step * features + feature];
            }
        }

        return new(new DataColumn(input, inputs, window, features), new DataColumn(target, outputs, horizon, predicted.Length));
    }

    /// <summary>Where samples begin: within each run of steps of one series.</summary>
    private static List<int> Starts(int count, long steps, int stride, ReadOnlySpan<int> groups)
    {
        List<int> starts = [];
        HashSet<int> done = [];
        for (int begin = 0, end; begin < count; begin = end)
        {
            end = groups.IsEmpty ? count : begin + 1;
            while (end < count && groups[end] == groups[begin])
                end++;
            if (!groups.IsEmpty && !done.Add(groups[begin]))
                throw new ArgumentException(Invariant($"Group {groups[begin]} goes on at step {begin}, behind another: the steps of a series must follow each other."), nameof(groups));
            for (long start = begin; start + steps <= end; start += stride)
                starts.Add((int)start);
        }

        return starts;
    }
}
