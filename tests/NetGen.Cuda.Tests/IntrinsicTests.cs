using System.Runtime.InteropServices;
using NetGen.Cuda.Kernels;
using Xunit;

namespace NetGen.Cuda.Tests;

/// <summary>The C# of intrinsics means what the PTX ISA says of their instructions.</summary>
public sealed class IntrinsicTests
{
    [Fact]
    public void Copies_fill_with_zeros_what_they_do_not_read()
    {
        var source = Pinned([1f, 2f, 3f, 4f]);
        var target = GC.AllocateArray<Float4>(3, pinned: true);
        for (var bytes = 0; bytes <= 16; bytes += 4)
        {
            Fill(target);
            PtxMemory.CopyAsync16(ref target[0], 1, ref source[0], bytes);
            Expect(target, [.. Enumerable.Range(0, 4).Select(i => (4 + i, i * 4 < bytes ? source[i] : 0f))]);
        }
        Fill(target);
        PtxMemory.CopyAsync8(ref target[0], 1, 1, ref source[0], 8);
        Expect(target, (6, 1f), (7, 2f));
        Fill(target);
        PtxMemory.CopyAsync4(ref target[0], 1, 3, ref source[1], 4);
        Expect(target, (7, 2f));
        Fill(target);
        PtxMemory.CopyAsync4(ref target[0], 2, 0, ref source[1], 0);
        Expect(target, (8, 0f));
    }

    [Fact]
    public void Copies_of_16_bits_move_pairs()
    {
        var source = Pinned<ushort>([1, 2, 3, 4, 5, 6, 7, 8]);
        var target = GC.AllocateArray<Float4>(2, pinned: true);
        PtxMemory.CopyAsync16(ref target[0], 1, ref source[0], 16);
        PtxMemory.CopyAsync8(ref target[0], 0, 1, ref source[4], 8);
        PtxMemory.CopyAsync4(ref target[0], 0, 0, ref source[2], 4);
        PtxMemory.CopyAsync4(ref target[0], 0, 1, ref source[2], 0);
        PtxMemory.CommitCopies();
        PtxMemory.WaitCopies(0);
        Assert.Equal(source, MemoryMarshal.Cast<Float4, ushort>(target.AsSpan(1)).ToArray());
        Assert.Equal([3, 4, 0, 0, 5, 6, 7, 8], MemoryMarshal.Cast<Float4, ushort>(target.AsSpan(0, 1)).ToArray());
    }

    /// <summary>On a GPU they may come earlier; a kernel that is right with the latest moment does not count on that.</summary>
    [Fact]
    public void Copies_come_when_they_are_waited_for_and_not_before()
    {
        var source = Pinned([1f, 2f, 3f, 4f]);
        var target = GC.AllocateArray<Float4>(2, pinned: true);
        PtxMemory.CopyAsync4(ref target[0], 0, 0, ref source[0], 4);
        PtxMemory.CommitCopies();
        PtxMemory.CopyAsync4(ref target[0], 1, 0, ref source[1], 4);
        PtxMemory.CommitCopies();
        Assert.Equal((float.NaN, float.NaN), (target[0].X, target[1].X));
        PtxMemory.WaitCopies(1);
        Assert.Equal((1f, float.NaN), (target[0].X, target[1].X));
        PtxMemory.WaitCopies(0);
        Assert.Equal((1f, 2f), (target[0].X, target[1].X));
    }

    [Fact]
    public void Reads_and_stores_are_in_the_order_of_memory()
    {
        float[] memory = [1, 2, 3, 4, 5, 6, 7, 8];
        var read = PtxMemory.LoadReadOnly4(ref memory[4]);
        Assert.Equal((5f, 6f, 7f, 8f), (read.X, read.Y, read.Z, read.W));
        PtxMemory.Store4(ref memory[0], 10, 11, 12, 13);
        PtxMemory.Store2(ref memory[4], 14, 15);
        Assert.Equal([10, 11, 12, 13, 14, 15, 7, 8], memory);
        var tile = MemoryMarshal.Cast<float, Float4>(memory).ToArray();
        Assert.Equal(15f, PtxMemory.LoadShared(ref tile[0], 1).Y);
        Assert.Equal(BitConverter.SingleToUInt32Bits(15f), PtxMemory.LoadSharedWord(ref memory[1], 1));
        ushort[] pairs = [0, 0, 0, 0];
        PtxMemory.StoreWord(ref pairs[2], PtxMatrix.PackBFloat16(1f, -2f));
        Assert.Equal([0, 0, 0x3F80, 0xC000], pairs);
    }

    /// <summary>The nearest number of 10 bits of mantissa, found by arithmetic; halves away from zero.</summary>
    [Fact]
    public void TF32_is_the_nearest_with_halves_away_from_zero()
    {
        foreach (var x in Floats())
        {
            var rounded = BitConverter.UInt32BitsToSingle(PtxMatrix.RoundToTensorFloat32(BitConverter.SingleToUInt32Bits(x)));
            var unit = Math.ScaleB(1, Math.Max(Math.ILogB(x), -126) - 10);
            Assert.Equal(Math.Round(x / unit, MidpointRounding.AwayFromZero) * unit, rounded);
        }
        Assert.Equal(float.PositiveInfinity, BitConverter.UInt32BitsToSingle(PtxMatrix.RoundToTensorFloat32(BitConverter.SingleToUInt32Bits(float.PositiveInfinity))));
        Assert.True(float.IsNaN(BitConverter.UInt32BitsToSingle(PtxMatrix.RoundToTensorFloat32(0x7FFFFFFF))));
    }

    /// <summary>The nearest number of 7 bits of mantissa; halves to even.</summary>
    [Fact]
    public void BF16_is_the_nearest_with_halves_to_even()
    {
        foreach (var x in Floats())
        {
            var pair = PtxMatrix.PackBFloat16(x, -x);
            var unit = Math.ScaleB(1, Math.Max(Math.ILogB(x), -126) - 7);
            var expected = (float)(Math.Round(x / unit, MidpointRounding.ToEven) * unit);
            Assert.Equal(expected, BitConverter.UInt32BitsToSingle(pair << 16));
            Assert.Equal(-expected, BitConverter.UInt32BitsToSingle(pair & 0xFFFF0000));
        }
        Assert.Equal(0x7FFFu, PtxMatrix.PackBFloat16(float.NaN, 0f));
        Assert.Equal(0xFF80u, PtxMatrix.PackBFloat16(float.NegativeInfinity, 0f));
    }

    /// <summary>Of all exponents but the largest, halves among them.</summary>
    private static IEnumerable<float> Floats()
    {
        for (uint bits = 1; bits < 0x7F000000; bits += 61 * 4096)
            yield return BitConverter.UInt32BitsToSingle(bits);
        for (uint exponent = 1; exponent < 0xFE; exponent += 7)
        {
            foreach (var mantissa in new uint[] { 0x1000, 0x3000, 0x8000, 0x18000, 0x0FFF, 0x1001, 0x7FFF, 0x8001 })
                yield return BitConverter.UInt32BitsToSingle((exponent << 23) | mantissa);
        }
    }

    private static void Fill(Float4[] target) => MemoryMarshal.Cast<Float4, float>(target.AsSpan()).Fill(-1f);

    private static T[] Pinned<T>(T[] values)
    {
        var pinned = GC.AllocateArray<T>(values.Length, pinned: true);
        values.CopyTo(pinned, 0);
        return pinned;
    }

    private static void Expect(Float4[] target, params (int Index, float Value)[] changed)
    {
        PtxMemory.CommitCopies();
        PtxMemory.WaitCopies(0);
        var expected = Enumerable.Repeat(-1f, 4 * target.Length).ToArray();
        foreach (var (index, value) in changed)
            expected[index] = value;
        Assert.Equal(expected, MemoryMarshal.Cast<Float4, float>(target).ToArray());
    }
}
