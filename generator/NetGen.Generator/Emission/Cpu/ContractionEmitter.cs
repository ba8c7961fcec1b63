using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// A contraction as C#: the kernel walks over register tiles, and each kind of tile is a method of its own with every accumulator a
/// local. The tiles are made for the loops' constants, once for machines with 32 vector registers and once for 16.
/// </summary>
internal sealed class ContractionEmitter(TensorGraph graph, KernelGroup group, KernelSignature signature, string kernel)
{
    private readonly ContractionBody whole = (ContractionBody)group.Body!;
    private readonly int? blocks = SampleBlocks.Of(group.Body);
    private readonly bool packs = WeightPanels.Pack(group.Body);
    private readonly bool transposes = WeightPanels.Transposes(group.Body);
    private readonly ColumnEpilogue epilogue = new(graph, group, signature, ((ContractionBody)group.Body!).Columns);
    private readonly Dictionary<string, string> tiles = [];

    /// <summary>The part that is being written.</summary>
    private ContractionBody body = (ContractionBody)group.Body!;

    /// <summary>"lhsAt + " where the tile being called starts past the tensor's start, else nothing.</summary>
    private readonly Dictionary<string, string> placed = [];

    /// <summary>The finished tile methods, in the order of their first use.</summary>
    public IEnumerable<string> TileMethods => tiles.Values;

    private string A => signature.Name(group.Operands[0]);

    private string B => signature.Name(group.Operands[1]);

    public void Emit(CodeWriter writer)
    {
        if (IsLong)
        {
            var largest = whole.All.Max(part => Math.Max(
                RegisterTiles.Choose(part, 32, 16).Max(t => t.RowCount * t.Vectors * 16),
                RegisterTiles.Choose(part, 16, 8).Max(t => t.RowCount * t.Vectors * 8)));
            writer.Line($"Span<float> results = stackalloc float[{Number(largest)}];");
            writer.Line("ref var result = ref MemoryMarshal.GetReference(results);");
        }
        if (blocks is { } samples)
        {
            writer.Line($"// {Number(samples)} samples at a time: their share of both operands stays in the core's cache");
            writer.Open($"for (var start = 0; start < batch; start += {Number(samples)})");
            writer.Line($"var samples = Math.Min({Number(samples)}, batch - start);");
        }
        foreach (var part in whole.All)
        {
            body = part;
            if (part.Part.Length > 0)
                writer.Line("// " + part.Part);
            EmitRegions(writer);
        }
        if (blocks is not null)
            writer.Close();
    }

    private void EmitRegions(CodeWriter writer)
    {
        var many = RegisterTiles.Choose(body, 32, 16);
        var few = RegisterTiles.Choose(body, 16, 8);
        if (many.Select(t => t with { Rows = [] }).SequenceEqual(few.Select(t => t with { Rows = [] }))
            && many.Zip(few, (m, f) => m.Rows.SequenceEqual(f.Rows)).All(same => same))
        {
            foreach (var tile in many)
                EmitRegion(writer, tile, FullRows(many), isAlone: many.Count == 1 && whole.Parts.Count == 0);
            return;
        }
        writer.Open("if (V.Registers >= 32)");
        foreach (var tile in many)
            EmitRegion(writer, tile, FullRows(many), isAlone: many.Count == 1);
        writer.Close();
        writer.Open("else");
        foreach (var tile in few)
            EmitRegion(writer, tile, FullRows(few), isAlone: few.Count == 1);
        writer.Close();
    }

    /// <summary>Rows of the full tiles beside which a batch remainder stands.</summary>
    private static int FullRows(IReadOnlyList<RegisterTile> tiles) => tiles[0].RowCount;

    /// <summary>The loops over the tiles of one kind; one item is one tile.</summary>
    private void EmitRegion(CodeWriter writer, RegisterTile tile, int fullRows, bool isAlone)
    {
        var last = body.Rows.Count - 1;
        var columns = Number(body.Columns);
        var width = tile.Vectors == 1 ? "V.Count" : $"{Number(tile.Vectors)} * V.Count";
        var divisorOfColumns = tile.Vectors == 1 ? width : $"({width})";
        var exact = body.Columns % (16 * tile.Vectors) == 0;

        var extents = new List<(string Name, string Extent, Loop Loop, int Step)>();
        extents.AddRange(body.Outer.Select(l => (l.Name, LoopNest.Extent(l.Extent), l, 1)));
        for (var i = 0; i <= last; i++)
        {
            var loop = body.Rows[i];
            var step = tile.Rows[i];
            var extent = tile.IsBatchRemainder
                ? $"batch % {Number(fullRows)}"
                : loop.Extent is null
                    ? $"batch / {Number(step)}"
                    : Number((i == last ? tile.Steps!.Value : loop.Extent.Value) / step);
            if (tile.IsBatchRemainder && fullRows == 1)
                extent = "batch";
            extents.Add((loop.Name, extent, loop, step));
        }

        if (!isAlone)
            writer.Open();
        writer.Line($"// tiles of {Number(tile.RowCount)} rows × {Number(tile.Vectors)} vectors");
        writer.Line(exact
            ? $"var columnTiles = {columns} / {divisorOfColumns};"
            : $"var columnTiles = ({columns} + {width} - 1) / {divisorOfColumns};");
        var factors = extents.Where(e => e.Extent != "1").Select(e => e.Extent.Contains(' ') ? $"({e.Extent})" : e.Extent);
        writer.Line($"var (begin, end) = Partition.Items((nint)columnTiles{string.Concat(factors.Select(f => " * " + f))}, worker, workers);");
        var terms = new List<(string Variable, Loop Loop, int Step, int First)>();
        var moving = extents.Where(e => e.Extent != "1").ToArray();
        var isPacked = packs && (transposes || !tile.IsBatchRemainder);
        var rest = isPacked ? "column / columnTiles" : "item / columnTiles";
        if (isPacked)
        {
            // All rows of a panel before the next panel.
            var (name, extent, loop, step) = moving[moving.Length - 1];
            writer.Line("nint packed = -1;");
            writer.Open("for (var item = begin; item < end; item++)");
            writer.Line($"var column = item / ({extent});");
            writer.Line($"var {name} = item % ({extent});");
            writer.Line($"var n = column % columnTiles * {divisorOfColumns};");
            terms.Add((name, loop, step, 0));
            moving = moving.Take(moving.Length - 1).ToArray();
        }
        else
        {
            writer.Open("for (var item = begin; item < end; item++)");
            writer.Line($"var n = item % columnTiles * {divisorOfColumns};");
        }
        for (var i = moving.Length - 1; i >= 0; i--)
        {
            var (name, extent, loop, step) = moving[i];
            if (i > 0)
            {
                var variable = i == moving.Length - 1 ? "tile" : moving[i + 1].Name + "Rest";
                var divisor = extent.Contains(' ') ? $"({extent})" : extent;
                writer.Line($"var {variable} = {rest};");
                writer.Line($"var {name} = {variable} % {divisor};");
                rest = $"{variable} / {divisor}";
            }
            else
            {
                writer.Line($"var {name} = {rest};");
            }
            terms.Add((name, loop, step, 0));
        }
        var first = tile.IsBatchRemainder && fullRows > 1
            ? $"(nint)(batch - batch % {Number(fullRows)})"
            : tile.First > 0 ? Number(tile.First) : "";
        var rowLoop = body.Rows[last];

        var bounded = body.Reduce.Where(l => l.Bound is not null).ToArray();
        foreach (var loop in bounded)
        {
            // Where the outer loop has one step there is no variable for it.
            var bound = loop.Bound!;
            var outer = terms.Where(t => t.Variable == bound.Outer).Select(t => bound.Step == 1 ? $"(int){t.Variable}" : $"{Number(bound.Step)} * (int){t.Variable}")
                .DefaultIfEmpty("0").Single();
            writer.Line($"var {loop.Name}From = Math.Max(0, {Number(bound.Before)} - {outer}); // the part of the kernel that lies in the image");
            writer.Line($"var {loop.Name}Steps = Math.Min({LoopNest.Extent(loop.Extent)}, {Number(bound.Limit + bound.Before)} - {outer}) - {loop.Name}From;");
        }

        string Offset(Func<Loop, int> stride, int start)
        {
            var parts = terms.Select(t => (t.Variable, Stride: (long)stride(t.Loop) * t.Step)).Where(t => t.Stride != 0)
                .Select(t => t.Stride == 1 ? t.Variable : $"{t.Variable} * {t.Stride.ToString(CultureInfo.InvariantCulture)}").ToList();
            if (first.Length > 0 && stride(rowLoop) != 0)
                parts.Add(tile.First > 0 ? Number(tile.First * stride(rowLoop)) : $"{first} * {Number(stride(rowLoop))}");
            parts.AddRange(bounded.Where(l => stride(l) != 0).Select(l => $"{l.Name}From * {Number(stride(l))}"));
            if (start > 0)
                parts.Add(Number(start));
            var sum = string.Join(" + ", parts);
            return start < 0 ? $"{sum} - {Number(-start)}" : parts.Count == 0 ? "0" : sum;
        }

        foreach (var (name, stride, start) in new (string, Func<Loop, int>, int)[]
        {
            ("lhsAt", l => l.StrideA, body.StartA), ("rhsAt", l => l.StrideB, body.StartB), ("resultAt", l => l.StrideResult, body.StartResult),
        })
        {
            var offset = Offset(stride, start);
            if (blocks is not null && stride(body.Reduce[0]) != 0)
                offset = (offset == "0" ? "" : offset + " + ") + $"(nint)start * {Number(stride(body.Reduce[0]))}";
            if (offset != "0")
                writer.Line($"var {name} = {offset};");
            placed[name] = offset == "0" ? "" : name + " + ";
        }
        if (body.HasResultPerPart)
            writer.Line($"ref var sums = ref {PartResult(0)};");
        if (transposes)
        {
            writer.Line("if (packed != column)");
            writer.Line($"    PackKernels.TransposedPanel<V>({ElementEmitter.At(B, $"{placed["rhsAt"]}n * {Number(body.ColumnStride)}")}, {Number(body.ColumnStride)}, ref scratch, {Number(body.Reduce[0].Extent!.Value)}, {width});");
            writer.Line("packed = column;");
        }
        else if (isPacked)
        {
            writer.Line($"ref var right = {ElementEmitter.At(B, placed["rhsAt"] + "n")};");
            writer.Line($"var rightStep = {columns};");
            writer.Open($"if (batch >= {Number(WeightPanels.SmallestBatch)})");
            writer.Line($"rightStep = {width};");
            writer.Line("if (packed != column)");
            writer.Line($"    PackKernels.Panel<V>(ref right, {columns}, ref scratch, {Number(body.Reduce[0].Extent!.Value)}, {width});");
            writer.Line("packed = column;");
            writer.Line("right = ref scratch;");
            writer.Close();
        }
        if (exact)
        {
            EmitCalls(writer, tile, masked: false);
        }
        else
        {
            writer.Open($"if (n <= {columns} - {width})");
            EmitCalls(writer, tile, masked: false);
            writer.Close();
            writer.Open("else");
            writer.Open($"for (; n < {columns}; n += V.Count)");
            writer.Line($"var count = Math.Min(V.Count, {columns} - (int)n);");
            EmitCalls(writer, tile with { Vectors = 1 }, masked: true);
            writer.Close();
            writer.Close();
        }
        writer.Close();
        if (!isAlone)
            writer.Close();
    }

    /// <summary>C# of the result of the part of the sum that the tile belongs to.</summary>
    private string PartResult(int part) => part == group.Results.Count - 1
        ? signature.Name(group.Results[part])
        : $"(part == {Number(part)} ? ref {signature.Name(group.Results[part])} : ref {PartResult(part + 1)})";

    /// <summary>The tile at column n and, where its epilogue is long, what follows.</summary>
    private void EmitCalls(CodeWriter writer, RegisterTile tile, bool masked)
    {
        var arguments = new List<string>
        {
            ElementEmitter.At(A, placed["lhsAt"].Length == 0 ? "0" : "lhsAt"),
            transposes ? "ref scratch" : packs && !tile.IsBatchRemainder ? "ref right" : ElementEmitter.At(B, placed["rhsAt"] + "n"),
        };
        if (body.Spread.Count > 0)
            arguments.Add(ElementEmitter.At(signature.Name(group.Operands[2]), placed["rhsAt"] + "n"));
        if (IsLong)
            arguments.Add("ref result");
        arguments.AddRange(TileParameters().Select(Argument));
        if (epilogue.UsesElement && !IsLong)
            arguments.Add(placed["resultAt"] + "n");
        arguments.AddRange(body.Reduce.Where(l => l.Bound is not null).Select(l => l.Name + "Steps"));
        arguments.Add(blocks is null ? "batch" : "samples");
        if (packs && !transposes)
            arguments.Add(tile.IsBatchRemainder ? Number(body.Columns) : "rightStep");
        if (masked)
            arguments.Add("count");
        writer.Line($"{Tile(tile, masked)}<V>({string.Join(", ", arguments)});");
        if (!IsLong)
            return;
        arguments = ["ref result", .. FinishParameters().Select(Argument)];
        if (signature.Updates)
            arguments.Add("in optimizer");
        if (epilogue.UsesElement)
            arguments.Add(placed["resultAt"] + "n");
        arguments.Add("batch");
        if (blocks is not null)
            arguments.AddRange(["start == 0", "start + samples == batch"]);
        if (masked)
            arguments.Add("count");
        writer.Line($"{Finish(tile, masked)}<{(signature.Updates ? "V, TOptimizer" : "V")}>({string.Join(", ", arguments)});");
    }

    private string Argument(KernelParameter parameter) =>
        epilogue.Argument(parameter, "n", placed["resultAt"] + "n", body.HasResultPerPart ? "sums" : null);

    /// <summary>What a tile needs besides its operands: with a long epilogue only the results that are not passed on to it.</summary>
    private IEnumerable<KernelParameter> TileParameters() => IsLong
        ? signature.Parameters.Where(p => p.Kind == ParameterKind.Value && group.Results.Skip(1).Contains(p.Value))
        : epilogue.Parameters(IsOtherPart);

    /// <summary>The tile is given the result of its part of the sum under the name of the first.</summary>
    private bool IsOtherPart(int value) => whole.HasResultPerPart && value != group.Results[0];

    /// <summary>What the epilogue needs where it is a method of its own.</summary>
    private IEnumerable<KernelParameter> FinishParameters() => signature.Parameters.Where(p => p.Kind != ParameterKind.Value
        || epilogue.Reads(p.Value)
        || (group.Stores.Contains(p.Value) && !group.Results.Skip(1).Contains(p.Value))
        || p.Value == SampleBlocks.PartialSums(group));

    private string Tile(RegisterTile tile, bool masked)
    {
        var rows = string.Join("x", tile.Rows.Where(r => r > 1).Select(Number).DefaultIfEmpty("1"));
        var name = $"{kernel}{body.Suffix}_{rows}x{Number(tile.Vectors)}{(masked ? "_partial" : "")}";
        if (!tiles.ContainsKey(name))
            tiles.Add(name, TileText(name, tile, masked));
        return name;
    }

    private string Finish(RegisterTile tile, bool masked)
    {
        var name = Tile(tile, masked) + "_finish";
        if (!tiles.ContainsKey(name))
            tiles.Add(name, FinishText(name, tile, masked));
        return name;
    }

    private string TileText(string name, RegisterTile tile, bool masked)
    {
        var writer = new CodeWriter();
        var parameters = new List<string> { "ref float lhs", "ref float rhs" };
        if (body.Spread.Count > 0)
            parameters.Add("ref byte position");
        if (IsLong)
            parameters.Add("ref float result");
        parameters.AddRange(TileParameters().Select(p => $"{p.Declaration} {p.Name}"));
        if (epilogue.UsesElement && !IsLong)
            parameters.Add("nint element");
        parameters.AddRange(body.Reduce.Where(l => l.Bound is not null).Select(l => $"int {l.Name}Steps"));
        parameters.Add(blocks is null ? "int batch" : "int samples");
        if (packs && !transposes)
            parameters.Add("int rhsStep");
        if (masked)
            parameters.Add("int count");
        writer.Line("[MethodImplAttribute(Jit.Kernel)]");
        writer.Line($"private static void {name}<V>({string.Join(", ", parameters)})");
        writer.Line("    where V : struct, IVector<V>");
        writer.Open();

        var rowOffsets = Combinations(body.Rows.Select((loop, i) => (loop, tile.Rows[i])).ToArray());
        var windows = Combinations(body.Window.Select(loop => (loop, loop.Extent!.Value)).ToArray());
        string Accumulator(int row, int window, int vector) =>
            windows.Count == 1 ? $"c{Number(row)}_{Number(vector)}" : $"c{Number(row)}_{Number(window)}_{Number(vector)}";

        for (var r = 0; r < rowOffsets.Count; r++)
        {
            for (var w = 0; w < windows.Count; w++)
            {
                var names = Enumerable.Range(0, tile.Vectors).Select(v => Accumulator(r, w, v));
                writer.Line($"V {string.Join(" = V.Zero, ", names)} = V.Zero;");
            }
        }
        EmitReduction(writer, tile, masked, rowOffsets, windows, Accumulator);
        EmitResults(writer, tile, masked, rowOffsets, windows, Accumulator);
        writer.Close();
        return writer.ToString();
    }

    private static string Sum(string a, string b) => a == "0" ? b : b == "0" ? a : $"{a} + {b}";

    /// <summary>The loops of the sum; inside, one vector of each column block and one broadcast per row feed all accumulators.</summary>
    private void EmitReduction(
        CodeWriter writer,
        RegisterTile tile,
        bool masked,
        IReadOnlyList<(int A, int Result)> rows,
        IReadOnlyList<(int A, int Result)> windows,
        Func<int, int, int, string> accumulator)
    {
        var loops = Collapse(body.Reduce.Where(l => l.Extent != 1 || l.Bound is not null).ToList());
        var spread = body.Spread.Count > 0;
        var (a, b, p) = ("lhs", "rhs", "position");
        for (var i = 0; i < loops.Count; i++)
        {
            var loop = loops[i];
            writer.Line($"ref var lhs_{loop.Name} = ref {a};");
            writer.Line($"ref var rhs_{loop.Name} = ref {b};");
            if (spread)
                writer.Line($"ref var position_{loop.Name} = ref {p};");
            (a, b, p) = ($"lhs_{loop.Name}", $"rhs_{loop.Name}", $"position_{loop.Name}");
            writer.Open($"for (var {loop.Name} = 0; {loop.Name} < {Steps(loop)}; {loop.Name}++)");
        }
        string Load(string from, string kind, int v)
        {
            var address = ElementEmitter.At(from, Column(Number(v), v));
            return masked ? $"V.Load{kind}Partial({address}, count)" : $"V.Load{kind}({address})";
        }
        for (var v = 0; v < tile.Vectors; v++)
        {
            writer.Line($"var {(spread ? "d" : "b")}{Number(v)} = {Load(b, "", v)};");
            if (spread)
                writer.Line($"var p{Number(v)} = {Load(p, "Bytes", v)};");
        }
        var places = Combinations(body.Spread.Select(loop => (loop, loop.Extent!.Value)).ToArray());
        for (var place = 0; place < places.Count; place++)
        {
            var suffix = spread ? $"_{Number(place)}" : "";
            for (var v = 0; spread && v < tile.Vectors; v++)
                writer.Line($"var b{Number(v)}{suffix} = V.Select(V.Equal(p{Number(v)}, V.Broadcast({Number(place)}f)), d{Number(v)}, V.Zero);");
            for (var r = 0; r < rows.Count; r++)
            {
                for (var w = 0; w < windows.Count; w++)
                {
                    var offset = rows[r].A + windows[w].A + places[place].A;
                    var value = offset == 0 ? a : $"Unsafe.Add(ref {a}, {Number(offset)})";
                    if (tile.Vectors == 1)
                    {
                        var c = accumulator(r, w, 0);
                        writer.Line($"{c} = V.Fma(V.Broadcast({value}), b0{suffix}, {c});");
                        continue;
                    }
                    var x = (windows.Count == 1 ? $"a{Number(r)}" : $"a{Number(r)}_{Number(w)}") + suffix;
                    writer.Line($"var {x} = V.Broadcast({value});");
                    for (var v = 0; v < tile.Vectors; v++)
                    {
                        var c = accumulator(r, w, v);
                        writer.Line($"{c} = V.Fma({x}, b{Number(v)}{suffix}, {c});");
                    }
                }
            }
        }
        for (var i = loops.Count - 1; i >= 0; i--)
        {
            var loop = loops[i];
            var step = transposes ? Column(Number(tile.Vectors), tile.Vectors) : packs ? "rhsStep" : Number(loop.StrideB);
            writer.Line($"lhs_{loop.Name} = ref Unsafe.Add(ref lhs_{loop.Name}, {Number(loop.StrideA)});");
            writer.Line($"rhs_{loop.Name} = ref Unsafe.Add(ref rhs_{loop.Name}, {step});");
            if (spread)
                writer.Line($"position_{loop.Name} = ref Unsafe.Add(ref position_{loop.Name}, {step});");
            writer.Close();
        }
    }

    private string Steps(Loop loop) => loop.Bound is not null
        ? loop.Name + "Steps"
        : blocks is not null && loop.Extent is null ? "samples" : LoopNest.Extent(loop.Extent);

    private void EmitResults(
        CodeWriter writer,
        RegisterTile tile,
        bool masked,
        IReadOnlyList<(int A, int Result)> rows,
        IReadOnlyList<(int A, int Result)> windows,
        Func<int, int, int, string> accumulator)
    {
        var elements = new ElementEmitter(graph, group, signature);
        var wantsIndex = group.Results.Count > 1;
        for (var r = 0; r < rows.Count; r++)
        {
            for (var v = 0; v < tile.Vectors; v++)
            {
                var suffix = $"_{Number(r)}_{Number(v)}";
                var value = accumulator(r, 0, v);
                var given = new Dictionary<int, string>();
                if (body.Window.Count > 0)
                {
                    // Max pooling in registers.
                    var y = $"max{suffix}";
                    var index = MaxText.Emit(writer, windows.Select((_, w) => accumulator(r, w, v)).ToArray(), y, wantsIndex ? $"index{suffix}" : null);
                    value = y;
                    foreach (var other in group.Results.Skip(1))
                        given[other] = index!;
                }
                var column = Column(Number(v), v);
                var offset = Sum(Number(rows[r].Result), column);
                if (IsLong)
                {
                    writer.Line($"{value}.Store({ElementEmitter.At("result", Column(Number((r * tile.Vectors) + v), (r * tile.Vectors) + v))});");
                    elements.Emit(writer, [], given, epilogue.Access(offset, column, masked, suffix));
                    continue;
                }
                given[group.Results[0]] = value;
                elements.Emit(writer, group.Epilogue, given, epilogue.Access(offset, column, masked, suffix));
            }
        }
    }

    /// <summary>
    /// A long epilogue (an optimizer's rule, an exponential) is a loop over the tile's results in a method of its own: written out for
    /// each result the code would be more than the JIT inlines, and beside the reduction it would take registers from it. Blocks of samples
    /// add up here.
    /// </summary>
    private string FinishText(string name, RegisterTile tile, bool masked)
    {
        var writer = new CodeWriter();
        var parameters = new List<string> { "ref float result" };
        parameters.AddRange(FinishParameters().Select(p => $"{p.Declaration} {p.Name}"));
        if (signature.Updates)
            parameters.Add("in TOptimizer optimizer");
        if (epilogue.UsesElement)
            parameters.Add("nint element");
        parameters.Add("int batch");
        if (blocks is not null)
            parameters.AddRange(["bool isFirst", "bool isLast"]);
        if (masked)
            parameters.Add("int count");
        writer.Line("[MethodImplAttribute(Jit.Kernel)]");
        writer.Line($"private static void {name}<{(signature.Updates ? "V, TOptimizer" : "V")}>({string.Join(", ", parameters)})");
        writer.Line("    where V : struct, IVector<V>");
        if (signature.Updates)
            writer.Line("    where TOptimizer : struct, IOptimizer<TOptimizer>");
        writer.Open();
        var terms = new List<(string Variable, long Stride)>();
        for (var i = 0; i < body.Rows.Count; i++)
        {
            if (tile.Rows[i] == 1)
                continue;
            var row = $"row{Number(i)}";
            writer.Open($"for (nint {row} = 0; {row} < {Number(tile.Rows[i])}; {row}++)");
            terms.Add((row, body.Rows[i].StrideResult));
        }
        // Where the tile is one vector wide the loop over its rows is enough.
        var column = "0";
        if (tile.Vectors > 1 || terms.Count == 0)
        {
            column = "column";
            writer.Open($"for (nint column = 0; column < {Column(Number(tile.Vectors), tile.Vectors)}; column += V.Count)");
            terms.Add((column, 1));
        }
        writer.Line($"nint at = {LoopNest.Offset(terms)};");
        writer.Line("var sum = V.Load(ref result);");
        writer.Line("result = ref Unsafe.Add(ref result, V.Count);");
        if (blocks is not null)
        {
            var at = ElementEmitter.At(signature.Name(group.Results[0]), "at");
            writer.Line("if (!isFirst)");
            writer.Line(masked ? $"    sum += V.LoadPartial({at}, count);" : $"    sum += V.Load({at});");
            writer.Open("if (!isLast)");
            writer.Line(masked ? $"sum.StorePartial({at}, count);" : $"sum.Store({at});");
            writer.Line("continue;");
            writer.Close();
        }
        new ElementEmitter(graph, group, signature).Emit(
            writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = "sum" }, epilogue.Access("at", column, masked, ""));
        for (var i = 0; i < terms.Count; i++)
            writer.Close();
        writer.Close();
        return writer.ToString();
    }

    /// <summary>Whether the epilogue is a method of its own.</summary>
    private bool IsLong => blocks is not null || epilogue.IsLong;

    /// <summary>"2 * V.Count".</summary>
    private static string Column(string vectors, int number) => number == 0 ? "0" : number == 1 ? "V.Count" : $"{vectors} * V.Count";

    private static List<Loop> Collapse(List<Loop> loops)
    {
        for (var i = loops.Count - 2; i >= 0; i--)
        {
            if (loops[i].Bound is null && loops[i + 1].Bound is null && loops[i].Extent is { } outer && loops[i + 1].Extent is { } inner
                && loops[i].StrideA == inner * loops[i + 1].StrideA && loops[i].StrideB == inner * loops[i + 1].StrideB)
            {
                loops[i + 1] = loops[i + 1] with { Extent = outer * inner };
                loops.RemoveAt(i);
            }
        }
        return loops;
    }

    /// <summary>The offsets of all combinations of steps of some loops, last loop fastest.</summary>
    private static IReadOnlyList<(int A, int Result)> Combinations(IReadOnlyList<(Loop Loop, int Steps)> loops)
    {
        var offsets = new List<(int A, int Result)> { (0, 0) };
        foreach (var (loop, steps) in loops)
        {
            offsets = offsets.SelectMany(o => Enumerable.Range(0, steps)
                .Select(s => (o.A + (s * loop.StrideA), o.Result + (s * loop.StrideResult)))).ToList();
        }
        return offsets;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
