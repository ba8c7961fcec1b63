using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// The meaning of the instructions of <see cref="PtxMatrix"/> over the registers of a whole warp, thread by thread, by the tables of the PTX ISA. Products are
/// exact and sums floats in the order of k; in which order and with how many bits hardware adds, NVIDIA does not say.
/// </summary>
internal static class WarpMatrix
{
    /// <summary>Threads of a warp.</summary>
    public const int Lanes = 32;

    /// <summary>ldmatrix.x4.</summary>
    /// <param name="rows">Of 16 bytes, row r of matrix i at 8 · i + r.</param>
    /// <returns>By thread.</returns>
    public static Word4[] Load(ReadOnlySpan<Float4> rows)
    {
        var words = MemoryMarshal.Cast<Float4, uint>(rows);
        var result = new Word4[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < 4; i++)
            {
                Words(ref result[lane])[i] = words[(((8 * i) + (lane / 4)) * 4) + (lane % 4)];
            }
        }
        return result;
    }

    /// <summary>ldmatrix.x4.trans.</summary>
    /// <inheritdoc cref="Load"/>
    public static Word4[] LoadTransposed(ReadOnlySpan<Float4> rows)
    {
        var numbers = MemoryMarshal.Cast<Float4, ushort>(rows);
        var result = new Word4[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < 4; i++)
            {
                var first = (((8 * i) + (2 * (lane % 4))) * 8) + (lane / 4);
                Words(ref result[lane])[i] = numbers[first] | ((uint)numbers[first + 8] << 16);
            }
        }
        return result;
    }

    /// <summary>mma.sync.m16n8k8 on TF32.</summary>
    /// <param name="c">By thread: rows <c>lane / 4</c> and 8 more, columns <c>2 · (lane % 4)</c> and the next.</param>
    /// <param name="a">By thread: rows <c>lane / 4</c> (X, Z) and 8 more (Y, W); k <c>lane % 4</c> (X, Y) and 4 more (Z, W).</param>
    /// <param name="b">By thread: column <c>lane / 4</c>; k <c>lane % 4</c> (X) and 4 more (Y).</param>
    public static Float4[] MultiplyAddTensorFloat32(Float4[] c, Word4[] a, Word4[] b) => MultiplyAdd(
        c, 8,
        (row, k) => TensorFloat32(Words(ref a[(row % 8 * 4) + (k % 4)])[(row / 8) + (k / 4 * 2)]),
        (k, column) => TensorFloat32(Words(ref b[(column * 4) + (k % 4)])[k / 4]));

    /// <summary>mma.sync.m16n8k16 on BF16.</summary>
    /// <param name="c">By thread: rows <c>lane / 4</c> and 8 more, columns <c>2 · (lane % 4)</c> and the next.</param>
    /// <param name="a">By thread: rows <c>lane / 4</c> (X, Z) and 8 more (Y, W); k <c>2 · (lane % 4)</c> and the next (X, Y) and 8 more (Z, W).</param>
    /// <param name="b">By thread: column <c>lane / 4</c>; k <c>2 · (lane % 4)</c> and the next (X) and 8 more (Y).</param>
    public static Float4[] MultiplyAddBFloat16(Float4[] c, Word4[] a, Word4[] b) => MultiplyAdd(
        c, 16,
        (row, k) => BFloat16(Words(ref a[(row % 8 * 4) + (k % 8 / 2)])[(row / 8) + (k / 8 * 2)], k % 2),
        (k, column) => BFloat16(Words(ref b[(column * 4) + (k % 8 / 2)])[k / 8], k % 2));

    /// <summary>To the nearest, halves to even.</summary>
    public static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FFF : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private static Float4[] MultiplyAdd(Float4[] c, int depth, Func<int, int, float> a, Func<int, int, float> b)
    {
        var result = new Float4[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var register = 0; register < 4; register++)
            {
                var sum = Floats(ref c[lane])[register];
                for (var k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a((lane / 4) + (register / 2 * 8), k), b(k, (2 * (lane % 4)) + (register % 2)), sum);
                }
                Floats(ref result[lane])[register] = sum;
            }
        }
        return result;
    }

    /// <summary>The hardware ignores the lowest 13 bits.</summary>
    private static float TensorFloat32(uint bits) => BitConverter.UInt32BitsToSingle(bits & 0xFFFFE000);

    private static float BFloat16(uint pair, int index) => BitConverter.UInt32BitsToSingle(index == 0 ? pair << 16 : pair & 0xFFFF0000);

    private static Span<uint> Words(ref Word4 registers) => MemoryMarshal.CreateSpan(ref Unsafe.As<Word4, uint>(ref registers), 4);

    private static Span<float> Floats(ref Float4 registers) => MemoryMarshal.CreateSpan(ref Unsafe.As<Float4, float>(ref registers), 4);
}
