using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>RMSProp (Tieleman and Hinton 2012): <c>torch.optim.RMSprop</c>, not centered.</summary>
/// <remarks>
/// g ← g + λ·w; v ← α·v + (1 − α)·g²; d = g / (√v + ε). Without momentum w ← w − η·d; with momentum b ← µ·b + d and w ← w − η·b.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new RmsProp(1e-3f));</code></example>
public readonly record struct RmsProp : IOptimizer<RmsProp>
{
    private readonly float oneMinusAlpha;

    /// <summary>Learning rate 0.01, α 0.99, ε 1e-8, no momentum, no weight decay.</summary>
    public RmsProp()
        : this(1e-2f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="alpha">α in [0, 1): how slowly the mean of the squared gradients changes.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="momentum">µ, at least 0.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    public RmsProp(float learningRate, float alpha = 0.99f, float epsilon = 1e-8f, float momentum = 0f, float weightDecay = 0f)
    {
        LearningRate = learningRate;
        Alpha = alpha;
        Epsilon = epsilon;
        Momentum = momentum;
        WeightDecay = weightDecay;
    }

    /// <summary>η.</summary>
    public float LearningRate { get; init; }

    /// <summary>α.</summary>
    public float Alpha { get; init; }

    /// <summary>ε.</summary>
    public float Epsilon { get; init; }

    /// <summary>µ.</summary>
    public float Momentum { get; init; }

    /// <summary>λ, as an L2 penalty.</summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public static RmsProp Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public RmsProp WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.NotNegative(LearningRate, nameof(RmsProp), nameof(LearningRate));
        HyperParameter.Decay(Alpha, nameof(RmsProp), nameof(Alpha));
        HyperParameter.Positive(Epsilon, nameof(RmsProp), nameof(Epsilon));
        HyperParameter.NotNegative(Momentum, nameof(RmsProp), nameof(Momentum));
        HyperParameter.NotNegative(WeightDecay, nameof(RmsProp), nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public RmsProp Prepare(long step) => new(this, (float)(1d - Alpha));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in RmsProp prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        gradient = V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient);
        V squareFloor = V.Broadcast(Underflow.MeanSquare);
        state0 = V.Fma(V.Broadcast(prepared.Alpha), state0, V.Fma(V.Broadcast(prepared.oneMinusAlpha) * gradient, gradient, squareFloor)) - squareFloor;
        V direction = gradient / (V.Sqrt(state0) + V.Broadcast(prepared.Epsilon));
        if (prepared.Momentum != 0)
        {
            V floor = V.Broadcast(Underflow.Mean);
            state1 = V.Fma(V.Broadcast(prepared.Momentum), state1, direction + floor) - floor;
            direction = state1;
        }

        return V.Fma(V.Broadcast(-prepared.LearningRate), direction, weight);
    }

    private RmsProp(in RmsProp from, float oneMinusAlpha)
    {
        this = from;
        this.oneMinusAlpha = oneMinusAlpha;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Alpha = {Alpha}, Epsilon = {Epsilon}, Momentum = {Momentum}, "
            + $"WeightDecay = {WeightDecay}");
        return true;
    }
}
