using static System.FormattableString;

namespace NetGen;

/// <summary>
/// What losses did while the learning rate rose from step to step (the range test of Smith 2017): it falls where rates are good, and rises
/// where they are too large.
/// </summary>
public sealed class RateTest
{
    /// <summary>Losses whose rise ends the test, as a multiple of the least one.</summary>
    internal const double Diverged = 4;

    /// <summary>Of the mean of losses before; a step adds the rest.</summary>
    private const double Kept = 0.9;

    private readonly List<RatePoint> points = [];
    private double mean;

    internal RateTest()
    {
    }

    /// <summary>The steps that were made, by rising rate.</summary>
    public IReadOnlyList<RatePoint> Points => points;

    /// <summary>
    /// The rate with the least smoothed loss; NaN where no step was made. It is too large to train with: the loss is about to rise.
    /// </summary>
    public double AtLeast => points.Count == 0 ? double.NaN : points[Least].Rate;

    /// <summary>
    /// The rate at which the smoothed loss fell fastest: a good one to train with. Null where it never fell, which says that all rates were
    /// too large or too small, or that there is nothing to learn.
    /// </summary>
    public double? Steepest
    {
        get
        {
            // The first steps are the mean of few, and of the last ones the least is the end of the fall.
            int skipped = points.Count / 20 + 1;
            double steepest = 0;
            double? rate = null;
            for (int i = skipped; i < Least; i++)
            {
                double slope = (points[i + 1].Smoothed - points[i - 1].Smoothed) / Math.Log(points[i + 1].Rate / points[i - 1].Rate);
                if (slope < steepest)
                    (steepest, rate) = (slope, points[i].Rate);
            }

            return rate;
        }
    }

    private int Least
    {
        get
        {
            int least = 0;
            for (int i = 1; i < points.Count; i++)
            {
                if (points[i].Smoothed < points[least].Smoothed)
                    least = i;
            }

            return least;
        }
    }

    /// <summary>For example <c>85 rates from 1E-07 to 0.3; the loss falls fastest at 0.0021 and is least at 0.04</c>.</summary>
    public override string ToString() => points.Count == 0
        ? "no step was made"
        : Invariant($"{points.Count} rates from {points[0].Rate:G3} to {points[^1].Rate:G3}; the loss ")
            + (Steepest is { } rate ? Invariant($"falls fastest at {rate:G2} and is least at {AtLeast:G2}") : "never falls");

    /// <returns>Whether losses have left what they were.</returns>
    internal bool Add(double rate, double loss)
    {
        mean = Kept * mean + (1 - Kept) * loss;
        // Without the 0 that the mean began with (Kingma and Ba 2015, section 3).
        double smoothed = mean / (1 - Math.Pow(Kept, points.Count + 1));
        points.Add(new(rate, loss, smoothed));
        return points.Count > 1 && smoothed > Diverged * points[Least].Smoothed;
    }
}
