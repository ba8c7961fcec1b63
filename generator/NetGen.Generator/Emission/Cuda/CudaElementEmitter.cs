using System.Globalization;
using System.Text.RegularExpressions;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// Writes the chain of pointwise nodes of a kernel for one element: loads, one local per node, stores, updates. A thread's vector type is Lane, whose
/// arithmetic has the bits of the processor's.
/// </summary>
internal sealed class CudaElementEmitter(TensorGraph graph, KernelGroup group, CudaSignature signature)
{
    private readonly HashSet<int> stores = [.. group.Stores];

    /// <summary>What neighbours store and update, one after the other; null: it is stored at once.</summary>
    private DelayedResults? delayed;

    /// <param name="writer">Where to.</param>
    /// <param name="nodes">The pointwise nodes in order.</param>
    /// <param name="given">Values that are in locals already: the results of the body.</param>
    /// <param name="at">C# of the element's place in a dense tensor of the space.</param>
    /// <param name="load">C# of the place of an operand's element.</param>
    /// <param name="prefix">Of the locals' names: another one in an inner scope.</param>
    /// <returns>The given locals and those of the nodes.</returns>
    public Dictionary<int, string> Emit(
        CodeWriter writer, IEnumerable<int> nodes, IReadOnlyDictionary<int, string> given, string at, Func<int, string> load, string prefix = "v")
    {
        var locals = given.ToDictionary(g => g.Key, g => g.Value);
        foreach (var value in given.Keys)
            Store(writer, value, locals[value], at);
        foreach (var id in nodes)
        {
            var node = graph[id];
            if (LoweringContext.Lower(graph, node) is ViewBody)
            {
                Store(writer, id, Operand(writer, id, locals, at, load, prefix), at);
                continue;
            }
            var operands = node.Inputs.Select(i => Operand(writer, i, locals, at, load, prefix)).ToArray();
            if (node.Operation is Update update)
            {
                if (delayed is null)
                    Apply(writer, update, at, operands[0]);
                else
                    Add(delayed.Updates, update, operands[0]);
                continue;
            }
            var local = $"{prefix}{signature.Number(id)}";
            writer.Line($"var {local} = {Expression(node, operands, at)};");
            locals[id] = local;
            Store(writer, id, local, at);
        }
        return locals;
    }

    /// <summary>The same for neighbours: chains that do not share locals, and where it is allowed stores of all neighbours at once.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="nodes">The pointwise nodes in order.</param>
    /// <param name="given">For each neighbour, values that are in locals already.</param>
    /// <param name="at">C# of the first one's place in a dense tensor of the space.</param>
    /// <param name="load">C# of the place of the first one's operand: 0 where all have the same.</param>
    /// <param name="isVector">Whether the first one's place is a multiple of as many floats as there are neighbours.</param>
    public void EmitRun(
        CodeWriter writer, IEnumerable<int> nodes, IReadOnlyList<IReadOnlyDictionary<int, string>> given, string at, Func<int, string> load, bool isVector)
    {
        if (given.Count == 1)
        {
            Emit(writer, nodes, given[0], at, load);
            return;
        }
        var all = delayed = new DelayedResults([], []);
        string Next(string place, int i) => i == 0 || place == "0" ? place : $"{place} + {CudaIndex.Number(i)}";
        for (var i = 0; i < given.Count; i++)
            Emit(writer, nodes, given[i], Next(at, i), value => Next(load(value), i), $"v{CudaIndex.Number(i)}_");
        delayed = null;
        foreach (var (update, gradients) in all.Updates.Select(u => (u.Key, u.Value)))
        {
            if (isVector && given.Count == 4)
            {
                writer.Line($"OptimizerRuns.Apply4(in optimizer, {Places(update, at)}, {string.Join(", ", gradients)});");
                continue;
            }
            for (var i = 0; i < given.Count; i++)
                Apply(writer, update, Next(at, i), gradients[i]);
        }
        foreach (var stored in all.Stores)
        {
            if (isVector && graph[stored.Key].Type.Element == ElementType.BFloat16)
            {
                for (var i = 0; i < given.Count; i += 2)
                {
                    var pair = $"PtxMatrix.PackBFloat16({stored.Value[i]}.Value, {stored.Value[i + 1]}.Value)";
                    writer.Line($"PtxMemory.StoreWord(ref {signature.Name(stored.Key)}[{Next(at, i)}], {pair});");
                }
                continue;
            }
            if (isVector && graph[stored.Key].Type.Element == ElementType.Float32)
            {
                var values = string.Join(", ", stored.Value.Select(local => local + ".Value"));
                writer.Line($"PtxMemory.Store{CudaIndex.Number(given.Count)}(ref {signature.Name(stored.Key)}[{at}], {values});");
                continue;
            }
            for (var i = 0; i < given.Count; i++)
                Store(writer, stored.Key, stored.Value[i], Next(at, i));
        }
    }

    private static void Add<T>(Dictionary<T, List<string>> runs, T key, string local)
        where T : notnull
    {
        if (!runs.TryGetValue(key, out var run))
            runs.Add(key, run = []);
        run.Add(local);
    }

    private void Apply(CodeWriter writer, Update update, string at, string gradient) =>
        writer.Line($"OptimizerKernel.Apply<Lane, TOptimizer>(in optimizer, {Places(update, at)}, {gradient});");

    /// <summary>The weight at a place, and what the optimizer keeps of it.</summary>
    private string Places(Update update, string at)
    {
        CudaParameterKind[] kinds = [CudaParameterKind.UpdatedWeight, CudaParameterKind.Slot0, CudaParameterKind.Slot1];
        return string.Join(", ", kinds.Select(kind => $"ref {signature.Updated(update.Parameter, kind)}[{at}]"));
    }

    /// <summary>The pointwise function of a node over finished operands.</summary>
    private string Expression(Node node, IReadOnlyList<string> operands, string at)
    {
        var body = (PointwiseBody)LoweringContext.Lower(graph, node);
        var text = body.Function.Cpu.Replace("{a}", Text.Literal(body.Alpha));
        for (var i = 0; i < operands.Count; i++)
            text = text.Replace("{" + i.ToString(CultureInfo.InvariantCulture) + "}", operands[i]);
        if (body.Stream is { } stream)
            text = text.Replace("{random}", $"{signature.Key(stream)}, (uint)({at})");
        return Regex.Replace(text, @"\bV\b", "Lane");
    }

    private string Operand(CodeWriter writer, int value, Dictionary<int, string> locals, string at, Func<int, string> load, string prefix)
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
                return $"Lane.Broadcast({Text.Literal(constant.Number)})";
            case BatchReciprocal:
                return "(Lane.Broadcast(1f) / Lane.Broadcast(batch))";
            case RowsReciprocal reciprocal:
                return Text.Invariant($"(Lane.Broadcast(1f) / Lane.Broadcast((float)(batch * {reciprocal.Rows} - {reciprocal.Less})))");
            case Reshape when locals.TryGetValue(graph.RootOf(value), out var root):
                return root;
        }
        if (locals.TryGetValue(value, out known))
            return known;
        var local = $"{prefix}{signature.Number(value)}";
        var expression = graph.IsRematerialized(value) ? Expression(node, [], at) : $"new Lane({signature.Source(value)}[{load(value)}])";
        writer.Line($"var {local} = {expression};");
        locals[value] = local;
        return local;
    }

    private void Store(CodeWriter writer, int value, string local, string at)
    {
        if (!stores.Contains(value))
            return;
        if (delayed is not null)
        {
            Add(delayed.Stores, value, local);
            return;
        }
        var element = $"{signature.Name(value)}[{at}]";
        writer.Line(graph[value].Type.Element switch
        {
            ElementType.UInt8 => $"{local}.StoreBytes(ref {element});",
            ElementType.BFloat16 => $"{element} = (ushort)PtxMatrix.PackBFloat16({local}.Value, 0f);",
            _ => $"{element} = {local}.Value;",
        });
    }

    /// <param name="Stores">By value, the locals of the neighbours.</param>
    /// <param name="Updates">By parameter, the gradients of the neighbours.</param>
    private sealed record DelayedResults(Dictionary<int, List<string>> Stores, Dictionary<Update, List<string>> Updates);
}
