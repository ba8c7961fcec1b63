using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Resilient propagation (Riedmiller and Braun 1993) without weight backtracking, for steps on the whole data set:
/// <c>torch.optim.Rprop</c>.
/// </summary>
/// <remarks>
/// Only the gradient's sign counts, and each weight has a step size s of its own: s ← s·η₊ where the sign is that of the last step, s·η₋
/// where it changed (the weight then waits for one step), from s₋ to s₊; w ← w − s·sign(g). There is no learning rate that a schedule could
/// change. With small batches the signs are noise; use another optimizer there.
/// </remarks>
/// <example><code>network.Fit(train, new FitOptions { Epochs = 10 }, new Rprop(0.01f));</code></example>
public readonly record struct Rprop : IOptimizer<Rprop>
{
    private readonly float start;

    /// <summary>First steps of 0.01, factors ½ and 1.2, step sizes from 1e-6 to 50.</summary>
    public Rprop()
        : this(1e-2f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="initialStep">The step size that all weights begin with, above 0: PyTorch's <c>lr</c>.</param>
    /// <param name="shrink">η₋ in (0, 1): the factor where the sign changed.</param>
    /// <param name="grow">η₊, above 1: the factor where it did not.</param>
    /// <param name="smallestStep">s₋, above 0.</param>
    /// <param name="largestStep">s₊, at least s₋.</param>
    public Rprop(float initialStep, float shrink = 0.5f, float grow = 1.2f, float smallestStep = 1e-6f, float largestStep = 50f)
    {
        InitialStep = initialStep;
        Shrink = shrink;
        Grow = grow;
        SmallestStep = smallestStep;
        LargestStep = largestStep;
    }

    /// <summary>The step size that all weights begin with.</summary>
    public float InitialStep { get; init; }

    /// <summary>η₋.</summary>
    public float Shrink { get; init; }

    /// <summary>η₊.</summary>
    public float Grow { get; init; }

    /// <summary>s₋.</summary>
    public float SmallestStep { get; init; }

    /// <summary>s₊.</summary>
    public float LargestStep { get; init; }

    /// <inheritdoc/>
    public static Rprop Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 2;

    /// <inheritdoc/>
    public void Validate()
    {
        HyperParameter.Positive(InitialStep, nameof(Rprop), nameof(InitialStep));
        HyperParameter.Positive(SmallestStep, nameof(Rprop), nameof(SmallestStep));
        if (!(Shrink > 0 && Shrink < 1))
            throw HyperParameter.Bad(Shrink, nameof(Rprop), nameof(Shrink), "a number between 0 and 1");
        if (!(Grow > 1 && float.IsFinite(Grow)))
            throw HyperParameter.Bad(Grow, nameof(Rprop), nameof(Grow), "a finite number above 1");
        if (!(LargestStep >= SmallestStep && float.IsFinite(LargestStep)))
            throw HyperParameter.Bad(LargestStep, nameof(Rprop), nameof(LargestStep), $"a finite number, {nameof(SmallestStep)} or more");
    }

    /// <inheritdoc/>
    // The state is 0 before the first step.
    public Rprop Prepare(long step) => new(this, step == 1 ? InitialStep : 0f);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Rprop prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        // The first state is the sign of the last gradient, 0 where it changed; the second is the step size.
        V sign = VectorSign.Of(gradient);
        V agreement = sign * state0;
        V changed = V.Greater(V.Zero, agreement);
        V growth = V.Select(V.Greater(agreement, V.Zero), V.Broadcast(prepared.Grow), V.Broadcast(1f));
        V factor = V.Select(changed, V.Broadcast(prepared.Shrink), growth);
        V size = (state1 + V.Broadcast(prepared.start)) * factor;
        state1 = V.Min(V.Max(size, V.Broadcast(prepared.SmallestStep)), V.Broadcast(prepared.LargestStep));
        state0 = V.Select(changed, V.Zero, sign);
        return V.Fma(-state0, state1, weight);
    }

    private Rprop(in Rprop from, float start)
    {
        this = from;
        this.start = start;
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"InitialStep = {InitialStep}, Shrink = {Shrink}, Grow = {Grow}, SmallestStep = {SmallestStep}, "
            + $"LargestStep = {LargestStep}");
        return true;
    }
}
