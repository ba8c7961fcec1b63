using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Planning;

/// <summary>
/// Which results of a kernel may be written over an operand that nothing reads afterwards. That holds where the kernel has read each element of the
/// operand when it, or any other worker, writes the element at the same place of the result. Loops over elements do: a worker loads all that it
/// needs at a place before it stores there. Of run-time kernels the lowering says it.
/// </summary>
internal static class InPlace
{
    /// <summary>Operands and results whose memory may be the same; an operand may stand beside several results, of which one can have it.</summary>
    public static IEnumerable<(int Operand, int Result)> Of(TensorGraph graph, KernelGroup group)
    {
        var pairs = group.Body is RuntimeCallBody call ? OfCall(graph, group, call) : OfEpilogue(graph, group);
        return pairs.Where(pair => group.Stores.Contains(pair.Result)
            && graph[pair.Operand].Type is var from && graph[pair.Result].Type is var to
            && from.Element == to.Element && from.Rows == to.Rows && from.Count == to.Count);
    }

    private static IEnumerable<(int Operand, int Result)> OfCall(TensorGraph graph, KernelGroup group, RuntimeCallBody call)
    {
        var roots = group.Operands.Select(operand => graph.RootOf(operand)).ToArray();
        // A value that is two operands at once has to allow it as both.
        return call.InPlace
            .Where(pair => Enumerable.Range(0, roots.Length)
                .All(i => roots[i] != roots[pair.Operand] || call.InPlace.Contains(new InPlacePair(i, pair.Result))))
            .Select(pair => (roots[pair.Operand], group.Results[pair.Result]));
    }

    /// <summary>The body itself reads its operands anywhere; the chain behind it reads and writes element by element, in order.</summary>
    private static IEnumerable<(int Operand, int Result)> OfEpilogue(TensorGraph graph, KernelGroup group)
    {
        var members = new HashSet<int>(group.Members);
        // So does a view.
        var views = group.Epilogue.Where(n => LoweringContext.Lower(graph, graph[n]) is ViewBody);
        var anywhere = new HashSet<int>(
            group.Operands.Concat(group.Prologue.Concat(views).SelectMany(n => graph[n].Inputs)).Select(i => graph.RootOf(i)));
        var lastReader = new Dictionary<int, int>();
        for (var i = 0; i < group.Epilogue.Count; i++)
        {
            foreach (var input in graph[group.Epilogue[i]].Inputs)
                lastReader[graph.RootOf(input)] = i;
        }
        for (var i = 0; i < group.Epilogue.Count; i++)
        {
            // Operands of the space's size; smaller ones are read again at other elements.
            foreach (var operand in lastReader.Where(r => r.Value <= i && !members.Contains(r.Key) && !anywhere.Contains(r.Key)).Select(r => r.Key).OrderBy(r => r))
            {
                if (graph[operand].Type.Count == group.Space.Count && graph[operand].Type.Rows == group.Space.Rows)
                    yield return (operand, group.Epilogue[i]);
            }
        }
    }
}
