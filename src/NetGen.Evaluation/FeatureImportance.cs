using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>
/// What features a network needs, by what happens without them (Breiman 2001, section 10): the same for the same seed on every machine.
/// </summary>
public static class FeatureImportance
{
    // Far from the streams of parameters and dropout, which count from 0.
    private const uint Stream = 0x5045_524D;

    /// <summary>
    /// By permutation: the values of a feature are shuffled among the samples, so that it says nothing of any but is distributed as before,
    /// and the measure is taken again. Of features that say the same none may seem important, since the others stand in for it.
    /// </summary>
    /// <remarks>
    /// <code>
    /// float[] rows = test["features"].Floats.ToArray();
    /// var importance = FeatureImportance.Permutation(rows, groups, x => RocCurve.Of(network.Predict(x), labels).Area);
    /// </code>
    /// </remarks>
    /// <param name="rows">The samples, one after the other; judge with some that were not trained on.</param>
    /// <param name="features">What is shuffled together, each group for itself.</param>
    /// <param name="measure">How good the network is on rows; higher is better (of a loss give the negative).</param>
    /// <param name="width">How many numbers a sample has; null: as many as the features name.</param>
    /// <param name="repeats">How often each feature is shuffled.</param>
    /// <param name="seed">Which shuffles.</param>
    /// <returns>The features in the order in which they were given.</returns>
    /// <exception cref="ArgumentException">There is no sample or no feature, or a feature names a number that a sample has not.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="repeats"/> is below 1.</exception>
    public static IReadOnlyList<Importance> Permutation(
        ReadOnlySpan<float> rows, IReadOnlyList<FeatureGroup> features, Func<float[], double> measure, int? width = null, int repeats = 5,
        ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(measure);
        OutOfRange.ThrowIfLess(repeats, 1);
        int numbers = width ?? features.Sum(feature => feature.Numbers.Count);
        OutOfRange.ThrowIfLess(numbers, 1, nameof(width));
        if (rows.IsEmpty || rows.Length % numbers != 0)
            throw new ArgumentException(Invariant($"There are {rows.Length} values; expected some samples of {numbers}."), nameof(rows));
        foreach (FeatureGroup feature in features)
        {
            if (feature.Numbers.FirstOrDefault(number => (uint)number >= (uint)numbers, -1) is >= 0 and int wrong)
                throw new ArgumentException(
                    Invariant($"'{feature.Name}' has the number {wrong}; a sample has {numbers}."), nameof(features));
            if (feature.Numbers.Any(number => number < 0))
                throw new ArgumentException(Invariant($"'{feature.Name}' has a number below 0."), nameof(features));
        }

        float[] shuffled = rows.ToArray();
        double whole = measure(rows.ToArray());
        Importance[] found = new Importance[features.Count];
        int[] order = new int[rows.Length / numbers];
        for (int f = 0; f < found.Length; f++)
        {
            double[] falls = new double[repeats];
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                Shuffle(order, Philox.Key(seed, f * (long)repeats + repeat, Stream));
                for (int row = 0; row < order.Length; row++)
                {
                    foreach (int number in features[f].Numbers)
                        shuffled[row * numbers + number] = rows[order[row] * numbers + number];
                }

                // The measure may keep what it gets, or change it.
                falls[repeat] = whole - measure([.. shuffled]);
            }

            for (int row = 0; row < order.Length; row++)
            {
                foreach (int number in features[f].Numbers)
                    shuffled[row * numbers + number] = rows[row * numbers + number];
            }

            double mean = falls.Average();
            found[f] = new(features[f].Name, mean, Math.Sqrt(falls.Average(fall => (fall - mean) * (fall - mean))));
        }

        return found;
    }

    /// <summary>Every order is equally likely (Fisher and Yates, in Durstenfeld 1964).</summary>
    private static void Shuffle(int[] order, in PhiloxKey key)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = (int)((ulong)Philox.Bits(key, (uint)i) * (uint)(i + 1) >> 32);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
