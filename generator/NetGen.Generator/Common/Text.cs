using System.Globalization;

namespace NetGen.Generator.Common;

/// <summary>Text that does not depend on the machine's culture.</summary>
internal static class Text
{
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A C# literal of exactly this float ("1e-05f", "float.PositiveInfinity").</summary>
    public static string Literal(float value)
    {
        if (float.IsNaN(value))
            return "float.NaN";
        if (float.IsInfinity(value))
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        return value.ToString("R", CultureInfo.InvariantCulture) + "f";
    }
}
