namespace NetGen.Generator.Lowering;

/// <summary>
/// A minimal filtering algorithm F(m×m, 3×3) (Winograd 1980; for convolutions Lavin and Gray 2016): a tile of m×m results of a convolution with a 3×3
/// kernel g over n×n pixels d, n = m + 2, is Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A. It takes n² products where the sum takes 9m²; all else are sums and constants.
/// Every step is linear, so the gradients are the same three steps with transposed matrices.
/// </summary>
/// <param name="Outputs">m.</param>
/// <param name="Bt">Bᵀ, n×n: pixels to what is multiplied.</param>
/// <param name="G">n×3: a kernel to what it is multiplied with.</param>
/// <param name="At">Aᵀ, m×n: products to results.</param>
internal sealed record WinogradTransform(int Outputs, double[,] Bt, double[,] G, double[,] At)
{
    /// <summary>Height and width of the kernel.</summary>
    public const int Kernel = 3;

    /// <summary>The points 0, 1, −1 and ∞.</summary>
    private static readonly WinogradTransform Two = new(
        2,
        new double[,] { { 1, 0, -1, 0 }, { 0, 1, 1, 0 }, { 0, -1, 1, 0 }, { 0, 1, 0, -1 } },
        new[,] { { 1, 0, 0 }, { 0.5, 0.5, 0.5 }, { 0.5, -0.5, 0.5 }, { 0, 0, 1 } },
        new double[,] { { 1, 1, 1, 0 }, { 0, 1, -1, -1 } });

    /// <summary>The points 0, 1, −1, 2 and ∞.</summary>
    private static readonly WinogradTransform Three = new(
        3,
        new double[,] { { 2, -1, -2, 1, 0 }, { 0, -2, -1, 1, 0 }, { 0, 2, -3, 1, 0 }, { 0, -1, 0, 1, 0 }, { 0, 2, -1, -2, 1 } },
        new[,] { { 0.5, 0, 0 }, { -0.5, -0.5, -0.5 }, { -1 / 6.0, 1 / 6.0, -1 / 6.0 }, { 1 / 6.0, 1 / 3.0, 2 / 3.0 }, { 0, 0, 1 } },
        new double[,] { { 1, 1, 1, 1, 0 }, { 0, 1, -1, 2, 0 }, { 0, 1, 1, 4, 1 } });

    /// <summary>The algorithms that there are. Larger tiles would save more products, and lose digits: their constants grow.</summary>
    public static IReadOnlyList<WinogradTransform> All { get; } = [Two, Three];

    /// <summary>n: height and width of the pixels that a tile reads.</summary>
    public int Inputs => Outputs + Kernel - 1;

    /// <summary>n²: products of a tile, for a channel and a filter.</summary>
    public int Products => Inputs * Inputs;

    public static WinogradTransform Of(int outputs) => All.Single(t => t.Outputs == outputs);

    /// <summary>The same with the magnitudes of all constants: what an error analysis needs.</summary>
    public WinogradTransform Magnitudes() => new(Outputs, Magnitudes(Bt), Magnitudes(G), Magnitudes(At));

    /// <summary>G for a kernel that is turned by 180°: its columns the other way round.</summary>
    public double[,] TurnedG() => Map(Inputs, Kernel, (i, k) => G[i, Kernel - 1 - k]);

    public static double[,] Transposed(double[,] matrix) => Map(matrix.GetLength(1), matrix.GetLength(0), (i, j) => matrix[j, i]);

    /// <summary>T x Tᵀ.</summary>
    public static double[,] Apply(double[,] transform, double[,] x)
    {
        var (rows, inner) = (transform.GetLength(0), transform.GetLength(1));
        var (half, result) = (new double[rows, inner], new double[rows, rows]);
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < inner; k++)
            {
                for (var l = 0; l < inner; l++)
                    half[i, l] += transform[i, k] * x[k, l];
            }
            for (var j = 0; j < rows; j++)
            {
                for (var l = 0; l < inner; l++)
                    result[i, j] += half[i, l] * transform[j, l];
            }
        }
        return result;
    }

    private static double[,] Magnitudes(double[,] matrix) => Map(matrix.GetLength(0), matrix.GetLength(1), (i, j) => Math.Abs(matrix[i, j]));

    private static double[,] Map(int rows, int columns, Func<int, int, double> element)
    {
        var result = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                result[i, j] = element(i, j);
        }
        return result;
    }
}
