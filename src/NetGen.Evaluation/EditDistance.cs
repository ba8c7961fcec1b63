namespace NetGen.Metrics;

/// <summary>How many insertions, deletions and replacements make one sequence of another (Levenshtein 1966).</summary>
/// <example><code>int errors = EditDistance.Of&lt;char>("kitten", "sitting");       // 3</code></example>
public static class EditDistance
{
    /// <summary>The least number of edits. Time is the product of the lengths, memory the length of <paramref name="actual"/>.</summary>
    /// <typeparam name="T">Characters, words, tokens.</typeparam>
    public static int Of<T>(ReadOnlySpan<T> predicted, ReadOnlySpan<T> actual)
        where T : IEquatable<T>
    {
        int[] row = new int[actual.Length + 1];
        for (int j = 0; j < row.Length; j++)
            row[j] = j;
        for (int i = 1; i <= predicted.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.Length; j++)
            {
                int replaced = diagonal + (predicted[i - 1].Equals(actual[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    /// <summary>
    /// The edits of all sequences together, divided by the length of the true ones: of words the word error rate (WER), of characters the
    /// CER. It may be above 1.
    /// </summary>
    /// <exception cref="ArgumentException">There are no sequences, not as many of one as of the other, or the true ones are all
    /// empty.</exception>
    public static double Rate<T>(IReadOnlyList<T[]> predicted, IReadOnlyList<T[]> actual)
        where T : IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(actual);
        Check.SameRows(predicted.Count, actual.Count, nameof(predicted));
        long edits = 0, length = 0;
        for (int i = 0; i < actual.Count; i++)
        {
            edits += Of<T>(predicted[i], actual[i]);
            length += actual[i].Length;
        }

        return length == 0
            ? throw new ArgumentException("All true sequences are empty; a rate by their length is not defined.", nameof(actual))
            : (double)edits / length;
    }
}
