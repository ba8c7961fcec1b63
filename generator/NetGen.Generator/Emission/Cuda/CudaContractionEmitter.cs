using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;
using static NetGen.Generator.Emission.Cuda.CudaIndex;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// A contraction as C# for a GPU. Each result is the sum of its terms in their order, by one thread, so it has the bits of the processor's and is
/// the same in every run.
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
        product = CudaContraction.Of(graph, group);
        inParts = product.Parts > 1;
    }

    private string Left => signature.Name(group.Operands[0]);

    private string Right => signature.Name(group.Operands[1]);

    private IEnumerable<string> Sums => Enumerable.Range(0, product.WindowOffsets.Count).Select(w => $"c{Number(w)}");

    /// <summary>Writes the kernel, and the methods or the second kernel that belong to it.</summary>
    public void Emit(CodeWriter writer)
    {
        if (inParts)
        {
            Open($"{kernel}_parts", [.. new[] { Left, Right }.Distinct().Select(o => $"ArrayView<float> {o}"), "ArrayView<float> sums", "int batch"], isGeneric: false);
            EmitSums();
            writer.Close();
            writer.Line();
            writer.Line("// adds the parts");
            Open(kernel, [.. FinishParameters(graph, group, signature).Select(p => p.KernelDeclaration), "ArrayView<float> sums", .. signature.OptimizerAndBatch], signature.Updates);
            EmitPartsTogether(writer);
            writer.Close();
            return;
        }
        Open(kernel, signature.Declarations, signature.Updates);
        EmitSums();
        writer.Close();
        if (!product.IsTiled)
            return;
        writer.Line();
        writer.Line("/// <summary>What becomes of a sum in column n; its place is at.</summary>");
        var sums = product.Window.Count > 0 ? Sums : ["c0"];
        Open($"{kernel}_finish", [.. sums.Select(s => $"Lane {s}"), "int n", "int at", .. FinishDeclarations, .. OptimizerAndBatch], signature.Updates);
        EmitEpilogue(writer);
        writer.Close();

        void EmitSums()
        {
            if (product.IsTiled)
                EmitTiles(writer);
            else
                EmitElements(writer);
        }

        void Open(string name, IEnumerable<string> parameters, bool isGeneric)
        {
            writer.Line($"private static void {name}{(isGeneric ? "<TOptimizer>" : "")}({string.Join(", ", parameters)})");
            if (isGeneric)
                writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
            writer.Open();
        }
    }

    /// <summary>What finishing a result needs of the kernel's parameters: what the pointwise chain reads, and where results go.</summary>
    public static IEnumerable<CudaParameter> FinishParameters(TensorGraph graph, KernelGroup group, CudaSignature signature) =>
        signature.Parameters.Where(p => p.Kind != CudaParameterKind.Value || group.Stores.Contains(p.Value)
            || group.Epilogue.Any(n => graph[n].Inputs.Any(i => FusedProgram.RootOf(graph, i) == p.Value)));

    private IEnumerable<string> FinishDeclarations => FinishParameters(graph, group, signature).Select(p => p.Declaration);

    private IEnumerable<string> OptimizerAndBatch => signature.Updates ? ["TOptimizer optimizer", "int batch"] : ["int batch"];

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
        var left = Start(product.RowOffset("row", l => l.StrideA), product.Body.StartA);
        if (left != "0")
            writer.Line($"var leftAt = {left};");
        var right = Start("n", product.Body.StartB);
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
        writer.Line($"var at = {Sum(Start(product.RowOffset("row", l => l.StrideResult), product.Body.StartResult), product.Columns == 1 ? "0" : "n")};");
        signature.EmitLoads(writer);
        EmitEpilogue(writer);
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
        writer.Line($"var at = {Sum(Start(product.RowOffset(row, l => l.StrideResult), product.Body.StartResult), "n")};");
        signature.EmitLoads(writer);
        EmitEpilogue(writer);
    }

    /// <summary>Blocks of 16 × 16 threads, each of which makes some rows and columns of the block's tile from slices of both operands in shared memory.</summary>
    private void EmitTiles(CodeWriter writer)
    {
        const int threads = CudaContraction.Threads, slice = CudaContraction.Slice;
        var (threadRows, threadColumns) = (product.ThreadRows, product.ThreadColumns);
        var (height, width) = (threads * threadRows, threads * threadColumns);
        var isWindow = product.Window.Count > 0;
        // Neighbouring threads read neighbouring elements: along the terms, or along the rows where those are contiguous.
        var alongRows = !isWindow && product.Terms[product.Terms.Count - 1].StrideA != 1 && product.Rows[product.Rows.Count - 1].StrideA == 1;
        var bounds = product.Terms.Where(l => l.Bound is not null).ToArray();
        var exact = product.Terms.All(l => l.Extent is not null) && product.Terms.Aggregate(1L, (n, l) => n * l.Extent!.Value) % slice == 0;

        writer.Line($"// a tile of {Number(product.TileRows)} × {Number(width)} results, {Number(threadRows)} × {Number(threadColumns)} a thread{(isWindow ? ", of which the rows are a window" : "")}");
        writer.Line($"var a = SharedMemory.Allocate<float>({Number(slice * (height + 1))}); // {Number(slice)} terms of {Number(height)} rows of {Left}");
        writer.Line($"var b = SharedMemory.Allocate<float>({Number(slice * width)}); // {Number(slice)} terms of {Number(width)} columns of {Right}");
        writer.Line("var t = Group.IdxX;");
        writer.Line($"var tx = t % {Number(threads)};");
        writer.Line($"var ty = t / {Number(threads)};");
        writer.Line($"var rows = {product.RowCount};");
        var tile = "Grid.IdxX";
        if (inParts)
        {
            var tiles = Number((((product.Results / product.Columns) + product.TileRows - 1) / product.TileRows) * product.ColumnTiles);
            writer.Line($"var tile = Grid.IdxX % {tiles};");
            writer.Line($"var part = Grid.IdxX / {tiles};");
            EmitPart(writer);
            writer.Line($"var terms = last * {Number(product.TermsOfSample)};");
            tile = "tile";
        }
        else
        {
            writer.Line($"var terms = {product.TermCount};");
        }
        writer.Line(product.ColumnTiles == 1 ? $"var row = {tile} * {Number(product.TileRows)};" : $"var row = {tile} / {Number(product.ColumnTiles)} * {Number(product.TileRows)};");
        writer.Line(product.ColumnTiles == 1 ? "var column = 0;" : $"var column = {tile} % {Number(product.ColumnTiles)} * {Number(width)};");
        writer.Line();

        // What this thread brings. Past the last row and column it brings what is there again; those results are dropped.
        var brought = alongRows ? 1 : threadRows;
        for (var j = 0; j < brought; j++)
        {
            var place = Number(j);
            string source;
            if (isWindow)
            {
                writer.Line($"var s{place} = {Sum("ty", Number(j * threads))};");
                writer.Line($"var r{place} = Math.Min(row + s{place} / {Number(threadRows)}, rows - 1);");
                source = Sum(product.RowOffset($"r{place}", l => l.StrideA), Offset($"s{place} % {Number(threadRows)}", product.Window.Select(l => new IndexLoop(l.Extent, l.StrideA))));
            }
            else
            {
                writer.Line(alongRows
                    ? $"var r{place} = Math.Min(row + t % {Number(height)}, rows - 1);"
                    : $"var r{place} = Math.Min(row + {Sum("ty", Number(j * threads))}, rows - 1);");
                source = product.RowOffset($"r{place}", l => l.StrideA);
            }
            writer.Line($"var left{place} = {Start(source, product.Body.StartA)};");
            foreach (var loop in bounds)
                writer.Line($"var {loop.Name}{place} = {Before(loop.Bound!, $"r{place}")};");
        }
        var lastColumn = product.Columns % width == 0 ? $"column + t % {Number(width)}" : $"Math.Min(column + t % {Number(width)}, {Number(product.Columns - 1)})";
        writer.Line($"var right = {Start(lastColumn, product.Body.StartB)};");
        writer.Line();
        for (var r = 0; r < threadRows; r++)
            writer.Line($"Lane {string.Join(" = Lane.Zero, ", Enumerable.Range(0, threadColumns).Select(c => Accumulator(r, c)))} = Lane.Zero;");
        writer.Open($"for (var slice = {(inParts ? $"first * {Number(product.TermsOfSample)}" : "0")}; slice < terms; slice += {Number(slice)})");
        EmitBring(writer, alongRows, exact, bounds, height);
        for (var j = 0; j < threadColumns; j++)
        {
            // 256 threads bring so many terms of all columns at a time.
            var k = Sum($"t / {Number(width)}", Number(j * threads * threads / width));
            EmitTerm(writer, $"kb{Number(j)}", k, exact, () =>
            {
                var value = $"{Right}[{Sum("right", product.TermOffset($"kb{Number(j)}", l => l.StrideB))}]";
                writer.Line($"b[{Sum("t", Number(j * threads * threads))}] = {(exact ? value : $"kb{Number(j)} < terms ? {value} : 0f")};");
            });
        }
        writer.Line("Group.Barrier();");
        writer.Open($"for (var k = 0; k < {Number(slice)}; k++)");
        for (var c = 0; c < threadColumns; c++)
            writer.Line($"var b{Number(c)} = new Lane(b[k * {Number(width)} + {Sum("tx", Number(c * threads))}]);");
        for (var r = 0; r < threadRows; r++)
        {
            writer.Line($"var a{Number(r)} = new Lane(a[k * {Number(height + 1)} + ty * {Number(threadRows)}{(r == 0 ? "" : " + " + Number(r))}]);");
            for (var c = 0; c < threadColumns; c++)
                writer.Line($"{Accumulator(r, c)} = Lane.Fma(a{Number(r)}, b{Number(c)}, {Accumulator(r, c)});");
        }
        writer.Close();
        writer.Line("Group.Barrier();");
        writer.Close();
        writer.Line();
        // Not before the sums, whose registers they would take.
        if (!inParts)
            signature.EmitLoads(writer);
        EmitFinishCalls(writer, isWindow, threadRows, threadColumns, width);
    }

    /// <summary>The slice of the left operand that this thread brings to shared memory.</summary>
    private void EmitBring(CodeWriter writer, bool alongRows, bool exact, IReadOnlyList<Loop> bounds, int height)
    {
        const int threads = CudaContraction.Threads;
        for (var j = 0; j < product.ThreadRows; j++)
        {
            var place = Number(alongRows ? 0 : j);
            var k = alongRows ? Sum($"t / {Number(height)}", Number(j * threads * threads / height)) : "tx";
            var term = alongRows ? $"ka{Number(j)}" : "ka";
            void Bring()
            {
                var conditions = bounds.Select(l =>
                    {
                        var index = product.Terms.ToList().IndexOf(l);
                        var step = Step(term, product.Terms.Select(t => t.Extent).ToArray(), index);
                        return $"(uint)({l.Name}{place} + {step}) < {Number(l.Bound!.Limit)}u";
                    }).Concat(exact ? [] : [$"{term} < terms"]).ToArray();
                var value = $"{Left}[{Sum("left" + place, product.TermOffset(term, l => l.StrideA))}]";
                var at = alongRows ? $"({k}) * {Number(height + 1)} + t % {Number(height)}" : $"tx * {Number(height + 1)} + {Sum("ty", Number(j * threads))}";
                writer.Line($"a[{at}] = {(conditions.Length == 0 ? value : $"{string.Join(" && ", conditions)} ? {value} : 0f")};");
            }
            if (alongRows || j == 0)
                EmitTerm(writer, term, k, exact, Bring);
            else
                Bring();
        }
    }

    private static void EmitTerm(CodeWriter writer, string name, string k, bool exact, Action body)
    {
        writer.Line($"var {name} = slice + {k};");
        body();
    }

    private void EmitFinishCalls(CodeWriter writer, bool isWindow, int threadRows, int threadColumns, int width)
    {
        var isPartial = product.Rows.Any(l => l.Extent is null) || product.Rows.Aggregate(1L, (n, l) => n * l.Extent!.Value) % product.TileRows != 0;
        var isNarrow = product.Columns % width != 0;
        for (var r = 0; r < (isWindow ? 1 : threadRows); r++)
        {
            var m = $"m{Number(r)}";
            writer.Line($"var {m} = {(isWindow ? "row + ty" : Sum($"row + ty * {Number(threadRows)}", Number(r)))};");
            if (isPartial)
                writer.Open($"if ({m} < rows)");
            writer.Line(inParts
                ? $"var at{Number(r)} = part * {Number(product.Results)} + {m} * {Number(product.Columns)};"
                : $"var at{Number(r)} = {Start(product.RowOffset(m, l => l.StrideResult), product.Body.StartResult)};");
            for (var c = 0; c < threadColumns; c++)
            {
                var n = Sum("column", "tx", Number(c * CudaContraction.Threads));
                var sums = isWindow ? Enumerable.Range(0, threadRows).Select(w => Accumulator(w, c)) : [Accumulator(r, c)];
                var arguments = sums.Concat([n, $"at{Number(r)} + {n}"]).Concat(FinishParameters(graph, group, signature).Select(p => p.Name))
                    .Concat(signature.Updates ? ["optimizer"] : []).Append("batch");
                if (isNarrow)
                    writer.Line($"if ({n} < {Number(product.Columns)})");
                if (inParts)
                {
                    writer.Line($"{(isNarrow ? "    " : "")}sums[at{Number(r)} + {n}] = {Accumulator(r, c)}.Value;");
                    continue;
                }
                writer.Line($"{(isNarrow ? "    " : "")}{kernel}_finish{signature.TypeParameters}({string.Join(", ", arguments)});");
            }
            if (isPartial)
                writer.Close();
        }
    }

    private static string Accumulator(int row, int column) => $"c{Number(row)}_{Number(column)}";

    /// <summary>From the sums c0, … in column n of the result's place at: pooling, the pointwise chain, stores.</summary>
    private void EmitEpilogue(CodeWriter writer)
    {
        var given = new Dictionary<int, string>();
        var value = "c0";
        if (product.Window.Count > 0)
        {
            // The largest of the window and, where backward needs it, its position; the first wins.
            var wantsIndex = group.Results.Count > 1;
            writer.Line("var largest = c0;");
            if (wantsIndex)
                writer.Line("var position = Lane.Zero;");
            for (var w = 1; w < product.WindowOffsets.Count; w++)
            {
                if (wantsIndex)
                    writer.Line($"position = Lane.Select(Lane.Greater(c{Number(w)}, largest), Lane.Broadcast({Number(w)}f), position);");
                writer.Line($"largest = Lane.Max(largest, c{Number(w)});");
            }
            value = "largest";
            foreach (var other in group.Results.Skip(1))
                given[other] = "position";
        }
        given[group.Results[0]] = value;
        new CudaElementEmitter(graph, group, signature).Emit(writer, group.Epilogue, given, "at", Place);
    }

    private string Place(int operand)
    {
        var type = graph[operand].Type;
        if (type.Count == 1 && group.Space.Count != 1)
            return "0";
        var root = graph[FusedProgram.RootOf(graph, operand)].Type;
        var isColumn = (root.Batched != group.Space.Batched || root.Count != group.Space.Count) && !root.Batched && root.Count == product.Columns;
        return isColumn ? "n" : "at";
    }

    /// <summary>The first line of the image that the kernel meets at a row, if it did not reach over the edge.</summary>
    private string Before(LoopBound bound, string row)
    {
        var step = product.RowStep(row, bound.Outer);
        var scaled = bound.Step == 1 ? step : $"{step} * {Number(bound.Step)}";
        return bound.Before == 0 ? scaled : bound.Before > 0 ? $"{scaled} - {Number(bound.Before)}" : $"{scaled} + {Number(-bound.Before)}";
    }

    private static string Start(string offset, int start) =>
        start == 0 ? offset : start > 0 ? Sum(offset, Number(start)) : $"{offset} - {Number(-start)}";
}
