using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>Floats to the BF16 that tensor cores multiply, for operands whose numbers stay floats elsewhere.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BFloat16Kernels
{
    /// <summary>Numbers that a thread rounds.</summary>
    public const int PerThread = 4;

    /// <summary>Rounds to the nearest, halves to even. Each thread has <see cref="PerThread"/> numbers; the views begin at multiples of 16 bytes.</summary>
    /// <param name="source">The floats.</param>
    /// <param name="target">Their BF16.</param>
    /// <param name="batch">Not read: the views have as many numbers as there are.</param>
    public static void Round(ArrayView<float> source, ArrayView<ushort> target, int batch)
    {
        var count = source.IntLength;
        var first = Grid.GlobalIndex.X * PerThread;
        if (first + PerThread <= count)
        {
            var numbers = PtxMemory.LoadReadOnly4(ref source[first]);
            PtxMemory.StoreWord(ref target[first], PtxMatrix.PackBFloat16(numbers.X, numbers.Y));
            PtxMemory.StoreWord(ref target[first + 2], PtxMatrix.PackBFloat16(numbers.Z, numbers.W));
            return;
        }
        for (var i = first; i < count; i++)
        {
            target[i] = (ushort)PtxMatrix.PackBFloat16(PtxMemory.LoadReadOnly(ref source[i]), 0f);
        }
    }
}
