using System.Globalization;
using System.Text.RegularExpressions;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// Writes the chain of pointwise nodes of a kernel for one element: loads, one local per node, stores, updates. A thread's vector type is Lane, whose
/// arithmetic has the bits of the processor's.
/// </summary>
internal sealed class CudaElementEmitter(TensorGraph graph, KernelGroup group, CudaSignature signature)
{
    private readonly HashSet<int> stores = [.. group.Stores];

    /// <summary>Takes what would be stored; null: it is stored.</summary>
    private Action<int, string>? later;

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
            var operands = node.Inputs.Select(i => Operand(writer, i, locals, at, load, prefix)).ToArray();
            if (node.Operation is Update update)
            {
                var places = new[] { CudaParameterKind.UpdatedWeight, CudaParameterKind.Slot0, CudaParameterKind.Slot1 }
                    .Select(kind => $"ref {signature.Updated(update.Parameter, kind)}[{at}]");
                writer.Line($"OptimizerKernel.Apply<Lane, TOptimizer>(in optimizer, {string.Join(", ", places)}, {operands[0]});");
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
        var runs = new Dictionary<int, List<string>>();
        for (var i = 0; i < given.Count; i++)
        {
            var offset = CudaIndex.Number(i);
            string Next(string place) => i == 0 || place == "0" ? place : $"{place} + {offset}";
            later = (value, local) =>
            {
                if (!runs.TryGetValue(value, out var run))
                    runs.Add(value, run = []);
                run.Add(local);
            };
            Emit(writer, nodes, given[i], Next(at), value => Next(load(value)), $"v{offset}_");
        }
        later = null;
        foreach (var run in runs)
        {
            if (isVector && graph[run.Key].Type.Element == ElementType.BFloat16)
            {
                for (var i = 0; i < given.Count; i += 2)
                {
                    var pair = $"PtxMatrix.PackBFloat16({run.Value[i]}.Value, {run.Value[i + 1]}.Value)";
                    writer.Line($"PtxMemory.StoreWord(ref {signature.Name(run.Key)}[{(i == 0 ? at : $"{at} + {CudaIndex.Number(i)}")}], {pair});");
                }
                continue;
            }
            if (isVector && graph[run.Key].Type.Element == ElementType.Float32)
            {
                writer.Line($"PtxMemory.Store{CudaIndex.Number(given.Count)}(ref {signature.Name(run.Key)}[{at}], {string.Join(", ", run.Value.Select(local => local + ".Value"))});");
                continue;
            }
            for (var i = 0; i < given.Count; i++)
                Store(writer, run.Key, run.Value[i], i == 0 ? at : $"{at} + {CudaIndex.Number(i)}");
        }
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
        if (Fusion.IsRematerialized(graph, value))
            value = FusedProgram.RootOf(graph, value);
        var node = graph[value];
        switch (node.Operation)
        {
            case Constant constant:
                return $"Lane.Broadcast({Text.Literal(constant.Number)})";
            case BatchReciprocal:
                return "(Lane.Broadcast(1f) / Lane.Broadcast(batch))";
            case Reshape when locals.TryGetValue(FusedProgram.RootOf(graph, value), out var root):
                return root;
        }
        if (locals.TryGetValue(value, out known))
            return known;
        var local = $"{prefix}{signature.Number(value)}";
        var expression = Fusion.IsRematerialized(graph, value) ? Expression(node, [], at) : $"new Lane({signature.Name(value)}[{load(value)}])";
        writer.Line($"var {local} = {expression};");
        locals[value] = local;
        return local;
    }

    private void Store(CodeWriter writer, int value, string local, string at)
    {
        if (!stores.Contains(value))
            return;
        if (later is not null)
        {
            later(value, local);
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
}
