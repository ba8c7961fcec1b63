namespace NetGen.Data;

/// <summary>Statistics of numbers, the missing ones (NaN) left out. Each is computed when it is asked for.</summary>
internal sealed class Sample
{
    private readonly double[] values;
    private double[]? sorted;

    /// <param name="all">The numbers; at least one is not missing.</param>
    internal Sample(double[] all)
    {
        // Mostly there is none, and then no copy.
        values = all.Any(double.IsNaN) ? [.. all.Where(value => !double.IsNaN(value))] : all;
        Mean = Sum(values, 0, square: false) / values.Length;
    }

    internal double Mean { get; }

    /// <summary>That of a population: the root of the mean of squares, not of their sum over n − 1.</summary>
    internal double StandardDeviation => Math.Sqrt(Sum(values, Mean, square: true) / values.Length);

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

    /// <summary>The sum of the distances from a center, or of their squares, by Neumaier: what additions round away is added at the end.</summary>
    private static double Sum(double[] values, double center, bool square)
    {
        double sum = 0, lost = 0;
        foreach (double value in values)
        {
            double term = value - center;
            if (square)
                term *= term;
            double next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return sum + lost;
    }
}
