using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Where the rows of a product start in its left operand: rows of images, samples, positions in a kernel; and with a pooling, the elements
/// of its windows.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RowLoops
{
    private readonly int inner;
    private readonly nint strideInner, strideOuter;
    private readonly int windowHeight, windowWidth;
    private readonly nint strideHeight, strideWidth;

    /// <summary>One loop.</summary>
    /// <param name="count">Rows.</param>
    /// <param name="stride">Floats from one to the next.</param>
    public RowLoops(int count, nint stride)
        : this(1, 0, count, stride)
    {
    }

    /// <summary>Two loops, the outer one first.</summary>
    public RowLoops(int outer, nint strideOuter, int inner, nint strideInner)
    {
        Count = outer * inner;
        this.inner = outer == 1 ? int.MaxValue : inner;
        (this.strideOuter, this.strideInner) = (strideOuter, strideInner);
        (windowHeight, windowWidth) = (1, 1);
    }

    private RowLoops(RowLoops loops, int height, nint strideHeight, int width, nint strideWidth)
    {
        this = loops;
        (windowHeight, windowWidth) = (height, width);
        (this.strideHeight, this.strideWidth) = (strideHeight, strideWidth);
    }

    /// <summary>The number of rows; with windows that of windows.</summary>
    public int Count { get; }

    /// <summary>The elements of a window; 1 without.</summary>
    public int Window
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => windowHeight * windowWidth;
    }

    /// <summary>Floats from one row to the next of the inner loop.</summary>
    internal nint Stride => strideInner;

    /// <summary>Each row is a window of so many elements, which lie so far apart.</summary>
    public RowLoops WithWindow(int height, nint strideHeight, int width, nint strideWidth) =>
        new(this, height, strideHeight, width, strideWidth);

    /// <summary>Where a row starts, and how many rows follow it at equal distances, itself included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (nint Start, int Run) At(int row)
    {
        if (inner == int.MaxValue)
            return (row * strideInner, int.MaxValue);
        var outer = row / inner;
        var i = row - (outer * inner);
        return ((outer * strideOuter) + (i * strideInner), inner - i);
    }

    /// <summary>The offsets of some rows from the first, each with its windows.</summary>
    /// <param name="offsets">The result.</param>
    /// <param name="count">Rows.</param>
    /// <param name="run">Rows at equal distances.</param>
    [MethodImpl(Jit.Kernel)]
    internal void Fill(ref nint offsets, int count, int run)
    {
        nint at = 0;
        for (var row = 0; row < count; row++)
        {
            if (row == run)
            {
                // Into the next step of the outer loop.
                at += strideOuter - (inner * strideInner);
                run += inner;
            }
            for (var y = 0; y < windowHeight; y++)
            {
                for (var x = 0; x < windowWidth; x++)
                {
                    offsets = at + (y * strideHeight) + (x * strideWidth);
                    offsets = ref Unsafe.Add(ref offsets, 1);
                }
            }
            at += strideInner;
        }
    }
}
