using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// How the threads of a warp on ILGPU's CPU accelerator do what hardware does with all their registers at once. Warps are told apart by their number in the grid, so that of
/// kernels with such instructions a process runs one at a time.
/// </summary>
internal static class WarpExchange
{
    private static readonly ConcurrentDictionary<(int Group, int Warp), Registers> Warps = new();

    /// <summary>The meaning of a load, which all threads have given a row.</summary>
    public delegate Word4[] Loading(ReadOnlySpan<Float4> rows);

    /// <summary>A load of matrices, of which this thread gives a row and receives its part.</summary>
    public static Word4 Load(ref Float4 row, int offset, Loading meaning)
    {
        var warp = Mine();
        warp.C[Warp.LaneIdx] = Unsafe.Add(ref row, offset);
        Warp.Barrier();
        var result = meaning(warp.C)[Warp.LaneIdx];
        Warp.Barrier();
        return result;
    }

    /// <summary>A product, of which this thread has parts of the operands and receives its part.</summary>
    public static Float4 Multiply(Float4 c, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1, Func<Float4[], Word4[], Word4[], Float4[]> meaning)
    {
        var warp = Mine();
        warp.C[Warp.LaneIdx] = c;
        warp.A[Warp.LaneIdx] = new Word4 { X = a0, Y = a1, Z = a2, W = a3 };
        warp.B[Warp.LaneIdx] = new Word4 { X = b0, Y = b1 };
        Warp.Barrier();
        // Each thread computes the whole warp's result: 32 times too much, but nothing that has to be handed around.
        var result = meaning(warp.C, warp.A, warp.B)[Warp.LaneIdx];
        Warp.Barrier();
        return result;
    }

    private static Registers Mine() => Warps.GetOrAdd(
        (((Grid.IdxZ * Grid.DimY) + Grid.IdxY) * Grid.DimX + Grid.IdxX, Group.IdxX / Warp.WarpSize), _ => new Registers());

    private sealed class Registers
    {
        public readonly Float4[] C = new Float4[WarpMatrix.Lanes];
        public readonly Word4[] A = new Word4[WarpMatrix.Lanes];
        public readonly Word4[] B = new Word4[WarpMatrix.Lanes];
    }
}
