namespace Comparison;

/// <summary>Whether two sides computed the same: the largest difference of each kind, as a part of the largest number.</summary>
internal sealed record Agreement(double Outputs, double Loss, double Gradients)
{
    /// <summary>What other orders of summation explain, over the hundreds of terms of these networks' sums.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>
    /// More than for outputs: rounding may turn a unit on or off, or another pixel into the maximum of its window, and then a whole term of a gradient
    /// comes or goes.
    /// </summary>
    private const double GradientTolerance = 3e-5;

    /// <summary>False where an error in one side is the likely explanation; a number that is none counts as one.</summary>
    public bool Holds => Outputs <= Tolerance && Loss <= Tolerance && Gradients <= GradientTolerance;

    /// <summary>The worse of two.</summary>
    public Agreement With(Agreement other) =>
        new(Math.Max(Outputs, other.Outputs), Math.Max(Loss, other.Loss), Math.Max(Gradients, other.Gradients));

    /// <summary>The largest difference, as a part of the largest expected number.</summary>
    public static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
        {
            throw new InvalidOperationException($"There are {actual.Length} numbers; the other side has {expected.Length}.");
        }
        var (largest, difference) = (0d, 0d);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }

    /// <summary>
    /// As <see cref="Difference"/>, for gradients that were read off a step with a learning rate of 1, w − w′: half a unit in the last place of
    /// w′ is the subtraction's, not the gradient's.
    /// </summary>
    public static double GradientDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        var actual = new float[expected.Length];
        for (var i = 0; i < actual.Length; i++)
        {
            var gradient = before[i] - after[i];
            var rounding = Math.Max(MathF.BitIncrement(MathF.Abs(after[i])) - MathF.Abs(after[i]), 0) / 2;
            actual[i] = MathF.Abs(gradient - expected[i]) <= rounding ? expected[i] : gradient + MathF.CopySign(rounding, expected[i] - gradient);
        }
        return Difference(expected, actual);
    }
}
