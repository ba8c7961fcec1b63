using System.Globalization;
using System.Runtime.CompilerServices;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission;

/// <summary>A kernel's name, and what it computes in words: the same for every backend.</summary>
internal static class KernelDescription
{
    /// <summary>"features_0: Conv2D → MaxPool2D → Add(bias) → Relu   [B, 28, 28, 1] → [B, 13, 13, 32]".</summary>
    public static IEnumerable<string> Lines(FusedProgram program, KernelGroup group)
    {
        var graph = program.Graph;
        // The convolution before its pooling is in the kernel, but no result of it.
        var inner = group.Body is null or PointwiseBody
            ? []
            : group.Results.SelectMany(r => graph[r].Inputs).Select(program.Root).Distinct()
                .Except(group.Operands.Select(program.Root)).Where(n => !group.Members.Contains(n) && graph[n].Operation is not Leaf).ToArray();
        var members = new HashSet<int>(group.Members.Concat(inner));
        var isInParts = group.Body is ContractionBody { HasResultPerPart: true };
        var steps = inner.Concat(group.Members.Except(isInParts ? group.Results.Skip(1) : [])).Select(n =>
        {
            var node = graph[n];
            var others = node.Inputs.Select(i => graph[program.Root(i)])
                .Where(i => !members.Contains(i.Id)).Select(i => i.Operation switch
                {
                    Weight weight => weight.Parameter,
                    Input input => input.Parameter,
                    Constant constant => Text.Literal(constant.Number),
                    BatchReciprocal reciprocal => reciprocal.Title,
                    RowsReciprocal reciprocal => reciprocal.Title,
                    _ => NameOf(program, i.Id),
                });
            var title = isInParts && n == group.Results[0] ? $"{node.Operation.Title} … {graph[group.Results.Last()].Operation.Title}" : node.Operation.Title;
            return $"{title}({string.Join(", ", others)})";
        });
        yield return $"{group.Name}: {string.Join(" → ", steps)}";
        var reads = group.Reads(graph).Select(v => graph[v].Type.ToString());
        // What others read it by, where that is not the kernel's own name.
        var writes = group.Stores.Select(v => (NameOf(program, v) is var name && name == group.Name ? "" : name + " ") + graph[v].Type).Concat(group.Updates(graph).Select(u => "updates " + u));
        yield return $"    {string.Join(", ", reads)} → {string.Join(", ", writes)}";
    }

    /// <summary>
    /// The name of a value: "layers_2", or "forward%12" where other kernels make values of that name that are read too, as the functions
    /// that Forward itself calls do.
    /// </summary>
    private static string NameOf(FusedProgram program, int value)
    {
        var name = program.Graph[value].Name;
        return name.Length == 0 || Shared.GetValue(program, SharedOf).Contains(name)
            ? $"{name}%{value.ToString(CultureInfo.InvariantCulture)}"
            : name;
    }

    private static readonly ConditionalWeakTable<FusedProgram, HashSet<string>> Shared = new();

    private static HashSet<string> SharedOf(FusedProgram program)
    {
        var read = new HashSet<int>(program.Groups.SelectMany(group => group.Reads(program.Graph)));
        return new HashSet<string>(program.Groups
            .SelectMany(group => group.Stores.Where(value => read.Contains(program.Root(value))).Select(value => program.Graph[value].Name).Distinct())
            .GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    /// <summary>"features_0_forward", "features_0_backward", "features_0_weight_update".</summary>
    public static string Name(TensorGraph graph, KernelGroup group) => Name(graph, group, "");

    /// <summary>
    /// The same, unless it is taken: a layer's other kernels say how they come to their result and what they make beside it,
    /// "features_3_winograd_forward_with_max_pool2d_indices".
    /// </summary>
    public static string Name(TensorGraph graph, KernelGroup group, UniqueNames names)
    {
        var name = Name(graph, group);
        if (names.TryTake(name))
            return name;
        var operations = (group.Results.Count > 0 ? group.Results : group.Epilogue).Select(n => Words(graph[n].Operation.Title)).Distinct().ToArray();
        var others = operations.Skip(1).Where(_ => group.Results.Count > 0).ToArray();
        var way = group.Body is WinogradBody winograd
            ? "_winograd" + (winograd.Kind == WinogradKind.WeightGradient ? "_products" : "")
            : others.Length > 0 ? "" : "_" + operations[0];
        return names.Take(Name(graph, group, way) + (others.Length > 0 ? "_with_" + string.Join("_and_", others) : ""));
    }

    private static string Name(TensorGraph graph, KernelGroup group, string operation)
    {
        var update = group.Results.Concat(group.Epilogue).Select(n => graph[n].Operation).OfType<OptimizerStep>().FirstOrDefault();
        return update is not null
            ? $"{Names.Identifier(update.Parameter)}{operation}_update"
            : $"{Names.Identifier(group.Origin.Name)}{operation}{(group.Origin.IsGradient ? "_backward" : "_forward")}";
    }

    /// <summary>Whether it is a gradient is said by the kernel's direction.</summary>
    private static string Words(string title)
    {
        const string gradient = "_gradient";
        var words = Names.Words(title);
        return words.EndsWith(gradient, StringComparison.Ordinal) ? words.Substring(0, words.Length - gradient.Length) : words;
    }
}
