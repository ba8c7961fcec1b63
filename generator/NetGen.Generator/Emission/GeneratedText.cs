using System.Text.RegularExpressions;
using NetGen.Generator.Common;

namespace NetGen.Generator.Emission;

/// <summary>
/// A generated file behind the user's class. Its code stands in a namespace of its own and names types by aliases in that namespace, which
/// C# looks up before anything that a project can declare: its types, members, aliases and global usings. So the text is short, and means
/// the same in every project.
/// </summary>
internal static class GeneratedText
{
    /// <summary>The class of a network's programs: what the members of the user's class call.</summary>
    public const string Programs = "Programs";

    /// <summary>The class of a network's kernels for processors, and that for CUDA devices.</summary>
    public const string Kernels = "Kernels", CudaKernels = "CudaKernels";

    private const string System = "System", Compiler = "System.Runtime.CompilerServices", Interop = "System.Runtime.InteropServices", Intrinsics = "System.Runtime.Intrinsics";

    private const string Library = "NetGen", Runtime = "NetGen.Runtime", Cuda = "NetGen.Cuda", Device = "NetGen.Cuda.Kernels", Ilgpu = "ILGPU";

    /// <summary>
    /// Namespaces of generic types, for which there are no aliases: what a project declares in these itself is the only thing that could be
    /// in the way. Those of NetGen itself are seen, since the file's namespace is below it.
    /// </summary>
    private static readonly (string Namespace, string[] Types)[] Generics =
    [
        (System, ["Span", "ReadOnlySpan"]), (Runtime, ["IVector", "OptimizerState", "SessionProgram", "StencilTiles", "TileGrid"]), (Cuda, ["CudaBuffer"]), (Ilgpu, ["ArrayView"]),
    ];

    private static readonly Dictionary<string, string> Types = Table(
        (System, ["Math"]),
        (Compiler, ["MethodImplAttribute", "Unsafe"]),
        (Interop, ["MemoryMarshal"]),
        (Intrinsics, ["Vector128", "Vector256", "Vector512"]),
        (Library, ["BatchResult", "ColumnSpec", "ColumnType", "FileLayout", "Initializer", "ParameterLayout", "ResidentData"]),
        (Runtime,
        [
            "Arguments", "AttentionKernels", "AttentionShape", "BatchNormKernels", "CallFrame", "ColumnKernels", "CopyKernels", "CtcKernels", "IndexKernels", "Jit", "NetworkState", "NormKernels", "Objective", "OptimizerKernel", "PackKernels",
            "ParallelBody", "Partition", "Philox", "PhiloxKey", "PoolKernels", "PositionKernels", "RecurrenceKernels", "RecurrenceShape",
            "ResampleKernels", "RowLoops", "ScanKernels", "SoftmaxKernels", "StencilKernels", "StencilShape", "StepKernels", "SumLoops", "TileSteps", "V1", "V128", "V256", "V512", "VectorMath", "WinogradKernels", "WinogradF2", "WinogradF3", "WinogradShape",
        ]),
        (Cuda, ["CudaArguments", "CudaCall", "CudaPlace", "CudaProgram", "CudaRows", "CudaSize", "CudaSourceAttribute"]),
        (Device, ["BlockSum", "Float4", "Lane", "OptimizerRuns", "PoolWindows", "PtxArithmetic", "PtxMatrix", "PtxMemory", "StepState"]),
        (Ilgpu, ["Grid", "Group", "IntrinsicMath", "SharedMemory"]));

    /// <summary>What has another meaning in the file for CUDA devices.</summary>
    private static readonly Dictionary<string, string> DeviceTypes = Table(
        (Device, ["AttentionKernels", "AttentionShape", "BFloat16Kernels", "BatchNormKernels", "CopyKernels", "CtcKernels", "IndexKernels", "NormKernels", "PoolKernels", "PositionKernels", "RecurrenceKernels", "RecurrenceShape", "ResampleKernels", "ScanKernels", "SoftmaxKernels"]));

    /// <summary>The names that mean a type in generated code: nothing else may be called so.</summary>
    public static IReadOnlyCollection<string> Reserved { get; } = new HashSet<string>(
        Types.Keys.Concat(DeviceTypes.Keys).Concat(Generics.SelectMany(g => g.Types)).Concat(["IOptimizer", Programs, Kernels, CudaKernels, "V", "TOptimizer"]));

    /// <summary>C# of the namespace of what is generated for a network.</summary>
    public static string Namespace(NetworkModel model)
    {
        if (model.Variant is null)
            return "NetGen.Generated." + Names.EscapeParts(model.FullName);
        // Beside what the network itself has in its namespace.
        var around = model.FullName.Substring(0, model.FullName.Length - model.Name.Length - 1);
        return $"NetGen.Generated.{Names.EscapeParts(around)}.Variants.{Names.Escape(model.Name)}";
    }

    /// <summary>C# of the user's class, from anywhere.</summary>
    public static string Class(NetworkModel model) => "global::" + Names.EscapeParts(model.FullName);

    /// <summary>The file: its namespace, the meaning of the names in it, and the code.</summary>
    public static string File(NetworkModel model, string code, bool forDevice = false)
    {
        var words = new HashSet<string>(Regex.Matches(code, "[A-Za-z_][A-Za-z0-9_]*").Cast<Match>().Select(match => match.Value));
        var file = new CodeWriter();
        Header(file);
        file.Line();
        file.Line($"namespace {Namespace(model)};");
        file.Line();
        // A name of the user's in a comment or text may be one of these; what a project has no package for is not there to be named.
        bool Has(string space) => model.HasCuda || !(space.StartsWith(Cuda, StringComparison.Ordinal) || space.StartsWith(Ilgpu, StringComparison.Ordinal));
        foreach (var (space, types) in Generics)
        {
            if (Has(space) && types.Any(words.Contains))
                file.Line($"using global::{space};");
        }
        foreach (var name in words.Where(word => (Types.TryGetValue(word, out var type) && Has(type)) || (forDevice && DeviceTypes.ContainsKey(word))).OrderBy(word => word, StringComparer.Ordinal))
            file.Line($"using {name} = global::{(forDevice && DeviceTypes.TryGetValue(name, out var own) ? own : Types[name])};");
        file.Line();
        file.Lines(code);
        return file.ToString();
    }

    /// <summary>The first lines of every file.</summary>
    public static void Header(CodeWriter file)
    {
        file.Line("// <auto-generated/>");
        file.Line("#nullable enable");
        file.Line("#pragma warning disable");
    }

    private static Dictionary<string, string> Table(params (string Namespace, string[] Types)[] rows) =>
        rows.SelectMany(row => row.Types.Select(type => (type, row.Namespace))).ToDictionary(row => row.type, row => row.Namespace + "." + row.type);
}
