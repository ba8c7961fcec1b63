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
/// of its own. The products are a contraction like any other (<see cref="ContractionEmitter"/>).
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

    private int Size => body.Transform.Inputs;

    private int Rows => body.Rows;

    private int Block => body.ColumnBlock;

    private IReadOnlyList<IReadOnlyList<double>> Matrix(double[,] matrix) => WinogradTiles.Rows(matrix).Select(row => (IReadOnlyList<double>)row).ToArray();

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
        var (x, y) = (new Pixels(body.Width, body.Channels), new Pixels(body.TilesX * body.Outputs, body.Columns));
        if (!forward)
            (x, y) = (new Pixels(body.TilesX * body.Outputs, body.Channels), new Pixels(body.Width, body.Columns));

        writer.Line($"// {WinogradTiles.Name(body.Outputs)}: {Number(body.Transform.Products)} products [{Number(Rows)}, {Number(body.Channels)}] · [{Number(body.Channels)}, {Number(Block)}] for {(samples == 1 ? "a sample" : $"{Number(samples)} samples")}");
        var items = samples == 1 ? "batch" : $"((batch + {Number(samples - 1)}) / {Number(samples)})";
        writer.Line($"var (begin, end) = Partition.Items((nint){items}{(blocks > 1 ? $" * {Number(blocks)}" : "")}, worker, workers);");
        var transformed = body.Matrices * body.Stride(body.Channels);
        var products = body.Matrices * body.Stride(Block);
        writer.Line($"ref var v = ref scratch; // [{Number(body.Transform.Products)}, {Number(Rows)}, {Number(body.Channels)}]");
        writer.Line($"ref var m = ref Unsafe.Add(ref scratch, {Number(transformed)}); // [{Number(body.Transform.Products)}, {Number(Rows)}, {Number(Block)}]");
        if (!forward)
            writer.Line($"ref var sums = ref Unsafe.Add(ref scratch, {Number(transformed + products)}); // [{Number(samples)}, {Number(body.Height)}, {Number(body.Width)}, {Number(Block)}]");
        if (blocks > 1)
            writer.Line("nint transformed = -1;");
        // Where an item is one sample it is called so.
        var item = blocks > 1 || samples > 1 ? "item" : "first";
        writer.Open($"for (var {item} = begin; {item} < end; {item}++)");
        if (item == "item")
            writer.Line($"var first = {(blocks > 1 ? $"item / {Number(blocks)}" : "item")}{(samples == 1 ? "" : $" * {Number(samples)}")};");
        if (samples > 1)
            writer.Line($"var samples = Math.Min({Number(samples)}, batch - (int)first);");
        var n = blocks > 1 ? "n" : "0";
        if (blocks > 1)
            writer.Line($"var n = item % {Number(blocks)} * {Number(Block)};");
        var also = samples > 1 ? ", samples" : "";
        if (blocks > 1)
            writer.Open("if (transformed != first)");
        writer.Line(forward
            ? $"{kernel}_input<V>({ElementEmitter.At(First, $"first * {Number(SampleSize(group.Operands[0]))}")}, ref v{also});"
            : $"{kernel}_input<V>({GradientArguments("")}, ref v{also});");
        if (blocks > 1)
        {
            writer.Line("transformed = first;");
            writer.Close();
        }
        writer.Line($"{kernel}_products<V>(ref v, {ElementEmitter.At(Last, n)}, ref m, {(samples > 1 ? $"samples * {Number(body.Tiles)}" : "1")}, 0, 1);");
        var at = $"first * {Number(group.Space.Count)}{(blocks > 1 ? " + n" : "")}";
        var arguments = epilogue.Parameters(_ => false).Select(p => epilogue.Argument(p, n, at)).Concat(epilogue.UsesElement ? [at] : []).ToArray();
        string Call(string name, string memory) => $"{kernel}_{name}<V>({string.Join(", ", arguments.Prepend(memory))}, batch{also});";
        if (!forward)
            writer.Line($"{kernel}_sums<V>(ref m, ref sums{also});");
        if (forward)
            writer.Line(Call("results", "ref m"));
        if (!forward || epilogue.IsLong)
            writer.Line(Call("finish", forward ? "ref m" : "ref sums"));
        writer.Close();

        // (transform), products, (transform).
        var before = forward ? body.Transform.Bt : WinogradTransform.Transposed(body.Transform.At);
        AddTransform("input", forward ? "x" : "dy", before, x, body.Channels);
        AddProducts(new ContractionBody(
            Outer: EquatableArray.Create(new Loop("e", body.Matrices, body.Stride(body.Channels), body.Channels * body.Columns, body.Stride(Block))),
            Rows: EquatableArray.Create(new Loop("t", samples == 1 ? body.Tiles : null, body.Channels, 0, Block)),
            Columns: Block,
            Reduce: EquatableArray.Create(new Loop("k", body.Channels, 1, body.Columns, 0))));
        if (forward)
            AddResults(y);
        else
            AddSums(y);
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
        writer.Open($"for (nint first = 0; first < batch; first += {Number(samples)})");
        writer.Line($"var samples = Math.Min({Number(samples)}, batch - (int)first);");
        writer.Open("for (var item = begin; item < end; item++)");
        writer.Line($"var row = item % {Number(Size)};");
        if (blocks > 1)
            writer.Line($"var n = item / {Number(Size)} * {Number(Block)};");
        writer.Line($"ref var sums = {ElementEmitter.At(result, $"row * {Number(Size * body.Channels * body.Columns)}{(blocks > 1 ? " + n" : "")}")};");
        writer.Line("if (first == 0)");
        writer.Line($"    {kernel}_clear<V>(ref sums);");
        writer.Open("switch (row)");
        for (var row = 0; row < Size; row++)
        {
            writer.Line(row == Size - 1 ? "default:" : $"case {Number(row)}:");
            writer.Indent();
            writer.Line($"{kernel}_input_{Number(row)}<V>({ElementEmitter.At(First, $"first * {Number(SampleSize(group.Operands[0]))}")}, ref v, samples);");
            writer.Line($"{kernel}_gradient_{Number(row)}<V>({GradientArguments(blocks > 1 ? " + n" : "")}, ref w, samples);");
            writer.Line("break;");
            writer.Outdent();
        }
        writer.Close();
        writer.Line($"{kernel}_products<V>(ref v, ref w, ref sums, samples * {Number(body.Tiles)}, 0, 1);");
        writer.Close();
        writer.Close();

        var clear = Method($"{kernel}_clear<V>(ref float sums)");
        clear.Open($"for (var e = 0; e < {Number(Size)}; e++)");
        clear.Open($"for (var c = 0; c < {Number(body.Channels)}; c++)");
        clear.Open($"for (nint n = 0; n < {Number(Block)}; n += V.Count)");
        clear.Line($"V.Zero.Store(ref Unsafe.Add(ref sums, e * {Number(body.Channels * body.Columns)} + c * {Number(body.Columns)} + n));");
        clear.Close();
        clear.Close();
        clear.Close();
        Add(clear);
        var dy = new Pixels(body.TilesX * body.Outputs, body.Columns);
        for (var row = 0; row < Size; row++)
        {
            AddTransform($"input_{Number(row)}", "x", body.Transform.Bt, new Pixels(body.Width, body.Channels), body.Channels, row);
            AddTransform($"gradient_{Number(row)}", "dy", WinogradTransform.Transposed(body.Transform.At), dy, Block, row);
        }
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

    /// <summary>C# of dy, or of what is given for it, from the first sample of a block on.</summary>
    private string GradientArguments(string column)
    {
        var at = $"first * {Number(SampleSize(Gradient))}{column}";
        var dy = ElementEmitter.At(signature.Name(Gradient), at);
        return IsPooledGradient ? $"{dy}, {ElementEmitter.At(signature.Name(group.Operands[group.Operands.ToList().IndexOf(Gradient) + 1]), at)}" : dy;
    }

    /// <summary>An image whose pixels have their channels beside each other.</summary>
    private readonly record struct Pixels(int Width, int Channels)
    {
        public int Row => Width * Channels;
    }

    /// <summary>v[e, tile, c] = (T x Tᵀ)ₑ of the pixels x of each tile; or only the e of one row, counted from 0.</summary>
    private void AddTransform(string name, string part, double[,] transform, Pixels x, int channels, int? row = null)
    {
        var manySamples = body.Samples > 1 || row is not null;
        var pooling = part == "dy" && IsPooledGradient ? body.Pooling : null;
        var writer = Method($"{kernel}_{name}<V>(ref float {part}, {(pooling is null ? "" : "ref byte position, ")}ref float v{(manySamples ? ", int samples" : "")})");
        OpenTiles(writer, manySamples);
        writer.Open($"for (nint c = 0; c < {Number(channels)}; c += V.Count)");
        // A tile has whole windows.
        var given = pooling is null ? x : x with { Width = x.Width / pooling.Width };
        var (height, width) = (body.Outputs / (pooling?.Height ?? 1), body.Outputs / (pooling?.Width ?? 1));
        var sample = part == "x" ? body.Height * body.Width * body.Channels : SampleSize(Gradient);
        writer.Line($"var at = {(manySamples ? $"s * {Number(sample)} + " : "")}ty * {Number(height * given.Row)} + tx * {Number(width * given.Channels)} + c;");
        writer.Line($"ref var from = ref Unsafe.Add(ref {part}, at);");
        if (pooling is not null)
        {
            writer.Line("ref var positions = ref Unsafe.Add(ref position, at);");
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    var offset = Number((i * given.Row) + (j * given.Channels));
                    writer.Line($"var d{Number(i)}{Number(j)} = V.Load({ElementEmitter.At("from", offset)});");
                    writer.Line($"var p{Number(i)}{Number(j)} = V.LoadBytes({ElementEmitter.At("positions", offset)});");
                }
            }
        }
        writer.Line($"ref var to = ref Unsafe.Add(ref v, {Tile(manySamples)} * {Number(channels)} + c);");
        TransformText.Emit(
            writer,
            Matrix(transform),
            (k, l) => pooling is null
                ? $"V.Load({ElementEmitter.At("from", Number((k * x.Row) + (l * x.Channels)))})"
                : $"V.Select(V.Equal(p{Number(k / pooling.Height)}{Number(l / pooling.Width)}, V.Broadcast({Number((k % pooling.Height * pooling.Width) + (l % pooling.Width))}f)), "
                    + $"d{Number(k / pooling.Height)}{Number(l / pooling.Width)}, V.Zero)",
            (i, j, value) => Store(writer, value, ElementEmitter.At("to", Number(((row is null ? i * transform.GetLength(0) : 0) + j) * body.Stride(channels)))),
            row);
        writer.Close();
        CloseTiles(writer, manySamples);
        Add(writer);
    }

    /// <summary>The results of a convolution's tiles, in registers: pooled, through the epilogue, and stored; where that is long they stay in m.</summary>
    private void AddResults(Pixels y)
    {
        var manySamples = body.Samples > 1;
        var writer = EpilogueMethod("results", "m", manySamples);
        var pooling = body.Pooling;
        var (windowH, windowW) = (pooling?.Height ?? 1, pooling?.Width ?? 1);
        var (rows, columns) = (body.Outputs / windowH, body.Outputs / windowW);
        var width = y.Width / windowW;
        OpenTiles(writer, manySamples);
        writer.Open($"for (nint column = 0; column < {Number(Block)}; column += V.Count)");
        writer.Line($"ref var from = ref Unsafe.Add(ref m, {Tile(manySamples)} * {Number(Block)} + column);");
        writer.Line($"var at = {(manySamples ? $"s * {Number(group.Space.Count)} + " : "")}ty * {Number(rows * width * body.Columns)} + tx * {Number(columns * body.Columns)} + column;");
        var values = new string[body.Outputs, body.Outputs];
        TransformText.Emit(
            writer,
            Matrix(body.Transform.At),
            (k, l) => $"V.Load({ElementEmitter.At("from", Number(((k * Size) + l) * body.Stride(Block)))})",
            (i, j, value) =>
            {
                values[i, j] = $"y{Number(i)}{Number(j)}";
                writer.Line($"var {values[i, j]} = {value};");
            });
        var elements = new ElementEmitter(graph, group, signature);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var suffix = $"_{Number(i)}{Number(j)}";
                var given = new Dictionary<int, string>();
                var window = Enumerable.Range(0, windowH * windowW).Select(w => values[(i * windowH) + (w / windowW), (j * windowW) + (w % windowW)]).ToArray();
                var value = window[0];
                if (pooling is not null)
                {
                    var indices = MaxText.Emit(writer, window, $"max{suffix}", group.Results.Count > 1 ? $"index{suffix}" : null);
                    value = $"max{suffix}";
                    foreach (var other in group.Results.Skip(1))
                        given[other] = indices!;
                }
                var offset = ((i * width) + j) * body.Columns;
                var access = epilogue.Access(offset == 0 ? "at" : $"at + {Number(offset)}", "column", masked: false, suffix);
                if (epilogue.IsLong)
                {
                    elements.Emit(writer, [], given, access);
                    Store(writer, value, ElementEmitter.At("from", Number(((i * Size) + j) * body.Stride(Block))));
                    continue;
                }
                given[group.Results[0]] = value;
                elements.Emit(writer, group.Epilogue, given, access);
            }
        }
        writer.Close();
        CloseTiles(writer, manySamples);
        Add(writer);
        if (epilogue.IsLong)
        {
            AddFinish("m", [
                ("s", null, body.Tiles * Block, (int)group.Space.Count),
                ("ty", body.TilesY, body.TilesX * Block, rows * width * body.Columns),
                ("tx", body.TilesX, Block, columns * body.Columns),
                ("i", rows, Size * body.Stride(Block), width * body.Columns),
                ("j", columns, body.Stride(Block), body.Columns),
            ]);
        }
    }

    /// <summary>The tiles of an image, which overlap, added up in sums.</summary>
    private void AddSums(Pixels dx)
    {
        var manySamples = body.Samples > 1;
        var overlap = Size - body.Outputs;
        var writer = Method($"{kernel}_sums<V>(ref float m, ref float sums{(manySamples ? ", int samples" : "")})");
        writer.Line($"// The first {Number(overlap)} rows and columns are added to by the first tiles, all other pixels by tiles after the one that stores them.");
        if (manySamples)
            writer.Open("for (nint s = 0; s < samples; s++)");
        writer.Open($"for (var y = 0; y < {Number(body.Height)}; y++)");
        writer.Line($"var width = y < {Number(overlap)} ? {Number(body.Width * Block)} : {Number(overlap * Block)};");
        writer.Line("for (nint c = 0; c < width; c += V.Count)");
        writer.Line($"    V.Zero.Store(ref Unsafe.Add(ref sums, {(manySamples ? $"s * {Number(body.Height * body.Width * Block)} + " : "")}y * {Number(body.Width * Block)} + c));");
        writer.Close();
        if (manySamples)
            writer.Close();
        OpenTiles(writer, manySamples);
        writer.Open($"for (nint c = 0; c < {Number(Block)}; c += V.Count)");
        writer.Line($"ref var from = ref Unsafe.Add(ref m, {Tile(manySamples)} * {Number(Block)} + c);");
        writer.Line($"ref var to = ref Unsafe.Add(ref sums, {(manySamples ? $"s * {Number(body.Height * body.Width * Block)} + " : "")}ty * {Number(body.Outputs * body.Width * Block)} + tx * {Number(body.Outputs * Block)} + c);");
        TransformText.Emit(
            writer,
            Matrix(WinogradTransform.Transposed(body.Transform.Bt)),
            (k, l) => $"V.Load({ElementEmitter.At("from", Number(((k * Size) + l) * body.Stride(Block)))})",
            (i, j, value) =>
            {
                var target = ElementEmitter.At("to", Number((i * body.Width * Block) + (j * Block)));
                Store(writer, i < overlap || j < overlap ? $"V.Load({target}) + ({value})" : value, target);
            });
        writer.Close();
        CloseTiles(writer, manySamples);
        Add(writer);
        AddFinish("sums", [
            ("s", null, body.Height * body.Width * Block, (int)group.Space.Count),
            ("row", body.Height, body.Width * Block, dx.Row),
            ("pixel", body.Width, Block, dx.Channels),
        ]);
    }

    /// <summary>The epilogue as a loop over results that lie in memory.</summary>
    private void AddFinish(string memory, (string Name, int? Extent, int From, int To)[] loops)
    {
        var manySamples = body.Samples > 1;
        var writer = EpilogueMethod("finish", memory, manySamples);
        loops = loops.Where(l => l.Extent != 1 && (l.Extent is not null || manySamples)).ToArray();
        foreach (var (name, extent, _, _) in loops)
            writer.Open($"for (nint {name} = 0; {name} < {(extent is { } count ? Number(count) : "samples")}; {name}++)");
        writer.Open($"for (nint column = 0; column < {Number(Block)}; column += V.Count)");
        writer.Line($"var sum = V.Load({ElementEmitter.At(memory, string.Concat(loops.Select(l => $"{l.Name} * {Number(l.From)} + ")) + "column")});");
        writer.Line($"var at = {string.Concat(loops.Select(l => $"{l.Name} * {Number(l.To)} + "))}column;");
        new ElementEmitter(graph, group, signature).Emit(
            writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = "sum" }, epilogue.Access("at", "column", masked: false, ""));
        writer.Close();
        foreach (var _ in loops)
            writer.Close();
        Add(writer);
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

    private string Tile(bool manySamples) =>
        $"({(manySamples ? $"s * {Number(body.Tiles)} + " : "")}ty * {Number(body.TilesX)} + tx)";

    private void OpenTiles(CodeWriter writer, bool manySamples)
    {
        if (manySamples)
            writer.Open("for (nint s = 0; s < samples; s++)");
        writer.Open($"for (nint ty = 0; ty < {Number(body.TilesY)}; ty++)");
        writer.Open($"for (nint tx = 0; tx < {Number(body.TilesX)}; tx++)");
    }

    private static void CloseTiles(CodeWriter writer, bool manySamples)
    {
        writer.Close();
        writer.Close();
        if (manySamples)
            writer.Close();
    }

    private static void Store(CodeWriter writer, string value, string target) =>
        writer.Line($"{(value.All(c => char.IsLetterOrDigit(c) || c == '_') ? value : $"({value})")}.Store({target});");

    private CodeWriter EpilogueMethod(string name, string memory, bool manySamples)
    {
        var parameters = epilogue.Parameters(_ => false).Select(p => $"{p.Declaration} {p.Name}").Prepend($"ref float {memory}")
            .Concat(epilogue.UsesElement ? ["nint element"] : []).Append("int batch").Concat(manySamples ? ["int samples"] : []);
        return Method($"{kernel}_{name}<V>({string.Join(", ", parameters)})");
    }

    private static CodeWriter Method(string signature)
    {
        var writer = new CodeWriter();
        writer.Line("[MethodImplAttribute(Jit.Kernel)]");
        writer.Line("private static void " + signature);
        writer.Line("    where V : struct, IVector<V>");
        writer.Open();
        return writer;
    }

    private void Add(CodeWriter writer)
    {
        writer.Close();
        methods.Add(writer.ToString());
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
