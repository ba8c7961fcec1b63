using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Runtime;

namespace NetGen.Cuda.Host;

/// <summary>What an optimizer keeps between the steps of one objective of a network, on the device.</summary>
internal abstract class CudaOptimizerState
{
    /// <summary>The floats per weight, laid out as the weights; the weights themselves where the optimizer keeps none, for a kernel's view must be of something.</summary>
    public nint Slot0 { get; protected set; }

    /// <inheritdoc cref="Slot0"/>
    public nint Slot1 { get; protected set; }

    /// <summary>The optimizer, prepared for this step, as it lies in memory.</summary>
    public abstract ReadOnlySpan<byte> Prepared { get; }

    public abstract void Free(CudaSession session);
}

/// <summary>The state of one type of optimizer.</summary>
internal sealed class CudaOptimizerState<TOptimizer> : CudaOptimizerState
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private nint slot0;
    private nint slot1;
    private long steps;
    private TOptimizer prepared;

    public override unsafe ReadOnlySpan<byte> Prepared => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TOptimizer, byte>(ref prepared), Unsafe.SizeOf<TOptimizer>());

    /// <summary>Allocates the state when it is needed for the first time.</summary>
    public void Reserve(in TOptimizer optimizer, CudaNetwork network, nint weights)
    {
        if (TOptimizer.KeepsState(in optimizer))
        {
            slot0 = slot0 == 0 && TOptimizer.StateSlots > 0 ? network.Zeros<TOptimizer>() : slot0;
            slot1 = slot1 == 0 && TOptimizer.StateSlots > 1 ? network.Zeros<TOptimizer>() : slot1;
        }
        Slot0 = slot0 == 0 ? weights : slot0;
        Slot1 = slot1 == 0 ? weights : slot1;
    }

    /// <summary>Prepares for a step.</summary>
    /// <param name="optimizer">Its rule.</param>
    /// <param name="ahead">1: for the next one, 2: for the one after it, …</param>
    public void Prepare(in TOptimizer optimizer, int ahead) => prepared = optimizer.Prepare(steps + ahead);

    /// <summary>The next step is made.</summary>
    public void Count() => steps++;

    /// <summary>Copies to the host what it keeps, and how many steps have used it.</summary>
    public (long Steps, AlignedFloats[] Slots) Copy(CudaNetwork network)
    {
        return (steps, [.. new[] { slot0, slot1 }.Where(slot => slot != 0).Select(Of)]);

        AlignedFloats Of(nint slot)
        {
            var copy = new AlignedFloats(network.Network.Layout.TotalFloats, cleared: false, $"A copy of the state of {OptimizerName.Of<TOptimizer>()}");
            network.Copies.Download(MemoryMarshal.AsBytes(copy.Span), slot);
            return copy;
        }
    }

    /// <summary>Goes on from a state that was copied; where there is no memory for it, it keeps its own.</summary>
    public void Restore(StepState state, CudaNetwork network)
    {
        nint first = Of(state.Slots.ElementAtOrDefault(0)), second;
        try
        {
            second = Of(state.Slots.ElementAtOrDefault(1));
        }
        catch
        {
            _ = network.Session.Driver.MemFree(first);
            throw;
        }
        Free(network.Session);
        (slot0, slot1, steps) = (first, second, state.OptimizerSteps);

        nint Of(AlignedFloats? slot)
        {
            if (slot is null)
            {
                return 0;
            }
            var zeros = network.Zeros<TOptimizer>();
            network.Copies.Upload(zeros, MemoryMarshal.AsBytes(slot.Span));
            network.Copies.Flush();
            return zeros;
        }
    }

    public override void Free(CudaSession session)
    {
        foreach (var slot in new[] { slot0, slot1 })
        {
            if (slot != 0)
            {
                _ = session.Driver.MemFree(slot);
            }
        }
        (slot0, slot1) = (0, 0);
    }
}
