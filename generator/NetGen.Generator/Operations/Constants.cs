using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations;

/// <summary>Numbers of the program as values.</summary>
internal static class Constants
{
    public static Value Constant(this GraphBuilder graph, float value) => graph.Apply(new Leaves.Constant(value));
}
