using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Rounding;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// A contraction as a GPU sees it: a matrix of rows × columns, each element the sum over terms. Rows are all loops around the columns counted as
/// one, the batch outermost; terms are all loops of the sum. So a convolution is a matrix product whose left operand is gathered from the image
/// (implicit GEMM), and where a kernel reaches over the image's edge the left operand is 0.
/// </summary>
/// <param name="Body">The loops, in one nest.</param>
/// <param name="Tile">How blocks of threads make the result together; null: a thread makes each element alone.</param>
internal sealed record CudaContraction(ContractionBody Body, MatMulTile? Tile) : KernelBody
{
    /// <summary>Threads that keep every multiprocessor of a large device busy.</summary>
    private const long FullDevice = 256 * 256;

    /// <summary>More parts take longer to add than they save.</summary>
    private const long MostParts = 64;

    /// <summary>The loops over rows of the result, outermost first.</summary>
    public IReadOnlyList<Loop> Rows => [.. Body.Outer.Concat(Body.Rows).OrderBy(l => l.Extent is null ? 0 : 1)];

    /// <summary>The loops of the sum, outermost first.</summary>
    public IReadOnlyList<Loop> Terms => Body.Reduce;

    /// <summary>The loops of a max pooling that was fused in.</summary>
    public IReadOnlyList<Loop> Window => Body.Window;

    /// <summary>Where the left operand is read for each element of the window; one 0 without pooling.</summary>
    public IReadOnlyList<int> WindowOffsets =>
    [
        .. Window.Aggregate(new[] { 0 }.AsEnumerable(), (offsets, loop) => offsets.SelectMany(o => Enumerable.Range(0, loop.Extent!.Value).Select(s => o + (s * loop.StrideA)))),
    ];

    public int Columns => Body.Columns;

    /// <summary>
    /// Into how many parts a sum is cut, so that a result with few elements keeps the device busy: each part sums terms of its own, and a second kernel adds the
    /// parts in their order. It depends on shapes alone, so the bits do not depend on the device. 1: not cut.
    /// </summary>
    public int Parts
    {
        get
        {
            if (Tile is not null)
                return Tile.Parts;
            // A thread that is alone sums samples.
            return Terms[0].Extent is not null || Window.Count > 0
                ? 1
                : (int)Math.Max(1, Math.Min(Math.Min(MostParts, Product(Terms)), FullDevice / Math.Max(1, Product(Rows) * Columns)));
        }
    }

    /// <summary>Elements of the result, of one sample or, where it is no batch, of all.</summary>
    public long Results => Product(Rows) * Columns;

    /// <summary>Whether the result is a batch.</summary>
    public bool IsBatched => Rows[0].Extent is null;

    /// <summary>How the kernel works, in the words of the Plan.</summary>
    public string Description
    {
        get
        {
            var number = CultureInfo.InvariantCulture;
            if (Tile is null)
                return "a thread for each result" + (Parts > 1 ? string.Format(number, "; the samples in {0} parts, added by a second launch", Parts) : "");
            var text = string.Format(number, "tiles of {0}×{1}×{2}, {3} stages", Tile.Rows, Tile.Columns, Tile.Depth, Tile.Stages);
            if (Tile.Precision != TilePrecision.Float32)
                text += Tile.Precision == TilePrecision.BFloat16 ? ", BF16" : ", TF32";
            return text + (Parts > 1 ? string.Format(number, ", {0} parts, added by a second launch", Parts) : "");
        }
    }

    /// <summary>A program whose contractions, and roundings of their operands that no kernel does on the way, are as a GPU sees them.</summary>
    /// <param name="program">For a CUDA device.</param>
    /// <param name="precision">The network's.</param>
    /// <param name="batches">Those that are to be expected.</param>
    /// <param name="cancellation">Of the compiler.</param>
    public static FusedProgram In(FusedProgram program, Precision precision, IReadOnlyList<int> batches, CancellationToken cancellation = default) => program with
    {
        Groups = program.Groups.Until(cancellation).Select(group => group.Body switch
        {
            ILoopBody { Loops: { } loops } => group with { Body = Of(program.Graph, group, loops, precision, batches) },
            null when group.Epilogue.Count == 1 && program.Graph[group.Epilogue[0]].Operation is RoundToBFloat16 => CudaRuntimeCalls.Rounding(program.Graph, group),
            _ => group,
        }).ToEquatableArray(),
    };

    /// <summary>The loops of a node's contraction in one nest.</summary>
    public static ContractionBody Nest(TensorGraph graph, Node node, ContractionBody body)
    {
        if (body.Positions > 1)
            return body with { Rows = InSamples(body.Rows, body.Positions), Reduce = InSamples(body.Reduce, body.Positions), Positions = 1 };
        // The parts of a padded convolution are for tiles of vectors; here all pixels are alike.
        if (body.Parts.Count == 0 || node.Operation is not Convolution convolution)
            return body;
        var (x, weight) = (graph[node.Inputs[0]].Type, graph[node.Inputs[1]].Type);
        return new ConvolutionLoops(convolution, new Image(x), weight, new Image(node.Type)).Whole();
    }

    /// <summary>The loop over the batch as one over samples and one over their positions.</summary>
    private static EquatableArray<Loop> InSamples(EquatableArray<Loop> loops, int positions) => loops.SelectMany(loop => loop.Extent is not null
        ? [loop]
        : new[]
        {
            loop with { StrideA = loop.StrideA * positions, StrideB = loop.StrideB * positions, StrideResult = loop.StrideResult * positions },
            loop with { Name = "p", Extent = positions },
        }).ToEquatableArray();

    /// <summary>The steps of all loops, those over the batch as one.</summary>
    public static long Product(IEnumerable<Loop> loops) => loops.Aggregate(1L, (n, l) => n * (l.Extent ?? 1));

    private static CudaContraction Of(
        TensorGraph graph, KernelGroup group, ContractionBody loops, Precision precision, IReadOnlyList<int> batches)
    {
        var body = Nest(graph, graph[group.Results[0]], loops);
        if (body.Parts.Count > 0 || body.HasResultPerPart || body.Spread.Count > 0 || body.Outer.Concat(body.Rows).Any(l => l.Bound is not null))
            throw new NotSupportedException($"{graph[group.Results[0]].Operation.Title} has no form for CUDA.");
        var alone = new CudaContraction(body, null);
        // Operands that cannot be copied in pairs are floats in a network of BF16. TF32 is closer to what they are, and as well made by tensor cores.
        var tiles = graph[group.Operands[0]].Type.Element == ElementType.BFloat16 ? TilePrecision.BFloat16
            : precision == Precision.Float32 ? TilePrecision.Float32 : TilePrecision.TensorFloat32;
        return alone with { Tile = CudaProduct.ChooseTile(alone, tiles, batches) };
    }
}
