using System.Runtime.Intrinsics;

namespace NetGen.Data;

/// <summary>Statistics of numbers, the missing ones (NaN) left out. Each is computed when it is asked for.</summary>
internal sealed class Sample
{
    private readonly double[] values;
    private double[]? sorted;
    private double? mean;

    /// <param name="all">The numbers; at least one is not missing.</param>
    internal Sample(double[] all)
    {
        // Mostly there is none, and then no copy.
        values = HasMissing(all) ? [.. all.Where(value => !double.IsNaN(value))] : all;
    }

    internal double Mean => mean ??= Sum(values, 0, square: false) / values.Length;

    /// <summary>That of a population: the root of the mean of squares, not of their sum over n − 1.</summary>
    internal double StandardDeviation => Math.Sqrt(Sum(values, Mean, square: true) / values.Length);

    /// <summary>Whether all numbers are the same.</summary>
    internal bool IsConstant => !values.AsSpan().ContainsAnyExcept(values[0]);

    internal double Minimum => values.Min();

    internal double Maximum => values.Max();

    private double[] Sorted
    {
        get
        {
            if (sorted is null)
            {
                sorted = [.. values];
                Array.Sort(sorted);
            }

            return sorted;
        }
    }

    /// <summary>Between the two nearest numbers by their distance, as NumPy's default has it.</summary>
    /// <param name="share">From 0 to 1.</param>
    internal double Quantile(double share)
    {
        double place = share * (Sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, Sorted.Length - 1);
        double part = place - below;
        double step = Sorted[above] - Sorted[below];
        // From the nearer end, as NumPy does: at 1 it is the upper number itself.
        return part >= 0.5 ? Sorted[above] - step * (1 - part) : Sorted[below] + step * part;
    }

    /// <summary>The most frequent number; of several the least.</summary>
    internal double MostFrequent()
    {
        double best = Sorted[0];
        int most = 0;
        for (int start = 0; start < Sorted.Length;)
        {
            int end = start + 1;
            while (end < Sorted.Length && Sorted[end] == Sorted[start])
                end++;
            if (end - start > most)
                (best, most) = (Sorted[start], end - start);
            start = end;
        }

        return best;
    }

    private static bool HasMissing(double[] values)
    {
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                return true;
        }

        return false;
    }

    /// <summary>
    /// The sum of the distances from a center, or of their squares: what additions round away is added at the end (Knuth's two-sum, as in
    /// Ogita, Rump and Oishi 2005). Four sums side by side, the same on every machine, for each addition waits for the one before.
    /// </summary>
    private static double Sum(double[] values, double center, bool square)
    {
        Vector256<double> sum = default, lost = default, centers = Vector256.Create(center);
        int i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> term = Vector256.Create(values, i) - centers;
            if (square)
                term *= term;
            lost += Lost(sum, term, sum + term);
            sum += term;
        }

        // The last ones as a vector that ends with zeros.
        Vector256<double> rest = default;
        for (int k = 0; i + k < values.Length; k++)
        {
            double term = values[i + k] - center;
            rest = rest.WithElement(k, square ? term * term : term);
        }

        lost += Lost(sum, rest, sum + rest);
        sum += rest;
        (double total, double small) = (0, Vector256.Sum(lost));
        for (int k = 0; k < Vector256<double>.Count; k++)
        {
            double next = total + sum[k];
            double part = next - total;
            small += total - (next - part) + (sum[k] - part);
            total = next;
        }

        return total + small;

        static Vector256<double> Lost(Vector256<double> sum, Vector256<double> term, Vector256<double> next)
        {
            Vector256<double> part = next - sum;
            return sum - (next - part) + (term - part);
        }
    }
}
