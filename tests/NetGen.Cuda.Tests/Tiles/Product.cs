using NetGen.Cuda.Kernels;
using NetGen.Generator.Emission;
using NetGen.Generator.Emission.Cuda.Tiles;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>A product of matrices with a tile: its kernels' text, and what they must give.</summary>
/// <param name="LeftKIsContiguous">Whether the left matrix is stored [rows, depth]; else [depth, rows].</param>
/// <param name="RightKIsContiguous">Whether the right matrix is stored [columns, depth]; else [depth, columns].</param>
/// <param name="RowsAreDynamic">Whether the kernel knows the number of rows only when it runs.</param>
/// <param name="DepthIsDynamic">The same of the depth.</param>
/// <param name="IsFused">The epilogue adds a number to each column, and takes what is not negative.</param>
/// <param name="Windows">The left operand is the windows of images: as rows if k is contiguous, as k if not.</param>
internal sealed record Product(
    string Name, MatMulTile Tile, int Rows, int Columns, int Depth, bool LeftKIsContiguous, bool RightKIsContiguous, bool RowsAreDynamic = true, bool DepthIsDynamic = false,
    ImageWindows? Windows = null, bool IsFused = false)
{
    public string Element => Tile.Precision == TilePrecision.BFloat16 ? "ushort" : "float";

    public MatMulKernel Kernel
    {
        get
        {
            Formula rows = RowsAreDynamic ? Formula.Variable("rows") : Rows, depth = DepthIsDynamic ? Formula.Variable("depth") : Depth;
            return new MatMulKernel(
                $"public static void {Name}(ArrayView<{Element}> left, ArrayView<{Element}> right, ArrayView<float> result, ArrayView<float> parts, ArrayView<float> added, int rows, int depth)",
                rows, Columns, depth,
                Windows is null ? Matrix("left", LeftKIsContiguous, Rows, LeftKIsContiguous ? depth : rows) : MatMulOperand.Windows("left", Windows, LeftKIsContiguous, Tile.Precision),
                Matrix("right", RightKIsContiguous, Columns, RightKIsContiguous ? depth : Columns),
                Tile, IsFused ? Fused : MatMulKernel.Store("result", Columns), "parts");
        }
    }

    public string SumName => $"{Name}_sum";

    public void Emit(CodeWriter code)
    {
        MatMulKernelEmitter.Emit(code, Kernel);
        if (Tile.Parts > 1)
            SplitSumEmitter.Emit(code, $"public static void {SumName}(ArrayView<float> result, ArrayView<float> parts, ArrayView<float> added, int rows, int depth)", Kernel);
    }

    public int Blocks => Kernel.Blocks.Evaluate(name => name == "rows" ? Rows : Depth);

    public int SumBlocks => SplitSumEmitter.Blocks(Kernel).Evaluate(name => name == "rows" ? Rows : Depth);

    /// <summary>Numbers that are not representable in few bits, the same for everyone.</summary>
    public static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    public float[] Left => Numbers(Windows is null ? Rows * Depth : (LeftKIsContiguous ? Rows : Depth) / Windows.Count * Windows.Height * Windows.Width * Windows.Channels, 1);

    public float[] Right => Numbers(Depth * Columns, 2);

    /// <summary>What an epilogue adds.</summary>
    public float[] Added => Numbers(Columns, 3);

    /// <summary>The result as the kernel's text says that it is summed: to the bit.</summary>
    public float[] Expected()
    {
        var (left, right, added) = (Left, Right, Added);
        var result = new float[Rows * Columns];
        var tiles = (Depth + Tile.Depth - 1) / Tile.Depth;
        var perPart = (tiles + Tile.Parts - 1) / Tile.Parts * Tile.Depth;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                for (var part = 0; part < Tile.Parts; part++)
                {
                    var sum = 0f;
                    for (var k = part * perPart; k < Math.Min(Depth, (part + 1) * perPart); k++)
                    {
                        sum = MathF.FusedMultiplyAdd(LeftAt(row, k) is { } at ? Rounded(left[at]) : 0f, Rounded(right[RightKIsContiguous ? (column * Depth) + k : (k * Columns) + column]), sum);
                    }
                    result[(row * Columns) + column] += sum;
                }
                if (IsFused)
                    result[(row * Columns) + column] = MathF.Max(result[(row * Columns) + column] + added[column], 0f);
            }
        }
        return result;
    }

    private void Fused(CodeWriter code, ResultRun run)
    {
        for (var i = 0; i < run.Values.Count; i++)
            code.Line($"{run.Values[i]} = PtxArithmetic.Maximum(PtxArithmetic.Add({run.Values[i]}, PtxMemory.LoadReadOnly(ref added[{run.Column} + {i}])), 0f);");
        MatMulKernel.Store("result", Columns)(code, run);
    }

    /// <summary>Where a number of the left operand lies; null: in an image's padding.</summary>
    private int? LeftAt(int row, int k)
    {
        if (Windows is not { } images)
            return LeftKIsContiguous ? (row * Depth) + k : (k * Rows) + row;
        var (window, number) = LeftKIsContiguous ? (row, k) : (k, row);
        var (image, down, across) = (window / images.Count, window % images.Count / images.Across, window % images.Across);
        var (i, j, channel) = (number / (images.KernelWidth * images.Channels), number / images.Channels % images.KernelWidth, number % images.Channels);
        var (y, x) = ((down * images.StrideDown) + i - images.Top, (across * images.StrideAcross) + j - images.Left);
        return y >= 0 && y < images.Height && x >= 0 && x < images.Width ? (((((image * images.Height) + y) * images.Width) + x) * images.Channels) + channel : null;
    }

    private float Rounded(float value) => Tile.Precision switch
    {
        TilePrecision.TensorFloat32 => BitConverter.UInt32BitsToSingle(PtxMatrix.RoundToTensorFloat32(BitConverter.SingleToUInt32Bits(value))),
        TilePrecision.BFloat16 => BitConverter.UInt32BitsToSingle((uint)WarpMatrix.ToBFloat16(value) << 16),
        _ => value,
    };

    private MatMulOperand Matrix(string view, bool kIsContiguous, int extent, Formula contiguous)
    {
        var stride = kIsContiguous ? Depth : extent;
        var matrix = MatMulOperand.Matrix(view, kIsContiguous, stride, stride, Tile.Precision);
        return contiguous.Constant is null ? matrix with { Vector = Tile.Precision == TilePrecision.BFloat16 ? 2 : 1 } : matrix;
    }
}
