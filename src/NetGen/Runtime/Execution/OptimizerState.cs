using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Runtime;

/// <summary>What an optimizer keeps between the steps of one objective of one network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OptimizerState<TOptimizer> : IWeightPass
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private static readonly ParallelBody PassBody = Pass;

    private readonly ParameterLayout layout;
    private readonly PassBlocks? blocks;
    private AlignedFloats[] slots = [];
    private AlignedFloats? slot0;
    private AlignedFloats? slot1;

    /// <summary>The optimizer, prepared for this step.</summary>
    public TOptimizer Prepared;

    internal OptimizerState(ParameterLayout layout, int objective)
    {
        this.layout = layout;
        blocks = TOptimizer.HasPass ? new(layout, objective) : null;
    }

    /// <summary>How many steps have used this state.</summary>
    public long Steps { get; private set; }

    ParallelBody? IWeightPass.Body => TOptimizer.HasPass && TOptimizer.NeedsPass(in Prepared) ? PassBody : null;

    /// <summary>Prepares the optimizer for one more step, and allocates the state when it is needed for the first time.</summary>
    /// <param name="optimizer">Its hyper-parameters.</param>
    /// <param name="weights">The network's, which some state begins as.</param>
    internal void Begin(in TOptimizer optimizer, ref readonly float weights)
    {
        if (blocks is not null)
        {
            TOptimizer.Bind(in optimizer, blocks);
        }
        var passSlots = TOptimizer.KeptPassSlots(in optimizer);
        // What the pass keeps comes after what kernels know, whether they use that or not.
        Keep(passSlots > 0 ? TOptimizer.StateSlots + passSlots : TOptimizer.KeepsState(in optimizer) ? TOptimizer.StateSlots : 0, in weights);
        Prepared = optimizer.Prepare(Steps + 1);
        Steps++;
    }

    /// <summary>What it keeps, until the next step; nothing where it keeps nothing (yet).</summary>
    internal AlignedFloats[] Slots => slots;

    /// <summary>Goes on from another time.</summary>
    internal void Restore(StepState state)
    {
        Steps = state.OptimizerSteps;
        Take(state.Slots);
    }

    /// <summary>The first float per weight, laid out as the weights; a null reference if the optimizer keeps none.</summary>
    public ref float Slot0 => ref slot0 is null ? ref Unsafe.NullRef<float>() : ref slot0.Start;

    /// <summary>The second float per weight, laid out as the weights; a null reference if the optimizer does not keep two.</summary>
    public ref float Slot1 => ref slot1 is null ? ref Unsafe.NullRef<float>() : ref slot1.Start;

    private void Keep(int count, ref readonly float weights)
    {
        if (slots.Length >= count)
        {
            return;
        }
        AlignedFloats[] more = [.. slots, .. new AlignedFloats[count - slots.Length]];
        for (var i = slots.Length; i < count; i++)
        {
            more[i] = new(layout.TotalFloats, cleared: true, $"The state of {OptimizerName.Of<TOptimizer>()} for {layout.NetworkName}");
            if (i >= TOptimizer.StateSlots && TOptimizer.BeginsAsWeight(i - TOptimizer.StateSlots))
            {
                MemoryMarshal.CreateReadOnlySpan(in weights, layout.TotalFloats).CopyTo(more[i].Span);
            }
        }
        Take(more);
    }

    private void Take(AlignedFloats[] kept)
    {
        slots = kept;
        slot0 = kept.Length > 0 && TOptimizer.StateSlots > 0 ? kept[0] : null;
        slot1 = kept.Length > 1 && TOptimizer.StateSlots > 1 ? kept[1] : null;
        if (blocks is not null)
        {
            blocks.Slots = kept;
        }
    }

    private static void Pass(CallFrame frame, int worker, int workers)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Pass<V512>(frame, worker, workers);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Pass<V256>(frame, worker, workers);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Pass<V128>(frame, worker, workers);
        }
        else
        {
            Pass<V1>(frame, worker, workers);
        }
    }

    private static void Pass<V>(CallFrame frame, int worker, int workers)
        where V : struct, IVector<V>
    {
        var state = (OptimizerState<TOptimizer>)frame.Optimizer!;
        TOptimizer.Pass<V>(in state.Prepared, new WeightPass(state.blocks!, frame, worker, workers));
    }
}
