using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>How the pointwise part of a kernel reaches memory at one place of its loops.</summary>
internal sealed record ElementAccess
{
    /// <summary>The vector (C# expression) that holds an operand's elements here.</summary>
    public required Func<int, string> Load { get; init; }

    /// <summary>C# expression of the offset of these elements in a dense tensor of the space, in elements.</summary>
    public required string Offset { get; init; }

    /// <summary>The same offset counted from the tensor's start, where Offset counts from a tile's; random numbers go by it.</summary>
    public string? Element { get; init; }

    /// <summary>The number of elements in a partial vector; null: a full one.</summary>
    public string? Count { get; init; }

    /// <summary>V, or V1 where the element is a single number.</summary>
    public string Vector { get; init; } = "V";

    /// <summary>Appended to local names, where several places are written out in one scope.</summary>
    public string Suffix { get; init; } = "";
}

/// <summary>
/// Writes the chain of pointwise nodes of a kernel for one vector of elements: loads, one local per node, stores, updates.
/// </summary>
internal sealed class ElementEmitter(TensorGraph graph, KernelGroup group, KernelSignature signature)
{
    private readonly HashSet<int> stores = [.. group.Stores];

    /// <param name="writer">Where to.</param>
    /// <param name="nodes">The pointwise nodes in order.</param>
    /// <param name="given">Values that are in locals already: the results of the body.</param>
    /// <param name="access">How operands are read and results stored.</param>
    /// <returns>The given locals and those of the nodes.</returns>
    public Dictionary<int, string> Emit(
        CodeWriter writer, IEnumerable<int> nodes, IReadOnlyDictionary<int, string> given, ElementAccess access)
    {
        var locals = given.ToDictionary(g => g.Key, g => g.Value);
        foreach (var value in given.Keys)
            Store(writer, value, locals[value], access);
        foreach (var id in nodes)
        {
            var node = graph[id];
            if (LoweringContext.Lower(graph, node) is ViewBody)
            {
                Store(writer, id, Operand(writer, id, locals, access), access);
                continue;
            }
            var operands = node.Inputs.Select(i => Operand(writer, i, locals, access)).ToArray();
            if (node.Operation is Update update)
            {
                var count = access.Count is null ? "" : $", {access.Count}";
                writer.Line(
                    $"OptimizerKernel.Apply{(access.Count is null ? "" : "Partial")}<{access.Vector}, TOptimizer>(in optimizer, "
                    + $"{At(signature.Updated(update.Parameter, ParameterKind.UpdatedWeight), access.Offset)}, "
                    + $"{At(signature.Updated(update.Parameter, ParameterKind.Slot0), access.Offset)}, "
                    + $"{At(signature.Updated(update.Parameter, ParameterKind.Slot1), access.Offset)}, {operands[0]}{count});");
                continue;
            }
            var local = $"v{signature.Number(id)}{access.Suffix}";
            writer.Line($"var {local} = {Expression(node, operands, access)};");
            locals[id] = local;
            Store(writer, id, local, access);
        }
        return locals;
    }

    /// <summary>The pointwise function of a node over finished operands.</summary>
    private string Expression(Node node, IReadOnlyList<string> operands, ElementAccess access)
    {
        var body = (PointwiseBody)LoweringContext.Lower(graph, node);
        var text = body.Function.Cpu.Replace("{a}", Text.Literal(body.Alpha));
        for (var i = 0; i < operands.Count; i++)
            text = text.Replace("{" + i.ToString(CultureInfo.InvariantCulture) + "}", operands[i]);
        if (body.Stream is { } stream)
            text = text.Replace("{random}", $"{signature.Key(stream)}, (uint)({access.Element ?? access.Offset})");
        return access.Vector == "V" ? text : ForVector(text, access.Vector);
    }

    private static string ForVector(string text, string vector) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"\bV\b", vector);

    /// <summary>C# of how many samples there are: a product at positions is called for that many rows.</summary>
    private string Samples => group.Body is ContractionBody { Positions: > 1 and var positions } ? Text.Invariant($"(batch / {positions})") : "batch";

    private string Operand(CodeWriter writer, int value, Dictionary<int, string> locals, ElementAccess access)
    {
        if (locals.TryGetValue(value, out var known))
            return known;
        // A view of a number, or of a mask, is the same numbers in the same order.
        if (graph.IsRematerialized(value))
            value = graph.RootOf(value);
        var node = graph[value];
        switch (node.Operation)
        {
            case Constant constant:
                return $"{access.Vector}.Broadcast({Text.Literal(constant.Number)})";
            case BatchReciprocal:
                return $"{access.Vector}.Broadcast(1f / {Samples})";
            case RowsReciprocal reciprocal:
                return Text.Invariant($"{access.Vector}.Broadcast(1f / ((float){Samples} * {reciprocal.Rows} - {reciprocal.Less}))");
            case Reshape when locals.TryGetValue(graph.RootOf(value), out var root):
                return root;
        }
        if (locals.TryGetValue(value, out known))
            return known;
        var local = $"v{signature.Number(value)}{access.Suffix}";
        var expression = graph.IsRematerialized(value) ? Expression(node, [], access) : access.Load(value);
        writer.Line($"var {local} = {expression};");
        locals[value] = local;
        return local;
    }

    private void Store(CodeWriter writer, int value, string local, ElementAccess access)
    {
        if (!stores.Contains(value))
            return;
        var target = At(signature.Name(value), access.Offset);
        var bytes = graph[value].Type.Element == ElementType.UInt8 ? "Bytes" : "";
        writer.Line(access.Count is null ? $"{local}.Store{bytes}({target});" : $"{local}.Store{bytes}Partial({target}, {access.Count});");
    }

    public static string At(string reference, string offset) =>
        offset == "0" ? $"ref {reference}" : $"ref Unsafe.Add(ref {reference}, {offset})";
}
