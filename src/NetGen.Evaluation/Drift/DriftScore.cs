namespace NetGen.Metrics;

/// <summary>How far the values of now are from those of the training.</summary>
/// <param name="Name">Which values: <c>age</c>, <c>flower[2]</c>, <c>image, mean</c>, <c>prediction[1]</c>.</param>
/// <param name="StabilityIndex">See <see cref="Distribution.StabilityIndex"/>.</param>
/// <param name="KolmogorovSmirnov">See <see cref="Distribution.KolmogorovSmirnov"/>.</param>
public readonly record struct DriftScore(string Name, double StabilityIndex, double KolmogorovSmirnov)
{
    /// <summary>For example <c>age: PSI 0.312, KS 0.205</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: PSI {StabilityIndex:F3}, KS {KolmogorovSmirnov:F3}");
}
