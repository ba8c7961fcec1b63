using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Adam whose steps never get longer again (Reddi et al. 2018): <c>torch.optim.Adam(…, amsgrad=True)</c>.</summary>
/// <remarks>
/// As <see cref="Adam"/>, but divided by the largest mean of squares so far: v̄ ← max(v̄, v); w ← w − η/(1 − β₁ᵗ) · m / (√v̄ / √(1 − β₂ᵗ) +
/// ε). Three floats are kept per weight, one more than kernels know: they move the moments, and a look at all weights ends the step.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new AmsGrad(1e-3f));</code></example>
public readonly record struct AmsGrad : IOptimizer<AmsGrad>
{
    private const int First = 0, Second = 1, Largest = 2;

    private readonly AdamRule rule;

    /// <summary>Learning rate 0.001, β 0.9 and 0.999, ε 1e-8, no weight decay.</summary>
    public AmsGrad()
        : this(1e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="beta1">β₁ in [0, 1): how slowly the mean of the gradients changes.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the mean of their squares changes.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    public AmsGrad(float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f)
    {
        LearningRate = learningRate;
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
    }

    /// <summary>η.</summary>
    public float LearningRate { get; init; }

    /// <summary>β₁.</summary>
    public float Beta1 { get; init; }

    /// <summary>β₂.</summary>
    public float Beta2 { get; init; }

    /// <summary>ε.</summary>
    public float Epsilon { get; init; }

    /// <summary>λ, as an L2 penalty.</summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public static AmsGrad Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public AmsGrad WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate() => AdamRule.Validate(LearningRate, Beta1, Beta2, Epsilon, WeightDecay, nameof(AmsGrad));

    /// <inheritdoc/>
    public AmsGrad Prepare(long step) => new(this, step);

    /// <summary>Moves the moments; the weights change when all are moved.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in AmsGrad prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        _ = AdamRule.Moments(in prepared.rule, V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient), ref state0, ref state1);
        return weight;
    }

    static bool IOptimizer<AmsGrad>.HasPass => true;

    static int IOptimizer<AmsGrad>.PassSlots => 1;

    static void IOptimizer<AmsGrad>.Pass<V>(in AmsGrad prepared, in WeightPass pass)
    {
        ref float weights = ref pass.Weights;
        ref float first = ref pass.Slot(First);
        ref float second = ref pass.Slot(Second);
        ref float largest = ref pass.Slot(Largest);
        for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
        {
            Step<V>(
                in prepared.rule, ref Unsafe.Add(ref weights, chunk.Start), ref Unsafe.Add(ref first, chunk.Start), ref Unsafe.Add(ref second, chunk.Start),
                ref Unsafe.Add(ref largest, chunk.Start), chunk.Length);
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void Step<V>(in AdamRule prepared, ref float weight, ref float first, ref float second, ref float largest, int length)
        where V : struct, IVector<V>
    {
        AdamRule rule = prepared;
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V moment = V.LoadPartial(ref Unsafe.Add(ref first, i), count);
            V square = V.LoadPartial(ref Unsafe.Add(ref second, i), count);
            // The smaller one is let go by a comparison: where there is a NaN it is kept, as torch.maximum keeps it.
            V before = V.LoadPartial(ref Unsafe.Add(ref largest, i), count);
            V most = V.Select(V.GreaterOrEqual(before, square), before, square);
            most.StorePartial(ref Unsafe.Add(ref largest, i), count);
            V changed = V.LoadPartial(ref Unsafe.Add(ref weight, i), count) + AdamRule.Change(in rule, moment, most);
            changed.StorePartial(ref Unsafe.Add(ref weight, i), count);
        }
    }

    private AmsGrad(in AmsGrad from, long step)
    {
        this = from;
        rule = new AdamRule(LearningRate, Beta1, Beta2, Epsilon, step);
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Beta1 = {Beta1}, Beta2 = {Beta2}, Epsilon = {Epsilon}, "
            + $"WeightDecay = {WeightDecay}");
        return true;
    }
}
