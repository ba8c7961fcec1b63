using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>How good probabilities are as such, and how a network's outputs become probabilities.</summary>
/// <example>
/// <code>
/// float[] probabilities = Probabilities.Softmax(logits, classes: 3);
/// double loss = Probabilities.LogLoss(probabilities, labels, classes: 3);
/// </code>
/// </example>
public static class Probabilities
{
    /// <summary>What is taken for 0 in a logarithm: the distance of 1 from the next float, as scikit-learn does.</summary>
    private const double Least = 1.1920928955078125e-07;

    /// <summary>Probabilities of the positive class from logits: 1 / (1 + e⁻ˣ).</summary>
    public static float[] Sigmoid(ReadOnlySpan<float> logits)
    {
        float[] result = new float[logits.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double x = logits[i];
            // e of a number below 0 only, which cannot overflow.
            result[i] = (float)(x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)));
        }

        return result;
    }

    /// <summary>Probabilities of the classes from logits: those of each sample sum to 1.</summary>
    /// <param name="logits">One for each class of each sample.</param>
    /// <param name="classes">How many there are.</param>
    /// <exception cref="ArgumentException">There is not a number for each class of each sample.</exception>
    public static float[] Softmax(ReadOnlySpan<float> logits, int classes)
    {
        OutOfRange.ThrowIfLess(classes, 1);
        Check.RowsOf(logits.Length, logits.Length / classes, classes, nameof(logits));
        float[] result = new float[logits.Length];
        for (int start = 0; start < logits.Length; start += classes)
        {
            ReadOnlySpan<float> row = logits.Slice(start, classes);
            double log = LogSumExp(row);
            for (int c = 0; c < classes; c++)
                result[start + c] = (float)Math.Exp(row[c] - log);
        }

        return result;
    }

    /// <summary>Targets of a binary cross entropy as labels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is neither 0 nor 1.</exception>
    public static int[] Labels(ReadOnlySpan<float> targets)
    {
        int[] labels = new int[targets.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = targets[i] is 0 or 1
                ? (int)targets[i]
                : throw OutOfRange.Of(nameof(targets), targets[i], Invariant($"The target of sample {i} (counted from 0) is {targets[i]}; expected 0 or 1."));
        }

        return labels;
    }

    /// <summary>The mean of −ln p, where p is the probability that a sample's own class was given.</summary>
    /// <param name="probabilities">Of the positive class. Nearer to 0 and 1 than 2⁻²³ they are taken as that far.</param>
    /// <param name="labels">1 for positive, 0 for negative.</param>
    /// <exception cref="ArgumentException">There are no samples, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1], or NaN; or a label is neither 0 nor 1.</exception>
    public static double LogLoss(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        CheckBinary(probabilities, labels);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double p = Math.Clamp(probabilities[i], Least, 1 - Least);
            sum -= labels[i] == 1 ? Math.Log(p) : Math.Log(1 - p);
        }

        return sum / labels.Length;
    }

    /// <summary>The mean of −ln p, where p is the probability that a sample's own class was given.</summary>
    /// <param name="probabilities">One for each class of each sample; those of a sample sum to 1, within what rounding explains.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classes">How many there are.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, not as many probabilities as there should be, or those of a sample do not sum to 1.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1], or NaN; or a label is no class.</exception>
    public static double LogLoss(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        CheckClasses(probabilities, labels, classes);
        double loss = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double sum = 0;
            foreach (float p in probabilities.Slice(i * classes, classes))
                sum += Math.Clamp(p, Least, 1 - Least);
            loss -= Math.Log(Math.Clamp(probabilities[i * classes + labels[i]], Least, 1 - Least) / sum);
        }

        return loss / labels.Length;
    }

    /// <summary>Brier's score of the positive class: the mean of (p − y)².</summary>
    /// <inheritdoc cref="LogLoss(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public static double Brier(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        CheckBinary(probabilities, labels);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double difference = probabilities[i] - (double)labels[i];
            sum += difference * difference;
        }

        return sum / labels.Length;
    }

    /// <summary>
    /// Brier's score of several classes: the mean over the samples of Σ (p − y)², from 0 to 2 (of two classes twice that of the positive
    /// one).
    /// </summary>
    /// <inheritdoc cref="LogLoss(ReadOnlySpan{float}, ReadOnlySpan{int}, int)"/>
    public static double Brier(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        CheckClasses(probabilities, labels, classes);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                double difference = probabilities[i * classes + c] - (labels[i] == c ? 1d : 0);
                sum += difference * difference;
            }
        }

        return sum / labels.Length;
    }

    /// <summary>e to the mean loss: over how many equally likely tokens a language model hesitates.</summary>
    /// <param name="losses">−ln p of each token; <see cref="SampleLosses.CrossEntropy"/> gives them.</param>
    /// <exception cref="ArgumentException">There are none, or one is NaN.</exception>
    public static double Perplexity(ReadOnlySpan<float> losses)
    {
        Check.SomeRows(losses.Length, nameof(losses));
        Check.NoNaN(losses, nameof(losses));
        double sum = 0;
        foreach (float loss in losses)
            sum += loss;
        return Math.Exp(sum / losses.Length);
    }

    /// <summary>ln Σ eˣ without overflow.</summary>
    internal static double LogSumExp(ReadOnlySpan<float> row)
    {
        double most = double.NegativeInfinity;
        foreach (float x in row)
            most = Math.Max(most, x);
        if (double.IsNegativeInfinity(most))
            return most;
        double sum = 0;
        foreach (float x in row)
            sum += Math.Exp(x - most);
        return most + Math.Log(sum);
    }

    internal static void CheckBinary(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        Check.SameRows(probabilities.Length, labels.Length, nameof(probabilities));
        Check.Probabilities(probabilities, nameof(probabilities));
        Check.Labels(labels, 2, nameof(labels));
    }

    internal static void CheckClasses(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        const double Rounding = 1e-4;
        Check.RowsOf(probabilities.Length, labels.Length, classes, nameof(probabilities));
        Check.Probabilities(probabilities, nameof(probabilities));
        Check.Labels(labels, classes, nameof(labels));
        for (int i = 0; i < labels.Length; i++)
        {
            double sum = 0;
            foreach (float p in probabilities.Slice(i * classes, classes))
                sum += p;
            if (Math.Abs(sum - 1) > Rounding)
                throw new ArgumentException(Invariant($"The probabilities of sample {i} (counted from 0) sum to {sum}; expected 1."), nameof(probabilities));
        }
    }
}
