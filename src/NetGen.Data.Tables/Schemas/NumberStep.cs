using System.Text.Json;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>One step of a number, with what it has learned. A missing number (NaN) stays one, but for the step that fills it.</summary>
internal abstract class NumberStep
{
    /// <exception cref="CellException">The step has no result for this number.</exception>
    internal abstract double Apply(double x);

    /// <summary>The number that the step makes this of. What was filled or clipped stays as it is.</summary>
    internal abstract double Undo(double y);

    internal abstract void Write(Utf8JsonWriter json);

    internal static NumberStep Read(SchemaJson json) => json.Text("step") switch
    {
        FillStep.Name => new FillStep(json.Number("value")),
        ClipStep.Name => new ClipStep(json.Number("low"), json.Number("high")),
        LogStep.Name => new LogStep(json.Number("plus")),
        ScaleStep.Name => new ScaleStep(json.Number("center"), json.Scale("scale")),
        RangeStep.Name => new RangeStep(json.Number("minimum"), json.Scale("width"), json.Number("low"), json.Number("high")),
        string other => throw json.Error($"has a step '{other}' that this version does not know"),
    };
}

internal sealed class FillStep(double value) : NumberStep
{
    internal const string Name = "fill";

    internal override double Apply(double x) => double.IsNaN(x) ? value : x;

    internal override double Undo(double y) => y;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("step", Name);
        json.WriteNumber("value", value);
    }
}

internal sealed class ClipStep(double low, double high) : NumberStep
{
    internal const string Name = "clip";

    internal override double Apply(double x) => x < low ? low : x > high ? high : x;

    internal override double Undo(double y) => y;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("step", Name);
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
    }
}

/// <summary>ln(x + plus), plus being 0 or 1.</summary>
internal sealed class LogStep(double plus) : NumberStep
{
    internal const string Name = "log";

    internal override double Apply(double x)
    {
        if (x <= -plus)
            throw new CellException(Invariant($"is {x}, and there is no logarithm of {(plus == 0 ? "it" : "it and 1")}. Clip() or Fill() before Log{(plus == 0 ? "" : "1p")}()."));
        return plus == 0 ? Math.Log(x) : LogOfOneMore(x);
    }

    internal override double Undo(double y) => Math.Exp(y) - plus;

    /// <summary>
    /// ln(1 + x) without what 1 + x rounds away of a small x, which the same rounding of u − 1 takes back (Kahan, in Goldberg 1991, theorem 4).
    /// double.LogP1 is the logarithm of the rounded sum.
    /// </summary>
    private static double LogOfOneMore(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("step", Name);
        json.WriteNumber("plus", plus);
    }
}

internal sealed class ScaleStep(double center, double scale) : NumberStep
{
    internal const string Name = "scale";

    internal override double Apply(double x) => (x - center) / scale;

    internal override double Undo(double y) => y * scale + center;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("step", Name);
        json.WriteNumber("center", center);
        json.WriteNumber("scale", scale);
    }
}

internal sealed class RangeStep(double minimum, double width, double low, double high) : NumberStep
{
    internal const string Name = "range";

    internal override double Apply(double x) => (x - minimum) / width * (high - low) + low;

    internal override double Undo(double y) => (y - low) / (high - low) * width + minimum;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("step", Name);
        json.WriteNumber("minimum", minimum);
        json.WriteNumber("width", width);
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
    }
}
