using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
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
/// equal text and share a kernel.
/// </summary>
internal sealed class KernelSignature
{
    private readonly TensorGraph graph;
    private readonly List<KernelParameter> parameters = [];
    private readonly HashSet<string> taken = ["batch", "worker", "workers", "optimizer", "element", "count", "begin", "end"];

    public KernelSignature(TensorGraph graph, KernelGroup group)
    {
        this.graph = graph;
        foreach (var value in group.Reads(graph))
            AddValue(value, isResult: false);
        foreach (var value in group.Stores)
            AddValue(value, isResult: true);
        if (SampleBlocks.PartialSums(group) is { } sums && !group.Stores.Contains(sums))
            Add("sums", "ref float", ParameterKind.Value, sums);
        foreach (var node in group.Members.Select(m => graph[m]))
        {
            if (node.Operation is Update update)
            {
                Updates = true;
                Add("weight", "ref float", ParameterKind.UpdatedWeight, weight: update.Parameter);
                Add("slot0", "ref float", ParameterKind.Slot0, weight: update.Parameter);
                Add("slot1", "ref float", ParameterKind.Slot1, weight: update.Parameter);
            }
            foreach (var input in node.Inputs)
            {
                if (graph[FusedProgram.RootOf(graph, input)].Operation is Operations.Dropout.DropoutMask mask && !parameters.Any(p => p.Kind == ParameterKind.Key && p.Stream == mask.Stream))
                    Add("key", "PhiloxKey", ParameterKind.Key, stream: mask.Stream);
            }
        }
    }

    /// <summary>The kernel takes the optimizer as a type argument.</summary>
    public bool Updates { get; }

    public IReadOnlyList<KernelParameter> Parameters => parameters;

    public string Name(int value) =>
        parameters.Single(p => p.Kind == ParameterKind.Value && p.Value == FusedProgram.RootOf(graph, value)).Name;

    public string Updated(string weight, ParameterKind kind) => parameters.Single(p => p.Kind == kind && p.Weight == weight).Name;

    public string Key(uint stream) => parameters.Single(p => p.Kind == ParameterKind.Key && p.Stream == stream).Name;

    private void AddValue(int value, bool isResult)
    {
        var node = graph[value];
        var name = node.Operation switch
        {
            Weight weight => Names.Identifier(weight.Parameter.Split('.').Last()),
            _ when isResult => Names.IsGradient(node.Name) ? "dx" : "y",
            _ => Names.IsGradient(node.Name) ? "dy" : "x",
        };
        Add(name, "ref " + ElementName(node.Type.Element), ParameterKind.Value, value);
    }

    private void Add(string name, string declaration, ParameterKind kind, int value = -1, string weight = "", uint stream = 0)
    {
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
            unique = name + i;
        parameters.Add(new KernelParameter(unique, declaration, kind, value, weight, stream));
    }

    public static string ElementName(ElementType element) => element switch
    {
        ElementType.Float32 => "float",
        ElementType.Int32 => "int",
        _ => "byte",
    };
}
