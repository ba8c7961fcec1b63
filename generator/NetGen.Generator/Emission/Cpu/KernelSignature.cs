using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>What a parameter of a kernel stands for; the caller makes its argument from it.</summary>
internal enum ParameterKind
{
    /// <summary>Memory of a value: an operand, or a result where Store.</summary>
    Value,

    /// <summary>A weight that the kernel changes, and its optimizer state.</summary>
    UpdatedWeight,
    Slot0,
    Slot1,

    /// <summary>The key of a random stream (in Stream).</summary>
    Key,
}

internal sealed record KernelParameter(string Name, string Declaration, ParameterKind Kind, int Value = -1, string Weight = "", uint Stream = 0);

/// <summary>
/// The parameters of one kernel. Their names say the part they play (x, weight, bias, y, dy), not the layer, so that equal layers give
/// equal text and share a kernel. None of them is the user's: beside these few names kernels call their locals as they like.
/// </summary>
internal sealed class KernelSignature
{
    private readonly TensorGraph graph;
    private readonly List<KernelParameter> parameters = [];
    private readonly UniqueNames names = new();
    private readonly Dictionary<int, string> byValue = [];
    private readonly Dictionary<(string Weight, ParameterKind Kind), string> byWeight = [];
    private readonly Dictionary<uint, string> byStream = [];
    private readonly Dictionary<int, int> numbers = [];
    private readonly HashSet<int> views;

    public KernelSignature(DetachedKernel kernel)
    {
        graph = kernel.Graph;
        var group = kernel.Group;
        views = [.. group.Members.Where(m => LoweringContext.Lower(graph, graph[m]) is ViewBody)];
        foreach (var value in group.Reads(graph))
            AddValue(value);
        foreach (var value in group.Stores)
            AddValue(value);
        if (SampleBlocks.PartialSums(group) is { } sums && !byValue.ContainsKey(sums))
            byValue.Add(sums, Add("sums", "ref float", ParameterKind.Value, sums));
        foreach (var node in group.Members.Select(m => graph[m]))
        {
            if (node.Operation is Update update)
            {
                Updates = true;
                foreach (var (name, kind) in new[] { ("weight", ParameterKind.UpdatedWeight), ("slot0", ParameterKind.Slot0), ("slot1", ParameterKind.Slot1) })
                    byWeight.Add((update.Parameter, kind), Add(name, "ref float", kind, weight: update.Parameter));
            }
            foreach (var input in node.Inputs)
            {
                if (StreamOf(graph, graph.RootOf(input)) is { } stream && !byStream.ContainsKey(stream))
                    byStream.Add(stream, Add("key", "PhiloxKey", ParameterKind.Key, stream: stream));
            }
        }
    }

    /// <summary>The kernel takes the optimizer as a type argument.</summary>
    public bool Updates { get; }

    public IReadOnlyList<KernelParameter> Parameters => parameters;

    /// <summary>A value's number in the names of locals: they are counted in the order in which they are met.</summary>
    public int Number(int value)
    {
        if (!numbers.TryGetValue(value, out var number))
            numbers.Add(value, number = numbers.Count);
        return number;
    }

    public string Name(int value) => byValue[graph.RootOf(value)];

    /// <summary>The memory that a load reads: a view of the kernel is a load of its operand.</summary>
    public string Source(int load) => Name(views.Contains(load) ? graph[load].Inputs[0] : load);

    public string Updated(string weight, ParameterKind kind) => byWeight[(weight, kind)];

    public string Key(uint stream) => byStream[stream];

    /// <summary>The stream of random numbers that a node draws from; null if it draws none.</summary>
    public static uint? StreamOf(TensorGraph graph, int node) =>
        (graph[node].Operation as RandomOperation)?.Stream;

    private void AddValue(int value)
    {
        var node = graph[value];
        var name = node.Operation is Input input
            ? input.Parameter
            : node.Type.Element == ElementType.UInt8 ? "index" : node.Origin.IsGradient ? "dx" : "y";
        byValue.Add(value, Add(name, "ref " + ElementName(node.Type.Element), ParameterKind.Value, value));
    }

    private string Add(string name, string declaration, ParameterKind kind, int value = -1, string weight = "", uint stream = 0)
    {
        var unique = names.Take(name);
        parameters.Add(new KernelParameter(unique, declaration, kind, value, weight, stream));
        return unique;
    }

    public static string ElementName(ElementType element) => element switch
    {
        ElementType.Float32 => "float",
        ElementType.Int32 => "int",
        _ => "byte",
    };
}
