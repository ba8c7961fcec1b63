using System.Globalization;

namespace NetGen;

/// <summary>Checks of hyper-parameters that name what is wrong.</summary>
internal static class HyperParameter
{
    /// <summary>A finite number of at least 0.</summary>
    internal static void NotNegative(float value, string optimizer, string name)
    {
        if (!(value >= 0 && float.IsFinite(value)))
            throw Bad(value, optimizer, name, "a finite number of at least 0");
    }

    /// <summary>A finite number above 0.</summary>
    /// <remarks>This also catches <c>default(Adam)</c>, whose hyper-parameters are all 0: only <c>new Adam()</c> sets them.</remarks>
    internal static void Positive(float value, string optimizer, string name)
    {
        if (!(value > 0 && float.IsFinite(value)))
            throw Bad(value, optimizer, name, $"a finite number above 0 (new {optimizer}() has the usual values, default({optimizer}) has none)");
    }

    /// <summary>A number in [0, 1).</summary>
    internal static void Decay(float value, string optimizer, string name)
    {
        if (!(value >= 0 && value < 1))
            throw Bad(value, optimizer, name, "a number in [0, 1)");
    }

    internal static ArgumentOutOfRangeException Bad(float value, string optimizer, string name, string expected) => OutOfRange.Of(
        name, value, string.Create(CultureInfo.InvariantCulture, $"{optimizer}.{name} is {value}; expected {expected}."));
}
