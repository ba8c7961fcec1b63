namespace NetGen.Data;

/// <summary>The likeliest class of a row.</summary>
/// <param name="Label">The class, as the file names it.</param>
/// <param name="Probability">How likely it is, by the softmax of what the network gives.</param>
public readonly record struct ClassPrediction(string Label, float Probability)
{
    /// <summary>For example <c>setosa (0.98)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Label} ({Probability:0.00})");
}
