namespace NetGen.Metrics;

internal static class Quantile
{
    /// <summary>Between the two nearest values, linearly: what NumPy does unless told otherwise.</summary>
    /// <param name="sorted">Rising values, at least one.</param>
    /// <param name="share">From 0 to 1.</param>
    internal static double Of(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = Math.Min((int)place, sorted.Length - 1);
        int above = Math.Min(below + 1, sorted.Length - 1);
        double between = place - below;
        return sorted[below] + (sorted[above] - sorted[below]) * between;
    }
}
