using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// A contraction as a GPU sees it: a matrix of rows × columns, each element the sum over terms. Rows are all loops around the columns counted as
/// one, the batch outermost; terms are all loops of the sum. So a convolution is a matrix product whose left operand is gathered from the image
/// (implicit GEMM), and where a kernel reaches over the image's edge the left operand is 0.
/// </summary>
internal sealed class CudaContraction
{
    /// <summary>Fewer columns leave most threads of a tile without work.</summary>
    private const int FewestColumns = 24;

    /// <summary>Fewer terms are over before a tile has paid for its shared memory.</summary>
    private const int FewestTerms = 16;

    /// <summary>Blocks that keep every multiprocessor of a large device busy.</summary>
    private const long FullDevice = 256;

    /// <summary>More parts take longer to add than they save.</summary>
    private const long MostParts = 64;

    private CudaContraction(ContractionBody body)
    {
        Body = body;
        Rows = [.. body.Outer.Concat(body.Rows).OrderBy(l => l.Extent is null ? 0 : 1)];
        Terms = [.. body.Reduce];
        Window = [.. body.Window];
        WindowOffsets = [.. body.Window.Aggregate(
            new[] { 0 }.AsEnumerable(),
            (offsets, loop) => offsets.SelectMany(o => Enumerable.Range(0, loop.Extent!.Value).Select(s => o + (s * loop.StrideA))))];
    }

    public ContractionBody Body { get; }

    /// <summary>The loops over rows of the result, outermost first.</summary>
    public IReadOnlyList<Loop> Rows { get; }

    /// <summary>The loops of the sum, outermost first.</summary>
    public IReadOnlyList<Loop> Terms { get; }

    /// <summary>The loops of a max pooling that was fused in.</summary>
    public IReadOnlyList<Loop> Window { get; }

    /// <summary>Where the left operand is read for each element of the window; one 0 without pooling.</summary>
    public IReadOnlyList<int> WindowOffsets { get; }

    public int Columns => Body.Columns;

    /// <summary>
    /// Into how many parts a sum over the batch is cut, so that a weight with few elements keeps the device busy: each part sums samples of its own, and a
    /// second kernel adds the parts in their order. It depends on shapes alone, so the bits do not depend on the device. 1: not cut.
    /// </summary>
    public int Parts
    {
        get
        {
            if (Terms[0].Extent is not null || Window.Count > 0)
                return 1;
            var blocks = IsTiled ? Results / Columns / TileRows * ColumnTiles : Results / (Threads * Threads);
            return (int)Math.Max(1, Math.Min(Math.Min(MostParts, TermsOfSample), FullDevice / Math.Max(1, blocks)));
        }
    }

    /// <summary>Elements of the result of a sum over the batch.</summary>
    public long Results => Rows.Aggregate((long)Columns, (n, l) => n * (l.Extent ?? 1));

    /// <summary>Terms of a sum over the batch that belong to one sample.</summary>
    public long TermsOfSample => Terms.Aggregate(1L, (n, l) => n * (l.Extent ?? 1));

    public string RowCount => CudaIndex.Count(Rows.Select(l => l.Extent));

    public string TermCount => CudaIndex.Count(Terms.Select(l => l.Extent));

    /// <summary>Whether tiles of the result are made in shared memory; else a thread makes each element alone.</summary>
    public bool IsTiled => Columns >= FewestColumns && Terms.Aggregate(1L, (n, l) => n * (l.Extent ?? FewestTerms)) >= FewestTerms;

    /// <summary>Rows of results, or window elements of one, that a thread of a tile makes.</summary>
    public int ThreadRows => Window.Count > 0 ? WindowOffsets.Count : 4;

    /// <summary>Columns that a thread of a tile makes.</summary>
    public int ThreadColumns => Columns > 32 ? 4 : 2;

    /// <summary>Rows of the result in a tile.</summary>
    public int TileRows => Window.Count > 0 ? Threads : Threads * ThreadRows;

    public int TileColumns => Threads * ThreadColumns;

    /// <summary>Tiles beside each other.</summary>
    public int ColumnTiles => (Columns + TileColumns - 1) / TileColumns;

    /// <summary>Threads along each side of a tile.</summary>
    public const int Threads = 16;

    /// <summary>Terms that are brought to shared memory at a time.</summary>
    public const int Slice = 16;

    public static CudaContraction Of(TensorGraph graph, KernelGroup group)
    {
        var body = (ContractionBody)group.Body!;
        // The parts of a padded convolution are for tiles of vectors; here all pixels are alike.
        if (body.Parts.Count > 0 && graph[group.Results[0]] is { Operation: Convolution convolution } node)
        {
            var (x, weight) = (graph[node.Inputs[0]].Type, graph[node.Inputs[1]].Type);
            body = new ConvolutionLoops(convolution, new Image(x), weight, new Image(node.Type)).Whole();
        }
        if (body.Parts.Count > 0 || body.HasResultPerPart || body.Spread.Count > 0 || body.ColumnStride != 1 || body.Outer.Concat(body.Rows).Any(l => l.StrideB != 0 || l.Bound is not null))
            throw new NotSupportedException($"{graph[group.Results[0]].Operation.Title} has no form for CUDA.");
        return new CudaContraction(body);
    }

    /// <summary>C# of the step of a loop over rows.</summary>
    public string RowStep(string row, string loop) =>
        CudaIndex.Step(row, Rows.Select(l => l.Extent).ToArray(), Rows.ToList().FindIndex(l => l.Name == loop));

    public string RowOffset(string row, Func<Loop, int> stride) => CudaIndex.Offset(row, Rows.Select(l => new IndexLoop(l.Extent, stride(l))));

    public string TermOffset(string term, Func<Loop, int> stride) => CudaIndex.Offset(term, Terms.Select(l => new IndexLoop(l.Extent, stride(l))));

    /// <summary>How the kernel works, in the words of the Plan.</summary>
    public string Description => (IsTiled
        ? $"tiles of {TileRows}×{TileColumns} results, {ThreadRows}×{ThreadColumns}{(Window.Count > 0 ? " before pooling" : "")} a thread, {Slice} terms at a time"
        : "a thread for each result") + (Parts > 1 ? $"; the samples in {Parts} parts, added by a second launch" : "");
}
