namespace NetGen.Metrics;

/// <summary>BLEU (Papineni, Roukos, Ward, Zhu 2002): how many runs of 1 to 4 tokens translations share with those of people.</summary>
/// <example><code>double bleu = Bleu.Of([["the", "cat", "sat"]], [[["the", "cat", "sat", "down"]]]);</code></example>
public static class Bleu
{
    /// <summary>
    /// The BLEU of a corpus, from 0 to 1: the geometric mean of the shares of runs that are in a reference (each counted as often as it is
    /// in one of them at most), times e^(1 − r/c) where the translations (c tokens) are shorter than the references next to them in length
    /// (r).
    /// </summary>
    /// <typeparam name="T">Words or token numbers. How text is cut decides the value: compare only what was cut alike.</typeparam>
    /// <param name="predicted">The translations.</param>
    /// <param name="references">For each of them, one or more by people.</param>
    /// <param name="longest">Up to how many tokens a run has.</param>
    /// <param name="smooth">
    /// Whether 1 is added to the counts of runs of two and more, so that a short text is not 0 for one missing run (Lin and Och 2004).
    /// </param>
    /// <exception cref="ArgumentException">There are no translations, not as many of one as of the other, or one has no
    /// reference.</exception>
    public static double Of<T>(IReadOnlyList<T[]> predicted, IReadOnlyList<T[][]> references, int longest = 4, bool smooth = false)
        where T : IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(references);
        Check.SameRows(predicted.Count, references.Count, nameof(predicted));
        OutOfRange.ThrowIfLess(longest, 1);

        long[] shared = new long[longest];
        long[] all = new long[longest];
        long length = 0, wanted = 0;
        for (int i = 0; i < predicted.Count; i++)
        {
            if (references[i].Length == 0)
                throw new ArgumentException(FormattableString.Invariant($"Translation {i} (counted from 0) has no reference."), nameof(references));
            length += predicted[i].Length;
            wanted += Closest(references[i], predicted[i].Length);
            for (int n = 1; n <= longest; n++)
            {
                Dictionary<Run<T>, int> found = Count(predicted[i], n);
                Dictionary<Run<T>, int> most = [];
                foreach (T[] reference in references[i])
                {
                    foreach ((Run<T> run, int count) in Count(reference, n))
                        most[run] = Math.Max(count, most.GetValueOrDefault(run));
                }

                foreach ((Run<T> run, int count) in found)
                    shared[n - 1] += Math.Min(count, most.GetValueOrDefault(run));
                all[n - 1] += Math.Max(0, predicted[i].Length - n + 1);
            }
        }

        if (shared[0] == 0)
            return 0;
        double logarithm = 0;
        for (int n = 0; n < longest; n++)
        {
            int added = smooth && n > 0 ? 1 : 0;
            if (shared[n] + added == 0)
                return 0;
            logarithm += Math.Log((double)(shared[n] + added) / (all[n] + added)) / longest;
        }

        return Math.Exp(logarithm + (length > wanted ? 0 : 1 - (double)wanted / length));
    }

    private static int Closest<T>(T[][] references, int length) =>
        references.Select(reference => reference.Length).OrderBy(other => Math.Abs(other - length)).ThenBy(other => other).First();

    private static Dictionary<Run<T>, int> Count<T>(T[] tokens, int n)
        where T : IEquatable<T>
    {
        Dictionary<Run<T>, int> counts = [];
        for (int start = 0; start + n <= tokens.Length; start++)
        {
            Run<T> run = new(tokens.AsMemory(start, n));
            counts[run] = counts.GetValueOrDefault(run) + 1;
        }

        return counts;
    }

    private readonly struct Run<T>(ReadOnlyMemory<T> tokens) : IEquatable<Run<T>>
        where T : IEquatable<T>
    {
        private readonly ReadOnlyMemory<T> tokens = tokens;

        public bool Equals(Run<T> other) => tokens.Span.SequenceEqual(other.tokens.Span);

        public override bool Equals(object? obj) => obj is Run<T> other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            foreach (T token in tokens.Span)
                hash.Add(token);
            return hash.ToHashCode();
        }
    }
}
