using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations;

/// <summary>The weights of a layer inside of another: "self_attn." in front of their names.</summary>
internal sealed class NestedScope(IParameterScope outer, string prefix) : IParameterScope
{
    public Value Parameter(string name, int[] dims, InitializerModel initializer, FileLayout layout) =>
        outer.Parameter(prefix + name, dims, initializer, layout);

    public Value State(string name, int[] dims, InitializerModel initializer, FileLayout layout) =>
        outer.State(prefix + name, dims, initializer, layout);
}
