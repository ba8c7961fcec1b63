namespace NetGen.Metrics;

/// <summary>Whether what is said to be likely by 70 % comes true in 70 of 100 cases.</summary>
/// <example><code>double error = CalibrationCurve.Of(probabilities, labels, bins: 10).ExpectedError;</code></example>
public sealed class CalibrationCurve
{
    private CalibrationCurve(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> outcomes, double[] edges)
    {
        double[] predicted = new double[edges.Length + 1];
        int[] came = new int[predicted.Length];
        int[] counts = new int[predicted.Length];
        for (int i = 0; i < outcomes.Length; i++)
        {
            int bin = 0;
            while (bin < edges.Length && probabilities[i] > edges[bin])
                bin++;
            predicted[bin] += probabilities[i];
            came[bin] += outcomes[i];
            counts[bin]++;
        }

        List<CalibrationBin> bins = [];
        for (int bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] == 0)
                continue;
            CalibrationBin filled = new(predicted[bin] / counts[bin], (double)came[bin] / counts[bin], counts[bin]);
            bins.Add(filled);
            double gap = Math.Abs(filled.Predicted - filled.Observed);
            ExpectedError += gap * counts[bin] / outcomes.Length;
            MaximumError = Math.Max(MaximumError, gap);
        }

        Bins = bins;
    }

    /// <summary>The bins that have samples, by rising probability.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>The expected calibration error (ECE): the mean over the samples of |said − came true| of their bin.</summary>
    public double ExpectedError { get; }

    /// <summary>The greatest |said − came true| of a bin.</summary>
    public double MaximumError { get; }

    /// <summary>The curve of two classes.</summary>
    /// <param name="probabilities">Of the positive class.</param>
    /// <param name="labels">1 for positive, 0 for negative.</param>
    /// <param name="bins">How many; a probability at an edge belongs to the lower one.</param>
    /// <param name="equalCounts">Whether each has about as many samples as another (edges are quantiles); otherwise each is equally
    /// wide.</param>
    /// <exception cref="ArgumentException">There are no samples, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A probability is not in [0, 1], or NaN; a label is neither 0 nor 1; or <paramref name="bins"/> is below 1.
    /// </exception>
    public static CalibrationCurve Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int bins = 10, bool equalCounts = false)
    {
        Probabilities.CheckBinary(probabilities, labels);
        OutOfRange.ThrowIfLess(bins, 1);
        return new(probabilities, labels, equalCounts ? Quantiles(probabilities, bins) : Equal(bins));
    }

    /// <summary>
    /// The curve of the answers of a network for several classes: how often the likeliest class is right, by its probability.
    /// </summary>
    /// <param name="probabilities">One for each class of each sample; those of a sample sum to 1.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="bins">How many.</param>
    /// <inheritdoc cref="Probabilities.LogLoss(ReadOnlySpan{float}, ReadOnlySpan{int}, int)"/>
    public static CalibrationCurve OfAnswers(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes, int bins = 10)
    {
        Probabilities.CheckClasses(probabilities, labels, classes);
        OutOfRange.ThrowIfLess(bins, 1);
        float[] confidence = new float[labels.Length];
        int[] right = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = probabilities.Slice(i * classes, classes);
            int answer = 0;
            for (int c = 1; c < classes; c++)
                answer = row[c] > row[answer] ? c : answer;
            (confidence[i], right[i]) = (row[answer], answer == labels[i] ? 1 : 0);
        }

        return new(confidence, right, Equal(bins));
    }

    private static double[] Equal(int bins)
    {
        double[] edges = new double[bins - 1];
        for (int i = 0; i < edges.Length; i++)
            edges[i] = (i + 1) * (1.0 / bins);
        return edges;
    }

    private static double[] Quantiles(ReadOnlySpan<float> probabilities, int bins)
    {
        double[] sorted = new double[probabilities.Length];
        for (int i = 0; i < sorted.Length; i++)
            sorted[i] = probabilities[i];
        Array.Sort(sorted);
        double[] edges = new double[bins - 1];
        for (int i = 0; i < edges.Length; i++)
            edges[i] = Quantile.Of(sorted, (i + 1) * (1.0 / bins));
        return edges;
    }
}
