using System.Globalization;
using NetGen.Generator.Emission.Cuda.Tiles;

namespace Gpu;

/// <summary>A product that a dense layer makes.</summary>
internal enum ProductPass
{
    /// <summary>y = x · W.</summary>
    Forward,

    /// <summary>dx = dy · Wᵀ.</summary>
    Backward,

    /// <summary>dW = xᵀ · dy.</summary>
    Weight,
}

/// <summary>A product with its kernel; the weights are stored [inputs, outputs].</summary>
internal sealed record DenseProduct(int Inputs, int Outputs, ProductPass Pass, TilePrecision Precision)
{
    /// <summary>Shared memory of a block: the program asks the driver for more than the usual 48 KB. All GPUs since sm_80 have it.</summary>
    private const int SharedBytes = 96 * 1024;

    /// <summary>All: the layers of the sample MLP, and one whose products are large squares.</summary>
    public static IEnumerable<DenseProduct> All =>
        from layer in new[] { (Inputs: 784, Outputs: 128), (Inputs: 128, Outputs: 10), (Inputs: 4096, Outputs: 4096) }
        from pass in new[] { ProductPass.Forward, ProductPass.Backward, ProductPass.Weight }
        from precision in new[] { TilePrecision.Float32, TilePrecision.TensorFloat32, TilePrecision.BFloat16 }
        select new DenseProduct(layer.Inputs, layer.Outputs, pass, precision);

    public string Layer => string.Format(CultureInfo.InvariantCulture, "dense-{0}-{1}", Inputs, Outputs);

    public string Method => $"{Layer.Replace('-', '_')}_{Pass}_{Precision}".ToLowerInvariant();

    public int Columns => Pass == ProductPass.Backward ? Inputs : Outputs;

    private bool LeftKIsContiguous => Pass != ProductPass.Weight;

    private bool RightKIsContiguous => Pass == ProductPass.Backward;

    /// <summary>The kernel, with the tile that the model chooses for typical batches.</summary>
    public MatMulKernel Kernel()
    {
        var (inputs, outputs) = (Inputs, Outputs);
        Func<int, int> rows = batch => Pass == ProductPass.Weight ? inputs : batch, depth = batch => Pass switch
        {
            ProductPass.Forward => inputs,
            ProductPass.Backward => outputs,
            _ => batch,
        };
        var tile = TileModel.Choose(new ProductShape(rows, Columns, depth, LeftKIsContiguous, RightKIsContiguous, Precision), sharedBytes: SharedBytes);
        var element = Precision == TilePrecision.BFloat16 ? "ushort" : "float";
        var (left, right) = Pass switch
        {
            ProductPass.Forward => (Matrix("left", inputs), Matrix("right", outputs)),
            ProductPass.Backward => (Matrix("left", outputs), Matrix("right", outputs)),
            _ => (Matrix("left", inputs), Matrix("right", outputs)),
        };
        return new MatMulKernel(
            $"public static void {Method}(ArrayView<{element}> left, ArrayView<{element}> right, ArrayView<float> result, ArrayView<float> parts, int batch)",
            Pass == ProductPass.Weight ? inputs : Formula.Variable("batch"), Columns,
            Pass switch { ProductPass.Forward => inputs, ProductPass.Backward => outputs, _ => Formula.Variable("batch") },
            left, right, tile, MatMulKernel.Store("result", Columns), "parts");
    }

    private MatMulOperand Matrix(string view, int stride) =>
        MatMulOperand.Matrix(view, view == "left" ? LeftKIsContiguous : RightKIsContiguous, stride, stride, Precision);
}
