using NetGen.Generator.Graph;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// The pointwise chain behind a body whose results lie in columns: how it reaches operands of the result's shape, one number per column, and one number.
/// </summary>
internal sealed class ColumnEpilogue(TensorGraph graph, KernelGroup group, KernelSignature signature, int columns)
{
    /// <summary>It draws random numbers, which go by the element's place in the whole tensor.</summary>
    public bool UsesElement { get; } = signature.Parameters.Any(p => p.Kind == ParameterKind.Key);

    /// <summary>What it needs, and what it and the body store, but for these results.</summary>
    public IEnumerable<KernelParameter> Parameters(Func<int, bool> isStoredElsewhere) => signature.Parameters.Where(p =>
        p.Kind != ParameterKind.Value || Reads(p.Value) || (group.Stores.Contains(p.Value) && !isStoredElsewhere(p.Value)));

    public bool Reads(int root) => group.Epilogue.Any(n => graph[n].Inputs.Any(i => graph.RootOf(i) == root));

    /// <summary>C# of an argument for a part of the results.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="column">The first column.</param>
    /// <param name="at">The offset of the first element.</param>
    /// <param name="name">The tensor, where it is not called as the parameter is.</param>
    public string Argument(KernelParameter parameter, string column, string at, string? name = null) => parameter.Kind == ParameterKind.Key
        ? parameter.Name
        : IsColumn(parameter)
            ? ElementEmitter.At(parameter.Name, column)
            : IsNumber(parameter)
                ? $"ref {parameter.Name}"
                : ElementEmitter.At(name ?? parameter.Name, at);

    /// <param name="offset">C# of the offset of the first element.</param>
    /// <param name="column">C# of the first column.</param>
    /// <param name="masked">Only some of a vector's elements exist.</param>
    /// <param name="element">C# of the element's number in the whole tensor, where that is not <c>element + offset</c>.</param>
    public ElementAccess Access(string offset, string column, bool masked, string? element = null) => new()
    {
        Offset = offset,
        Element = element ?? (UsesElement ? $"element + {offset}" : offset),
        Count = masked ? "count" : null,
        Load = value => PointwiseEmitter.Load(
            graph,
            value,
            graph[value].Type.Count != 1 || group.Space.Count == 1 ? 1 : 0,
            graph[value].Type.Count == 1 && group.Space.Count != 1
                ? $"ref {signature.Name(value)}"
                : ElementEmitter.At(signature.Name(value), IsColumnValue(graph.RootOf(value)) ? column : offset),
            masked ? "count" : null),
    };

    private bool IsNumber(KernelParameter p) => p.Kind == ParameterKind.Value && graph[p.Value].Type is { Count: 1, Batched: false } && group.Space.Count != 1;

    private bool IsColumn(KernelParameter p) => p.Kind == ParameterKind.Value && !group.Stores.Contains(p.Value) && IsColumnValue(p.Value);

    private bool IsColumnValue(int value) =>
        (graph[value].Type.Batched != group.Space.Batched || graph[value].Type.Count != group.Space.Count)
        && !graph[value].Type.Batched && graph[value].Type.Count == columns;
}
