using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// An optimizer whose gradients are all there before the first weight changes, for what needs them first: clipping by their norm, sums over
/// several steps, hyper-parameters by field.
/// </summary>
/// <remarks>
/// Without it a gradient changes its weight in the kernel that makes it, and is never stored. With it the kernels store the gradients, and
/// a second look at all weights applies the optimizer: the same numbers for any number of threads, one more float per weight, and the time
/// that reading the gradients takes. In this order: the mean over <see cref="Accumulate"/> steps, <see cref="AdaptiveClip"/>, <see
/// cref="ClipNorm"/>, the optimizer of the parameter's group.
/// </remarks>
/// <example><c>network.Fit(data, options, new AdamW(1e-3f).StoreGradients() with { ClipNorm = 1f, Accumulate = 4 })</c></example>
/// <typeparam name="TOptimizer">The rule that gets the gradients.</typeparam>
/// <example><code>network.Fit(train, options, new Adam(1e-3f).StoreGradients() with { ClipNorm = 1f, Accumulate = 4 });</code></example>
public readonly record struct StoredGradients<TOptimizer> : IOptimizer<StoredGradients<TOptimizer>>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private const int Gradients = 0;

    private readonly bool adds;
    private readonly bool isLast;
    private readonly long step;
    private readonly TOptimizer prepared;
    private readonly float groupRate = 1f;

    /// <summary>The usual optimizer, and nothing else.</summary>
    public StoredGradients()
        : this(TOptimizer.Default)
    {
    }

    /// <summary>States the optimizer; it is checked when a step uses it.</summary>
    /// <param name="optimizer">The rule that gets the gradients.</param>
    public StoredGradients(TOptimizer optimizer) => Optimizer = optimizer;

    /// <summary>The rule that gets the gradients.</summary>
    public TOptimizer Optimizer { get; init; }

    /// <summary>
    /// The largest norm of all gradients together, above 0; null: any. g ← g · min(1, c / (‖g‖ + 1e-6)):
    /// <c>torch.nn.utils.clip_grad_norm_</c>.
    /// </summary>
    public float? ClipNorm { get; init; }

    /// <summary>
    /// How large the norm of a gradient may be beside that of its weights, unit by unit, above 0 (0.01 is usual); null: any (Brock et al.
    /// 2021, adaptive gradient clipping).
    /// </summary>
    public float? AdaptiveClip { get; init; }

    /// <summary>
    /// k, at least 1: the optimizer makes a step of the mean gradient of every k steps, as of one with k times the samples. Weights change,
    /// and the optimizer's own steps count, every k steps; gradients of steps that are left over at the end are dropped.
    /// </summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// Parameters with hyper-parameters of their own, each in the first group that has it. A schedule changes their rates by the same
    /// factor as that of <see cref="Optimizer"/>.
    /// </summary>
    public IReadOnlyList<ParameterGroup<TOptimizer>> Groups { get; init; } = [];

    /// <inheritdoc/>
    public static StoredGradients<TOptimizer> Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 1;

    /// <inheritdoc/>
    public float LearningRate => Optimizer.LearningRate;

    /// <inheritdoc/>
    public StoredGradients<TOptimizer> WithLearningRate(float learningRate) => new(this, learningRate);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The optimizer stores the gradients itself.</exception>
    public void Validate()
    {
        if (TOptimizer.StoresGradients)
            throw new NotSupportedException($"{OptimizerName.Of<StoredGradients<TOptimizer>>()} would store the gradients twice: set all on one.");
        if (ClipNorm is { } norm)
            HyperParameter.Positive(norm, nameof(StoredGradients<>), nameof(ClipNorm));
        if (AdaptiveClip is { } clip)
            HyperParameter.Positive(clip, nameof(StoredGradients<>), nameof(AdaptiveClip));
        if (Accumulate < 1)
            throw HyperParameter.Bad(Accumulate, nameof(StoredGradients<>), nameof(Accumulate), "1 or more");
        ArgumentNullException.ThrowIfNull(Groups);
        Optimizer.Validate();
        for (int i = 0; i < Groups.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(Groups[i], nameof(Groups));
            Groups[i].Optimizer.Validate();
        }
    }

    /// <inheritdoc/>
    public StoredGradients<TOptimizer> Prepare(long step) => new(this, step);

    /// <summary>Stores the gradient, or adds it to what is stored.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in StoredGradients<TOptimizer> prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        state0 = prepared.adds ? state0 + gradient : gradient;
        return weight;
    }

    static bool IOptimizer<StoredGradients<TOptimizer>>.HasPass => true;

    static bool IOptimizer<StoredGradients<TOptimizer>>.StoresGradients => true;

    static int IOptimizer<StoredGradients<TOptimizer>>.PassSlots => TOptimizer.StateSlots + TOptimizer.PassSlots;

    static int IOptimizer<StoredGradients<TOptimizer>>.KeptPassSlots(in StoredGradients<TOptimizer> optimizer)
    {
        int kept = Kept(optimizer.Optimizer);
        for (int i = 0; i < optimizer.Groups.Count; i++)
            kept = Math.Max(kept, Kept(optimizer.Groups[i].Optimizer));
        return kept;

        static int Kept(in TOptimizer of) => TOptimizer.KeptPassSlots(in of) is > 0 and var slots ? TOptimizer.StateSlots + slots
            : TOptimizer.KeepsState(in of) ? TOptimizer.StateSlots
            : 0;
    }

    static bool IOptimizer<StoredGradients<TOptimizer>>.BeginsAsWeight(int passSlot) =>
        passSlot >= TOptimizer.StateSlots && TOptimizer.BeginsAsWeight(passSlot - TOptimizer.StateSlots);

    static void IOptimizer<StoredGradients<TOptimizer>>.Bind(in StoredGradients<TOptimizer> optimizer, PassBlocks blocks)
    {
        if (optimizer.Groups.Count > 0 && !blocks.IsGroupedFor(optimizer.Groups))
            blocks.Group(optimizer.Groups, GroupsOf(optimizer.Groups, blocks.Layout));
        TOptimizer.Bind(optimizer.Optimizer, blocks);
        for (int i = 0; i < optimizer.Groups.Count; i++)
            TOptimizer.Bind(optimizer.Groups[i].Optimizer, blocks);
    }

    static bool IOptimizer<StoredGradients<TOptimizer>>.NeedsPass(in StoredGradients<TOptimizer> prepared) => prepared.isLast;

    static void IOptimizer<StoredGradients<TOptimizer>>.Pass<V>(in StoredGradients<TOptimizer> prepared, in WeightPass pass)
    {
        ref float gradients = ref pass.Slot(Gradients);
        float factor = 1f / prepared.Accumulate;
        if (prepared.AdaptiveClip is { } clip)
        {
            AdaptiveClipping.Run(in pass, ref gradients, factor, clip);
            pass.Barrier();
        }

        if (prepared.ClipNorm is { } most)
        {
            for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
                pass.Sums[2 * chunk.Index] = Squares<V>(ref Unsafe.Add(ref gradients, chunk.Start), chunk.Length);
            pass.Barrier();
            double shrink = most / (factor * Math.Sqrt(pass.Sum()) + 1e-6);
            // Not the smaller of both: a norm that is NaN stays so.
            factor = (float)(factor * (shrink > 1 ? 1 : shrink));
        }

        Step<V>(in prepared.prepared, pass.Of(group: 0), factor);
        for (int i = 0; i < prepared.Groups.Count; i++)
        {
            TOptimizer optimizer = prepared.Groups[i].Optimizer;
            if (prepared.groupRate != 1f && !float.IsNaN(optimizer.LearningRate))
                optimizer = optimizer.WithLearningRate(optimizer.LearningRate * prepared.groupRate);
            Step<V>(optimizer.Prepare(prepared.step), pass.Of(i + 1), factor);
        }
    }

    /// <summary>The optimizer's step on a group.</summary>
    private static void Step<V>(in TOptimizer optimizer, in WeightPass pass, float factor)
        where V : struct, IVector<V>
    {
        ref float weights = ref pass.Weights;
        ref float gradients = ref pass.Slot(Gradients);
        WeightPass own = pass.After(StateSlots);
        ref float slot0 = ref own.Slot(0);
        ref float slot1 = ref own.Slot(1);
        for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
        {
            nint start = chunk.Start;
            Apply<V>(
                in optimizer, ref Unsafe.Add(ref weights, start), ref Unsafe.Add(ref slot0, start), ref Unsafe.Add(ref slot1, start),
                ref Unsafe.Add(ref gradients, start), chunk.Length, factor);
        }

        if (TOptimizer.HasPass && TOptimizer.NeedsPass(in optimizer))
        {
            pass.Barrier();
            TOptimizer.Pass<V>(in optimizer, in own);
            pass.Barrier();
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void Apply<V>(in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1, ref float gradient, int length, float factor)
        where V : struct, IVector<V>
    {
        // In a local that nothing else sees, so that its numbers stay in registers.
        TOptimizer optimizer = prepared;
        V scale = V.Broadcast(factor);
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
        {
            OptimizerKernel.Apply(
                in optimizer, ref Unsafe.Add(ref weight, i), ref Unsafe.Add(ref slot0, i), ref Unsafe.Add(ref slot1, i),
                V.Load(ref Unsafe.Add(ref gradient, i)) * scale);
        }

        if (i < length)
        {
            OptimizerKernel.ApplyPartial(
                in optimizer, ref Unsafe.Add(ref weight, i), ref Unsafe.Add(ref slot0, i), ref Unsafe.Add(ref slot1, i),
                V.LoadPartial(ref Unsafe.Add(ref gradient, i), length - i) * scale, length - i);
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static double Squares<V>(ref float values, int length)
        where V : struct, IVector<V>
    {
        (V even, V odd) = (V.Zero, V.Zero);
        int i = 0;
        for (; i <= length - 2 * V.Count; i += 2 * V.Count)
        {
            V first = V.Load(ref Unsafe.Add(ref values, i));
            V second = V.Load(ref Unsafe.Add(ref values, i + V.Count));
            even = V.Fma(first, first, even);
            odd = V.Fma(second, second, odd);
        }

        for (; i < length; i += V.Count)
        {
            V rest = V.LoadPartial(ref Unsafe.Add(ref values, i), Math.Min(V.Count, length - i));
            even = V.Fma(rest, rest, even);
        }

        return (double)V.Sum(even) + V.Sum(odd);
    }

    /// <summary>The group of each parameter, counted from 1; 0: none has it.</summary>
    private static int[] GroupsOf(IReadOnlyList<ParameterGroup<TOptimizer>> groups, ParameterLayout layout)
    {
        foreach (string field in groups.SelectMany(group => group.Fields))
            ParameterFields.Check(field, layout, nameof(Groups));
        return [.. layout.Parameters.ToArray().Select(parameter => 1 + groups.ToList().FindIndex(group => group.Has(parameter)))];
    }

    private StoredGradients(in StoredGradients<TOptimizer> from, float learningRate)
    {
        this = from;
        Optimizer = from.Optimizer.WithLearningRate(learningRate);
        if (from.LearningRate > 0)
            groupRate *= learningRate / from.LearningRate;
    }

    private StoredGradients(in StoredGradients<TOptimizer> from, long step)
    {
        this = from;
        (adds, isLast) = ((step - 1) % Accumulate != 0, step % Accumulate == 0);
        this.step = (step - 1) / Accumulate + 1;
        prepared = Optimizer.Prepare(this.step);
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Optimizer = {Optimizer}, ClipNorm = {ClipNorm}, AdaptiveClip = {AdaptiveClip}, Accumulate = {Accumulate}, "
            + $"Groups = [{string.Join(", ", Groups)}], LearningRate = {LearningRate}");
        return true;
    }
}
