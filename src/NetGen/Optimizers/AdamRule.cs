using System.Runtime.CompilerServices;
using NetGen.Runtime;

namespace NetGen;

/// <summary>What Adam and AdamW share: the moments and their bias correction (Kingma and Ba 2015).</summary>
/// <remarks>
/// m ← m + (1 − β₁)(g − m); v ← β₂·v + (1 − β₂)·g²; w ← w − η/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε). The quotient is computed as
/// m / (√v + ε·√(1 − β₂ᵗ)), so both corrections are in two constants of the step (section 2 of the paper). One square root and one division
/// are left per vector, exactly rounded: 16 cycles of Zen 4's divider for 16 weights. The 14-bit reciprocal with a Newton step takes
/// a fifth less where all is in the first-level cache, nothing less in a training step, and differs from one processor to the next.
/// </remarks>
internal readonly record struct AdamRule
{
    private readonly float oneMinusBeta1;
    private readonly float beta2;
    private readonly float oneMinusBeta2;
    private readonly float negativeStepSize;
    private readonly float epsilon;

    /// <summary>Computes, in double, what is the same for all weights in a step.</summary>
    internal AdamRule(float learningRate, float beta1, float beta2, float epsilon, long step)
    {
        var rootCorrection2 = Math.Sqrt(1d - Math.Pow(beta2, step));
        oneMinusBeta1 = (float)(1d - beta1);
        this.beta2 = beta2;
        oneMinusBeta2 = (float)(1d - beta2);
        negativeStepSize = (float)(-learningRate * rootCorrection2 / (1d - Math.Pow(beta1, step)));
        this.epsilon = (float)(epsilon * rootCorrection2);
    }

    internal static void Validate(float learningRate, float beta1, float beta2, float epsilon, float weightDecay, string optimizer)
    {
        HyperParameter.NotNegative(learningRate, optimizer, nameof(Adam.LearningRate));
        HyperParameter.Decay(beta1, optimizer, nameof(Adam.Beta1));
        HyperParameter.Decay(beta2, optimizer, nameof(Adam.Beta2));
        HyperParameter.Positive(epsilon, optimizer, nameof(Adam.Epsilon));
        HyperParameter.NotNegative(weightDecay, optimizer, nameof(Adam.WeightDecay));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Update<V>(in AdamRule rule, V weight, V gradient, ref V first, ref V second)
        where V : struct, IVector<V>
    {
        V denominator = Moments(in rule, gradient, ref first, ref second);
        return V.Fma(V.Broadcast(rule.negativeStepSize), first / denominator, weight);
    }

    /// <summary>−η·m̂ / (√v̂ + ε), of moments as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Change<V>(in AdamRule rule, V first, V second)
        where V : struct, IVector<V> =>
        V.Broadcast(rule.negativeStepSize) * (first / (V.Sqrt(second) + V.Broadcast(rule.epsilon)));

    /// <summary>Moves the moments; gives √v + ε·√(1 − β₂ᵗ), by which steps are divided.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Moments<V>(in AdamRule rule, V gradient, ref V first, ref V second)
        where V : struct, IVector<V>
    {
        V firstFloor = V.Broadcast(Underflow.Mean);
        V secondFloor = V.Broadcast(Underflow.MeanSquare);
        first = V.Fma(V.Broadcast(rule.oneMinusBeta1), gradient - first, first + firstFloor) - firstFloor;
        second = V.Fma(V.Broadcast(rule.beta2), second, V.Fma(V.Broadcast(rule.oneMinusBeta2) * gradient, gradient, secondFloor)) - secondFloor;
        return V.Sqrt(second) + V.Broadcast(rule.epsilon);
    }
}
