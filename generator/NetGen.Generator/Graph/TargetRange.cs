namespace NetGen.Generator.Graph;

/// <summary>What a loss asks of its targets: numbers from Minimum to Maximum.</summary>
internal sealed record TargetRange(float Minimum, float Maximum)
{
    /// <summary>Shares of two classes. A binary cross entropy of others has no least value.</summary>
    public static TargetRange Probability { get; } = new(0, 1);

    /// <summary>
    /// Shares of any number of classes. Their sum is the sample's weight and may be any number; a negative one has no least loss.
    /// </summary>
    public static TargetRange Shares { get; } = new(0, float.PositiveInfinity);

    /// <summary>What satisfies both.</summary>
    public TargetRange And(TargetRange? other) =>
        other is null ? this : new(Math.Max(Minimum, other.Minimum), Math.Min(Maximum, other.Maximum));
}
