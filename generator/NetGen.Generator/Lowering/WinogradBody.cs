using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>Which of a transform's matrices weights are transformed with.</summary>
internal enum WeightMatrix
{
    /// <summary>G.</summary>
    Weights,

    /// <summary>G of kernels that are turned by 180°.</summary>
    TurnedWeights,

    /// <summary>Gᵀ: from the gradient of transformed weights to that of weights.</summary>
    WeightsTransposed,
}

/// <summary>
/// y[i·p + j, k] = (T x[·, k] Tᵀ)ᵢⱼ for all elements k of a tensor that stand behind q×q numbers: T is p×q, a matrix of a
/// <see cref="WinogradTransform"/>.
/// </summary>
/// <param name="Outputs">The transform's m.</param>
/// <param name="Matrix">T.</param>
/// <param name="Elements">How many k there are.</param>
internal sealed record TransformBody(int Outputs, WeightMatrix Matrix, int Elements) : KernelBody
{
    /// <summary>Numbers behind which an element of the result stands: p².</summary>
    public int Results => Matrix == WeightMatrix.WeightsTransposed
        ? WinogradTransform.Kernel * WinogradTransform.Kernel
        : WinogradTransform.Of(Outputs).Products;
}

/// <summary>Which of a convolution's three products.</summary>
internal enum WinogradKind
{
    /// <summary>y = Aᵀ[u ⊙ (Bᵀ x B)]A.</summary>
    Convolution,

    /// <summary>dx = Σ B[(A dy Aᵀ) · u]Bᵀ.</summary>
    InputGradient,

    /// <summary>du = Σ (Bᵀ x B) · (A dy Aᵀ).</summary>
    WeightGradient,
}

/// <summary>
/// A convolution with 3×3 kernels, or one of its gradients, by Winograd's algorithm (<see cref="WinogradTransform"/>): n² matrix products over tiles, between
/// transforms of what goes in and what comes out. All three stages of a sample stay in a core's cache.
/// </summary>
/// <param name="Kind">Which of the products.</param>
/// <param name="Outputs">m: a tile has m×m pixels of y.</param>
/// <param name="TilesY">Tiles below each other.</param>
/// <param name="TilesX">Tiles beside each other.</param>
/// <param name="Channels">Of the first operand: what is summed over, but in a weight's gradient, which has them as rows.</param>
/// <param name="Columns">Channels of the result (of a weight's gradient: of dy).</param>
internal sealed record WinogradBody(WinogradKind Kind, int Outputs, int TilesY, int TilesX, int Channels, int Columns) : KernelBody, IPoolingBody
{
    /// <summary>Bytes.</summary>
    private const int Cache = 512 * 1024;

    /// <summary>Rows that fill tiles of registers well, and terms of a sum beside which loading and storing it is little.</summary>
    private const int UsualRows = 16, UsualSum = 128;

    /// <summary>
    /// A max pooling: of the results of a convolution, its windows parts of tiles; of a gradient's dy, which is given by that behind the pooling, its windows
    /// the tiles.
    /// </summary>
    public Window2D? Pooling { get; init; }

    public WinogradTransform Transform => WinogradTransform.Of(Outputs);

    public int Tiles => TilesY * TilesX;

    /// <summary>
    /// Columns that are computed at once: two vectors of 512 bits, or one where that leaves some over. A worker that shares a sample with another has some
    /// of its columns.
    /// </summary>
    public int ColumnBlock => Columns % 32 == 0 ? 32 : 16;

    public int ColumnBlocks => Columns / ColumnBlock;

    /// <summary>Floats of scratch memory for a sample: the transformed operands, the products, and where tiles overlap their sum.</summary>
    public int FloatsPerSample => Kind switch
    {
        WinogradKind.Convolution => Transform.Products * Tiles * (Channels + ColumnBlock),
        WinogradKind.InputGradient => (Transform.Products * Tiles * (Channels + ColumnBlock)) + (Height * Width * ColumnBlock),
        // A row of the n×n products at a time.
        _ => Transform.Inputs * Tiles * (Channels + ColumnBlock),
    };

    /// <summary>
    /// Samples that are transformed and multiplied at once: enough tiles for the rows of a matrix product, or for its sum in a weight's gradient, and
    /// no more than half of a small level-2 cache holds. 0 where a sample is too large for that.
    /// </summary>
    public int Samples
    {
        get
        {
            var fitting = Cache / (4 * FloatsPerSample);
            if (Kind == WinogradKind.WeightGradient)
                return Math.Min(fitting, Math.Max(1, UsualSum / Tiles));
            return fitting == 0 ? 0 : Tiles >= UsualRows ? 1 : Math.Min(fitting, UsualRows / Tiles);
        }
    }

    /// <summary>Tiles that are computed at once: rows of the matrix products.</summary>
    public int Rows => Samples * Tiles;

    /// <summary>
    /// Floats from one matrix of so many columns in scratch memory to the next. Not a power of two: a tile's results are written to all matrices, and would fall
    /// into one set of the cache.
    /// </summary>
    public int Stride(int columns) => (Rows * columns) + (Rows * columns % 256 == 0 ? CacheLine.Floats : 0);

    /// <summary>Matrices that are in scratch memory at once.</summary>
    public int Matrices => Kind == WinogradKind.WeightGradient ? Transform.Inputs : Transform.Products;

    /// <summary>Floats of scratch memory that a worker needs.</summary>
    public int ScratchFloats => (Matrices * (Stride(Channels) + Stride(ColumnBlock)))
        + (Kind == WinogradKind.InputGradient ? Samples * Height * Width * ColumnBlock : 0);

    /// <summary>Height and width of x.</summary>
    public int Height => (TilesY * Outputs) + WinogradTransform.Kernel - 1;

    public int Width => (TilesX * Outputs) + WinogradTransform.Kernel - 1;

    /// <summary>The multiply-adds of a sample.</summary>
    public long MultiplyAdds => (long)Transform.Products * Tiles * Channels * Columns;

    public KernelBody? WithPooling(Window2D window, TensorType image) =>
        Kind == WinogradKind.Convolution && Pooling is null && !window.IsPadded && window.IsDisjoint
        && window.Height == window.StrideH && window.Width == window.StrideW && Outputs % window.Height == 0 && Outputs % window.Width == 0
        && window.OutputHeight(image.Dims[0]) * window.Height == image.Dims[0] && window.OutputWidth(image.Dims[1]) * window.Width == image.Dims[1]
            ? this with { Pooling = window }
            : null;
}
