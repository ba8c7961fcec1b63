using NetGen.Generator.Common;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Winograd;

/// <summary>What the operations of a convolution by Winograd's algorithm share.</summary>
internal static class WinogradTiles
{
    /// <summary>"F(2×2, 3×3)".</summary>
    public static string Name(int outputs) => Text.Invariant($"F({outputs}×{outputs}, {WinogradTransform.Kernel}×{WinogradTransform.Kernel})");

    /// <summary>result[e, k] = (T x[·, k] Tᵀ)ₑ for all elements k behind the matrices of from × from and to × to numbers.</summary>
    public static void EachElement(ReferenceCall call, double[,] transform, int from, int to)
    {
        var elements = call.Input(0).Length / (from * from);
        for (var k = 0; k < elements; k++)
        {
            var y = WinogradTransform.Apply(transform, Matrix(from, (i, j) => call.Input(0)[(((i * from) + j) * elements) + k]));
            for (var e = 0; e < to * to; e++)
                call.Result[(e * elements) + k] = y[e / to, e % to];
        }
    }

    /// <summary>For each tile of each sample the upper left pixel of its results.</summary>
    public static IEnumerable<(int Sample, int Y, int X)> Tiles(int batch, Image results, int outputs) =>
        from sample in Enumerable.Range(0, batch)
        from y in Enumerable.Range(0, results.Height / outputs)
        from x in Enumerable.Range(0, results.Width / outputs)
        select (sample, y * outputs, x * outputs);

    /// <summary>A part of an image, one channel, transformed.</summary>
    public static double[,] Read(double[] values, Image image, (int Sample, int Y, int X) tile, int channel, int size, double[,] transform) =>
        WinogradTransform.Apply(transform, Matrix(size, (i, j) => values[image.At(tile.Sample, tile.Y + i, tile.X + j, channel)]));

    /// <summary>Σ over channels k of x[k] ⊙ u[·, k, column] for one of the columns.</summary>
    public static double[,] Products(int size, double[][,] x, double[] u, int column, int columns)
    {
        var products = new double[size, size];
        for (var k = 0; k < x.Length; k++)
        {
            var channel = x[k];
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    products[i, j] += channel[i, j] * u[(((((i * size) + j) * x.Length) + k) * columns) + column];
            }
        }
        return products;
    }

    public static double[,] Matrix(int size, Func<int, int, double> element)
    {
        var matrix = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[i, j] = element(i, j);
        }
        return matrix;
    }
}
