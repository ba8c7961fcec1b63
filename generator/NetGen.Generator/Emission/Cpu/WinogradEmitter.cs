using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Winograd;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// A convolution by Winograd's algorithm as C#: a worker takes some samples at a time through transform, matrix products and transform, in scratch memory
/// of its own. The transforms are the library's; the products are a contraction like any other (<see cref="ContractionEmitter"/>).
/// </summary>
internal sealed class WinogradEmitter(TensorGraph graph, KernelGroup group, KernelSignature signature, string kernel)
{
    private readonly WinogradBody body = (WinogradBody)group.Body!;
    private readonly ColumnEpilogue epilogue = new(graph, group, signature, ((WinogradBody)group.Body!).Columns);
    private readonly List<string> methods = [];

    /// <summary>The methods beside the kernel's own.</summary>
    public IEnumerable<string> Methods => methods;

    private string First => signature.Name(group.Operands[0]);

    private string Last => signature.Name(group.Operands[group.Operands.Count - 1]);

    /// <summary>The operand that is, or stands for, dy in a gradient.</summary>
    private int Gradient => group.Operands[body.Kind == WinogradKind.WeightGradient ? 1 : 0];

    /// <summary>dy is the gradient of a max pooling, given by that behind it and the positions of the maxima.</summary>
    private bool IsPooledGradient => body.Pooling is not null && body.Kind != WinogradKind.Convolution;

    /// <summary>C# of the tiles of some samples.</summary>
    private string Tiles => body.Tiles == 1 ? "samples" : $"samples * {Number(body.Tiles)}";

    private int Size => body.Transform.Inputs;

    private int Rows => body.Rows;

    private int Block => body.ColumnBlock;

    public void Emit(CodeWriter writer)
    {
        if (body.Kind == WinogradKind.WeightGradient)
            EmitWeightGradient(writer);
        else
            EmitConvolution(writer);
    }

    /// <summary>A convolution, or the gradient of its input: both transform, multiply with weights, and transform back.</summary>
    private void EmitConvolution(CodeWriter writer)
    {
        var forward = body.Kind == WinogradKind.Convolution;
        var (samples, blocks) = (body.Samples, body.ColumnBlocks);

        writer.Line($"// {WinogradTiles.Name(body.Outputs)}: {Number(body.Transform.Products)} products [{Number(Rows)}, {Number(body.Channels)}] · [{Number(body.Channels)}, {Number(Block)}] for {(samples == 1 ? "a sample" : $"{Number(samples)} samples")}");
        var items = samples == 1 ? "batch" : $"((batch + {Number(samples - 1)}) / {Number(samples)})";
        writer.Line($"var (begin, end) = Partition.Items((nint){items}{(blocks > 1 ? $" * {Number(blocks)}" : "")}, worker, workers);");
        var transformed = body.Matrices * body.Stride(body.Channels);
        var products = body.Matrices * body.Stride(Block);
        writer.Line($"ref var v = ref scratch; // [{Number(body.Transform.Products)}, {Number(Rows)}, {Number(body.Channels)}]");
        writer.Line($"ref var m = ref Unsafe.Add(ref scratch, {Number(transformed)}); // [{Number(body.Transform.Products)}, {Number(Rows)}, {Number(Block)}]");
        if (!forward)
            writer.Line($"ref var sums = ref Unsafe.Add(ref scratch, {Number(transformed + products)}); // [{Number(samples)}, {Number(body.Height)}, {Number(body.Width)}, {Number(Block)}]");
        writer.Line(forward ? $"var tiles = {Pixels(body.Channels)};" : $"var tiles = {Gradients(body.Channels, body.Channels)};");
        if (!forward)
            writer.Line($"var images = {Shape(Block, body.Height, body.Width, Block, body.Outputs)};");
        if (forward && body.Pooling is { } window)
        {
            var (height, width) = (body.TilesY * body.Outputs / window.Height, body.TilesX * body.Outputs / window.Width);
            writer.Line($"var pooled = {Shape(Block, height, width, body.Columns, body.Outputs)};");
        }
        if (blocks > 1)
            writer.Line("nint transformed = -1;");
        // Where an item is one sample it is called so.
        var item = blocks > 1 || samples > 1 ? "item" : "first";
        writer.Open($"for (var {item} = begin; {item} < end; {item}++)");
        if (item == "item")
            writer.Line($"var first = {(blocks > 1 ? $"item / {Number(blocks)}" : "item")}{(samples == 1 ? "" : $" * {Number(samples)}")};");
        if (samples > 1)
            writer.Line($"var samples = Math.Min({Number(samples)}, batch - (int)first);");
        var count = samples > 1 ? "samples" : "1";
        var n = blocks > 1 ? "n" : "0";
        if (blocks > 1)
        {
            writer.Line($"var n = item % {Number(blocks)} * {Number(Block)};");
            writer.Open("if (transformed != first)");
        }
        writer.Line(forward
            ? Call("Tiles", "Pixels", $"{ElementEmitter.At(First, $"first * {Number(SampleSize(group.Operands[0]))}")}, in tiles, ref v, {count}")
            : Call("Tiles", "ResultsTransposed", $"{GradientArguments("")}, in tiles, ref v, {count}"));
        if (blocks > 1)
        {
            writer.Line("transformed = first;");
            writer.Close();
        }
        writer.Line($"{kernel}_products<V>(ref v, {ElementEmitter.At(Last, n)}, ref m, {(samples > 1 ? Tiles : "1")}, 0, 1);");
        writer.Line(forward
            ? Call("Results", "Results", $"ref m, {Number(body.Stride(Block))}, {(samples > 1 ? $"samples * {Number(body.Tiles * Block)}" : Number(body.Tiles * Block))}")
            : Call("Sums", "PixelsTransposed", $"ref m, in images, ref sums, {count}"));
        var at = $"first * {Number(group.Space.Count)}{(blocks > 1 ? " + n" : "")}";
        var arguments = epilogue.Parameters(group.Results.Skip(1).Contains).Select(p => epilogue.Argument(p, n, at)).Concat(epilogue.UsesElement ? [at] : []);
        if (forward && body.Pooling is not null)
        {
            var positions = group.Results.Count > 1 ? $", {ElementEmitter.At(signature.Name(group.Results[1]), at)}" : "";
            writer.Line($"WinogradKernels.Max<V>(ref m, in pooled{positions}, {count});");
        }
        writer.Line($"{kernel}_finish<V>({string.Join(", ", arguments.Prepend(forward ? "ref m" : "ref sums"))}, batch{(samples > 1 ? ", samples" : "")});");
        writer.Close();

        AddProducts(new ContractionBody(
            Outer: EquatableArray.Create(new Loop("e", body.Matrices, body.Stride(body.Channels), body.Channels * body.Columns, body.Stride(Block))),
            Rows: EquatableArray.Create(new Loop("t", samples == 1 ? body.Tiles : null, body.Channels, 0, Block)),
            Columns: Block,
            Reduce: EquatableArray.Create(new Loop("k", body.Channels, 1, body.Columns, 0))));
        AddFinish(forward ? "m" : "sums");
    }

    /// <summary>
    /// The gradient of the transformed weights: a worker has some of the n rows of the n×n products for a block of columns, and sums all samples up, some
    /// at a time.
    /// </summary>
    private void EmitWeightGradient(CodeWriter writer)
    {
        var (samples, blocks) = (body.Samples, body.ColumnBlocks);
        var result = signature.Name(group.Results[0]);
        writer.Line($"// {WinogradTiles.Name(body.Outputs)}: {Number(Size)} products [{Number(body.Channels)}, {Number(Rows)}] · [{Number(Rows)}, {Number(Block)}] for {Number(samples)} samples");
        writer.Line($"var (begin, end) = Partition.Items({Number(blocks * Size)}, worker, workers);");
        writer.Line($"ref var v = ref scratch; // [{Number(Size)}, {Number(Rows)}, {Number(body.Channels)}]");
        writer.Line($"ref var w = ref Unsafe.Add(ref scratch, {Number(Size * body.Stride(body.Channels))}); // [{Number(Size)}, {Number(Rows)}, {Number(Block)}]");
        writer.Line($"var tiles = {Pixels(body.Channels)};");
        writer.Line($"var gradients = {Gradients(Block, body.Columns)};");
        writer.Open($"for (nint first = 0; first < batch; first += {Number(samples)})");
        writer.Line($"var samples = Math.Min({Number(samples)}, batch - (int)first);");
        writer.Open("for (var item = begin; item < end; item++)");
        writer.Line($"var row = item % {Number(Size)};");
        if (blocks > 1)
            writer.Line($"var n = item / {Number(Size)} * {Number(Block)};");
        writer.Line($"ref var sums = {ElementEmitter.At(result, $"row * {Number(Size * body.Channels * body.Columns)}{(blocks > 1 ? " + n" : "")}")};");
        writer.Line("if (first == 0)");
        writer.Line($"    WinogradKernels.Clear<V>(ref sums, {Number(Size)}, {Number(body.Channels)}, {Number(Block)}, {Number(body.Columns)});");
        var x = ElementEmitter.At(First, $"first * {Number(SampleSize(group.Operands[0]))}");
        writer.Line(Call("RowOfTiles", "Pixels", $"row, {x}, in tiles, ref v, samples"));
        writer.Line(Call("RowOfTiles", "ResultsTransposed", $"row, {GradientArguments(blocks > 1 ? " + n" : "")}, in gradients, ref w, samples"));
        writer.Line($"{kernel}_products<V>(ref v, ref w, ref sums, {Tiles}, 0, 1);");
        writer.Close();
        writer.Close();

        AddProducts(
            new ContractionBody(
                Outer: EquatableArray.Create(new Loop("e", Size, body.Stride(body.Channels), body.Stride(Block), body.Channels * body.Columns)),
                Rows: EquatableArray.Create(new Loop("c", body.Channels, 1, 0, body.Columns)),
                Columns: Block,
                Reduce: EquatableArray.Create(new Loop("t", null, body.Channels, Block, 0)))
            {
                AddsToResult = true,
            });
    }

    /// <summary>C# of a call of the library with one of the transform's matrices.</summary>
    private string Call(string name, string matrix, string arguments) =>
        $"WinogradKernels.{name}<V, WinogradF{Number(body.Outputs)}.{matrix}>({arguments});";

    /// <summary>C# of dy, or of what is given for it, from the first sample of a block on.</summary>
    private string GradientArguments(string column)
    {
        var at = $"first * {Number(SampleSize(Gradient))}{column}";
        var dy = ElementEmitter.At(signature.Name(Gradient), at);
        return IsPooledGradient ? $"{dy}, {ElementEmitter.At(signature.Name(group.Operands[group.Operands.ToList().IndexOf(Gradient) + 1]), at)}" : dy;
    }

    /// <summary>C# of the tiles of x.</summary>
    private string Pixels(int channels) => Shape(channels, body.Height, body.Width, channels, body.Outputs);

    /// <summary>C# of the tiles of dy: where a max pooling stands before it, tiles of one pixel.</summary>
    private string Gradients(int channels, int pixel)
    {
        var step = IsPooledGradient ? 1 : body.Outputs;
        return Shape(channels, body.TilesY * step, body.TilesX * step, pixel, step);
    }

    private string Shape(int channels, int height, int width, int pixel, int step) =>
        $"new WinogradShape({Number(body.TilesY)}, {Number(body.TilesX)}, Channels: {Number(channels)}, Matrix: {Number(body.Stride(channels))}, {Number(height)}, {Number(width)}, Pixel: {Number(pixel)}, Step: {Number(step)})";

    /// <summary>The epilogue, over results that lie in scratch memory: of a convolution tile by tile, pooled first, of a gradient pixel by pixel.</summary>
    private void AddFinish(string memory)
    {
        var manySamples = body.Samples > 1;
        var forward = body.Kind == WinogradKind.Convolution;
        var pooling = forward ? body.Pooling : null;
        var matrix = body.Stride(Block);
        (string Name, int? Extent, int From, int To)[] loops;
        if (forward)
        {
            var (rows, columns) = (body.Outputs / (pooling?.Height ?? 1), body.Outputs / (pooling?.Width ?? 1));
            var row = body.TilesX * columns * body.Columns;
            loops =
            [
                ("s", null, body.Tiles * Block, (int)group.Space.Count),
                ("ty", body.TilesY, body.TilesX * Block, rows * row),
                ("tx", body.TilesX, Block, columns * body.Columns),
                ("i", rows, columns * matrix, row),
                ("j", columns, matrix, body.Columns),
            ];
        }
        else
        {
            loops =
            [
                ("s", null, body.Height * body.Width * Block, (int)group.Space.Count),
                ("row", body.Height, body.Width * Block, body.Width * body.Columns),
                ("pixel", body.Width, Block, body.Columns),
            ];
        }
        var parameters = epilogue.Parameters(group.Results.Skip(1).Contains).Select(p => $"{p.Declaration} {p.Name}").Prepend($"ref float {memory}")
            .Concat(epilogue.UsesElement ? ["nint element"] : []).Append("int batch").Concat(manySamples ? ["int samples"] : []);
        var writer = new CodeWriter();
        writer.Line("[MethodImplAttribute(Jit.Kernel)]");
        writer.Line($"private static void {kernel}_finish<V>({string.Join(", ", parameters)})");
        writer.Line("    where V : struct, IVector<V>");
        writer.Open();
        loops = loops.Where(l => l.Extent != 1 && (l.Extent is not null || manySamples)).ToArray();
        foreach (var (name, extent, _, _) in loops)
            writer.Open($"for (nint {name} = 0; {name} < {(extent is { } count ? Number(count) : "samples")}; {name}++)");
        writer.Open($"for (nint column = 0; column < {Number(Block)}; column += V.Count)");
        var sum = pooling is null ? "sum" : "max";
        var from = ElementEmitter.At(memory, string.Concat(loops.Select(l => $"{l.Name} * {Number(l.From)} + ")) + "column");
        writer.Line($"var {sum} = V.Load({from});");
        var given = new Dictionary<int, string> { [group.Results[0]] = sum };
        writer.Line($"var at = {string.Concat(loops.Select(l => $"{l.Name} * {Number(l.To)} + "))}column;");
        new ElementEmitter(graph, group, signature).Emit(writer, group.Epilogue, given, epilogue.Access("at", "column", masked: false));
        writer.Close();
        foreach (var _ in loops)
            writer.Close();
        writer.Close();
        methods.Add(writer.ToString());
    }

    /// <summary>The matrix products between the transforms, over scratch memory.</summary>
    private void AddProducts(ContractionBody products)
    {
        // What lies in memory is told apart by its name only; the loops have all sizes.
        var type = TensorType.Shared(1, products.Columns);
        var nodes = EquatableArray.Create(
            new Node(0, new Input(0, "v", type), default, type, ""),
            new Node(1, new Input(1, products.AddsToResult ? "w" : "u", type), default, type, ""),
            new Node(2, new MatMul(), EquatableArray.Create(0, 1), type, ""));
        var detached = new DetachedKernel(
            new TensorGraph(nodes, default),
            new KernelGroup(
                0, "", products with { IsOfOneWorker = true }, EquatableArray.Create(2), EquatableArray.Create(0, 1), default, default, type,
                EquatableArray.Create(2)));
        methods.Add(KernelText.Of(detached, new KernelSignature(detached), kernel + "_products"));
    }

    private int SampleSize(int operand) => (int)graph[operand].Type.Count;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
