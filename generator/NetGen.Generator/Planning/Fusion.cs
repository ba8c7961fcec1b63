using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Planning;

/// <summary>
/// Cuts the graph into kernels. A pointwise node goes into the kernel that makes the latest of its operands, if every element it needs
/// is at hand there (the same element, one per column, or one number); a pooling goes into the contraction it reads; siblings that
/// share their operands merge where their operation has a kernel for all of them. Values without operands (constants,
/// random masks) are computed again wherever they are needed and never stored.
/// </summary>
internal sealed class Fusion
{
    private readonly TensorGraph graph;
    private readonly List<Node>[] users;
    private readonly KernelBody?[] bodies;

    /// <summary>What leaves the program, and the memory that it is in.</summary>
    private readonly HashSet<int> outputs, outputRoots;
    private readonly ILookup<string, int> weights;
    private readonly List<Building> groups = [];
    private readonly Building?[] groupOf;

    /// <summary>
    /// How long the chain of a kernel may get, in operations. More would save no memory traffic worth having, and beyond some hundred
    /// locals the JIT keeps values on the stack and stops inlining: eight tanh in one loop took four times as long as in four kernels.
    /// </summary>
    private const int LongestChain = 16;

    private sealed class Building
    {
        public required int Position;
        public required Origin Origin;
        public KernelBody? Body;
        public required TensorType Space;
        public readonly List<int> Results = [];
        public readonly List<int> Operands = [];
        public readonly List<int> Epilogue = [];
        public readonly List<int> Prologue = [];
        public int Length;
        public bool Removed;
    }

    private Fusion(TensorGraph graph, CancellationToken cancellation)
    {
        this.graph = graph;
        users = graph.Users();
        groupOf = new Building?[graph.Nodes.Count];
        outputs = [.. graph.Outputs.Select(o => o.Value)];
        outputRoots = [.. outputs.Select(o => graph.RootOf(o))];
        weights = graph.Nodes.Where(n => n.Operation is Weight).ToLookup(n => ((Weight)n.Operation).Parameter, n => n.Id);
        bodies = graph.Nodes.Until(cancellation).Select(node => node.Operation is Leaf || node.Operation.IsAlias
            ? null
            : LoweringContext.Lower(graph, node)).ToArray();
    }

    public static FusedProgram Run(TensorGraph graph, CancellationToken cancellation = default) => new Fusion(graph, cancellation).Run(cancellation);

    private FusedProgram Run(CancellationToken cancellation)
    {
        foreach (var node in graph.Nodes.Until(cancellation))
        {
            switch (bodies[node.Id])
            {
                case null when node.Operation.IsAlias:
                    groupOf[node.Id] = groupOf[node.Inputs[0]];
                    break;
                case null:
                case PointwiseBody when node.Inputs.Count == 0:
                    break;
                case ViewBody:
                    NewGroup(node);
                    break;
                case PointwiseBody:
                case UpdateBody:
                    AddPointwise(node);
                    break;
                default:
                    if (!TryPool(node) && !TryMergeSibling(node))
                        AddAnchor(node);
                    break;
            }
        }
        return new FusedProgram(graph, groups.Where(g => !g.Removed).Until(cancellation).Select((g, i) => Finish(g, i)).ToEquatableArray());
    }

    private void AddAnchor(Node node)
    {
        var group = new Building { Position = groups.Count, Origin = node.Origin, Body = bodies[node.Id], Space = node.Type };
        group.Results.Add(node.Id);
        group.Operands.AddRange(node.Inputs);
        groups.Add(group);
        groupOf[node.Id] = group;
        if (group.Body is ReductionBody)
            AbsorbPrologue(group);
    }

    private void AddPointwise(Node node)
    {
        var group = LatestProducer(node);
        if (group is null || !Accepts(group, node))
        {
            NewGroup(node);
            return;
        }
        AbsorbViews(group, node);
        Append(group, node);
    }

    private void NewGroup(Node node)
    {
        var group = new Building { Position = groups.Count, Origin = node.Origin, Space = node.Type };
        groups.Add(group);
        AbsorbViews(group, node);
        Append(group, node);
    }

    private void Append(Building group, Node node)
    {
        group.Epilogue.Add(node.Id);
        group.Length += LengthOf(node);
        groupOf[node.Id] = group;
    }

    /// <summary>
    /// Views that only this node reads are read through in its kernel, if that is one of pointwise nodes over the view's elements.
    /// </summary>
    private void AbsorbViews(Building group, Node node)
    {
        if (group.Body is not null)
            return;
        foreach (var view in node.Inputs.Select(i => graph.RootOf(i)).Distinct().Where(i => bodies[i] is ViewBody))
        {
            if (groupOf[view] is { Epilogue.Count: 1 } own && own != group && graph[view].Type == group.Space && bodies[node.Id] is not ViewBody
                && groupOf[graph.RootOf(graph[view].Inputs[0])] != group
                && !outputRoots.Contains(view) && ReadersThroughViews(view).All(reader => reader.Id == node.Id))
            {
                own.Removed = true;
                Append(group, graph[view]);
            }
        }
    }

    /// <summary>What a node adds to a chain: a function made of polynomials, or random numbers, is many operations.</summary>
    private int LengthOf(Node node)
    {
        var calls = (bodies[node.Id] as PointwiseBody)?.Function.Calls ?? 0;
        var draws = node.Inputs.Count(i => graph[graph.RootOf(i)].Operation is RandomOperation);
        return Math.Max(1, 8 * (calls + draws));
    }

    /// <summary>The last group among those that make the node's operands; one in which it can see all operands at the earliest.</summary>
    private Building? LatestProducer(Node node) =>
        node.Inputs.Select(i => groupOf[i]).Where(g => g is not null).OrderByDescending(g => g!.Position).FirstOrDefault();

    private bool Accepts(Building group, Node node)
    {
        if (group.Body is RuntimeCallBody or StepLoopBody || group.Length >= LongestChain)
            return false;
        if (node.Type.Rows != group.Space.Rows || node.Type.Count != group.Space.Count || !HasRowsOf(group, node))
            return false;
        if (node.Inputs.Any(i => !CanRead(group, node, i)))
            return false;
        return node.Operation is not Effect effect || ReadersAreDone(group, effect);
    }

    /// <summary>Whether a node counts the same rows as its group: a kernel is told one number of them.</summary>
    private bool HasRowsOf(Building group, Node node)
    {
        var spaces = KernelGroup.Spaces(graph, group.Operands, group.Prologue.Concat(group.Results).Concat(group.Epilogue), group.Space)
            .Concat(KernelGroup.Spaces(graph, [], [node.Id], node.Type));
        return spaces.Distinct().Count() <= 1;
    }

    /// <summary>Whether an operand is at hand at each element of the group's space.</summary>
    private bool CanRead(Building group, Node node, int operand)
    {
        var type = graph[operand].Type;
        if (type.Count == 1 && (!type.Batched || graph.IsRematerialized(operand)))
            return true;
        // Another result of the body than its first (a window index, a merged gradient) is not in the epilogue's registers.
        if (group.Results.Skip(1).Contains(graph.RootOf(operand)))
            return false;
        if (type.Rows == group.Space.Rows && type.Count == group.Space.Count)
            return true;
        // A broadcast operand keeps its meaning only if the node sees the space with the space's own dimensions.
        if (node.Type != group.Space)
            return false;
        return group.Body switch
        {
            null => true,
            ContractionBody contraction => IsColumnOf(contraction.AllColumns),
            StencilBody stencil => IsColumnOf(stencil.Channels),
            WinogradBody { Kind: not WinogradKind.WeightGradient } winograd => IsColumnOf(winograd.Columns),
            _ => false,
        };

        bool IsColumnOf(int columns) => IsColumn(type, columns) && node.Type.Dims[node.Type.Rank - 1] == columns;
    }

    /// <summary>One number per column: a bias.</summary>
    public static bool IsColumn(TensorType type, int columns) =>
        !type.Batched && type.Rank > 0 && type.Count == columns && type.Dims[type.Rank - 1] == columns;

    /// <summary>
    /// A leaf is changed in place, so everything else that reads it must have run: in an earlier group, or here at the same
    /// element.
    /// </summary>
    private bool ReadersAreDone(Building group, Effect effect)
    {
        foreach (var weight in weights[effect.Parameter])
        {
            foreach (var reader in ReadersThroughViews(weight))
            {
                var other = groupOf[reader.Id];
                var sameElement = other == group && group.Epilogue.Contains(reader.Id);
                if (other is null || (other.Position >= group.Position && !sameElement))
                    return false;
            }
        }
        return true;
    }

    private IEnumerable<Node> ReadersThroughViews(int value) =>
        users[value].SelectMany(u => u.Operation.IsAlias ? ReadersThroughViews(u.Id) : [u]);

    /// <summary>A max pooling, or the indices of one, whose operand a contraction makes for nothing else.</summary>
    private bool TryPool(Node node)
    {
        if (node.Operation is not IContractionPooling pooling)
            return false;
        var group = groupOf[node.Inputs[0]];
        if (group is null || group.Removed || group.Epilogue.Count > 0)
            return false;
        if (group.Results.Count == 1 && group.Results[0] == node.Inputs[0]
            && users[node.Inputs[0]].All(u => u.Operation is IContractionPooling other && other.Window == pooling.Window)
            && !outputs.Contains(node.Inputs[0])
            && (group.Body as IPoolingBody)?.WithPooling(pooling.Window, graph[node.Inputs[0]].Type) is { } pooled)
        {
            group.Body = pooled;
            // The pooled value is the first result even when only the indices are met first.
            var value = users[node.Inputs[0]].FirstOrDefault(u => ((IContractionPooling)u.Operation).IsValue);
            if (value is null)
                return false;
            group.Results[0] = value.Id;
            group.Results.AddRange(users[node.Inputs[0]].Where(u => u.Id != value.Id).Select(u => u.Id));
            group.Space = value.Type;
            foreach (var result in group.Results)
                groupOf[result] = group;
            return true;
        }
        return groupOf[node.Id] is not null;
    }

    /// <summary>
    /// All results over the same operands for which one kernel exists: the first of them that is met starts the group and the
    /// rest are in it already.
    /// </summary>
    private bool TryMergeSibling(Node node)
    {
        if (groupOf[node.Id] is not null)
            return true;
        if (node.Operation is not IMergeableOperation mergeable)
            return false;
        var siblings = users[node.Inputs[0]].Where(n => n.Operation is IMergeableOperation && n.Inputs.Equals(node.Inputs)).ToArray();
        if (mergeable.Merge(siblings.Select(s => s.Operation).ToArray(), node.Inputs.Select(i => graph[i].Type).ToArray()) is not { } merged)
            return false;
        AddAnchor(node);
        var group = groupOf[node.Id]!;
        group.Body = merged.Body;
        group.Results.Clear();
        foreach (var position in merged.Order)
        {
            group.Results.Add(siblings[position].Id);
            groupOf[siblings[position].Id] = group;
        }
        return true;
    }

    /// <summary>A pointwise group that only this reduction reads is computed inside it.</summary>
    private void AbsorbPrologue(Building group)
    {
        var operand = group.Operands[0];
        var producer = groupOf[operand];
        if (producer is null || producer.Body is not null || !producer.Epilogue.Contains(operand) || producer.Space != graph[operand].Type)
            return;
        var inside = new HashSet<int>(producer.Epilogue);
        var leaves = producer.Epilogue.Any(n =>
            graph[n].Operation is Effect
            || outputRoots.Contains(n)
            || ReadersThroughViews(n).Any(u => !inside.Contains(u.Id) && u.Id != group.Results[0]));
        if (leaves)
            return;
        group.Prologue.AddRange(producer.Epilogue);
        producer.Removed = true;
        foreach (var node in producer.Epilogue)
            groupOf[node] = group;
    }

    private KernelGroup Finish(Building group, int id)
    {
        var members = new HashSet<int>(group.Results.Concat(group.Epilogue).Concat(group.Prologue));
        var stores = members.Where(m => graph[m].Operation is not OptimizerStep).Where(m =>
            outputRoots.Contains(m)
            || ReadersThroughViews(m).Any(u => !members.Contains(u.Id))).OrderBy(m => m);
        return new KernelGroup(
            id,
            group.Origin,
            group.Body,
            group.Results.ToEquatableArray(),
            group.Operands.ToEquatableArray(),
            group.Prologue.ToEquatableArray(),
            group.Epilogue.ToEquatableArray(),
            group.Space,
            stores.ToEquatableArray());
    }
}
