namespace NetGen.Metrics;

/// <summary>How a series is drawn.</summary>
internal enum Mark
{
    Line,
    Dashes,
    Dots,
    LineWithDots,
}

/// <summary>Points of a chart that belong together.</summary>
/// <param name="Name">For the legend; empty: it is not in it.</param>
/// <param name="Mark">How it is drawn.</param>
/// <param name="Points">Where; points that are not finite are left out, and lines are broken there.</param>
internal sealed record Series(string Name, Mark Mark, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>More are not told apart in a chart, and would make the file large.</summary>
    private const int Most = 400;

    /// <summary>The first and the last, and those between them at equal steps.</summary>
    internal static IReadOnlyList<(double X, double Y)> Thinned(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count <= Most)
            return points;
        (double, double)[] thinned = new (double, double)[Most];
        for (int i = 0; i < Most; i++)
            thinned[i] = points[(int)((long)i * (points.Count - 1) / (Most - 1))];
        return thinned;
    }
}
