using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>k steps forward, one step back (Zhang et al. 2019), around any optimizer.</summary>
/// <remarks>
/// The optimizer's steps are fused into the kernels as ever. Every k of them the slow weights φ, which begin as the first weights, go a
/// part of the way to the fast ones, and these go on from there: φ ← φ + α·(w − φ); w ← φ. Predictions between two of these see the fast
/// weights. Kept per weight: φ, beside what the optimizer keeps.
/// </remarks>
/// <typeparam name="TOptimizer">Makes the fast steps.</typeparam>
/// <example><code>network.Fit(train, options, new Adam(1e-3f).Lookahead(every: 5, rate: 0.5f));</code></example>
public readonly record struct Lookahead<TOptimizer> : IOptimizer<Lookahead<TOptimizer>>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly bool goesBack;

    /// <summary>The usual optimizer, k 5, α ½.</summary>
    public Lookahead()
        : this(TOptimizer.Default)
    {
    }

    /// <summary>States the optimizer and the numbers; they are checked when a step uses them.</summary>
    /// <param name="optimizer">Makes the fast steps.</param>
    /// <param name="every">k, at least 1.</param>
    /// <param name="rate">α in (0, 1].</param>
    public Lookahead(TOptimizer optimizer, int every = 5, float rate = 0.5f)
    {
        Optimizer = optimizer;
        Every = every;
        Rate = rate;
    }

    /// <summary>Makes the fast steps.</summary>
    public TOptimizer Optimizer { get; init; }

    /// <summary>k.</summary>
    public int Every { get; init; }

    /// <summary>α.</summary>
    public float Rate { get; init; }

    /// <inheritdoc/>
    public static Lookahead<TOptimizer> Default => new();

    /// <inheritdoc/>
    public static int StateSlots => TOptimizer.StateSlots;

    /// <inheritdoc/>
    public float LearningRate => Optimizer.LearningRate;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeepsState(in Lookahead<TOptimizer> optimizer) => TOptimizer.KeepsState(optimizer.Optimizer);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SkipsZeroGradients(in Lookahead<TOptimizer> optimizer) => TOptimizer.SkipsZeroGradients(optimizer.Optimizer);

    /// <inheritdoc/>
    public Lookahead<TOptimizer> WithLearningRate(float learningRate) => this with { Optimizer = Optimizer.WithLearningRate(learningRate) };

    /// <inheritdoc/>
    public void Validate()
    {
        if (Every < 1)
            throw HyperParameter.Bad(Every, nameof(Lookahead<>), nameof(Every), "1 or more");
        if (!(Rate > 0 && Rate <= 1))
            throw HyperParameter.Bad(Rate, nameof(Lookahead<>), nameof(Rate), "a number above 0, at most 1");
        Optimizer.Validate();
    }

    /// <inheritdoc/>
    public Lookahead<TOptimizer> Prepare(long step) => new(this, step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Lookahead<TOptimizer> prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V> => TOptimizer.Update(prepared.Optimizer, weight, gradient, ref state0, ref state1);

    static bool IOptimizer<Lookahead<TOptimizer>>.HasPass => true;

    static bool IOptimizer<Lookahead<TOptimizer>>.StoresGradients => TOptimizer.StoresGradients;

    static int IOptimizer<Lookahead<TOptimizer>>.PassSlots => TOptimizer.PassSlots + 1;

    static bool IOptimizer<Lookahead<TOptimizer>>.BeginsAsWeight(int passSlot) =>
        passSlot == TOptimizer.PassSlots || TOptimizer.BeginsAsWeight(passSlot);

    static void IOptimizer<Lookahead<TOptimizer>>.Bind(in Lookahead<TOptimizer> optimizer, PassBlocks blocks) => TOptimizer.Bind(optimizer.Optimizer, blocks);

    static bool IOptimizer<Lookahead<TOptimizer>>.NeedsPass(in Lookahead<TOptimizer> prepared) =>
        prepared.goesBack || TOptimizer.NeedsPass(prepared.Optimizer);

    static void IOptimizer<Lookahead<TOptimizer>>.Pass<V>(in Lookahead<TOptimizer> prepared, in WeightPass pass)
    {
        if (TOptimizer.NeedsPass(prepared.Optimizer))
        {
            TOptimizer.Pass<V>(prepared.Optimizer, in pass);
            pass.Barrier();
        }
        if (!prepared.goesBack)
            return;
        ref float weights = ref pass.Weights;
        ref float slow = ref pass.Slot(TOptimizer.StateSlots + TOptimizer.PassSlots);
        for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
            GoBack<V>(ref Unsafe.Add(ref weights, chunk.Start), ref Unsafe.Add(ref slow, chunk.Start), chunk.Length, prepared.Rate);
    }

    [MethodImpl(Jit.Kernel)]
    private static void GoBack<V>(ref float fast, ref float slow, int length, float rate)
        where V : struct, IVector<V>
    {
        V factor = V.Broadcast(rate);
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V from = V.LoadPartial(ref Unsafe.Add(ref slow, i), count);
            V to = V.Fma(factor, V.LoadPartial(ref Unsafe.Add(ref fast, i), count) - from, from);
            to.StorePartial(ref Unsafe.Add(ref slow, i), count);
            to.StorePartial(ref Unsafe.Add(ref fast, i), count);
        }
    }

    private Lookahead(in Lookahead<TOptimizer> from, long step)
    {
        this = from;
        Optimizer = from.Optimizer.Prepare(step);
        goesBack = step % Every == 0;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Optimizer = {Optimizer}, Every = {Every}, Rate = {Rate}, LearningRate = {LearningRate}");
        return true;
    }
}
