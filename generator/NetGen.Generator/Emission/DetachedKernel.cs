using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Rounding;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Operations.Winograd;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission;

/// <summary>
/// A kernel cut out of its program: what it computes, and of everything outside only the memory and the type. Text is made from this alone,
/// so equal layers, whose detached kernels are equal, share theirs.
/// </summary>
/// <param name="Graph"> The kernel's nodes and what they read, numbered from 0. What other kernels make, weights and the caller's tensors
/// are all inputs, named after the part that they play.
/// </param>
/// <param name="Group">The kernel over that graph.</param>
internal sealed record DetachedKernel(TensorGraph Graph, KernelGroup Group)
{
    /// <summary>The kernel without the names, which are those of its first user.</summary>
    public DetachedKernel WithoutNames() => this with
    {
        Graph = Graph with
        {
            Nodes = Graph.Nodes.Select(node => node with
            {
                Origin = default,
                Operation = node.Operation switch
                {
                    Input => new Input(0, "", node.Type),
                    StepLoop loop => loop with { Program = loop.Program.WithoutNames() },
                    StepLoopInSession loop => loop with { Program = loop.Program.WithoutNames() },
                    var operation => operation,
                },
            }).ToEquatableArray(),
        },
        Group = Group.Body is StepLoopBody body ? Group with { Body = body with { Program = body.Program.WithoutNames() } } : Group,
    };
}

/// <summary>A detached kernel and what the numbers in it stand for in one of its places.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Values">The program's value for each of the kernel's.</param>
/// <param name="Updates">The weights that it changes, by what the kernel calls them.</param>
/// <param name="Streams">The random streams that it draws from, by what the kernel calls them.</param>
internal sealed record PlacedKernel(
    DetachedKernel Kernel, IReadOnlyList<int> Values, IReadOnlyDictionary<string, string> Updates, IReadOnlyDictionary<uint, uint> Streams)
{
    public static PlacedKernel Of(TensorGraph graph, KernelGroup group)
    {
        var members = new HashSet<int>(group.Members);
        var seen = new SortedSet<int>(members);
        foreach (var operand in group.Operands.Concat(group.Members.SelectMany(m => graph[m].Inputs)))
        {
            // An operand may be a view of what lies in memory.
            var value = operand;
            while (seen.Add(value) && graph[value].Operation.IsAlias)
                value = graph[value].Inputs[0];
        }
        var values = seen.ToArray();
        var numbers = new Dictionary<int, int>();
        var updates = new Dictionary<string, string>();
        var streams = new Dictionary<uint, uint>();
        var nodes = new List<Node>();
        foreach (var value in values)
        {
            var node = graph[value];
            var isInside = members.Contains(value) || node.Operation.IsAlias || graph.IsRematerialized(value);
            var operation = node.Operation switch
            {
                Update update => update with { Parameter = Short(updates, update.Parameter, n => n.ToString(CultureInfo.InvariantCulture)) },
                Assign => new Assign(""),
                RandomOperation random => random with { Stream = Short(streams, random.Stream, n => (uint)n) },
                _ => isInside ? node.Operation : new Input(0, Part(graph, node), node.Type),
            };
            numbers.Add(value, nodes.Count);
            nodes.Add(new Node(
                nodes.Count, operation, isInside ? node.Inputs.Select(i => numbers[i]).ToEquatableArray() : default, node.Type,
                new Origin("", node.Origin.IsGradient)));
        }
        EquatableArray<int> Numbered(IEnumerable<int> old) => old.Select(v => numbers[v]).ToEquatableArray();
        var kernel = new DetachedKernel(new TensorGraph(nodes.ToEquatableArray(), default), group with
        {
            Id = 0,
            Origin = default,
            Results = Numbered(group.Results),
            Operands = Numbered(group.Operands),
            Prologue = Numbered(group.Prologue),
            Epilogue = Numbered(group.Epilogue),
            Stores = Numbered(group.Stores),
        });
        return new PlacedKernel(kernel, values, updates, streams);
    }

    /// <summary>Weights that kernels call as layers do; one of the user's is a parameter, whatever it is called.</summary>
    private static readonly HashSet<string> WeightNames = ["weight", "bias"];

    /// <summary>
    /// What a kernel calls an operand: the layer's name of a weight, index for positions, x, or dy where it is a gradient.
    /// </summary>
    private static string Part(TensorGraph graph, Node node) => node.Operation switch
    {
        Weight weight => weight.Parameter.Split('.').Last() is var name && WeightNames.Contains(name) ? name : "parameter",
        Transpose or FlipTranspose or WinogradWeights => "weight",
        RoundToBFloat16 => Part(graph, graph[node.Inputs[0]]),
        _ when node.Type.Element == ElementType.UInt8 => "index",
        _ => node.Origin.IsGradient ? "dy" : "x",
    };

    /// <summary>What the kernel calls something: the number of such things that came before.</summary>
    private static T Short<T>(Dictionary<T, T> known, T full, Func<int, T> name)
        where T : notnull
    {
        foreach (var pair in known)
        {
            if (pair.Value.Equals(full))
                return pair.Key;
        }
        var added = name(known.Count);
        known.Add(added, full);
        return added;
    }
}
