using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>An optimizer whose gradients are clamped first, each by itself: <c>torch.nn.utils.clip_grad_value_</c>.</summary>
/// <remarks>
/// g ← min(max(g, −c), c). Nothing is stored for it: it is a part of the kernels that make the gradients. A gradient that is NaN stays so.
/// </remarks>
/// <typeparam name="TOptimizer">The rule that gets the clamped gradients.</typeparam>
/// <example><code>network.Fit(train, options, new Adam(1e-3f).ClipValue(0.5f));</code></example>
public readonly record struct ClipValue<TOptimizer> : IOptimizer<ClipValue<TOptimizer>>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>The usual optimizer, and 1 as the limit.</summary>
    public ClipValue()
        : this(TOptimizer.Default, 1f)
    {
    }

    /// <summary>States the rule and the limit; they are checked when a step uses them.</summary>
    /// <param name="optimizer">The rule that gets the clamped gradients.</param>
    /// <param name="limit">c, above 0.</param>
    public ClipValue(TOptimizer optimizer, float limit)
    {
        Optimizer = optimizer;
        Limit = limit;
    }

    /// <summary>The rule that gets the clamped gradients.</summary>
    public TOptimizer Optimizer { get; init; }

    /// <summary>c.</summary>
    public float Limit { get; init; }

    /// <inheritdoc/>
    public static ClipValue<TOptimizer> Default => new();

    /// <inheritdoc/>
    public static int StateSlots => TOptimizer.StateSlots;

    /// <inheritdoc/>
    public float LearningRate => Optimizer.LearningRate;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeepsState(in ClipValue<TOptimizer> optimizer) => TOptimizer.KeepsState(optimizer.Optimizer);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SkipsZeroGradients(in ClipValue<TOptimizer> optimizer) => TOptimizer.SkipsZeroGradients(optimizer.Optimizer);

    /// <inheritdoc/>
    public ClipValue<TOptimizer> WithLearningRate(float learningRate) => this with { Optimizer = Optimizer.WithLearningRate(learningRate) };

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.Positive(Limit, nameof(ClipValue<>), nameof(Limit));
        Optimizer.Validate();
    }

    /// <inheritdoc/>
    public ClipValue<TOptimizer> Prepare(long step) => this with { Optimizer = Optimizer.Prepare(step) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in ClipValue<TOptimizer> prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        V limit = V.Broadcast(prepared.Limit);
        V clamped = V.Select(V.Greater(gradient, limit), limit, V.Select(V.Greater(-limit, gradient), -limit, gradient));
        return TOptimizer.Update(prepared.Optimizer, weight, clamped, ref state0, ref state1);
    }

    static bool IOptimizer<ClipValue<TOptimizer>>.HasPass => TOptimizer.HasPass;

    static bool IOptimizer<ClipValue<TOptimizer>>.StoresGradients => TOptimizer.StoresGradients;

    static int IOptimizer<ClipValue<TOptimizer>>.PassSlots => TOptimizer.PassSlots;

    static int IOptimizer<ClipValue<TOptimizer>>.KeptPassSlots(in ClipValue<TOptimizer> optimizer) => TOptimizer.KeptPassSlots(optimizer.Optimizer);

    static bool IOptimizer<ClipValue<TOptimizer>>.BeginsAsWeight(int passSlot) => TOptimizer.BeginsAsWeight(passSlot);

    static void IOptimizer<ClipValue<TOptimizer>>.Bind(in ClipValue<TOptimizer> optimizer, PassBlocks blocks) => TOptimizer.Bind(optimizer.Optimizer, blocks);

    static bool IOptimizer<ClipValue<TOptimizer>>.NeedsPass(in ClipValue<TOptimizer> prepared) => TOptimizer.NeedsPass(prepared.Optimizer);

    static void IOptimizer<ClipValue<TOptimizer>>.Pass<V>(in ClipValue<TOptimizer> prepared, in WeightPass pass) =>
        TOptimizer.Pass<V>(prepared.Optimizer, in pass);

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Optimizer = {Optimizer}, Limit = {Limit}, LearningRate = {LearningRate}");
        return true;
    }
}
