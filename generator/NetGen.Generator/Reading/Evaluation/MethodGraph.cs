using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>The graph of one method of the network while it is read, over the network's one table of weights.</summary>
internal sealed class MethodGraph(ParameterTable parameters, string scope)
{
    private int checkedNodes;

    public GraphBuilder Builder { get; } = new() { Scope = scope };

    public ParameterTable Parameters { get; } = parameters;

    /// <summary>The lines of <c>Summary()</c>: the layers in the order in which this method calls them.</summary>
    public List<string> LayerLines { get; } = [];

    /// <summary>The kernels address elements with 32-bit offsets within a sample and within the weights.</summary>
    public void CheckSizes(SyntaxNode place)
    {
        for (; checkedNodes < Builder.Nodes.Count; checkedNodes++)
        {
            var type = Builder.Nodes[checkedNodes].Type;
            if (!Fits(type.Dims))
                throw new ReadException(Descriptors.TooLarge, $"{type.Shape} has more than {int.MaxValue} elements per sample.", place);
        }
        if (Parameters.Total > int.MaxValue)
            throw new ReadException(Descriptors.TooLarge, $"With this the network has {Parameters.Total} weights; at most {int.MaxValue} fit.", place);
    }

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
