using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>The graph of one method of the network while it is read, over the network's one table of weights.</summary>
internal sealed class MethodGraph(ParameterTable parameters, string scope)
{
    /// <summary>Kernels are nests of as many loops.</summary>
    private const int MostDimensions = 32;

    private readonly List<SyntaxNode> places = [];
    private int checkedNodes;

    public GraphBuilder Builder { get; } = new() { Scope = scope };

    public ParameterTable Parameters { get; } = parameters;

    /// <summary>The rows of <c>Summary()</c>: the layers in the order in which this method calls them.</summary>
    public List<LayerRow> LayerRows { get; } = [];

    public Value Input(int index, InputModel input, SyntaxNode place)
    {
        var scope = Builder.Scope;
        Builder.Scope = input.Name;
        var value = Builder.Apply(new Input(index, input.Name, input.Type) { AreIndices = input.AreIndices });
        Builder.Scope = scope;
        CheckSizes(place);
        return value;
    }

    /// <summary>
    /// The kernels address elements with 32-bit offsets within a sample and within the weights. Returns the steps that reading
    /// has to spend for the nodes since the last check.
    /// </summary>
    public long CheckSizes(SyntaxNode place)
    {
        var cost = 0L;
        for (; checkedNodes < Builder.Nodes.Count; checkedNodes++)
        {
            places.Add(place);
            var node = Builder.Nodes[checkedNodes];
            var type = node.Type;
            cost += Budget.OfNode + (node.Inputs.Count / Budget.Bulk);
            if (type.Rank > MostDimensions)
            {
                throw new ReadException(
                    Descriptors.TooManyDimensions, $"This tensor has {type.Rank} dimensions per sample; at most {MostDimensions} are supported.", place);
            }
            if (!Fits(type.Dims))
                throw new ReadException(Descriptors.TooLarge, $"{type.Shape} has more than {int.MaxValue} elements per sample.", place);
        }
        if (Parameters.Total > int.MaxValue)
        {
            throw new ReadException(
                Descriptors.TooLarge,
                $"With this the network has {Parameters.Total} weights; at most {int.MaxValue} fit.",
                place);
        }
        return cost;
    }

    /// <summary>The expression that added a node; null: not known.</summary>
    public SyntaxNode? Place(int node) => node < places.Count ? places[node] : null;

    /// <summary>Whether an array of these dimensions has at most int.MaxValue elements, without overflow on the way.</summary>
    public static bool Fits(IEnumerable<int> dims)
    {
        var count = 1L;
        foreach (var dim in dims)
        {
            count *= dim;
            if (count > int.MaxValue)
                return false;
        }
        return true;
    }
}

/// <summary>One layer as it was called: "features.0", "Conv2D(32, 3)", its output [26, 26, 32], its 320 weights.</summary>
internal sealed record LayerRow(string Path, string Description, string Output, long Weights)
{
    /// <summary>The rows as a table of aligned columns.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<LayerRow> rows)
    {
        int Width(Func<LayerRow, string> column) => rows.Select(r => column(r).Length).DefaultIfEmpty(0).Max();
        var (path, description, output) = (Width(r => r.Path), Width(r => r.Description), Width(r => r.Output));
        var weights = Width(r => Number(r.Weights));
        return rows.Select(r =>
            $"{r.Path.PadRight(path)}  {r.Description.PadRight(description)}  {r.Output.PadRight(output)}  {Number(r.Weights).PadLeft(weights)}".TrimEnd());
    }

    private static string Number(long count) => count == 0 ? "" : count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
