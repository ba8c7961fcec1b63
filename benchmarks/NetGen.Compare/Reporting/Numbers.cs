using System.Globalization;

namespace Comparison;

/// <summary>Numbers for people.</summary>
internal static class Numbers
{
    /// <summary>Three figures: <c>3.81 µs</c>, <c>144 µs</c>, <c>26.4 ms</c>.</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 999.5e-6 => $"{Figures(seconds * 1e6)} µs",
        < 999.5e-3 => $"{Figures(seconds * 1e3)} ms",
        _ => $"{Figures(seconds)} s",
    };

    /// <summary><c>3.14×</c>, <c>12.3×</c>.</summary>
    public static string Ratio(double ratio) => $"{Figures(ratio)}×";

    /// <summary><c>87 %</c>.</summary>
    public static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");

    /// <summary>How far the middle half of the samples lies apart, as a part of the median: <c>±2 %</c>.</summary>
    public static string Spread(Statistics time) =>
        string.Create(CultureInfo.InvariantCulture, $"±{50 * (time.UpperQuartile - time.LowerQuartile) / time.Median:F0} %");

    /// <summary><c>1 thread</c>, <c>2 threads</c>.</summary>
    public static string Threads(int count) => count == 1 ? "1 thread" : string.Create(CultureInfo.InvariantCulture, $"{count} threads");

    private static string Figures(double value) => value.ToString(value switch { < 9.995 => "F2", < 99.95 => "F1", _ => "F0" }, CultureInfo.InvariantCulture);
}
