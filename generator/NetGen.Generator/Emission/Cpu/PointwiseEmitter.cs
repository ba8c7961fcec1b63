using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>A kernel of pointwise nodes only: one pass over the elements, everything between loads and stores in registers.</summary>
internal static class PointwiseEmitter
{
    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, KernelSignature signature)
    {
        var members = new HashSet<int>(group.Members);
        var loads = LoopNest.LoadsOf(graph, group.Epilogue, members).ToArray();
        var nest = LoopNest.Over(graph, group.Space, loads, members);
        var elements = new ElementEmitter(graph, group, signature);
        var none = new Dictionary<int, string>();

        if (nest.Extents.Count == 0)
        {
            writer.Line("if (worker != 0)");
            writer.Line("    return;");
            elements.Emit(writer, group.Epilogue, none, new ElementAccess
            {
                Vector = "V1",
                Offset = "0",
                Load = v => Load(graph, v, 1, Address(v, ""), null, "V1"),
            });
            return;
        }

        if (nest.IsFlat)
        {
            var factor = nest.Extents.Where(e => e is not null).Aggregate(1L, (p, e) => p * e!.Value);
            var total = nest.Extents.Contains(null)
                ? factor == 1 ? "batch" : $"(nint)batch * {factor.ToString(CultureInfo.InvariantCulture)}"
                : factor.ToString(CultureInfo.InvariantCulture);
            writer.Line($"var (begin, end) = Partition.Elements({total}, worker, workers);");
            EmitInner(writer, "begin", "end", factor, "i", _ => "");
            return;
        }

        var outer = nest.Extents.Count - 1;
        var items = string.Join(" * ", nest.Extents.Take(outer).Select((e, i) => (i == 0 ? "(nint)" : "") + LoopNest.Extent(e)));
        var inner = LoopNest.Extent(nest.Extents[outer]);
        writer.Line($"var (begin, end) = Partition.Items({items}, worker, workers);");
        writer.Open("for (var item = begin; item < end; item++)");
        var variables = DecodeItem(writer, "item", nest.Extents.Take(outer).ToArray());
        foreach (var load in loads)
        {
            var offset = LoopNest.Offset(variables.Select((v, i) => (v, nest.Strides[load][i])));
            if (offset != "0")
                writer.Line($"var at{signature.Number(load)} = {offset};");
        }
        EmitInner(
            writer, "0", inner, nest.Extents[outer] ?? 1, $"item * {inner} + i",
            v => variables.Select((n, i) => nest.Strides[v][i]).Any(s => s != 0) ? $"at{signature.Number(v)}" : "");
        writer.Close();

        string Address(int v, string start)
        {
            var step = nest.Step(v);
            var parts = new[]
            {
                start, step == 0 ? "" : step == 1 ? "i" : $"i * {step.ToString(CultureInfo.InvariantCulture)}",
                nest.Start(v) == 0 ? "" : nest.Start(v).ToString(CultureInfo.InvariantCulture),
            };
            var offset = string.Join(" + ", parts.Where(p => p.Length > 0));
            return ElementEmitter.At(signature.Source(v), offset.Length == 0 ? "0" : offset);
        }

        void EmitInner(CodeWriter w, string begin, string end, long multiple, string offset, Func<int, string> start)
        {
            ElementAccess Access(string? count) => new()
            {
                Offset = offset,
                Count = count,
                Load = v => Load(graph, v, nest.Step(v), Address(v, start(v)), count),
            };
            w.Line($"nint i = {begin};");
            w.Open($"for (; i <= {end} - V.Count; i += V.Count)");
            elements.Emit(w, group.Epilogue, none, Access(null));
            w.Close();
            // A number of elements that every vector width divides leaves nothing over, neither as a whole nor in a worker's share.
            if (multiple % 16 == 0)
                return;
            w.Open($"if (i < {end})");
            w.Line($"var count = (int)({end} - i);");
            elements.Emit(w, group.Epilogue, none, Access("count"));
            w.Close();
        }
    }

    /// <summary>The elements of a vector, <paramref name="step"/> apart; 0: one number for all.</summary>
    public static string Load(TensorGraph graph, int value, long step, string address, string? count, string vector = "V")
    {
        if (step == 0)
            return $"{vector}.Broadcast({address.Substring("ref ".Length)})";
        var rest = count is null ? "" : $", {count}";
        if (step != 1 && vector == "V")
            return $"Strided.Load{(count is null ? "" : "Partial")}<V>({address}, {step.ToString(CultureInfo.InvariantCulture)}{rest})";
        var bytes = graph[value].Type.Element == ElementType.UInt8 ? "Bytes" : "";
        return $"{vector}.Load{bytes}{(count is null ? "" : "Partial")}({address}{rest})";
    }

    /// <summary>Writes the loop variables of a flat item number, innermost loop fastest; gives their names.</summary>
    public static List<string> DecodeItem(CodeWriter writer, string item, IReadOnlyList<int?> extents)
    {
        var names = extents.Select((e, i) => e is null ? "b" : $"i{i.ToString(CultureInfo.InvariantCulture)}").ToList();
        if (extents.Count == 1)
        {
            writer.Line($"var {names[0]} = {item};");
            return names;
        }
        var rest = item;
        for (var i = extents.Count - 1; i > 0; i--)
        {
            writer.Line($"var {names[i]} = {rest} % {LoopNest.Extent(extents[i])};");
            if (i > 1)
            {
                var next = $"rest{i.ToString(CultureInfo.InvariantCulture)}";
                writer.Line($"var {next} = {rest} / {LoopNest.Extent(extents[i])};");
                rest = next;
            }
            else
            {
                writer.Line($"var {names[0]} = {rest} / {LoopNest.Extent(extents[i])};");
            }
        }
        return names;
    }
}
