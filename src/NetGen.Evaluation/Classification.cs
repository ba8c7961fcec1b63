using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>What a confusion matrix says in one number, and measures of answers by rank.</summary>
/// <remarks>Values are those of scikit-learn's functions of like names (<c>precision_recall_fscore_support</c>, <c>cohen_kappa_score</c>,
/// …).</remarks>
/// <example>
/// <code>
/// ConfusionMatrix matrix = Classification.Confusion(scores, labels, classes: 3);
/// double f1 = matrix.Average(Averaging.Macro).F1, kappa = matrix.CohensKappa();
/// double amongTwo = Classification.TopK(scores, labels, classes: 3, k: 2);
/// </code>
/// </example>
public static class Classification
{
    /// <summary>Counts which class was taken for which.</summary>
    /// <param name="predicted">The class that each sample was taken for.</param>
    /// <param name="actual">The class that it was.</param>
    /// <param name="classes">How many there are.</param>
    /// <exception cref="ArgumentException">There are no samples, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class, or there are fewer than two classes.</exception>
    public static ConfusionMatrix Confusion(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual, int classes)
    {
        Check.SameRows(predicted.Length, actual.Length, nameof(predicted));
        Check.Labels(predicted, classes, nameof(predicted));
        Check.Labels(actual, classes, nameof(actual));
        ConfusionMatrix matrix = new(classes);
        for (int i = 0; i < actual.Length; i++)
            matrix.Add(actual[i], predicted[i]);
        return matrix;
    }

    /// <summary>The same from scores: the highest is the answer, the first of equals.</summary>
    /// <param name="scores">Logits or probabilities, one for each class of each sample; with a NaN among them there is no answer, which is
    /// wrong.</param>
    /// <param name="actual">The class of each sample.</param>
    /// <param name="classes">How many there are.</param>
    /// <inheritdoc cref="Confusion(ReadOnlySpan{int}, ReadOnlySpan{int}, int)"/>
    public static ConfusionMatrix Confusion(ReadOnlySpan<float> scores, ReadOnlySpan<int> actual, int classes)
    {
        Check.RowsOf(scores.Length, actual.Length, classes, nameof(scores));
        Check.Labels(actual, classes, nameof(actual));
        ConfusionMatrix matrix = new(classes);
        matrix.Add(actual, scores);
        return matrix;
    }

    /// <summary>Precision, recall, F1 and number of samples of one class.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="label">The class.</param>
    /// <param name="whenUndefined">
    /// The precision of a class that was never named, the recall of one that was not there, and the F1 of one that is neither.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static ClassScores Scores(this ConfusionMatrix matrix, int label, double whenUndefined = 0)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new(
            Defined(matrix.Precision(label), whenUndefined), Defined(matrix.Recall(label), whenUndefined), Defined(matrix.F1(label), whenUndefined),
            matrix.There(label));
    }

    /// <summary>Precision, recall and F1 over all classes that were there or were named; the others are left out.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="averaging">How.</param>
    /// <param name="whenUndefined">The precision of a class that was never named, and the recall of one that was not there.</param>
    /// <exception cref="InvalidOperationException">No answer was counted.</exception>
    public static ClassScores Average(this ConfusionMatrix matrix, Averaging averaging, double whenUndefined = 0)
    {
        SomeAnswers(matrix);
        if (averaging == Averaging.Micro)
        {
            long right = 0, named = 0;
            for (int c = 0; c < matrix.Classes; c++)
            {
                right += matrix[c, c];
                named += matrix.Named(c);
            }

            double precision = named == 0 ? whenUndefined : (double)right / named;
            return new(precision, (double)right / matrix.Count, 2d * right / (named + matrix.Count), matrix.Count);
        }

        if (averaging is not (Averaging.Macro or Averaging.Weighted))
            throw OutOfRange.Of(nameof(averaging), averaging, Invariant($"There is no averaging {(int)averaging}."));
        (double p, double r, double f, double all) = (0, 0, 0, 0);
        for (int c = 0; c < matrix.Classes; c++)
        {
            if (matrix.There(c) + matrix.Named(c) == 0)
                continue;
            ClassScores scores = matrix.Scores(c, whenUndefined);
            double weight = averaging == Averaging.Macro ? 1 : scores.Support;
            p += weight * scores.Precision;
            r += weight * scores.Recall;
            f += weight * scores.F1;
            all += weight;
        }

        return all == 0 ? new(double.NaN, double.NaN, double.NaN, matrix.Count) : new(p / all, r / all, f / all, matrix.Count);
    }

    /// <summary>The mean recall of the classes that were there.</summary>
    /// <exception cref="InvalidOperationException">No answer was counted.</exception>
    public static double BalancedAccuracy(this ConfusionMatrix matrix)
    {
        SomeAnswers(matrix);
        double sum = 0;
        int there = 0;
        for (int c = 0; c < matrix.Classes; c++)
        {
            if (matrix.There(c) == 0)
                continue;
            sum += matrix.Recall(c);
            there++;
        }

        return sum / there;
    }

    /// <summary>
    /// Cohen's κ: how much better the answers are than chance with the same numbers of each class. 1: all right, 0: chance; NaN where only
    /// one class is there and named, since chance is right then too.
    /// </summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="weights">How wrong each mistake is.</param>
    /// <exception cref="InvalidOperationException">No answer was counted; or there are answers that named no class, and mistakes have
    /// weights.</exception>
    public static double CohensKappa(this ConfusionMatrix matrix, KappaWeights weights = KappaWeights.None)
    {
        SomeAnswers(matrix);
        long unanswered = matrix.Count;
        for (int c = 0; c < matrix.Classes; c++)
            unanswered -= matrix.Named(c);
        if (unanswered > 0 && weights != KappaWeights.None)
            throw new InvalidOperationException(Invariant($"{unanswered} answers named no class; how far they are from the right one is not defined."));

        // An answer that names none is of a class that is never there: always wrong, never expected by chance.
        double observed = 0, expected = 0;
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                double weight = Weight(actual - predicted, weights);
                observed += weight * matrix[actual, predicted];
                expected += weight * matrix.There(actual) * matrix.Named(predicted) / matrix.Count;
            }
        }

        return 1 - (observed + unanswered) / (expected + unanswered);
    }

    /// <summary>
    /// Matthews' correlation of what was there and what was named (for several classes Gorodkin's R_K): 1 all right, 0 no relation, −1 (of
    /// two classes) all wrong. 0 where only one class is there, or only one is named.
    /// </summary>
    /// <exception cref="InvalidOperationException">No answer was counted.</exception>
    public static double Matthews(this ConfusionMatrix matrix)
    {
        SomeAnswers(matrix);
        double n = matrix.Count, right = 0, both = 0, there = 0, named = 0, unanswered = n;
        for (int c = 0; c < matrix.Classes; c++)
        {
            right += matrix[c, c];
            both += (double)matrix.There(c) * matrix.Named(c);
            there += (double)matrix.There(c) * matrix.There(c);
            named += (double)matrix.Named(c) * matrix.Named(c);
            unanswered -= matrix.Named(c);
        }

        double product = (n * n - there) * (n * n - named - unanswered * unanswered);
        return product == 0 ? 0 : (right * n - both) / Math.Sqrt(product);
    }

    /// <summary>The share of samples whose class is among the <paramref name="k"/> with the highest scores.</summary>
    /// <remarks>
    /// Of equal scores the first class comes first, as in the accuracy that <c>Evaluate</c> gives; scikit-learn takes the last. Scores with
    /// a NaN among them are wrong.
    /// </remarks>
    /// <param name="scores">Logits or probabilities, one for each class of each sample.</param>
    /// <param name="actual">The class of each sample.</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="k">1 is the accuracy.</param>
    /// <exception cref="ArgumentException">There are no samples, or not as many scores as there should be.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class, or <paramref name="k"/> is below 1.</exception>
    public static double TopK(ReadOnlySpan<float> scores, ReadOnlySpan<int> actual, int classes, int k)
    {
        Check.RowsOf(scores.Length, actual.Length, classes, nameof(scores));
        Check.Labels(actual, classes, nameof(actual));
        OutOfRange.ThrowIfLess(k, 1);
        long right = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * classes, classes);
            float own = row[actual[i]];
            int before = 0;
            bool isNumber = true;
            for (int c = 0; c < classes; c++)
            {
                isNumber &= !float.IsNaN(row[c]);
                if (row[c] > own || (row[c] == own && c < actual[i]))
                    before++;
            }

            if (isNumber && before < k)
                right++;
        }

        return (double)right / actual.Length;
    }

    /// <summary>How many samples of a class there are.</summary>
    internal static long There(this ConfusionMatrix matrix, int actual)
    {
        long sum = matrix.Unanswered(actual);
        for (int predicted = 0; predicted < matrix.Classes; predicted++)
            sum += matrix[actual, predicted];
        return sum;
    }

    /// <summary>How often a class was named.</summary>
    internal static long Named(this ConfusionMatrix matrix, int predicted)
    {
        long sum = 0;
        for (int actual = 0; actual < matrix.Classes; actual++)
            sum += matrix[actual, predicted];
        return sum;
    }

    private static double Weight(int distance, KappaWeights weights) => weights switch
    {
        KappaWeights.None => distance == 0 ? 0 : 1,
        KappaWeights.Linear => Math.Abs(distance),
        KappaWeights.Quadratic => (double)distance * distance,
        _ => throw OutOfRange.Of(nameof(weights), weights, Invariant($"There are no weights {(int)weights}.")),
    };

    private static double Defined(double value, double otherwise) => double.IsNaN(value) ? otherwise : value;

    private static void SomeAnswers(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Count == 0)
            throw new InvalidOperationException("The confusion matrix has no answers; a measure of none is not defined.");
    }
}
