using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Adadelta (Zeiler 2012), whose steps have the units of the weights: <c>torch.optim.Adadelta</c>.</summary>
/// <remarks>
/// g ← g + λ·w; s ← ρ·s + (1 − ρ)·g²; d = √(u + ε) / √(s + ε) · g; u ← ρ·u + (1 − ρ)·d²; w ← w − η·d. Its own rate is in d: η is 1.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Adadelta(1f));</code></example>
public readonly record struct Adadelta : IOptimizer<Adadelta>
{
    private readonly float oneMinusRho;

    /// <summary>Learning rate 1, ρ 0.9, ε 1e-6, no weight decay.</summary>
    public Adadelta()
        : this(1f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="rho">ρ in [0, 1): how slowly the means of the squares change.</param>
    /// <param name="epsilon">ε, above 0: what the first steps are made of.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    public Adadelta(float learningRate, float rho = 0.9f, float epsilon = 1e-6f, float weightDecay = 0f)
    {
        LearningRate = learningRate;
        Rho = rho;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
    }

    /// <summary>η.</summary>
    public float LearningRate { get; init; }

    /// <summary>ρ.</summary>
    public float Rho { get; init; }

    /// <summary>ε.</summary>
    public float Epsilon { get; init; }

    /// <summary>λ, as an L2 penalty.</summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public static Adadelta Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public Adadelta WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.NotNegative(LearningRate, nameof(Adadelta), nameof(LearningRate));
        HyperParameter.Decay(Rho, nameof(Adadelta), nameof(Rho));
        HyperParameter.Positive(Epsilon, nameof(Adadelta), nameof(Epsilon));
        HyperParameter.NotNegative(WeightDecay, nameof(Adadelta), nameof(WeightDecay));
    }

    /// <inheritdoc/>
    public Adadelta Prepare(long step) => new(this, (float)(1d - Rho));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Adadelta prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        gradient = V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient);
        V rho = V.Broadcast(prepared.Rho);
        V oneMinusRho = V.Broadcast(prepared.oneMinusRho);
        V epsilon = V.Broadcast(prepared.Epsilon);
        V floor = V.Broadcast(Underflow.MeanSquare);
        state0 = V.Fma(rho, state0, V.Fma(oneMinusRho * gradient, gradient, floor)) - floor;
        V delta = V.Sqrt((state1 + epsilon) / (state0 + epsilon)) * gradient;
        state1 = V.Fma(rho, state1, V.Fma(oneMinusRho * delta, delta, floor)) - floor;
        return V.Fma(V.Broadcast(-prepared.LearningRate), delta, weight);
    }

    private Adadelta(in Adadelta from, float oneMinusRho)
    {
        this = from;
        this.oneMinusRho = oneMinusRho;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Rho = {Rho}, Epsilon = {Epsilon}, WeightDecay = {WeightDecay}");
        return true;
    }
}
