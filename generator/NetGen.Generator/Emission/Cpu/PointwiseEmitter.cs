using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Optimization;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>A kernel of pointwise nodes only: one pass over the elements, everything between loads and stores in registers.</summary>
internal static class PointwiseEmitter
{
    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, KernelSignature signature)
    {
        var members = new HashSet<int>(group.Members);
        var loads = LoopNest.LoadsOf(graph, group.Epilogue, members).ToArray();
        var nest = LoopNest.Over(graph, group.Space, loads);
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
                Load = v => $"V1.Load(ref {signature.Name(v)})",
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
            EmitInner(writer, "begin", "end", factor, v => nest.Strides[v].Last() == 0 ? null : "", "i");
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
            writer, "0", inner, nest.Extents[outer] ?? 1,
            v => nest.Strides[v][outer] == 0 ? null : "", $"item * {inner} + i", v => variables.Select((n, i) => nest.Strides[v][i]).Any(s => s != 0) ? $"at{signature.Number(v)}" : "");
        writer.Close();

        void EmitInner(
            CodeWriter w, string begin, string end, long multiple, Func<int, string?> contiguous, string offset, Func<int, string>? start = null)
        {
            string Address(int v, bool moving)
            {
                var parts = new[] { start?.Invoke(v) ?? "", moving ? "i" : "" }.Where(p => p.Length > 0).ToArray();
                return ElementEmitter.At(signature.Name(v), parts.Length == 0 ? "0" : string.Join(" + ", parts));
            }

            ElementAccess Access(string? count) => new()
            {
                Offset = offset,
                Count = count,
                Load = v => Load(graph, v, contiguous(v) is not null, Address(v, contiguous(v) is not null), count),
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

    public static string Load(TensorGraph graph, int value, bool contiguous, string address, string? count, string vector = "V")
    {
        if (!contiguous)
            return $"{vector}.Broadcast({address.Substring("ref ".Length)})";
        var bytes = graph[value].Type.Element == ElementType.UInt8 ? "Bytes" : "";
        return count is null ? $"{vector}.Load{bytes}({address})" : $"{vector}.Load{bytes}Partial({address}, {count})";
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
