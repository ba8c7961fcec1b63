using System.ComponentModel;

namespace NetGen.Cuda.Kernels;

/// <summary>The end of a gradient kernel for neighbouring weights.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptimizerRuns
{
    /// <summary>
    /// Updates four weights, and the state that the optimizer keeps for them: what <see cref="Runtime.OptimizerKernel.Apply"/> does to
    /// each. All is loaded before anything is stored, 128 bits at a time: one by one, each weight would wait for the store of the one
    /// before, since addresses might be the same.
    /// </summary>
    /// <param name="prepared">The optimizer, prepared for this step.</param>
    /// <param name="weight">The first weight, at a multiple of 16 bytes.</param>
    /// <param name="slot0">Its first state; not used by optimizers that keep none (now).</param>
    /// <param name="slot1">Its second state; not used by optimizers that keep fewer than two.</param>
    /// <param name="gradient0">The gradient of the first weight.</param>
    /// <param name="gradient1">Of the second.</param>
    /// <param name="gradient2">Of the third.</param>
    /// <param name="gradient3">Of the fourth.</param>
    public static void Apply4<TOptimizer>(
        in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1,
        Lane gradient0, Lane gradient1, Lane gradient2, Lane gradient3)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var keeps = TOptimizer.KeepsState(in prepared);
        var weights = PtxMemory.Load4(ref weight);
        var states0 = TOptimizer.StateSlots > 0 && keeps ? PtxMemory.Load4(ref slot0) : default;
        var states1 = TOptimizer.StateSlots > 1 && keeps ? PtxMemory.Load4(ref slot1) : default;
        var (a0, b0, c0, d0) = (new Lane(states0.X), new Lane(states0.Y), new Lane(states0.Z), new Lane(states0.W));
        var (a1, b1, c1, d1) = (new Lane(states1.X), new Lane(states1.Y), new Lane(states1.Z), new Lane(states1.W));
        var a = TOptimizer.Update(in prepared, new Lane(weights.X), gradient0, ref a0, ref a1);
        var b = TOptimizer.Update(in prepared, new Lane(weights.Y), gradient1, ref b0, ref b1);
        var c = TOptimizer.Update(in prepared, new Lane(weights.Z), gradient2, ref c0, ref c1);
        var d = TOptimizer.Update(in prepared, new Lane(weights.W), gradient3, ref d0, ref d1);
        PtxMemory.Store4(ref weight, a.Value, b.Value, c.Value, d.Value);
        if (TOptimizer.StateSlots > 0 && keeps)
        {
            PtxMemory.Store4(ref slot0, a0.Value, b0.Value, c0.Value, d0.Value);
        }
        if (TOptimizer.StateSlots > 1 && keeps)
        {
            PtxMemory.Store4(ref slot1, a1.Value, b1.Value, c1.Value, d1.Value);
        }
    }
}
