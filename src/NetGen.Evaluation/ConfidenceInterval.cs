using System.Globalization;

namespace NetGen.Metrics;

/// <summary>A measure, and between which values it would lie with other samples of the same kind.</summary>
/// <param name="Value">The measure over the samples that there are.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Undefined">For how many of the drawn sets of samples the measure was NaN; they are left out.</param>
public readonly record struct ConfidenceInterval(double Value, double Low, double High, int Undefined)
{
    /// <summary>For example <c>0.8125 [0.7813, 0.8410]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:F4} [{Low:F4}, {High:F4}]");
}
