using System.Reflection;
using ILGPU;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Kernels;

namespace Gpu;

/// <summary>Kernels that keep one part of a multiprocessor busy and nothing else. Their last parameter is a number that the launch gives.</summary>
internal static class ProbeKernels
{
    public const int Threads = 256;

    /// <summary>Multiply-adds of a thread, or of a warp's tensor instructions, in a round.</summary>
    public const int MultiplyAddsOfRound = 64, TensorInstructionsOfRound = 16;

    /// <summary>How often <see cref="Read"/> reads its numbers.</summary>
    public const int ReadRounds = 32;

    /// <summary>In one instruction of a warp: 16 × 8 results of 8 or 16 terms.</summary>
    public const int TensorFloat32MultiplyAdds = 16 * 8 * 8, BFloat16MultiplyAdds = 16 * 8 * 16;

    public static readonly string[] All = [nameof(Nothing), nameof(Copy), nameof(Read), nameof(Chase), nameof(MultiplyAdd), nameof(TensorFloat32), nameof(BFloat16)];

    public static string Compile(string method) =>
        KernelCompiler.Compile(typeof(ProbeKernels).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!, Threads, 2);

    /// <summary>What a launch costs when nothing is computed.</summary>
    public static void Nothing(ArrayView<float> result, int number)
    {
        if (number < 0)
        {
            result[0] = 1f;
        }
    }

    /// <summary>To memory and from it, 16 bytes at a time.</summary>
    /// <param name="count">Of quarters: each thread copies four numbers.</param>
    public static void Copy(ArrayView<float> from, ArrayView<float> to, int count)
    {
        var stride = Grid.DimX * Group.DimX;
        for (var i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < count; i += stride)
        {
            var numbers = PtxMemory.LoadReadOnly4(ref from[4 * i]);
            PtxMemory.Store4(ref to[4 * i], numbers.X, numbers.Y, numbers.Z, numbers.W);
        }
    }

    /// <summary>Reads all of the numbers again and again, four at a time. Each time another thread has them, so that they come from the second-level cache.</summary>
    /// <param name="count">Of quarters.</param>
    public static void Read(ArrayView<float> from, ArrayView<float> sums, int count)
    {
        var stride = Grid.DimX * Group.DimX;
        var first = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var (x, y) = (0f, 0f);
        for (var round = 0; round < ReadRounds; round++)
        {
            var begin = (first + (round * (stride / ReadRounds))) % stride;
            for (var i = begin; i + stride < count; i += 2 * stride)
            {
                var a = PtxMemory.LoadReadOnly4(ref from[4 * i]);
                var b = PtxMemory.LoadReadOnly4(ref from[4 * (i + stride)]);
                x = PtxArithmetic.Add(x, PtxArithmetic.Add(PtxArithmetic.Add(a.X, a.Y), PtxArithmetic.Add(a.Z, a.W)));
                y = PtxArithmetic.Add(y, PtxArithmetic.Add(PtxArithmetic.Add(b.X, b.Y), PtxArithmetic.Add(b.Z, b.W)));
            }
        }
        sums[first] = PtxArithmetic.Add(x, y);
    }

    /// <summary>
    /// One thread goes from place to place, each of which it only knows when it has read the one before; it begins where it ended last.
    /// </summary>
    public static void Chase(ArrayView<int> next, ArrayView<int> last, int steps)
    {
        if (Grid.IdxX == 0 && Group.IdxX == 0)
        {
            var place = last[0];
            for (var i = 0; i < steps; i++)
            {
                place = next[place];
            }
            last[0] = place;
        }
    }

    /// <summary>Sixteen sums that do not wait for each other.</summary>
    public static void MultiplyAdd(ArrayView<float> result, int rounds)
    {
        var a = Group.IdxX * 1e-6f;
        var b = PtxArithmetic.Add(a, 0.5f);
        var (c0, c1, c2, c3, c4, c5, c6, c7) = (a, b, a, b, a, b, a, b);
        var (d0, d1, d2, d3, d4, d5, d6, d7) = (b, a, b, a, b, a, b, a);
        for (var i = 0; i < rounds; i++)
        {
            c0 = Four(c0, a, b);
            c1 = Four(c1, a, b);
            c2 = Four(c2, a, b);
            c3 = Four(c3, a, b);
            c4 = Four(c4, a, b);
            c5 = Four(c5, a, b);
            c6 = Four(c6, a, b);
            c7 = Four(c7, a, b);
            d0 = Four(d0, a, b);
            d1 = Four(d1, a, b);
            d2 = Four(d2, a, b);
            d3 = Four(d3, a, b);
            d4 = Four(d4, a, b);
            d5 = Four(d5, a, b);
            d6 = Four(d6, a, b);
            d7 = Four(d7, a, b);
        }
        result[(Grid.IdxX * Group.DimX) + Group.IdxX] = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + d0 + d1 + d2 + d3 + d4 + d5 + d6 + d7;
    }

    /// <summary>Eight tiles of sums on tensor cores.</summary>
    public static void TensorFloat32(ArrayView<float> result, int rounds)
    {
        var (a, b) = ((uint)Group.IdxX << 13, 0x3F800000u);
        Float4 c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        for (var i = 0; i < rounds; i++)
        {
            c0 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c0, a, b, a, b, a, b), b, a, b, a, b, a);
            c1 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c1, a, b, a, b, a, b), b, a, b, a, b, a);
            c2 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c2, a, b, a, b, a, b), b, a, b, a, b, a);
            c3 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c3, a, b, a, b, a, b), b, a, b, a, b, a);
            c4 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c4, a, b, a, b, a, b), b, a, b, a, b, a);
            c5 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c5, a, b, a, b, a, b), b, a, b, a, b, a);
            c6 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c6, a, b, a, b, a, b), b, a, b, a, b, a);
            c7 = PtxMatrix.MultiplyAddTensorFloat32(PtxMatrix.MultiplyAddTensorFloat32(c7, a, b, a, b, a, b), b, a, b, a, b, a);
        }
        result[(Grid.IdxX * Group.DimX) + Group.IdxX] = Sum(c0) + Sum(c1) + Sum(c2) + Sum(c3) + Sum(c4) + Sum(c5) + Sum(c6) + Sum(c7);
    }

    /// <inheritdoc cref="TensorFloat32"/>
    public static void BFloat16(ArrayView<float> result, int rounds)
    {
        var (a, b) = ((uint)Group.IdxX << 16, 0x3F803F80u);
        Float4 c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        for (var i = 0; i < rounds; i++)
        {
            c0 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c0, a, b, a, b, a, b), b, a, b, a, b, a);
            c1 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c1, a, b, a, b, a, b), b, a, b, a, b, a);
            c2 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c2, a, b, a, b, a, b), b, a, b, a, b, a);
            c3 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c3, a, b, a, b, a, b), b, a, b, a, b, a);
            c4 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c4, a, b, a, b, a, b), b, a, b, a, b, a);
            c5 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c5, a, b, a, b, a, b), b, a, b, a, b, a);
            c6 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c6, a, b, a, b, a, b), b, a, b, a, b, a);
            c7 = PtxMatrix.MultiplyAddBFloat16(PtxMatrix.MultiplyAddBFloat16(c7, a, b, a, b, a, b), b, a, b, a, b, a);
        }
        result[(Grid.IdxX * Group.DimX) + Group.IdxX] = Sum(c0) + Sum(c1) + Sum(c2) + Sum(c3) + Sum(c4) + Sum(c5) + Sum(c6) + Sum(c7);
    }

    private static float Four(float c, float a, float b) =>
        PtxArithmetic.MultiplyAdd(PtxArithmetic.MultiplyAdd(PtxArithmetic.MultiplyAdd(PtxArithmetic.MultiplyAdd(c, a, b), a, b), a, b), a, b);

    private static float Sum(Float4 numbers) => numbers.X + numbers.Y + numbers.Z + numbers.W;
}
