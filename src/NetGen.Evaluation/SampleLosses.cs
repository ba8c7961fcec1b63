namespace NetGen.Metrics;

/// <summary>The loss of each sample, to find the worst.</summary>
/// <example>
/// <code>
/// WorstSample[] worst = SampleLosses.Worst(SampleLosses.CrossEntropy(logits, labels, classes: 10), count: 20);
/// </code>
/// </example>
public static class SampleLosses
{
    /// <summary>Cross entropy of logits and labels, one number per sample: what the objective <c>CrossEntropy</c> is a mean of.</summary>
    /// <param name="logits">One for each class of each sample.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classes">How many there are.</param>
    /// <exception cref="ArgumentException">There are no samples, or not as many logits as there should be.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public static float[] CrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int classes)
    {
        Check.RowsOf(logits.Length, labels.Length, classes, nameof(logits));
        Check.Labels(labels, classes, nameof(labels));
        float[] losses = new float[labels.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            ReadOnlySpan<float> row = logits.Slice(i * classes, classes);
            losses[i] = (float)(Probabilities.LogSumExp(row) - row[labels[i]]);
        }

        return losses;
    }

    /// <summary>Binary cross entropy of logits and labels, one number per sample: ln(1 + eˣ) − y·x.</summary>
    /// <param name="logits">One for each sample.</param>
    /// <param name="labels">1 for positive, 0 for negative.</param>
    /// <exception cref="ArgumentException">There are no samples, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    public static float[] BinaryCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        Check.SameRows(logits.Length, labels.Length, nameof(logits));
        Check.Labels(labels, 2, nameof(labels));
        float[] losses = new float[labels.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            double x = labels[i] == 1 ? -(double)logits[i] : logits[i];
            losses[i] = (float)(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));
        }

        return losses;
    }

    /// <summary>The squared error, one number per sample: the mean over its outputs of (p − y)².</summary>
    /// <param name="predicted">What was predicted.</param>
    /// <param name="actual">What is true.</param>
    /// <param name="outputs">How many numbers a sample has.</param>
    /// <exception cref="ArgumentException">There are no samples, or not as many of one as of the other.</exception>
    public static float[] SquaredError(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual, int outputs = 1)
    {
        OutOfRange.ThrowIfLess(outputs, 1);
        Check.SameRows(predicted.Length, actual.Length, nameof(predicted));
        Check.RowsOf(actual.Length, actual.Length / outputs, outputs, nameof(actual));
        float[] losses = new float[actual.Length / outputs];
        for (int i = 0; i < losses.Length; i++)
        {
            double sum = 0;
            for (int o = i * outputs; o < (i + 1) * outputs; o++)
                sum += ((double)predicted[o] - actual[o]) * ((double)predicted[o] - actual[o]);
            losses[i] = (float)(sum / outputs);
        }

        return losses;
    }

    /// <summary>
    /// The samples with the greatest losses, the worst first; NaN is worse than any number, and of equals the first comes first.
    /// </summary>
    /// <param name="losses">The loss of each sample.</param>
    /// <param name="count">How many are wanted; fewer if there are not as many.</param>
    public static WorstSample[] Worst(ReadOnlySpan<float> losses, int count)
    {
        OutOfRange.ThrowIfLess(count, 0);
        WorstSample[] all = new WorstSample[losses.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = new(i, losses[i]);
        return [.. all.OrderBy(sample => float.IsNaN(sample.Loss) ? 0 : 1).ThenByDescending(sample => sample.Loss).Take(count)];
    }
}
