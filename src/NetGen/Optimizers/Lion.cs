using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Lion (Chen et al. 2023), a step of the same length for every weight: Keras's <c>Lion</c>; PyTorch has none.</summary>
/// <remarks>
/// w ← w·(1 − η·λ) − η·sign(β₁·m + (1 − β₁)·g); m ← β₂·m + (1 − β₂)·g. A learning rate of a third to a tenth of AdamW's, and a weight
/// decay as much larger, is what its authors recommend.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Lion(1e-4f, weightDecay: 0.1f));</code></example>
public readonly record struct Lion : IOptimizer<Lion>
{
    private readonly float oneMinusBeta1;
    private readonly float oneMinusBeta2;
    private readonly float shrink;

    /// <summary>Learning rate 0.0001, β 0.9 and 0.99, no weight decay.</summary>
    public Lion()
        : this(1e-4f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="beta1">β₁ in [0, 1): how much of the mean is in the sign of the step.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the mean of the gradients changes.</param>
    /// <param name="weightDecay">λ, at least 0: shrinks the weights by η·λ per step.</param>
    public Lion(float learningRate, float beta1 = 0.9f, float beta2 = 0.99f, float weightDecay = 0f)
    {
        LearningRate = learningRate;
        Beta1 = beta1;
        Beta2 = beta2;
        WeightDecay = weightDecay;
    }

    /// <summary>η.</summary>
    public float LearningRate { get; init; }

    /// <summary>β₁.</summary>
    public float Beta1 { get; init; }

    /// <summary>β₂.</summary>
    public float Beta2 { get; init; }

    /// <summary>λ, apart from the gradient.</summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public static Lion Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 1;

    /// <inheritdoc/>
    public Lion WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.NotNegative(LearningRate, nameof(Lion), nameof(LearningRate));
        HyperParameter.Decay(Beta1, nameof(Lion), nameof(Beta1));
        HyperParameter.Decay(Beta2, nameof(Lion), nameof(Beta2));
        HyperParameter.NotNegative(WeightDecay, nameof(Lion), nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public Lion Prepare(long step) => new(this, (float)(1d - (double)LearningRate * WeightDecay));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Lion prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        V direction = VectorSign.Of(V.Fma(V.Broadcast(prepared.oneMinusBeta1), gradient - state0, state0));
        V floor = V.Broadcast(Underflow.Mean);
        state0 = V.Fma(V.Broadcast(prepared.oneMinusBeta2), gradient - state0, state0 + floor) - floor;
        return V.Fma(V.Broadcast(-prepared.LearningRate), direction, weight * V.Broadcast(prepared.shrink));
    }

    private Lion(in Lion from, float shrink)
    {
        this = from;
        oneMinusBeta1 = (float)(1d - Beta1);
        oneMinusBeta2 = (float)(1d - Beta2);
        this.shrink = shrink;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Beta1 = {Beta1}, Beta2 = {Beta2}, WeightDecay = {WeightDecay}");
        return true;
    }
}
