using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>What a parameter of a kernel stands for; the launch makes its argument from it.</summary>
internal enum CudaParameterKind
{
    /// <summary>The memory of a value.</summary>
    Value,

    /// <summary>A weight that the kernel changes, and its optimizer state.</summary>
    UpdatedWeight,
    Slot0,
    Slot1,

    /// <summary>The key of a random stream (in Stream).</summary>
    Key,
}

/// <param name="Name">In methods that the kernel calls, and in the kernel itself where it is the parameter's.</param>
/// <param name="Type">Of that.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Value">Of a value's memory.</param>
/// <param name="Weight">Of an updated weight or its state.</param>
/// <param name="Stream">Of a key.</param>
/// <param name="View">The kernel's parameter where the name is a local with its only element: what changes from step to step lies in the device's memory.</param>
internal sealed record CudaParameter(string Name, string Type, CudaParameterKind Kind, int Value = -1, string Weight = "", uint Stream = 0, string View = "")
{
    /// <summary>In a method that the kernel calls.</summary>
    public string Declaration => $"{Type} {Name}";

    /// <summary>In the kernel.</summary>
    public string KernelDeclaration => View.Length == 0 ? Declaration : $"ArrayView<{Type}> {View}";
}

/// <summary>
/// The parameters of one kernel: views of memory, named by the part they play (x, weight, bias, y, dy), so that equal layers share a kernel. None of the names is
/// the user's: beside these few kernels call their locals as they like.
/// </summary>
internal sealed class CudaSignature
{
    private readonly TensorGraph graph;
    private readonly List<CudaParameter> parameters = [];
    private readonly UniqueNames names = new();
    private readonly Dictionary<int, string> byValue = [];
    private readonly Dictionary<(string Weight, CudaParameterKind Kind), string> byWeight = [];
    private readonly Dictionary<uint, string> byStream = [];
    private readonly Dictionary<int, int> numbers = [];
    private readonly HashSet<int> views;

    public CudaSignature(DetachedKernel kernel)
    {
        graph = kernel.Graph;
        var group = kernel.Group;
        views = [.. group.Members.Where(m => LoweringContext.Lower(graph, graph[m]) is ViewBody)];
        foreach (var value in group.Reads(graph).Concat(group.Stores))
        {
            var node = graph[value];
            var name = node.Operation is Input input
                ? input.Parameter
                : node.Type.Element == ElementType.UInt8 ? "index" : node.Origin.IsGradient ? "dx" : "y";
            byValue.Add(value, Add(name, $"ArrayView<{ElementName(node.Type.Element)}>", CudaParameterKind.Value, value));
        }
        foreach (var node in group.Members.Select(m => graph[m]))
        {
            if (node.Operation is Update update)
            {
                Updates = true;
                foreach (var (name, kind) in new[]
                {
                    ("weight", CudaParameterKind.UpdatedWeight), ("slot0", CudaParameterKind.Slot0), ("slot1", CudaParameterKind.Slot1),
                })
                {
                    byWeight.Add((update.Parameter, kind), Add(name, "ArrayView<float>", kind, weight: update.Parameter));
                }
            }
            foreach (var input in node.Inputs)
            {
                if (graph[graph.RootOf(input)].Operation is RandomOperation { Stream: var stream } && !byStream.ContainsKey(stream))
                    byStream.Add(stream, Add("key", "PhiloxKey", CudaParameterKind.Key, stream: stream));
            }
        }
    }

    /// <summary>The kernel takes the optimizer as a type argument.</summary>
    public bool Updates { get; }

    public IReadOnlyList<CudaParameter> Parameters => parameters;

    /// <summary>"&lt;TOptimizer&gt;" behind the names of methods that need it.</summary>
    public string TypeParameters => Updates ? "<TOptimizer>" : "";

    /// <summary>The kernel's parameters in its declaration.</summary>
    public IEnumerable<string> Declarations => parameters.Select(p => p.KernelDeclaration).Concat(OptimizerAndBatch);

    /// <summary>The last of them.</summary>
    public IEnumerable<string> OptimizerAndBatch => Updates ? ["ArrayView<float> prepared", "int batch"] : ["int batch"];

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

    public string Updated(string weight, CudaParameterKind kind) => byWeight[(weight, kind)];

    public string Key(uint stream) => byStream[stream];

    /// <summary>Loads what changes from step to step into locals.</summary>
    public void EmitLoads(CodeWriter writer)
    {
        foreach (var parameter in parameters.Where(p => p.View.Length > 0))
            writer.Line($"var {parameter.Name} = {parameter.View}[0];");
        if (Updates)
            writer.Line("var optimizer = StepState.Optimizer<TOptimizer>(prepared);");
    }

    public static string ElementName(ElementType element) => element switch
    {
        ElementType.Float32 => "float",
        ElementType.Int32 => "int",
        ElementType.BFloat16 => "ushort",
        _ => "byte",
    };

    private string Add(string name, string type, CudaParameterKind kind, int value = -1, string weight = "", uint stream = 0)
    {
        var unique = names.Take(name, "_");
        var view = kind == CudaParameterKind.Key ? names.Take(name + "s", "_") : "";
        parameters.Add(new CudaParameter(unique, type, kind, value, weight, stream, view));
        return unique;
    }
}
