using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Planning;

/// <summary>
/// Nodes that become one kernel. The anchor is computed by Body (loops); the pointwise nodes of Prologue feed a reduction element by
/// element; those of Epilogue are applied to each result before it is stored, in registers.
/// </summary>
/// <param name="Results">
/// The nodes that Body itself makes: the anchor, and for a body of several results its siblings (pooled value and window index; loss
/// and gradient). Empty for a group of pointwise nodes only.
/// </param>
/// <param name="Space">The element space that the epilogue runs over: the type of the body's result.</param>
/// <param name="Stores">The nodes whose values are needed outside the group.</param>
internal sealed record KernelGroup(
    int Id,
    Origin Origin,
    KernelBody? Body,
    EquatableArray<int> Results,
    EquatableArray<int> Operands,
    EquatableArray<int> Prologue,
    EquatableArray<int> Epilogue,
    TensorType Space,
    EquatableArray<int> Stores)
{
    /// <summary>That of its first node.</summary>
    public string Name => Origin.ToString();

    /// <summary>All nodes that the kernel computes.</summary>
    public IEnumerable<int> Members => Prologue.Concat(Results).Concat(Epilogue);

    /// <summary>The memory that the kernel reads: roots of all operands that it does not make itself, leaves included.</summary>
    public IEnumerable<int> Reads(TensorGraph graph)
    {
        var members = new HashSet<int>(Members);
        return Operands.Concat(Prologue.Concat(Epilogue).SelectMany(n => graph[n].Inputs))
            .Select(i => graph.RootOf(i))
            .Where(i => !members.Contains(i) && !graph.IsRematerialized(i))
            .Distinct();
    }

    /// <summary>The rows that the kernel goes through, whose number it is told: one kind, or samples where it crosses steps.</summary>
    public RowSpace RowsOf(TensorGraph graph) => Members.Any(m => graph[m].Operation.CrossesSteps)
        ? RowSpace.Samples
        : Spaces(graph).Distinct().DefaultIfEmpty(RowSpace.Samples).Single();

    public IEnumerable<RowSpace> Spaces(TensorGraph graph) => Spaces(graph, Operands, Members, Space);

    /// <summary>The kinds of rows among a kernel's values.</summary>
    public static IEnumerable<RowSpace> Spaces(TensorGraph graph, IEnumerable<int> operands, IEnumerable<int> members, TensorType space) =>
        operands.Concat(members.SelectMany(m => graph[m].Inputs)).Concat(members).Select(v => graph[v].Type.Rows)
            .Concat(members.Concat(members.SelectMany(m => graph[m].Inputs).Where(v => graph[v].Operation is Leaf)).Select(v => graph[v].Operation.CountedRows))
            .Append(space.Rows).Where(rows => rows != RowSpace.None);

    /// <summary>The weights and the state that the kernel changes in place.</summary>
    public IEnumerable<string> Updates(TensorGraph graph) =>
        Results.Concat(Epilogue).Select(n => graph[n].Operation).OfType<Operations.Update.Effect>().Select(e => e.Parameter);
}

/// <summary>A graph cut into kernels, in an order in which they can run.</summary>
internal sealed record FusedProgram(TensorGraph Graph, EquatableArray<KernelGroup> Groups)
{
    /// <summary>The value whose memory a node's value is: the node itself, or what it is a reshaped view of.</summary>
    public int Root(int value) => Graph.RootOf(value);
}
