using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Adam by the largest gradient instead of the mean square (Kingma and Ba 2015, section 7.1): <c>torch.optim.Adamax</c>.</summary>
/// <remarks>
/// g ← g + λ·w; m ← m + (1 − β₁)(g − m); u ← max(β₂·u, |g| + ε); w ← w − η/(1 − β₁ᵗ) · m / u.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Adamax(2e-3f));</code></example>
public readonly record struct Adamax : IOptimizer<Adamax>
{
    private readonly float oneMinusBeta1;
    private readonly float negativeStepSize;

    /// <summary>Learning rate 0.002, β 0.9 and 0.999, ε 1e-8, no weight decay.</summary>
    public Adamax()
        : this(2e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="beta1">β₁ in [0, 1): how slowly the mean of the gradients changes.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the largest gradient is forgotten.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    public Adamax(float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f)
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
    public static Adamax Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public Adamax WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.NotNegative(LearningRate, nameof(Adamax), nameof(LearningRate));
        HyperParameter.Decay(Beta1, nameof(Adamax), nameof(Beta1));
        HyperParameter.Decay(Beta2, nameof(Adamax), nameof(Beta2));
        HyperParameter.Positive(Epsilon, nameof(Adamax), nameof(Epsilon));
        HyperParameter.NotNegative(WeightDecay, nameof(Adamax), nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public Adamax Prepare(long step) => new(this, step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Adamax prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        gradient = V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient);
        V floor = V.Broadcast(Underflow.Mean);
        state0 = V.Fma(V.Broadcast(prepared.oneMinusBeta1), gradient - state0, state0 + floor) - floor;
        state1 = V.Max(V.Broadcast(prepared.Beta2) * state1, V.Abs(gradient) + V.Broadcast(prepared.Epsilon));
        return V.Fma(V.Broadcast(prepared.negativeStepSize), state0 / state1, weight);
    }

    private Adamax(in Adamax from, long step)
    {
        this = from;
        oneMinusBeta1 = (float)(1d - Beta1);
        negativeStepSize = (float)(-LearningRate / (1d - Math.Pow(Beta1, step)));
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
