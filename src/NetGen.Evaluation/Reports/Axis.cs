using System.Globalization;

namespace NetGen.Metrics;

/// <summary>A linear axis from one round number to another.</summary>
internal readonly struct Axis
{
    private const int Wanted = 5;

    private readonly double step;

    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest one.</param>
    /// <param name="whole">Whether only whole numbers make sense.</param>
    internal Axis(double least, double most, bool whole = false)
    {
        if (!double.IsFinite(least) || !double.IsFinite(most))
            (least, most) = (0, 1);
        if (most <= least)
            (least, most) = (least - Math.Max(Math.Abs(least), 1) / 2, most + Math.Max(Math.Abs(most), 1) / 2);
        // 1, 2 or 5 times a power of ten.
        double raw = (most - least) / Wanted;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        step = (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
        if (whole)
            step = Math.Max(1, step);
        // Rounding must not add a step.
        Least = Math.Floor(least / step + 1e-9) * step;
        Most = Math.Ceiling(most / step - 1e-9) * step;
    }

    internal double Least { get; }

    internal double Most { get; }

    internal double Share(double value) => (value - Least) / (Most - Least);

    internal IEnumerable<(double Value, string Text)> Ticks()
    {
        int count = (int)Math.Round((Most - Least) / step);
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 10);
        bool isLarge = Math.Max(Math.Abs(Least), Math.Abs(Most)) >= 1e6 || step < 1e-6;
        string format = isLarge ? "0.###e0" : FormattableString.Invariant($"F{decimals}");
        for (int i = 0; i <= count; i++)
        {
            double value = Least + i * step;
            bool isZero = Math.Abs(value) < step / 2;
            yield return (value, isZero && isLarge ? "0" : (isZero ? 0 : value).ToString(format, CultureInfo.InvariantCulture));
        }
    }
}
