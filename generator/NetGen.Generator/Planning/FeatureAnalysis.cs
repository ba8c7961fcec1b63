using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Planning;

/// <summary>
/// Gives every weight the order of features that PyTorch has, for files. Images lie here as [h, w, c] and there as [c, h, w], so a dense
/// layer that reads a flattened image has its inputs in another order there. The order follows from the operations' rules
/// (<see cref="Operation.Order"/>): first from operands to results, over all methods; then from those that need an image to what
/// has no order of its own yet (outputs of dense layers that are reshaped to an image, bare parameters); then results of three dimensions
/// are images; what is left has the order of memory. Rows, as attention and recurrent layers take them, have it too. Where two uses
/// contradict each other PyTorch's order is unknown, and files have that of memory and say so.
/// </summary>
internal sealed class FeatureAnalysis
{
    private readonly NetworkModel model;
    private readonly CancellationToken cancellation;
    private readonly OrderTable table = new();
    private readonly Dictionary<string, OrderSlot> parameters = [];
    private readonly Dictionary<string, WeightSlots> weights = [];

    /// <summary>The slots of each method's values.</summary>
    private readonly List<OrderSlot[]> values = [];

    /// <summary>For each slot the nodes that it is an operand, a result or an axis of.</summary>
    private readonly Dictionary<int, List<(int Method, int Node)>> rules = [];

    private readonly List<bool[]> given = [];

    /// <summary>Which values of each method are rows in PyTorch.</summary>
    private readonly List<bool[]> rows = [];

    private FeatureAnalysis(NetworkModel model, CancellationToken cancellation)
    {
        this.model = model;
        this.cancellation = cancellation;
        foreach (var parameter in model.Parameters)
        {
            var slot = table.Add(parameter.Dims);
            parameters.Add(parameter.Name, slot);
            if (parameter.Layout is not (FileLayout.Linear or FileLayout.Convolution))
                continue;
            // Its axes have orders of their own; its numbers as a whole are only summed up in penalties.
            table.Claim(slot, FeatureOrder.Plain(parameter.Dims));
            var axes = parameter.Dims.Skip(parameter.Dims.Count - 2).Select(dim => table.Add(EquatableArray.Create(dim))).ToArray();
            weights.Add(parameter.Name, new WeightSlots(axes[0], axes[1]));
        }
        for (var m = 0; m < model.Methods.Count; m++)
            AddMethod(m);
    }

    public static NetworkModel Run(NetworkModel model, CancellationToken cancellation = default) => new FeatureAnalysis(model, cancellation).Run();

    private NetworkModel Run()
    {
        foreach (var (method, node) in Nodes())
            Apply(method, node, forwardOnly: true);
        table.Settle();
        foreach (var (method, node) in Nodes())
            Apply(method, node, forwardOnly: false);
        Propagate();
        foreach (var (graph, slots) in model.Methods.Select(m => m.Graph).Zip(values, (graph, slots) => (graph, slots)))
        {
            foreach (var result in graph.Outputs.Where(o => o.Role == "result").Select(o => slots[o.Value]))
                Default(result, result.Dims.Count == 3 ? FeatureOrder.Image(result.Dims) : null);
        }
        // Weights last: each follows from the values that read it.
        foreach (var (method, node) in Nodes().Where(n => Graph(n.Method)[n.Node].Operation is not Weight))
            Default(values[method][node], FeatureOrder.Plain(values[method][node].Dims));
        return model with { Parameters = model.Parameters.Select(Ordered).ToEquatableArray() };
    }

    private void AddMethod(int method)
    {
        var graph = Graph(method);
        values.Add(graph.Nodes.Select(n => n.Operation is Weight weight ? parameters[weight.Parameter] : table.Add(n.Type.Dims)).ToArray());
        var isGiven = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes.Until(cancellation))
        {
            var isImage = node.Operation is Input && node.Type.Rank == 3;
            isGiven[node.Id] = node.Operation is not Weight && !isImage && node.Inputs.All(i => isGiven[i]);
            var slots = node.Inputs.Append(node.Id).Select(i => values[method][i])
                .Concat(node.Inputs.Select(i => WeightOf(graph, i)).OfType<WeightSlots>().SelectMany(w => new[] { w.Inputs, w.Outputs }));
            foreach (var slot in slots.Distinct())
            {
                if (!rules.TryGetValue(slot.Index, out var readers))
                    rules.Add(slot.Index, readers = []);
                readers.Add((method, node.Id));
            }
        }
        given.Add(isGiven);
        rows.Add(Rows(graph));
    }

    /// <summary>
    /// What is made of the results of operations that take rows is rows; and before them what nothing reads but what takes rows in the end.
    /// What something else reads as well may be transposed before that or behind it, which nobody knows.
    /// </summary>
    private bool[] Rows(TensorGraph graph)
    {
        var isRows = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
            isRows[node.Id] = node.Operation.RowUse == RowUse.Takes || (node.Operation.RowUse == RowUse.Keeps && node.Inputs.Any(i => isRows[i]));
        var readers = graph.Nodes.SelectMany(node => node.Inputs.Select(input => (Input: input, Node: node))).ToLookup(r => r.Input, r => r.Node);
        var results = new HashSet<int>(graph.Outputs.Select(output => output.Value));
        bool TakesRows(Node reader) => reader.Operation.RowUse == RowUse.Takes || (reader.Operation.RowUse == RowUse.Keeps && isRows[reader.Id]);
        for (var id = isRows.Length - 1; id >= 0; id--)
            isRows[id] |= readers[id].Any() && readers[id].All(TakesRows) && !results.Contains(id);
        return isRows;
    }

    private TensorGraph Graph(int method) => model.Methods[method].Graph;

    private IEnumerable<(int Method, int Node)> Nodes() =>
        Enumerable.Range(0, model.Methods.Count).SelectMany(m => Enumerable.Range(0, Graph(m).Nodes.Count).Until(cancellation).Select(n => (m, n)));

    /// <summary>
    /// Those of a weight, also where it is seen with more dimensions before its two axes, as that of a sequence's convolution is, or
    /// divided by a number.
    /// </summary>
    private WeightSlots? WeightOf(TensorGraph graph, int value)
    {
        var root = graph[graph.RootOf(value)];
        while (root.Operation.ScalesWeight)
            root = graph[graph.RootOf(root.Inputs[0])];
        return root.Operation is Weight weight && weights.TryGetValue(weight.Parameter, out var slots)
            && root.Type.Dims.Skip(root.Type.Rank - 2).SequenceEqual(graph[value].Type.Dims.Skip(graph[value].Type.Rank - 2)) ? slots : null;
    }

    private void Apply(int method, int id, bool forwardOnly)
    {
        var (graph, slots) = (Graph(method), values[method]);
        var node = graph[id];
        node.Operation.Order(new OrderContext(
            table,
            node.Inputs.Select(i => slots[i]).ToArray(),
            slots[id],
            node.Inputs.Select(i => WeightOf(graph, i)).ToArray(),
            node.Inputs.Select(i => given[method][i]).ToArray())
        {
            ForwardOnly = forwardOnly,
            OperandIsRows = node.Inputs.Count > 0 && rows[method][node.Inputs[0]],
            ResultIsRows = rows[method][id],
        });
    }

    private void Propagate()
    {
        while (table.TryNextChanged(out var slot))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!rules.TryGetValue(slot, out var readers))
                continue;
            foreach (var (method, node) in readers)
                Apply(method, node, forwardOnly: false);
        }
    }

    private void Default(OrderSlot slot, FeatureOrder? order)
    {
        if (order is null || table[slot] is not null)
            return;
        table.Claim(slot, order);
        Propagate();
    }

    private ParameterModel Ordered(ParameterModel parameter)
    {
        var unknown = parameter with { IsOrderKnown = parameter.Count == 1 };
        if (weights.TryGetValue(parameter.Name, out var axes))
        {
            var (inputs, outputs) = (table[axes.Inputs], table[axes.Outputs]);
            if (inputs is { IsKnown: false } || outputs is { IsKnown: false })
                return unknown;
            return parameter with { Inputs = Moved(inputs), Outputs = Moved(outputs) };
        }
        return table[parameters[parameter.Name]] switch
        {
            null => parameter,
            { IsKnown: false } => unknown,
            { Axes: var count } when count > 0 && count == parameter.Dims.Count - 1 => parameter with { Layout = FileLayout.ChannelsFirst },
            { IsPlain: true } => parameter,
            var order when parameter.Dims.Count == 1 => parameter with { Outputs = Moved(order) },
            _ => unknown,
        };
    }

    /// <summary>Nothing where all is as in memory.</summary>
    private static EquatableArray<FeatureBlock> Moved(FeatureOrder? order) => order is null or { IsPlain: true } ? default : order.Blocks;
}
