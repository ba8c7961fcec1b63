namespace Comparison;

/// <summary>Whether two sides computed the same: the largest difference of each kind, as a part of the largest number.</summary>
/// <param name="Outputs">Of predictions.</param>
/// <param name="Loss">Of the loss.</param>
/// <param name="Gradients">Of gradients.</param>
/// <param name="PeersGradients">Of the peer's gradients from the peer's own in double precision, where it was asked.</param>
internal sealed record Agreement(double Outputs, double Loss, double Gradients, double PeersGradients = 0)
{
    /// <summary>
    /// Of two sides that round by chance, one may be so much farther from the truth than the other: in a deep network with batch norms some
    /// of millions of units are near enough to 0 to be turned on or off, on each side others.
    /// </summary>
    private const double ByChance = 4;

    /// <summary>What other orders of summation explain, over the hundreds of terms of these networks' sums.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>
    /// More than for outputs: rounding may turn a unit on or off, or another pixel into the maximum of its window, and then a whole term of
    /// a gradient comes or goes.
    /// </summary>
    private const double GradientTolerance = 3e-5;

    /// <summary>False where an error in one side is the likely explanation; a number that is none counts as one.</summary>
    public bool Holds => Outputs <= Tolerance && Loss <= Tolerance && Gradients <= Math.Max(GradientTolerance, ByChance * PeersGradients);

    /// <summary>The worse of two.</summary>
    public Agreement With(Agreement other) =>
        new(
            Math.Max(Outputs, other.Outputs), Math.Max(Loss, other.Loss), Math.Max(Gradients, other.Gradients),
            Math.Max(PeersGradients, other.PeersGradients));

    /// <summary>The largest difference, as a part of the largest expected number, or of another that is larger.</summary>
    public static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double least = 0)
    {
        if (expected.Length != actual.Length)
        {
            throw new InvalidOperationException($"There are {actual.Length} numbers; the other side has {expected.Length}.");
        }
        var (largest, difference) = (least, 0d);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }

    /// <summary>
    /// As <see cref="Difference"/>, for gradients that were read off a step with a learning rate of 1, w − w′: half a unit in the last
    /// place of w′ is the subtraction's, not the gradient's.
    /// </summary>
    /// <param name="expected">The gradient.</param>
    /// <param name="before">The weights w.</param>
    /// <param name="after">The weights w′.</param>
    /// <param name="terms"> What the gradient's sums are made of, where these may cancel: what is added to all samples before a batch norm
    /// has the gradient 0 but for rounding, and that is of the terms' size.
    /// </param>
    public static double GradientDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> before, ReadOnlySpan<float> after, double terms = 0)
    {
        var actual = new float[expected.Length];
        for (var i = 0; i < actual.Length; i++)
        {
            var gradient = before[i] - after[i];
            var rounding = Math.Max(MathF.BitIncrement(MathF.Abs(after[i])) - MathF.Abs(after[i]), 0) / 2;
            actual[i] = MathF.Abs(gradient - expected[i]) <= rounding ? expected[i] : gradient + MathF.CopySign(rounding, expected[i] - gradient);
        }
        return Difference(expected, actual, terms);
    }
}
