using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Stochastic gradient descent with decoupled weight decay (Loshchilov and Hutter 2019): Keras's <c>SGD(weight_decay=…)</c>.
/// PyTorch has none.
/// </summary>
/// <remarks>
/// The weights first shrink by the factor 1 − η·λ, whatever the gradient is; then <see cref="Sgd"/> moves them. Without momentum that is
/// what an L2 penalty does; with it the decay is not part of the velocity.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new SgdW(0.1f, momentum: 0.9f, weightDecay: 1e-4f));</code></example>
public readonly record struct SgdW : IOptimizer<SgdW>
{
    private readonly Sgd rule;
    private readonly float shrink;

    // A number, because a struct that kernels take as it is has no bool.
    private readonly float lookAhead;

    /// <summary>Learning rate 0.001, no momentum, weight decay 0.01.</summary>
    public SgdW()
        : this(1e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="momentum">µ, at least 0.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum and no dampening.</param>
    /// <param name="weightDecay">λ, at least 0: shrinks the weights by η·λ per step.</param>
    /// <param name="dampening">τ: the share of a new gradient that momentum leaves out.</param>
    public SgdW(float learningRate, float momentum = 0f, bool nesterov = false, float weightDecay = 1e-2f, float dampening = 0f)
    {
        LearningRate = learningRate;
        Momentum = momentum;
        Nesterov = nesterov;
        WeightDecay = weightDecay;
        Dampening = dampening;
    }

    /// <summary>η.</summary>
    public float LearningRate { get; init; }

    /// <summary>µ.</summary>
    public float Momentum { get; init; }

    /// <summary>Whether the step looks ahead by one more momentum.</summary>
    public bool Nesterov
    {
        get => lookAhead != 0;
        init => lookAhead = value ? 1 : 0;
    }

    /// <summary>λ, apart from the gradient.</summary>
    public float WeightDecay { get; init; }

    /// <summary>τ.</summary>
    public float Dampening { get; init; }

    /// <inheritdoc/>
    public static SgdW Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeepsState(in SgdW optimizer) => optimizer.Momentum != 0;

    /// <inheritdoc/>
    public SgdW WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.NotNegative(WeightDecay, nameof(SgdW), nameof(WeightDecay));
        Sgd.Validate(LearningRate, Momentum, Nesterov, Dampening, nameof(SgdW));
    }

    /// <inheritdoc/>
    public SgdW Prepare(long step) => new(this, step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in SgdW prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V> =>
        Sgd.Update(in prepared.rule, weight * V.Broadcast(prepared.shrink), gradient, ref state0, ref state1);

    private SgdW(in SgdW from, long step)
    {
        this = from;
        rule = new Sgd(LearningRate, Momentum, Nesterov, 0f, Dampening).Prepare(step);
        shrink = (float)(1d - (double)LearningRate * WeightDecay);
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Momentum = {Momentum}, Nesterov = {Nesterov}, WeightDecay = {WeightDecay}, "
            + $"Dampening = {Dampening}");
        return true;
    }
}
