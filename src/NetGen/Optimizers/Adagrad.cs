using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Adagrad (Duchi et al. 2011): <c>torch.optim.Adagrad</c>.</summary>
/// <remarks>g ← g + λ·w; s ← s + g²; w ← w − η / (1 + (t − 1)·δ) · g / (√s + ε).</remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Adagrad(0.01f));</code></example>
public readonly record struct Adagrad : IOptimizer<Adagrad>
{
    private readonly float negativeStepSize;

    /// <summary>Learning rate 0.01, no decay of it, ε 1e-10, no weight decay.</summary>
    public Adagrad()
        : this(1e-2f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="learningRateDecay">δ, at least 0: how fast the learning rate falls with the steps.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    public Adagrad(float learningRate, float learningRateDecay = 0f, float epsilon = 1e-10f, float weightDecay = 0f)
    {
        LearningRate = learningRate;
        LearningRateDecay = learningRateDecay;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
    }

    /// <summary>η.</summary>
    public float LearningRate { get; init; }

    /// <summary>δ.</summary>
    public float LearningRateDecay { get; init; }

    /// <summary>ε.</summary>
    public float Epsilon { get; init; }

    /// <summary>λ, as an L2 penalty.</summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public static Adagrad Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 1;

    /// <inheritdoc/>
    public Adagrad WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.NotNegative(LearningRate, nameof(Adagrad), nameof(LearningRate));
        HyperParameter.NotNegative(LearningRateDecay, nameof(Adagrad), nameof(LearningRateDecay));
        HyperParameter.Positive(Epsilon, nameof(Adagrad), nameof(Epsilon));
        HyperParameter.NotNegative(WeightDecay, nameof(Adagrad), nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public Adagrad Prepare(long step) => new(this, (float)(-LearningRate / (1d + (step - 1) * (double)LearningRateDecay)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Adagrad prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        gradient = V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient);
        V floor = V.Broadcast(Underflow.MeanSquare);
        state0 = V.Fma(gradient, gradient, state0 + floor) - floor;
        return V.Fma(V.Broadcast(prepared.negativeStepSize), gradient / (V.Sqrt(state0) + V.Broadcast(prepared.Epsilon)), weight);
    }

    private Adagrad(in Adagrad from, float negativeStepSize)
    {
        this = from;
        this.negativeStepSize = negativeStepSize;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, LearningRateDecay = {LearningRateDecay}, Epsilon = {Epsilon}, "
            + $"WeightDecay = {WeightDecay}");
        return true;
    }
}
