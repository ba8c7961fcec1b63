using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Adam with Nesterov's momentum (Dozat 2016): <c>torch.optim.NAdam</c>.</summary>
/// <remarks>
/// g ← g + λ·w; m and v as <see cref="Adam"/>'s; µₜ = β₁·(1 − ½·0.96^(t·ψ));
/// w ← w − η · ((1 − µₜ)/(1 − Πµ₁…µₜ) · g + µₜ₊₁/(1 − Πµ₁…µₜ₊₁) · m) / (√v / √(1 − β₂ᵗ) + ε).
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Nadam(2e-3f));</code></example>
public readonly record struct Nadam : IOptimizer<Nadam>
{
    private readonly AdamRule rule;
    private readonly float gradientStep;
    private readonly float momentumStep;

    /// <summary>Learning rate 0.002, β 0.9 and 0.999, ε 1e-8, no weight decay, ψ 0.004.</summary>
    public Nadam()
        : this(2e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="beta1">β₁ in [0, 1): how slowly the mean of the gradients changes.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the mean of their squares changes.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    /// <param name="momentumDecay">ψ, at least 0: how fast the momentum µ rises from β₁/2 to β₁.</param>
    public Nadam(
        float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f,
        float momentumDecay = 4e-3f)
    {
        LearningRate = learningRate;
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WeightDecay = weightDecay;
        MomentumDecay = momentumDecay;
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

    /// <summary>ψ.</summary>
    public float MomentumDecay { get; init; }

    /// <inheritdoc/>
    public static Nadam Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public Nadam WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate()
    {
        AdamRule.Validate(LearningRate, Beta1, Beta2, Epsilon, WeightDecay, nameof(Nadam));
        HyperParameter.NotNegative(MomentumDecay, nameof(Nadam), nameof(MomentumDecay));
    }

    /// <inheritdoc/>
    public Nadam Prepare(long step) => new(this, step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Nadam prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        gradient = V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient);
        V denominator = AdamRule.Moments(in prepared.rule, gradient, ref state0, ref state1);
        V direction = V.Fma(V.Broadcast(prepared.gradientStep), gradient, V.Broadcast(prepared.momentumStep) * state0);
        return weight + direction / denominator;
    }

    private Nadam(in Nadam from, long step)
    {
        this = from;
        rule = new AdamRule(LearningRate, Beta1, Beta2, Epsilon, step);
        // The product of all µ is nothing beside 1 after some dozen steps.
        double product = 1;
        for (long t = 1; t < step && product > 1e-20; t++)
            product *= Momentum(t);
        product *= Momentum(step);
        double next = Momentum(step + 1);
        // As in Adam's rule: the quotient is by √v + ε·√(1 − β₂ᵗ).
        double rate = -LearningRate * Math.Sqrt(1d - Math.Pow(Beta2, step));
        gradientStep = (float)(rate * (1d - Momentum(step)) / (1d - product));
        momentumStep = (float)(rate * next / (1d - product * next));
    }

    private double Momentum(long step) => Beta1 * (1d - 0.5 * Math.Pow(0.96, step * (double)MomentumDecay));

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Beta1 = {Beta1}, Beta2 = {Beta2}, Epsilon = {Epsilon}, "
            + $"WeightDecay = {WeightDecay}, MomentumDecay = {MomentumDecay}");
        return true;
    }
}
