using static System.FormattableString;

namespace NetGen;

/// <summary>Weights for classes that are not equally frequent: a column of them multiplies the loss of each sample.</summary>
/// <example><code>float[] weights = ClassWeights.OfSamples(labels, ClassWeights.Balanced(labels, classes: 2));</code></example>
public static class ClassWeights
{
    /// <summary>
    /// The number of samples divided by classes times the samples of the class, so that all classes count as much in sum and the mean
    /// weight of the samples is 1 (<c>class_weight="balanced"</c> of scikit-learn).
    /// </summary>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>The weight of each class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class, or there is no class.</exception>
    /// <exception cref="ArgumentException">A class has no sample.</exception>
    public static float[] Balanced(ReadOnlySpan<int> labels, int classes)
    {
        OutOfRange.ThrowIfLess(classes, 1);
        long[] counts = new long[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            CheckLabel(labels, i, classes);
            counts[labels[i]]++;
        }

        int empty = Array.IndexOf(counts, 0);
        if (empty >= 0)
            throw new ArgumentException(Invariant($"Class {empty} has no sample, so no weight makes it count as much as the others."), nameof(labels));
        double samples = labels.Length;
        return Array.ConvertAll(counts, count => (float)(samples / (classes * (double)count)));
    }

    /// <summary>The weight of each sample: that of its class.</summary>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="weights">The weight of each class.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class.</exception>
    public static float[] OfSamples(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights)
    {
        float[] samples = new float[labels.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            CheckLabel(labels, i, weights.Length);
            samples[i] = weights[labels[i]];
        }

        return samples;
    }

    private static void CheckLabel(ReadOnlySpan<int> labels, int i, int classes)
    {
        if ((uint)labels[i] >= (uint)classes)
            throw new ArgumentOutOfRangeException(nameof(labels), Invariant($"labels[{i}] is {labels[i]}; expected 0 to {classes - 1}."));
    }
}
