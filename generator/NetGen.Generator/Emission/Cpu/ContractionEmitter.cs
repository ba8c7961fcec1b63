using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// A contraction as C#: the loops over its tiles, what each reads, and what is done with its sums. The tile itself is the library's
/// (NetGen.Runtime.SumTile).
/// </summary>
internal sealed class ContractionEmitter(TensorGraph graph, KernelGroup group, KernelSignature signature)
{
    private readonly ContractionBody whole = (ContractionBody)group.Body!;
    private readonly int? blocks = SampleBlocks.Of(group.Body);
    private readonly bool packs = WeightPanels.Pack(group.Body);
    private readonly bool transposes = WeightPanels.Transposes(group.Body);
    private readonly ColumnEpilogue epilogue = new(graph, group, signature, ((ContractionBody)group.Body!).AllColumns);

    private string A => signature.Name(group.Operands[0]);

    private string B => signature.Name(group.Operands[1]);

    public void Emit(CodeWriter writer)
    {
        if (blocks is { } samples)
        {
            writer.Line($"// {Number(samples)} samples at a time: their share of both operands stays in the core's cache");
            writer.Open($"for (var start = 0; start < batch; start += {Number(samples)})");
            writer.Line($"var samples = Math.Min({Number(samples)}, batch - start);");
        }
        foreach (var part in whole.All)
        {
            if (whole.Parts.Count > 0)
            {
                writer.Line("// " + (part.Part.Length > 0 ? part.Part : "inside"));
                writer.Open();
            }
            EmitPart(writer, part);
            if (whole.Parts.Count > 0)
                writer.Close();
        }
        if (blocks is not null)
            writer.Close();
    }

    private void EmitPart(CodeWriter writer, ContractionBody body)
    {
        var rows = ContractionRows.Of(body);
        var terms = LoopNest.Merge(body.Reduce);
        var isBounded = terms.Any(loop => loop.Bound is not null);
        var isDirect = group.Epilogue.Count == 0 && body.Window.Count == 0 && body.Spread.Count == 0 && blocks is null && body.Columns % 16 == 0;
        // Products of equal sizes, all of one worker: a tile of all of them at once.
        var products = isDirect && body.IsOfOneWorker && !packs && !isBounded && rows.Outer.Count == 1 ? rows.Outer[0] : null;
        if (products is not null)
            rows = rows with { Outer = [] };
        if (!isBounded && !packs)
            EmitTerms(writer, terms);
        if (body.Spread.Count > 0)
            writer.Line($"var window = new SumLoops({Terms(body.Spread)});");
        EmitGrid(writer, body, rows, repeats: products is null);
        writer.Open("while (tiles.Next())");
        EmitOuter(writer, rows.Outer);
        foreach (var loop in terms.Where(loop => loop.Bound is not null))
        {
            var bound = loop.Bound!;
            // Where the outer loop has one step there is no variable for it.
            var outer = rows.Outer.Where(l => l.Name == bound.Outer && l.Extent != 1)
                .Select(l => bound.Step == 1 ? $"(int){l.Name}" : $"{Number(bound.Step)} * (int){l.Name}").DefaultIfEmpty("0").Single();
            writer.Line($"var {loop.Name}From = Math.Max(0, {Number(bound.Before)} - {outer}); // the part of the kernel that lies in the image");
            writer.Line($"var {loop.Name}Steps = Math.Min({LoopNest.Extent(loop.Extent)}, {Number(bound.Limit + bound.Before)} - {outer}) - {loop.Name}From;");
        }
        if (isBounded)
            EmitTerms(writer, terms);
        var left = ElementEmitter.At(A, Offset(rows.Outer, terms, l => l.StrideA, body.StartA));
        var right = EmitRight(writer, body, Offset(rows.Outer, terms, l => l.StrideB, body.StartB));
        if (isDirect)
        {
            var first = Offset(rows.Outer, [], l => l.StrideResult, body.StartResult);
            var result = ElementEmitter.At(body.HasResultPerPart ? PartResult(0) : signature.Name(group.Results[0]), first);
            var further = (products, body.AddsToResult) switch
            {
                (null, false) => "",
                (null, true) => ", adds: true",
                var (p, adds) =>
                    $", new TileSteps({LoopNest.Extent(p.Extent)}, {Number(p.StrideA)}, {Number(p.StrideB)}, {Number(p.StrideResult)}{(adds ? ", Adds: true" : "")})",
            };
            writer.Line($"tiles.Sum({left}, {right}, in terms, {result}, {Number(rows.StrideResult)}{further});");
            writer.Close();
            return;
        }
        if (Updated(body) is { } updated)
        {
            var first = Offset(rows.Outer, [], l => l.StrideResult, body.StartResult);
            string At(ParameterKind kind) => ElementEmitter.At(signature.Updated(updated, kind), first);
            var stride = Number(rows.StrideResult);
            var others = "";
            if (blocks is not null)
            {
                var part = ElementEmitter.At(signature.Name(group.Results[0]), first);
                writer.Open("if (start + samples < batch)");
                writer.Line($"tiles.Sum({left}, {right}, in terms, {part}, {stride}, adds: start > 0);");
                writer.Line("continue;");
                writer.Close();
                others = $", {part}, adds: start > 0";
            }
            writer.Line(
                $"tiles.Update({left}, {right}, in terms, in optimizer, {At(ParameterKind.UpdatedWeight)}, {At(ParameterKind.Slot0)}, "
                + $"{At(ParameterKind.Slot1)}, {stride}{others});");
            writer.Close();
            return;
        }
        writer.Line(body.Spread.Count > 0
            ? $"tiles.Spread({left}, {right}, {ElementEmitter.At(signature.Name(group.Operands[2]), Sum(Offset(rows.Outer, terms, l => l.StrideB, body.StartB), "tiles.Column"))}, in terms, in window);"
            : $"tiles.{(body.Window.Count > 0 ? "Max" : "Sum")}({left}, {right}, in terms{Positions(body, rows)});");
        EmitResults(writer, body, rows);
        writer.Close();
    }

    /// <summary>The weight that the sums are the gradient of, where nothing else is done with them.</summary>
    private string? Updated(ContractionBody body) =>
        (blocks is null || body.Columns % 16 == 0) && body.Window.Count == 0 && body.Spread.Count == 0 && !body.HasResultPerPart && group.Stores.Count == 0
        && group.Epilogue.Count == 1 && graph[group.Epilogue[0]].Operation is Update update ? update.Parameter : null;

    private void EmitTerms(CodeWriter writer, IReadOnlyList<Loop> terms) =>
        writer.Line($"var terms = new SumLoops({Terms(terms)}); // {string.Join(", ", terms.Select(l => l.Name))}");

    private string Terms(IReadOnlyList<Loop> terms) => terms.Count == 0
        ? "1, 0, 0"
        : string.Join(", ", terms.Select(loop => $"{Steps(loop)}, {Number(loop.StrideA)}, {Number(loop.StrideB)}"));

    private string Steps(Loop loop) => loop.Bound is not null
        ? loop.Name + "Steps"
        : loop.Extent is null ? blocks is null ? "batch" : "samples" : LoopNest.Extent(loop.Extent);

    /// <summary>The tiles of this worker.</summary>
    private void EmitGrid(CodeWriter writer, ContractionBody body, ContractionRows rows, bool repeats)
    {
        var (many, few) = (TileShapes.Choose(body, rows, 32, 16), TileShapes.Choose(body, rows, 16, 8));
        var shape = many == few ? $"new({Shape(many)})" : $"V.Registers >= 32 ? new({Shape(many)}) : new({Shape(few)})";
        var outer = rows.Outer.Where(l => l.Extent != 1).Select(l => LoopNest.Extent(l.Extent)).ToArray();
        var further = (outer.Length == 0 ? "" : $", outer: {string.Join(" * ", outer)}")
            + (transposes ? ", panels: true" : packs ? $", packed: {Number(body.Reduce[0].Extent!.Value)}" : "") + (body.Spread.Count > 0 ? ", widest: 2" : "");
        writer.Line($"var tiles = new TileGrid<V>({shape}, {rows.Text()}, {Number(body.Columns)}, worker, workers{further});");

        string Shape(TileShape shape) =>
            $"{Number(shape.Rows)}, {Number(shape.Vectors)}{(repeats && shape.Repeat > 1 ? ", Repeat: " + Number(shape.Repeat) : "")}";
    }

    /// <summary>The steps of the loops around the tiles.</summary>
    private static void EmitOuter(CodeWriter writer, IReadOnlyList<Loop> outer)
    {
        var moving = outer.Where(l => l.Extent != 1).ToArray();
        var rest = "tiles.Outer";
        for (var i = moving.Length - 1; i >= 0; i--)
        {
            var extent = LoopNest.Extent(moving[i].Extent);
            writer.Line($"var {moving[i].Name} = {rest}{(i > 0 ? " % " + extent : "")};");
            rest += " / " + extent;
        }
    }

    private string Offset(IReadOnlyList<Loop> outer, IReadOnlyList<Loop> terms, Func<Loop, int> stride, int start)
    {
        var parts = outer.Where(l => l.Extent != 1 && stride(l) != 0)
            .Concat(terms.Where(l => l.Bound is not null && stride(l) != 0).Select(l => l with { Name = l.Name + "From" }))
            .Select(l => stride(l) == 1 ? l.Name : $"{l.Name} * {Number(stride(l))}").ToList();
        if (blocks is not null && stride(whole.Reduce[0]) != 0)
            parts.Add($"(nint)start * {Number(stride(whole.Reduce[0]))}");
        if (start > 0)
            parts.Add(Number(start));
        var sum = parts.Count == 0 ? "0" : string.Join(" + ", parts);
        return start < 0 ? $"{sum} - {Number(-start)}" : sum;
    }

    private static string Sum(string a, string b) => a == "0" ? b : b == "0" ? a : $"{a} + {b}";

    /// <summary>The right operand's columns of the tile; packed where that pays.</summary>
    private string EmitRight(CodeWriter writer, ContractionBody body, string at)
    {
        if (!packs)
            return ElementEmitter.At(B, Sum(at, "tiles.Column"));
        var sum = body.Reduce[0];
        var terms = Number(sum.Extent!.Value);
        var stride = Number(transposes ? body.ColumnStride : body.Columns);
        writer.Line($"var terms = new SumLoops({terms}, {Number(sum.StrideA)}, {(transposes ? "tiles.Width" : $"tiles.PanelStride({stride})")}); // {sum.Name}");
        if (transposes)
        {
            writer.Line("if (tiles.IsNewPanel)");
            writer.Line($"    PackKernels.TransposedPanel<V>({ElementEmitter.At(B, Sum(at, $"tiles.Column * {stride}"))}, {stride}, ref scratch, {terms}, tiles.Width);");
            return "ref scratch";
        }
        writer.Line($"ref var panel = ref tiles.Panel({ElementEmitter.At(B, at)}, {terms}, {stride}, ref scratch);");
        return "ref panel";
    }

    /// <summary>What is done with the sums of a tile.</summary>
    private void EmitResults(CodeWriter writer, ContractionBody body, ContractionRows rows)
    {
        if (body.HasResultPerPart)
            writer.Line($"ref var result = ref {PartResult(0)};");
        var masked = body.Columns % 16 != 0;
        var first = Offset(rows.Outer, [], l => l.StrideResult, body.StartResult);
        writer.Line("ref var c = ref tiles.Sums;");
        writer.Line("var (left, right) = (tiles.Column, tiles.Column + tiles.Width);");
        writer.Line($"var at = {(first == "0" ? "" : first + " + ")}(nint)tiles.Row * {Number(rows.StrideResult)};");
        writer.Open($"for (var row = tiles.Rows; row > 0; row--, at += {Number(rows.StrideResult)})");
        writer.Open("for (var n = left; n < right; n += V.Count)");
        writer.Line("var i = at + n;");
        if (masked)
            writer.Line($"var count = (int)Math.Min(V.Count, {Number(body.Columns)} - n);");
        var sum = body.Window.Count > 0 ? "max" : "sum";
        writer.Line($"var {sum} = V.Load(ref c);");
        var given = new Dictionary<int, string> { [group.Results[0]] = sum };
        writer.Line("c = ref Unsafe.Add(ref c, V.Count);");
        if (blocks is not null)
        {
            var partial = ElementEmitter.At(signature.Name(group.Results[0]), "i");
            writer.Line("if (start > 0)");
            writer.Line(masked ? $"    sum += V.LoadPartial({partial}, count);" : $"    sum += V.Load({partial});");
            writer.Open("if (start + samples < batch)");
            writer.Line(masked ? $"sum.StorePartial({partial}, count);" : $"sum.Store({partial});");
            writer.Line("continue;");
            writer.Close();
        }
        if (body.HasResultPerPart)
            writer.Line(masked ? "sum.StorePartial(ref Unsafe.Add(ref result, i), count);" : "sum.Store(ref Unsafe.Add(ref result, i));");
        else
        {
            new ElementEmitter(graph, group, signature).Emit(
                writer, group.Epilogue, given, epilogue.Access("i", Column(body), masked, element: "i"));
        }
        writer.Close();
        writer.Close();
    }

    /// <summary>Of the result: those of a group are beside those of the others.</summary>
    private static string Column(ContractionBody body) => body.GroupLoop is { } loop ? $"{loop} * {Number(body.Columns)} + n" : "n";

    /// <summary>C# of where the positions of a max pooling go; empty without, or where nobody needs them.</summary>
    private string Positions(ContractionBody body, ContractionRows rows) => body.Window.Count == 0 || group.Results.Count == 1
        ? ""
        : $", {ElementEmitter.At(signature.Name(group.Results[1]), Offset(rows.Outer, [], l => l.StrideResult, body.StartResult))}, {Number(rows.StrideResult)}";

    /// <summary>C# of the result of the part of the sum that the tile belongs to.</summary>
    private string PartResult(int part) => part == group.Results.Count - 1
        ? signature.Name(group.Results[part])
        : $"(part == {Number(part)} ? ref {signature.Name(group.Results[part])} : ref {PartResult(part + 1)})";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
