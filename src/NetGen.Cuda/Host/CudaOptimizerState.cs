using ILGPU;
using ILGPU.Runtime;

namespace NetGen.Cuda.Host;

/// <summary>What an optimizer keeps between the steps of one objective of a network, on the device.</summary>
internal abstract class CudaOptimizerState : IDisposable
{
    /// <summary>The floats per weight, laid out as the weights; the weights themselves where the optimizer keeps none, for a kernel's view must be of something.</summary>
    public ArrayView<float> Slot0 { get; protected set; }

    /// <inheritdoc cref="Slot0"/>
    public ArrayView<float> Slot1 { get; protected set; }

    public abstract void Dispose();
}

/// <summary>The state of one type of optimizer.</summary>
internal sealed class CudaOptimizerState<TOptimizer> : CudaOptimizerState
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private MemoryBuffer1D<float, Stride1D.Dense>? slot0;
    private MemoryBuffer1D<float, Stride1D.Dense>? slot1;
    private long steps;

    /// <summary>The optimizer, prepared for this step.</summary>
    public TOptimizer Prepared { get; private set; }

    /// <summary>Prepares for one more step, and allocates the state when it is needed for the first time.</summary>
    public void Begin(in TOptimizer optimizer, CudaNetwork network, ArrayView<float> weights)
    {
        if (TOptimizer.KeepsState(in optimizer))
        {
            slot0 ??= TOptimizer.StateSlots > 0 ? network.Zeros<TOptimizer>() : null;
            slot1 ??= TOptimizer.StateSlots > 1 ? network.Zeros<TOptimizer>() : null;
        }
        Slot0 = slot0 is null ? weights : slot0.View;
        Slot1 = slot1 is null ? weights : slot1.View;
        Prepared = optimizer.Prepare(steps + 1);
        steps++;
    }

    public override void Dispose()
    {
        slot0?.Dispose();
        slot1?.Dispose();
    }
}
