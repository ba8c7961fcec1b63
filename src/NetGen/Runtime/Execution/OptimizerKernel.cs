using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>The end of a gradient kernel: the gradient, still in a register, changes the weights in place.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptimizerKernel
{
    /// <summary>Updates as many consecutive weights as a vector has lanes, and the state that the optimizer keeps for them.</summary>
    /// <param name="prepared">The optimizer, prepared for this step.</param>
    /// <param name="weight">The first weight.</param>
    /// <param name="slot0">Its first state; not used by optimizers that keep none (now).</param>
    /// <param name="slot1">Its second state; not used by optimizers that keep fewer than two.</param>
    /// <param name="gradient">The gradients of the weights.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<V, TOptimizer>(in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1, V gradient)
        where V : struct, IVector<V>
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var keeps = TOptimizer.KeepsState(in prepared);
        var state0 = TOptimizer.StateSlots > 0 && keeps ? V.Load(in slot0) : V.Zero;
        var state1 = TOptimizer.StateSlots > 1 && keeps ? V.Load(in slot1) : V.Zero;
        TOptimizer.Update(in prepared, V.Load(in weight), gradient, ref state0, ref state1).Store(ref weight);
        if (TOptimizer.StateSlots > 0 && keeps)
        {
            state0.Store(ref slot0);
        }
        if (TOptimizer.StateSlots > 1 && keeps)
        {
            state1.Store(ref slot1);
        }
    }

    /// <summary>The same for the first <paramref name="count"/> lanes (0 to V.Count) only; touches nothing past them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ApplyPartial<V, TOptimizer>(in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1, V gradient, int count)
        where V : struct, IVector<V>
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var keeps = TOptimizer.KeepsState(in prepared);
        var state0 = TOptimizer.StateSlots > 0 && keeps ? V.LoadPartial(in slot0, count) : V.Zero;
        var state1 = TOptimizer.StateSlots > 1 && keeps ? V.LoadPartial(in slot1, count) : V.Zero;
        TOptimizer.Update(in prepared, V.LoadPartial(in weight, count), gradient, ref state0, ref state1).StorePartial(ref weight, count);
        if (TOptimizer.StateSlots > 0 && keeps)
        {
            state0.StorePartial(ref slot0, count);
        }
        if (TOptimizer.StateSlots > 1 && keeps)
        {
            state1.StorePartial(ref slot1, count);
        }
    }

    /// <summary>Updates rows of weights.</summary>
    /// <typeparam name="V">The vector.</typeparam>
    /// <typeparam name="TOptimizer">The optimizer.</typeparam>
    /// <typeparam name="TGradients">Where the gradients are.</typeparam>
    /// <param name="prepared">The optimizer, prepared for this step.</param>
    /// <param name="weight">The first weight.</param>
    /// <param name="slot0">Its first state.</param>
    /// <param name="slot1">Its second state.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="count">Weights in a row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="factors">A factor for each row, where gradients are products.</param>
    /// <param name="distance">Floats from one of them to the next.</param>
    /// <param name="gradients">The gradients, or their other factors: rows of whole vectors.</param>
    /// <param name="width">Floats from one row of them to the next.</param>
    [MethodImpl(Jit.Kernel)]
    internal static void ApplyRows<V, TOptimizer, TGradients>(
        in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1, int rows, int count, nint stride, ref float factors, nint distance,
        ref float gradients, nint width)
        where V : struct, IVector<V>
        where TOptimizer : struct, IOptimizer<TOptimizer>
        where TGradients : struct, IGradients
    {
        // In a local that nothing else sees, so that its numbers stay in registers.
        var optimizer = prepared;
        for (; rows > 0;)
        {
            // Four rows at once: what the optimizer's numbers take to become vectors is shared, and more of memory is on its way.
            var four = rows >= 4;
            nint n = 0;
            for (; four && n <= count - V.Count; n += V.Count)
            {
                Apply(
                    in optimizer, ref Unsafe.Add(ref weight, n), ref Unsafe.Add(ref slot0, n), ref Unsafe.Add(ref slot1, n),
                    TGradients.At<V>(ref factors, ref Unsafe.Add(ref gradients, n)));
                var at = n + stride;
                Apply(
                    in optimizer, ref Unsafe.Add(ref weight, at), ref Unsafe.Add(ref slot0, at), ref Unsafe.Add(ref slot1, at),
                    TGradients.At<V>(ref Unsafe.Add(ref factors, distance), ref Unsafe.Add(ref gradients, n + width)));
                at += stride;
                Apply(
                    in optimizer, ref Unsafe.Add(ref weight, at), ref Unsafe.Add(ref slot0, at), ref Unsafe.Add(ref slot1, at),
                    TGradients.At<V>(ref Unsafe.Add(ref factors, 2 * distance), ref Unsafe.Add(ref gradients, n + (2 * width))));
                at += stride;
                Apply(
                    in optimizer, ref Unsafe.Add(ref weight, at), ref Unsafe.Add(ref slot0, at), ref Unsafe.Add(ref slot1, at),
                    TGradients.At<V>(ref Unsafe.Add(ref factors, 3 * distance), ref Unsafe.Add(ref gradients, n + (3 * width))));
            }
            var left = four ? 4 : 1;
            rows -= left;
            for (; left > 0; left--)
            {
                var i = n;
                for (; i <= count - V.Count; i += V.Count)
                {
                    Apply(
                        in optimizer, ref Unsafe.Add(ref weight, i), ref Unsafe.Add(ref slot0, i), ref Unsafe.Add(ref slot1, i),
                        TGradients.At<V>(ref factors, ref Unsafe.Add(ref gradients, i)));
                }
                if (i < count)
                {
                    ApplyPartial(
                        in optimizer, ref Unsafe.Add(ref weight, i), ref Unsafe.Add(ref slot0, i), ref Unsafe.Add(ref slot1, i),
                        TGradients.At<V>(ref factors, ref Unsafe.Add(ref gradients, i)), count - (int)i);
                }
                weight = ref Unsafe.Add(ref weight, stride);
                slot0 = ref Unsafe.Add(ref slot0, stride);
                slot1 = ref Unsafe.Add(ref slot1, stride);
                factors = ref Unsafe.Add(ref factors, distance);
                gradients = ref Unsafe.Add(ref gradients, width);
            }
        }
    }
}
