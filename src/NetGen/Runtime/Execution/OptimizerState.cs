using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>What an optimizer keeps between the steps of one objective of one network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OptimizerState<TOptimizer>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly int floats;
    private readonly string network;
    private AlignedFloats? slot0;
    private AlignedFloats? slot1;

    /// <summary>The optimizer, prepared for this step.</summary>
    public TOptimizer Prepared;

    internal OptimizerState(int floats, string network)
    {
        this.floats = floats;
        this.network = network;
    }

    /// <summary>How many steps have used this state.</summary>
    public long Steps { get; private set; }

    /// <summary>Prepares the optimizer for one more step, and allocates the state when it is needed for the first time.</summary>
    internal void Begin(in TOptimizer optimizer)
    {
        if (TOptimizer.KeepsState(in optimizer))
        {
            slot0 ??= TOptimizer.StateSlots > 0 ? Zeros() : null;
            slot1 ??= TOptimizer.StateSlots > 1 ? Zeros() : null;
        }
        Prepared = optimizer.Prepare(Steps + 1);
        Steps++;
    }

    /// <summary>What it keeps, until the next step; null where it keeps nothing (yet).</summary>
    internal (AlignedFloats? Slot0, AlignedFloats? Slot1) Slots => (slot0, slot1);

    /// <summary>Goes on from another time.</summary>
    internal void Restore(StepState state) => (Steps, slot0, slot1) = (state.OptimizerSteps, state.Slot0, state.Slot1);

    private AlignedFloats Zeros() => new(floats, cleared: true, $"The state of {typeof(TOptimizer).Name} for {network}");

    /// <summary>The first float per weight, laid out as the weights; a null reference if the optimizer keeps none.</summary>
    public ref float Slot0 => ref slot0 is null ? ref Unsafe.NullRef<float>() : ref slot0.Start;

    /// <summary>The second float per weight, laid out as the weights; a null reference if the optimizer does not keep two.</summary>
    public ref float Slot1 => ref slot1 is null ? ref Unsafe.NullRef<float>() : ref slot1.Start;
}
