using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Stochastic gradient descent, with momentum if wanted: <c>torch.optim.SGD</c>.</summary>
/// <remarks>
/// g ← g + λ·w; without momentum w ← w − η·g. With momentum µ and dampening τ: b ← µ·b + (1 − τ)·g (the first b is g itself), and
/// w ← w − η·b, or w ← w − η·(g + µ·b) with Nesterov's momentum (Sutskever et al. 2013).
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Sgd(0.1f, momentum: 0.9f));</code></example>
public readonly record struct Sgd : IOptimizer<Sgd>
{
    private readonly float gradientScale;

    // A number, because a struct that kernels take as it is has no bool.
    private readonly float lookAhead;

    /// <summary>Learning rate 0.001, no momentum, no weight decay.</summary>
    public Sgd()
        : this(1e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="momentum">µ, at least 0.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum and no dampening.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    /// <param name="dampening">τ: the share of a new gradient that momentum leaves out.</param>
    public Sgd(float learningRate, float momentum = 0f, bool nesterov = false, float weightDecay = 0f, float dampening = 0f)
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

    /// <summary>λ, as an L2 penalty.</summary>
    public float WeightDecay { get; init; }

    /// <summary>τ.</summary>
    public float Dampening { get; init; }

    /// <inheritdoc/>
    public static Sgd Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeepsState(in Sgd optimizer) => optimizer.Momentum != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SkipsZeroGradients(in Sgd optimizer) => optimizer.Momentum == 0 && optimizer.WeightDecay == 0;

    /// <inheritdoc/>
    public Sgd WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.NotNegative(WeightDecay, nameof(Sgd), nameof(WeightDecay));
        Validate(LearningRate, Momentum, Nesterov, Dampening, nameof(Sgd));
    }

    internal static void Validate(float learningRate, float momentum, bool nesterov, float dampening, string optimizer)
    {
        HyperParameter.NotNegative(learningRate, optimizer, nameof(LearningRate));
        HyperParameter.NotNegative(momentum, optimizer, nameof(Momentum));
        if (!float.IsFinite(dampening))
            throw OutOfRange.Of(nameof(Dampening), dampening, $"{optimizer}.{nameof(Dampening)} must be finite.");
        if (nesterov && (momentum == 0 || dampening != 0))
            throw OutOfRange.Of(nameof(Nesterov), nesterov, $"{optimizer}.{nameof(Nesterov)} needs a {nameof(Momentum)} above 0 and a {nameof(Dampening)} of 0.");
    }

    /// <inheritdoc/>
    // The state is 0 before the first step, so µ·b vanishes and a scale of 1 makes the first b the gradient.
    public Sgd Prepare(long step) => new(this, step == 1 ? 1f : 1f - Dampening);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Sgd prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        gradient = V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient);
        V direction = gradient;
        if (prepared.Momentum != 0)
        {
            V momentum = V.Broadcast(prepared.Momentum);
            V floor = V.Broadcast(Underflow.Mean);
            state0 = V.Fma(momentum, state0, V.Fma(V.Broadcast(prepared.gradientScale), gradient, floor)) - floor;
            direction = prepared.lookAhead != 0 ? V.Fma(momentum, state0, gradient) : state0;
        }

        return V.Fma(V.Broadcast(-prepared.LearningRate), direction, weight);
    }

    private Sgd(in Sgd from, float gradientScale)
    {
        this = from;
        this.gradientScale = gradientScale;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Momentum = {Momentum}, Nesterov = {Nesterov}, "
            + $"WeightDecay = {WeightDecay}, Dampening = {Dampening}");
        return true;
    }
}
