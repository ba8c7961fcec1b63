using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// A sum over axes, or another fold. Where the last loop is kept, a vector of columns is summed down; where it is summed over, lanes are
/// summed along it and folded at the end. Every result is made by one worker in one order, so the number of workers does not change a bit.
/// </summary>
internal static class ReductionEmitter
{
    /// <summary>C# of the library's sum of a matrix's columns; null where what is summed is not one, or something else is done with the sums than an update.</summary>
    private static string? Columns(TensorGraph graph, KernelGroup group, KernelSignature signature, LoopNest nest)
    {
        var body = (ReductionBody)group.Body!;
        var operand = group.Operands[0];
        if (body.Fold != Fold.Sum || body.Scale != 1f || group.Prologue.Count > 0 || group.Results.Count > 1 || graph[operand].Type.Element != ElementType.Float32
            || nest.Start(operand) != 0 || !nest.Strides[operand].SequenceEqual(nest.Strides[LoopNest.Dense]))
        {
            return null;
        }
        var last = nest.Extents.Count - 1;
        var rows = last == 0 ? "1" : (last > 1 ? "(nint)" : "") + string.Join(" * ", nest.Extents.Take(last).Select(LoopNest.Extent));
        var matrix = $"ref {signature.Source(operand)}, {rows}, {LoopNest.Extent(nest.Extents[last])}";
        if (group.Epilogue.Count == 0)
            return $"ColumnKernels.Sum<V>({matrix}, ref {signature.Name(group.Results[0])}, worker, workers);";
        if (group.Epilogue.Count > 1 || graph[group.Epilogue[0]].Operation is not Update update || group.Stores.Contains(group.Results[0]))
            return null;
        string At(ParameterKind kind) => $"ref {signature.Updated(update.Parameter, kind)}";
        return $"ColumnKernels.Update<V, TOptimizer>({matrix}, in optimizer, {At(ParameterKind.UpdatedWeight)}, {At(ParameterKind.Slot0)}, {At(ParameterKind.Slot1)}, worker, workers);";
    }

    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, KernelSignature signature)
    {
        var body = (ReductionBody)group.Body!;
        var fold = body.Fold;
        var operand = group.Operands[0];
        var space = graph[operand].Type;
        var members = new HashSet<int>(group.Members);
        var loads = LoopNest.LoadsOf(graph, group.Prologue, members)
            .Concat(group.Prologue.Contains(operand) ? [] : [operand]).Distinct().ToArray();
        var nest = LoopNest.Over(graph, space, loads, members, body.Axes.Contains, body.OverBatch);
        var elements = new ElementEmitter(graph, group, signature);

        var last = nest.Extents.Count - 1;
        var columnar = last >= 0 && !nest.Reduced[last];
        var kept = Enumerable.Range(0, nest.Extents.Count).Where(i => !nest.Reduced[i] && !(columnar && i == last)).ToArray();
        var reduced = Enumerable.Range(0, nest.Extents.Count).Where(i => nest.Reduced[i] && i != last).ToArray();

        if (columnar && kept.Length == 0 && Columns(graph, group, signature, nest) is { } call)
        {
            writer.Line(call);
            return;
        }
        var vectors = columnar ? $"(({LoopNest.Extent(nest.Extents[last])} + V.Count - 1) / V.Count)" : "";
        var factors = kept.Select(i => LoopNest.Extent(nest.Extents[i])).Concat(columnar ? [vectors] : []).ToArray();
        writer.Line($"var (begin, end) = Partition.Items({(factors.Length == 0 ? "1" : "(nint)" + string.Join(" * ", factors))}, worker, workers);");
        writer.Open("for (var item = begin; item < end; item++)");

        var variables = new Dictionary<int, string>();
        var item = "item";
        if (columnar)
        {
            writer.Line($"var n = {(kept.Length == 0 ? "item" : $"item % {vectors}")} * V.Count;");
            if (kept.Length > 0)
            {
                writer.Line($"var outer = item / {vectors};");
                item = "outer";
            }
        }
        if (kept.Length > 0)
        {
            var names = PointwiseEmitter.DecodeItem(writer, item, kept.Select(i => nest.Extents[i]).ToArray());
            for (var i = 0; i < kept.Length; i++)
                variables[kept[i]] = names[i];
        }
        foreach (var i in reduced)
            variables[i] = "r" + i.ToString(CultureInfo.InvariantCulture);
        var resultOffset = LoopNest.Offset(kept.Select(i => (variables[i], nest.Strides[LoopNest.Result][i])));

        if (columnar)
            EmitColumns();
        else
            EmitRows();
        writer.Close();

        string At(int value, string? inner) => LoopNest.Offset(
            kept.Concat(reduced).Select(i => (variables[i], nest.Strides[value][i]))
                .Concat(inner is null || last < 0 ? [] : [(inner, nest.Strides[value][last])]), nest.Start(value));

        string LoadAt(int value, string inner, string? count, string vector) => PointwiseEmitter.Load(
            graph, value, nest.Step(value), ElementEmitter.At(signature.Source(value), At(value, inner)), count, vector);

        // The operand's elements here: loaded, or computed by the prologue.
        string Element(string inner, string? count, string vector)
        {
            if (!group.Prologue.Contains(operand))
                return LoadAt(operand, inner, count, vector);
            var locals = elements.Emit(writer, group.Prologue, new Dictionary<int, string>(), new ElementAccess
            {
                Offset = At(LoopNest.Dense, inner),
                Count = count,
                Vector = vector,
                // Terms of the sum: what follows it may read the same value in the scope around them.
                Suffix = "t",
                Load = v => LoadAt(v, inner, count, vector),
            });
            return locals[operand];
        }

        void OpenReduced()
        {
            foreach (var i in reduced)
                writer.Open($"for (nint {variables[i]} = 0; {variables[i]} < {LoopNest.Extent(nest.Extents[i])}; {variables[i]}++)");
        }

        void CloseReduced()
        {
            foreach (var _ in reduced)
                writer.Close();
        }

        void Finish(string sum, string vector, string offset, string? count)
        {
            var scaled = body.Scale == 1f ? sum : $"{sum} * {vector}.Broadcast({Text.Literal(body.Scale)})";
            writer.Line($"var result = {scaled};");
            elements.Emit(writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = "result" }, new ElementAccess
            {
                Offset = offset,
                Count = count,
                Vector = vector,
                Load = v => graph[v].Type.Count == 1 && !graph[v].Type.Batched
                    ? $"{vector}.Broadcast({signature.Name(v)})"
                    : PointwiseEmitter.Load(graph, v, 1, ElementEmitter.At(signature.Name(v), offset), count, vector),
            });
        }

        void EmitColumns()
        {
            var columns = nest.Extents[last];
            var offset = LoopNest.Offset(
                kept.Select(i => (variables[i], nest.Strides[LoopNest.Result][i])).Concat([("n", 1L)]));
            var partial = columns is null || columns % 16 != 0;
            if (partial)
                writer.Open($"if (n <= {LoopNest.Extent(columns)} - V.Count)");
            Column(null);
            if (partial)
            {
                writer.Close();
                writer.Open("else");
                writer.Line($"var count = (int)({LoopNest.Extent(columns)} - n);");
                Column("count");
                writer.Close();
            }

            void Column(string? count)
            {
                writer.Line($"var {fold.Name} = {fold.Neutral};");
                OpenReduced();
                writer.Line(fold.Into("V", fold.Name, Element("n", count, "V")));
                CloseReduced();
                Finish(fold.Name, "V", offset, count);
            }
        }

        void EmitRows()
        {
            if (last < 0)
            {
                Finish(Element("0", null, "V1"), "V1", resultOffset, null);
                return;
            }
            var extent = LoopNest.Extent(nest.Extents[last]);
            writer.Line($"var lanes = {fold.Neutral};");
            writer.Line($"var rest = {fold.NeutralOf("V1")};");
            OpenReduced();
            writer.Line("nint i = 0;");
            writer.Open($"for (; i <= {extent} - V.Count; i += V.Count)");
            writer.Line(fold.Into("V", "lanes", Element("i", null, "V")));
            writer.Close();
            if (nest.Extents[last] is null || nest.Extents[last] % 16 != 0)
            {
                writer.Open($"for (; i < {extent}; i++)");
                writer.Line(fold.Into("V1", "rest", Element("i", null, "V1")));
                writer.Close();
            }
            CloseReduced();
            var all = fold.Of("V1", $"V1.Broadcast({fold.Lanes}(lanes))", "rest");
            Finish(fold == Fold.Max ? all : $"({all})", "V1", resultOffset, null);
        }
    }
}
