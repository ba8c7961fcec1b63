using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;
using static NetGen.Generator.Emission.Cuda.CudaIndex;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// A contraction as C# for a GPU: in tiles (<see cref="MatMulKernelEmitter"/>) or, where those have too little to do, by a thread for each result. A float
/// sum that is not cut has its terms in their order, so it has the bits of the processor's; every result is the same in every run.
/// </summary>
internal sealed class CudaContractionEmitter
{
    private readonly TensorGraph graph;
    private readonly KernelGroup group;
    private readonly CudaSignature signature;
    private readonly string kernel;
    private readonly CudaContraction product;
    private readonly bool inParts;

    /// <param name="graph">The kernel's nodes.</param>
    /// <param name="group">The kernel.</param>
    /// <param name="signature">Its parameters.</param>
    /// <param name="kernel">Its name.</param>
    public CudaContractionEmitter(TensorGraph graph, KernelGroup group, CudaSignature signature, string kernel)
    {
        this.graph = graph;
        this.group = group;
        this.signature = signature;
        this.kernel = kernel;
        product = (CudaContraction)group.Body!;
        inParts = product.Parts > 1;
    }

    private string Left => signature.Name(group.Operands[0]);

    private string Right => signature.Name(group.Operands[1]);

    private IEnumerable<string> Sums => Enumerable.Range(0, product.WindowOffsets.Count).Select(w => $"c{Number(w)}");

    private IEnumerable<string> FinishDeclarations => FinishParameters(graph, group, signature).Select(p => p.Declaration);

    private IEnumerable<string> OptimizerAndBatch => signature.Updates ? ["TOptimizer optimizer", "int batch"] : ["int batch"];

    /// <summary>What finishing a result needs of the kernel's parameters: what the pointwise chain reads, and where results go.</summary>
    public static IEnumerable<CudaParameter> FinishParameters(TensorGraph graph, KernelGroup group, CudaSignature signature) =>
        signature.Parameters.Where(p => p.Kind != CudaParameterKind.Value || group.Stores.Contains(p.Value)
            || group.Epilogue.Any(n => graph[n].Inputs.Any(i => graph.RootOf(i) == p.Value)));

    /// <summary>Writes the kernel, and the method or the second kernel that belongs to it.</summary>
    public void Emit(CodeWriter writer)
    {
        var first = inParts
            ? Header(kernel + CudaEmitter.Parts, [.. new[] { Left, Right }.Distinct().Select(o => signature.Parameters.First(p => p.Name == o).Declaration), "ArrayView<float> sums", "int batch"], isGeneric: false)
            : Header(kernel, signature.Declarations, signature.Updates);
        var second = Header(
            kernel, [.. FinishParameters(graph, group, signature).Select(p => p.KernelDeclaration), "ArrayView<float> sums", .. signature.OptimizerAndBatch], signature.Updates);
        if (product.Tile is not null)
        {
            var tiles = CudaProduct.Kernel(product, first, Left, Right, "sums") with
            {
                Preparation = signature.EmitLoads,
                Epilogue = inParts ? EmitEpilogue : EmitFinishCall,
            };
            MatMulKernelEmitter.Emit(writer, tiles);
            writer.Line();
            if (inParts)
            {
                writer.Line("// adds the parts");
                SplitSumEmitter.Emit(writer, second, tiles);
            }
            else
            {
                EmitFinish(writer, tiles);
            }
            return;
        }
        writer.Open(first);
        EmitElements(writer);
        writer.Close();
        if (!inParts)
            return;
        writer.Line();
        writer.Line("// adds the parts");
        writer.Open(second);
        EmitPartsTogether(writer);
        writer.Close();
    }

    private static string Header(string name, IEnumerable<string> parameters, bool isGeneric) =>
        $"private static void {name}{(isGeneric ? "<TOptimizer>" : "")}({string.Join(", ", parameters)})" + (isGeneric ? "\n    where TOptimizer : struct, IOptimizer<TOptimizer>" : "");

    /// <summary>A thread for each element of the result.</summary>
    private void EmitElements(CodeWriter writer)
    {
        var columns = Number(product.Columns);
        writer.Line("var i = Grid.GlobalIndex.X;");
        writer.Line($"if (i >= {(inParts ? Number(product.Results * product.Parts) : Count(product.Rows.Select(l => l.Extent).Append(product.Columns)))})");
        writer.Line("    return;");
        var rest = inParts ? $" % {Number(product.Results / product.Columns)}" : "";
        writer.Line(product.Columns == 1 ? $"var row = i{rest};" : $"var row = i / {columns}{rest};");
        writer.Line(product.Columns == 1 ? "var n = 0;" : $"var n = i % {columns};");
        if (inParts)
        {
            writer.Line($"var part = i / {Number(product.Results)};");
            EmitPart(writer);
        }
        var left = Start(RowOffset("row", l => l.StrideA), product.Body.StartA);
        if (left != "0")
            writer.Line($"var leftAt = {left};");
        var column = product.Body.ColumnStride == 1 ? "n" : $"n * {Number(product.Body.ColumnStride)}";
        var right = Start(Sum(column, RowOffset("row", l => l.StrideB)), product.Body.StartB);
        foreach (var loop in product.Terms.Where(l => l.Bound is not null))
        {
            var bound = loop.Bound!;
            writer.Line($"var {loop.Name}At = {Before(bound, "row")}; // the line of the image under the first of the kernel");
        }
        writer.Line($"Lane {string.Join(" = Lane.Zero, ", Sums)} = Lane.Zero;");
        var terms = product.Terms.Where(l => l.Extent != 1 || l.Bound is not null).ToArray();
        foreach (var loop in terms)
        {
            var extent = LoopNest.Extent(loop.Extent);
            if (inParts && loop.Extent is null)
            {
                writer.Open($"for (var {loop.Name} = first; {loop.Name} < last; {loop.Name}++)");
                continue;
            }
            writer.Open(loop.Bound is { } bound
                ? $"for (var {loop.Name} = Math.Max(0, -{loop.Name}At); {loop.Name} < Math.Min({extent}, {Number(bound.Limit)} - {loop.Name}At); {loop.Name}++)"
                : $"for (var {loop.Name} = 0; {loop.Name} < {extent}; {loop.Name}++)");
        }
        string At(Func<Loop, int> stride) => Sum([.. terms.Where(l => stride(l) != 0).Select(l => stride(l) == 1 ? l.Name : $"{l.Name} * {Number(stride(l))}")]);
        writer.Line($"var w = new Lane({Right}[{Sum(right, At(l => l.StrideB))}]);");
        foreach (var (sum, offset) in Sums.Zip(product.WindowOffsets, (s, o) => (s, o)))
            writer.Line($"{sum} = Lane.Fma(new Lane({Left}[{Sum(left == "0" ? "0" : "leftAt", At(l => l.StrideA), Number(offset))}]), w, {sum});");
        foreach (var _ in terms)
            writer.Close();
        if (inParts)
        {
            writer.Line("sums[i] = c0.Value;");
            return;
        }
        signature.EmitLoads(writer);
        EmitElement(writer, "row", "n");
    }

    /// <summary>The samples of a part.</summary>
    private void EmitPart(CodeWriter writer)
    {
        writer.Line($"var samples = (batch + {Number(product.Parts - 1)}) / {Number(product.Parts)};");
        writer.Line("var first = part * samples;");
        writer.Line("var last = Math.Min(first + samples, batch);");
    }

    /// <summary>The second kernel: the parts of a result are added in their order. Parts lie in the order of rows and columns.</summary>
    private void EmitPartsTogether(CodeWriter writer)
    {
        var results = Number(product.Results);
        writer.Line("var i = Grid.GlobalIndex.X;");
        writer.Line($"if (i >= {results})");
        writer.Line("    return;");
        writer.Line("var c0 = Lane.Zero;");
        writer.Open($"for (var part = 0; part < {Number(product.Parts)}; part++)");
        writer.Line($"c0 += new Lane(sums[part * {results} + i]);");
        writer.Close();
        writer.Line($"var n = i % {Number(product.Columns)};");
        var row = product.Columns == 1 ? "i" : "row";
        if (product.Columns != 1)
            writer.Line($"var row = i / {Number(product.Columns)};");
        signature.EmitLoads(writer);
        EmitElement(writer, row, "n");
    }

    /// <summary>What becomes of some neighbours of a row, as a method: a kernel has many of them in each thread.</summary>
    private void EmitFinish(CodeWriter writer, MatMulKernel tiles)
    {
        // Of a window that was filled up only the pixels count.
        var sums = Runs(tiles.RunOf(tiles.Neighbours), product.WindowOffsets.Count, (pixel, column) => product.Window.Count > 0 ? $"c{Number(pixel)}_{Number(column)}" : $"c{Number(column)}");
        writer.Line("/// <summary>What becomes of sums that are neighbours in a row, the first of them in column n.</summary>");
        writer.Open(Header($"{kernel}_finish", [.. sums.SelectMany(c => c).Select(c => $"float {c}"), "int row", "int n", .. FinishDeclarations, .. OptimizerAndBatch], signature.Updates));
        EmitRun(writer, sums, "row", "n");
        writer.Close();
    }

    private void EmitFinishCall(CodeWriter writer, ResultRun run)
    {
        var width = run.Values.Count / CudaProduct.Window(product);
        var arguments = run.Values.Take(width * product.WindowOffsets.Count).Concat([run.Row, run.Column]).Concat(FinishParameters(graph, group, signature).Select(p => p.Name))
            .Concat(signature.Updates ? ["optimizer"] : []).Append("batch");
        writer.Line($"{kernel}_finish{signature.TypeParameters}({string.Join(", ", arguments)});");
    }

    private void EmitEpilogue(CodeWriter writer, ResultRun run) => EmitRun(writer, [[.. run.Values]], run.Row, run.Column);

    /// <summary>From floats, for each pixel of a window those of some neighbouring columns, to stores.</summary>
    private void EmitRun(CodeWriter writer, string[][] sums, string row, string column)
    {
        var width = sums[0].Length;
        writer.Line($"var at = {Sum(Start(RowOffset(row, l => l.StrideResult), product.Body.StartResult), column)};");
        var given = new List<IReadOnlyDictionary<int, string>>();
        for (var i = 0; i < width; i++)
            given.Add(EmitPooling(writer, [.. sums.Select(pixel => $"new Lane({pixel[i]})")], width == 1 ? "" : Number(i)));
        // Rows begin at multiples of their length, which the neighbours divide; where the result begins elsewhere they are stored one by one.
        var isVector = width > 1 && product.Body.StartResult % width == 0 && product.Rows.All(l => l.Extent == 1 || l.StrideResult % width == 0);
        new CudaElementEmitter(graph, group, signature).EmitRun(writer, group.Epilogue, given, "at", operand => Place(operand, column), isVector);
    }

    /// <summary>The largest of the window's sums and, where backward needs it, its position; the first wins. Without a window the sum.</summary>
    private Dictionary<int, string> EmitPooling(CodeWriter writer, IReadOnlyList<string> sums, string suffix)
    {
        var given = new Dictionary<int, string>();
        var (largest, position) = ("largest" + suffix, "position" + suffix);
        if (product.Window.Count == 0)
        {
            given[group.Results[0]] = sums[0];
            return given;
        }
        var wantsIndex = group.Results.Count > 1;
        writer.Line($"var {largest} = {sums[0]};");
        if (wantsIndex)
            writer.Line($"var {position} = Lane.Zero;");
        for (var w = 1; w < sums.Count; w++)
        {
            if (wantsIndex)
                writer.Line($"{position} = Lane.Select(Lane.Greater({sums[w]}, {largest}), Lane.Broadcast({Number(w)}f), {position});");
            writer.Line($"{largest} = Lane.Max({largest}, {sums[w]});");
        }
        given[group.Results[0]] = largest;
        foreach (var other in group.Results.Skip(1))
            given[other] = position;
        return given;
    }

    /// <summary>A thread that has one result: from the sums c0, … to stores.</summary>
    private void EmitElement(CodeWriter writer, string row, string column)
    {
        writer.Line($"var at = {Sum(Start(RowOffset(row, l => l.StrideResult), product.Body.StartResult), product.Columns == 1 ? "0" : column)};");
        new CudaElementEmitter(graph, group, signature).Emit(writer, group.Epilogue, EmitPooling(writer, [.. Sums], ""), "at", operand => Place(operand, column));
    }

    private static string[][] Runs(int width, int pixels, Func<int, int, string> name) =>
        [.. Enumerable.Range(0, pixels).Select(pixel => Enumerable.Range(0, width).Select(column => name(pixel, column)).ToArray())];

    private string Place(int operand, string column)
    {
        var type = graph[operand].Type;
        if (type.Count == 1 && group.Space.Count != 1)
            return "0";
        var root = graph[graph.RootOf(operand)].Type;
        var isColumn = (root.Batched != group.Space.Batched || root.Count != group.Space.Count)
            && !root.Batched && root.Count == product.Body.AllColumns;
        return isColumn ? Sum(GroupOffset(), column) : "at";
    }

    /// <summary>The first column of the row's group.</summary>
    private string GroupOffset() => product.Body.GroupLoop is { } name
        ? RowOffset("row", l => l.Name == name ? product.Columns : 0)
        : "0";

    /// <summary>The first line of the image that the kernel meets at a row, if it did not reach over the edge.</summary>
    private string Before(LoopBound bound, string row)
    {
        var step = CudaIndex.Step(row, [.. product.Rows.Select(l => l.Extent)], product.Rows.ToList().FindIndex(l => l.Name == bound.Outer));
        var scaled = bound.Step == 1 ? step : $"{step} * {Number(bound.Step)}";
        return bound.Before == 0 ? scaled : bound.Before > 0 ? $"{scaled} - {Number(bound.Before)}" : $"{scaled} + {Number(-bound.Before)}";
    }

    private string RowOffset(string row, Func<Loop, int> stride) => Offset(row, product.Rows.Select(l => new IndexLoop(l.Extent, stride(l))));

    private static string Start(string offset, int start) =>
        start == 0 ? offset : start > 0 ? Sum(offset, Number(start)) : $"{offset} - {Number(-start)}";
}
