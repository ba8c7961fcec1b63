using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019): <c>torch.optim.AdamW</c>.</summary>
/// <remarks>The weights first shrink by the factor 1 − η·λ, whatever the gradient is; then <see cref="Adam"/> moves them.</remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new AdamW(1e-3f, weightDecay: 0.01f));</code></example>
public readonly record struct AdamW : IOptimizer<AdamW>
{
    private readonly AdamRule rule;
    // A float: kernels of devices are passed numbers alone.
    private readonly float lazy;
    private readonly float shrink;

    /// <summary>Learning rate 0.001, β 0.9 and 0.999, ε 1e-8, weight decay 0.01.</summary>
    public AdamW()
        : this(1e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="beta1">β₁ in [0, 1): how slowly the mean of the gradients changes.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the mean of their squares changes.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0: shrinks the weights by η·λ per step.</param>
    public AdamW(float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 1e-2f)
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

    /// <summary>λ, apart from the gradient.</summary>
    public float WeightDecay { get; init; }

    /// <summary>
    /// Whether a step leaves rows of tables (<see cref="Layers.Embedding"/>) alone that no index of the batch names: their moments do not
    /// fade, and they neither go on moving nor decay. That is another algorithm, TensorFlow's <c>LazyAdam</c>, and of large tables far less
    /// to do. A table whose gradient is whole in memory, because it is read twice, penalized or stored
    /// (<see cref="StoredGradients{TOptimizer}"/>), has no such rows; other weights are as ever.
    /// </summary>
    public bool Lazy
    {
        get => lazy != 0f;
        init => lazy = value ? 1f : 0f;
    }

    /// <inheritdoc/>
    public static AdamW Default => new();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SkipsZeroGradients(in AdamW optimizer) => optimizer.lazy != 0f;

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public AdamW WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate() => AdamRule.Validate(LearningRate, Beta1, Beta2, Epsilon, WeightDecay, nameof(AdamW));

    /// <inheritdoc/>
    public AdamW Prepare(long step) => new(this, step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in AdamW prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V> =>
        AdamRule.Update(in prepared.rule, weight * V.Broadcast(prepared.shrink), gradient, ref state0, ref state1);

    private AdamW(in AdamW from, long step)
    {
        this = from;
        rule = new AdamRule(LearningRate, Beta1, Beta2, Epsilon, step);
        shrink = (float)(1d - (double)LearningRate * WeightDecay);
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Beta1 = {Beta1}, Beta2 = {Beta2}, Epsilon = {Epsilon}, "
            + $"WeightDecay = {WeightDecay}, Lazy = {Lazy}");
        return true;
    }
}
