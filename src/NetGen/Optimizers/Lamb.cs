using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Adam's directions in steps as long as each layer's weights ask for, for large batches (You et al. 2020); PyTorch has none.
/// </summary>
/// <remarks>
/// u = m̂ / (√v̂ + ε) + λ·w with <see cref="Adam"/>'s moments; for each parameter of the network w ← w − η · (‖w‖ / ‖u‖) · u, where the
/// quotient is 1 if one of the norms is 0. The kernels move the moments; a look at all weights, which needs the norms, ends the step.
/// Algorithm 2 of the paper clips no gradients: where others do, <see cref="StoredGradients{TOptimizer}.ClipNorm"/> is 1.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Lamb(1e-3f));</code></example>
public readonly record struct Lamb : IOptimizer<Lamb>
{
    private const int First = 0, Second = 1;

    // Of a rate of 1: the change is −m̂ / (√v̂ + ε).
    private readonly AdamRule rule;

    /// <summary>Learning rate 0.001, β 0.9 and 0.999, ε 1e-6, weight decay 0.01.</summary>
    public Lamb()
        : this(1e-3f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0.</param>
    /// <param name="beta1">β₁ in [0, 1): how slowly the mean of the gradients changes.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the mean of their squares changes.</param>
    /// <param name="epsilon">ε, above 0: what keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0: adds λ·w to the direction.</param>
    public Lamb(float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-6f, float weightDecay = 0.01f)
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

    /// <summary>λ, as a part of the direction.</summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public static Lamb Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public Lamb WithLearningRate(float learningRate) => this with { LearningRate = learningRate };

    /// <inheritdoc/>
    public void Validate() => AdamRule.Validate(LearningRate, Beta1, Beta2, Epsilon, WeightDecay, nameof(Lamb));

    /// <inheritdoc/>
    public Lamb Prepare(long step) => new(this, step);

    /// <summary>Moves the moments; the weights change when the norms are known.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Lamb prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        _ = AdamRule.Moments(in prepared.rule, gradient, ref state0, ref state1);
        return weight;
    }

    static bool IOptimizer<Lamb>.HasPass => true;

    static void IOptimizer<Lamb>.Pass<V>(in Lamb prepared, in WeightPass pass)
    {
        ref float weights = ref pass.Weights;
        ref float first = ref pass.Slot(First);
        ref float second = ref pass.Slot(Second);
        for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
        {
            (pass.Sums[2 * chunk.Index], pass.Sums[2 * chunk.Index + 1]) = Squares<V>(
                in prepared, ref Unsafe.Add(ref weights, chunk.Start), ref Unsafe.Add(ref first, chunk.Start), ref Unsafe.Add(ref second, chunk.Start), chunk.Length);
        }

        pass.Barrier();
        (int parameter, float rate) = (-1, 0f);
        for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
        {
            if (chunk.Parameter != parameter)
            {
                (double weight, double direction) = pass.SumsOf(in chunk);
                double trust = weight > 0 && direction > 0 ? Math.Sqrt(weight / direction) : 1;
                (parameter, rate) = (chunk.Parameter, (float)(prepared.LearningRate * trust));
            }

            Step<V>(
                in prepared, ref Unsafe.Add(ref weights, chunk.Start), ref Unsafe.Add(ref first, chunk.Start), ref Unsafe.Add(ref second, chunk.Start),
                chunk.Length, rate);
        }
    }

    /// <summary>u, as in <see cref="Lamb"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Direction<V>(in Lamb prepared, V weight, V first, V second)
        where V : struct, IVector<V> =>
        V.Broadcast(prepared.WeightDecay) * weight - AdamRule.Change(in prepared.rule, first, second);

    /// <summary>Σ w² and Σ u².</summary>
    [MethodImpl(Jit.Kernel)]
    private static (double Weight, double Direction) Squares<V>(in Lamb lamb, ref float weight, ref float first, ref float second, int length)
        where V : struct, IVector<V>
    {
        Lamb prepared = lamb;
        (V weights, V directions) = (V.Zero, V.Zero);
        for (int i = 0; i < length; i += V.Count)
        {
            // What is not there is 0, and so is its direction.
            int count = Math.Min(V.Count, length - i);
            V w = V.LoadPartial(ref Unsafe.Add(ref weight, i), count);
            V u = Direction(
                in prepared, w, V.LoadPartial(ref Unsafe.Add(ref first, i), count), V.LoadPartial(ref Unsafe.Add(ref second, i), count));
            weights = V.Fma(w, w, weights);
            directions = V.Fma(u, u, directions);
        }

        return (V.Sum(weights), V.Sum(directions));
    }

    [MethodImpl(Jit.Kernel)]
    private static void Step<V>(in Lamb lamb, ref float weight, ref float first, ref float second, int length, float rate)
        where V : struct, IVector<V>
    {
        Lamb prepared = lamb;
        V step = V.Broadcast(-rate);
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V w = V.LoadPartial(ref Unsafe.Add(ref weight, i), count);
            V u = Direction(
                in prepared, w, V.LoadPartial(ref Unsafe.Add(ref first, i), count), V.LoadPartial(ref Unsafe.Add(ref second, i), count));
            V.Fma(step, u, w).StorePartial(ref Unsafe.Add(ref weight, i), count);
        }
    }

    private Lamb(in Lamb from, long step)
    {
        this = from;
        rule = new AdamRule(1f, Beta1, Beta2, Epsilon, step);
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Beta1 = {Beta1}, Beta2 = {Beta2}, Epsilon = {Epsilon}, "
            + $"WeightDecay = {WeightDecay}");
        return true;
    }
}
