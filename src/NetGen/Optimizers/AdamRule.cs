using System.Runtime.CompilerServices;
using NetGen.Runtime;

namespace NetGen;

/// <summary>What Adam and AdamW share: the moments and their bias correction (Kingma and Ba 2015).</summary>
/// <remarks>
/// m ← m + (1 − β₁)(g − m); v ← β₂·v + (1 − β₂)·g²; w ← w − η/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
/// </remarks>
internal readonly record struct AdamRule
{
    private readonly float oneMinusBeta1;
    private readonly float beta2;
    private readonly float oneMinusBeta2;
    private readonly float negativeStepSize;
    private readonly float inverseRootCorrection2;
    private readonly float epsilon;

    /// <summary>Computes, in double, what is the same for all weights in a step.</summary>
    internal AdamRule(float learningRate, float beta1, float beta2, float epsilon, long step)
    {
        oneMinusBeta1 = (float)(1d - beta1);
        this.beta2 = beta2;
        oneMinusBeta2 = (float)(1d - beta2);
        negativeStepSize = (float)(-learningRate / (1d - Math.Pow(beta1, step)));
        inverseRootCorrection2 = (float)(1d / Math.Sqrt(1d - Math.Pow(beta2, step)));
        this.epsilon = epsilon;
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
        first = V.Fma(V.Broadcast(rule.oneMinusBeta1), gradient - first, first);
        second = V.Fma(V.Broadcast(rule.beta2), second, V.Broadcast(rule.oneMinusBeta2) * gradient * gradient);
        V denominator = V.Fma(V.Sqrt(second), V.Broadcast(rule.inverseRootCorrection2), V.Broadcast(rule.epsilon));
        return V.Fma(V.Broadcast(rule.negativeStepSize), first / denominator, weight);
    }
}
