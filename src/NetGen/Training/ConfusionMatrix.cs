using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>Counts which class was taken for which.</summary>
/// <example>
/// <code>
/// var matrix = new ConfusionMatrix("cat", "dog");
/// matrix.Add(actual: 0, predicted: 1);
/// Console.WriteLine(matrix.Recall(0));
/// </code>
/// </example>
public sealed class ConfusionMatrix
{
    private readonly long[] counts;

    /// <summary>By class the answers that named none.</summary>
    private readonly long[] unanswered;
    private readonly string[] names;

    /// <summary>Starts with no answers.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    public ConfusionMatrix(int classes)
        : this(Names(classes))
    {
    }

    /// <summary>Starts with no answers.</summary>
    /// <param name="names">The names of the classes in order, at least one.</param>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public ConfusionMatrix(params ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
            throw new ArgumentException("There must be at least one class.", nameof(names));
        foreach (string name in names)
            ArgumentNullException.ThrowIfNull(name, nameof(names));
        this.names = names.ToArray();
        counts = new long[checked(names.Length * names.Length)];
        unanswered = new long[names.Length];
    }

    /// <summary>The number of classes.</summary>
    public int Classes => names.Length;

    /// <summary>The number of answers.</summary>
    public long Count { get; private set; }

    /// <summary>How often a class was taken for another, or for itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int actual, int predicted] => counts[Index(actual, predicted)];

    /// <summary>
    /// How often the scores of a class's samples had a NaN among them, so that they named no class: such an answer is wrong.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long Unanswered(int actual)
    {
        Check(actual, nameof(actual));
        return unanswered[actual];
    }

    /// <summary>The share of right answers; NaN without any.</summary>
    public double Accuracy
    {
        get
        {
            long right = 0;
            for (int i = 0; i < Classes; i++)
                right += this[i, i];
            return (double)right / Count;
        }
    }

    /// <summary>Counts one answer.</summary>
    /// <param name="actual">The class it was.</param>
    /// <param name="predicted">The class it was taken for.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(int actual, int predicted)
    {
        counts[Index(actual, predicted)]++;
        Count++;
    }

    /// <summary>Counts the answers of a batch.</summary>
    /// <param name="actual">The classes they were.</param>
    /// <param name="scores">For each, a score for every class (logits or probabilities); the highest is the answer, the first of equals.
    /// With a NaN among them there is none, which is wrong.</param>
    /// <exception cref="ArgumentException">There are not <see cref="Classes"/> scores for each label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class; nothing is counted.</exception>
    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<float> scores)
    {
        if (scores.Length != (long)actual.Length * Classes)
            throw new ArgumentException(Invariant($"There are {scores.Length} scores for {actual.Length} labels; expected {Classes} for each."), nameof(scores));
        foreach (int label in actual)
            Check(label, nameof(actual));
        for (int i = 0; i < actual.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * Classes, Classes);
            int highest = 0;
            bool names = true;
            for (int c = 0; c < row.Length; c++)
            {
                names &= !float.IsNaN(row[c]);
                if (row[c] > row[highest])
                    highest = c;
            }

            if (names)
            {
                Add(actual[i], highest);
                continue;
            }

            unanswered[actual[i]]++;
            Count++;
        }
    }

    /// <summary>Of the answers that named a class, the share that was right; NaN if none named it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int predicted)
    {
        long all = 0;
        for (int actual = 0; actual < Classes; actual++)
            all += this[actual, predicted];
        return (double)this[predicted, predicted] / all;
    }

    /// <summary>Of the samples of a class, the share that was found; NaN if there was none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int actual)
    {
        long all = Unanswered(actual);
        for (int predicted = 0; predicted < Classes; predicted++)
            all += this[actual, predicted];
        return (double)this[actual, actual] / all;
    }

    /// <summary>
    /// The harmonic mean of precision and recall: 2·right / (named + there); NaN if the class was neither there nor named.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int classIndex)
    {
        long all = Unanswered(classIndex);
        for (int other = 0; other < Classes; other++)
            all += this[classIndex, other] + this[other, classIndex];
        return 2d * this[classIndex, classIndex] / all;
    }

    /// <summary>
    /// A table: a row for each class as it was, a column for each as it was taken, and one for answers that named none if there are any;
    /// then recall and precision.
    /// </summary>
    public override string ToString()
    {
        string[] none = unanswered.Any(count => count > 0) ? ["none"] : [];
        int columns = Classes + none.Length + 2;
        string[][] table = new string[Classes + 2][];
        table[0] = ["actual", .. names, .. none, "recall"];
        for (int actual = 0; actual < Classes; actual++)
        {
            string[] row = table[actual + 1] = new string[columns];
            row[0] = names[actual];
            for (int predicted = 0; predicted < Classes; predicted++)
                row[predicted + 1] = this[actual, predicted].ToString(CultureInfo.InvariantCulture);
            if (none.Length > 0)
                row[^2] = unanswered[actual].ToString(CultureInfo.InvariantCulture);
            row[^1] = Share(Recall(actual));
        }

        string[] last = table[^1] = new string[columns];
        last[0] = "precision";
        if (none.Length > 0)
            last[^2] = "";
        for (int predicted = 0; predicted < Classes; predicted++)
            last[predicted + 1] = Share(Precision(predicted));
        last[^1] = Share(Accuracy);

        StringBuilder text = new();
        foreach (string[] row in table)
        {
            for (int column = 0; column < row.Length; column++)
            {
                int width = 0;
                foreach (string[] other in table)
                    width = Math.Max(width, other[column].Length);
                text.Append(column == 0 ? row[column].PadRight(width) : row[column].PadLeft(width + 2));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Share(double value) => double.IsNaN(value) ? "-" : value.ToString("F4", CultureInfo.InvariantCulture);

    private static string[] Names(int classes)
    {
        OutOfRange.ThrowIfLess(classes, 1);
        string[] names = new string[classes];
        for (int i = 0; i < classes; i++)
            names[i] = i.ToString(CultureInfo.InvariantCulture);
        return names;
    }

    private int Index(int actual, int predicted)
    {
        Check(actual, nameof(actual));
        Check(predicted, nameof(predicted));
        return actual * Classes + predicted;
    }

    private void Check(int label, string name)
    {
        if ((uint)label >= (uint)Classes)
            throw OutOfRange.Of(name, label, Invariant($"There is no class {label}; there are {Classes}."));
    }
}
