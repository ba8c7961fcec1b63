using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>Adam (Kingma and Ba 2015): <c>torch.optim.Adam</c>.</summary>
/// <remarks>A weight decay λ is an L2 penalty here, as in PyTorch: it adds λ·w to the gradient before the moments. <see cref="AdamW"/>
/// keeps them apart.</remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Adam(1e-3f));</code></example>
public readonly record struct Adam : IOptimizer<Adam>
{
    private readonly AdamRule rule;
    // A float: kernels of devices are passed numbers alone.
    private readonly float lazy;

    /// <summary>Learning rate 0.001, β 0.9 and 0.999, ε 1e-8, no weight decay.</summary>
    public Adam()
        : this(1e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="beta1">β₁ in [0, 1): how slowly the mean of the gradients changes.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the mean of their squares changes.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the gradient.</param>
    public Adam(float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f)
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
    public static Adam Default => new();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SkipsZeroGradients(in Adam optimizer) => optimizer.lazy != 0f;

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public Adam WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate() => AdamRule.Validate(LearningRate, Beta1, Beta2, Epsilon, WeightDecay, nameof(Adam));

    /// <inheritdoc/>
    public Adam Prepare(long step) => new(this, step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Adam prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V> =>
        AdamRule.Update(in prepared.rule, weight, V.Fma(V.Broadcast(prepared.WeightDecay), weight, gradient), ref state0, ref state1);

    private Adam(in Adam from, long step)
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
            + $"WeightDecay = {WeightDecay}, Lazy = {Lazy}");
        return true;
    }
}
