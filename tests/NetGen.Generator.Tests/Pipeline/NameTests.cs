using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>The user's names may be any: also all those that generated code uses.</summary>
public class NameTests
{
    private const string Members =
        """
            private readonly global::NetGen.Layer layers = global::NetGen.Layers.Sequential(
                global::NetGen.Layers.Conv2D(2, 3), global::NetGen.Ops.Relu, global::NetGen.Layers.MaxPool2D(2), global::NetGen.Ops.Flatten,
                global::NetGen.Layers.Dense(3), global::NetGen.Layers.Dropout(0.5f), global::NetGen.Ops.Gelu, global::NetGen.Layers.Dense(2));

            public global::NetGen.Tensor Forward([global::NetGen.Shape(6, 6, 1)] global::NetGen.Tensor image) => layers(image);

            [global::NetGen.Objective]
            public global::NetGen.Tensor Loss(global::NetGen.Tensor image, global::NetGen.Labels label) => global::NetGen.Ops.CrossEntropy(Forward(image), label);
        """;

    /// <summary>C# itself, or the program here, gives these a meaning.</summary>
    private static readonly HashSet<string> Meant =
        ["Net", "N", "layers", "System", "NetGen", "Forward", "Loss", "Predict", "Parameters", "Device", "Plan", "Summary", "Save", "Load", "Step", "Dispose", "var", "nint", "_"];

    /// <summary>Every identifier in the files that are generated for networks of several kinds.</summary>
    private static readonly Lazy<string[]> Names = new(() =>
    [
        .. new[] { $"namespace N; [global::NetGen.Network] public sealed partial class Net {{ {Members} }}", Parameters("w", "b") }
            .Select(source => Compiler.Compile(Compiled.Model(source)))
            .SelectMany(network => new[] { network.Api.Text, network.Programs.Text, network.Kernels.Text })
            .SelectMany(Compiled.Tokens).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)
            .Concat(["b", "v", "rest", "lanes", "result", "key1", "d_layers", "state", "networkState", "nameof", "Objective", "MethodImpl"])
            .Where(name => !Meant.Contains(name) && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None).Distinct().Order(StringComparer.Ordinal),
    ]);

    [Fact]
    public void Types_in_the_namespace() => Right(
        $"namespace N {{ {Types} [global::NetGen.Network] public sealed partial class Net {{ {Members} }} }}");

    [Fact]
    public void Types_in_the_global_namespace() => Right($"{Types} namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {Members} }} }}");

    [Fact]
    public void Nested_types() => Right($"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {Types} {Members} }} }}");

    [Fact]
    public void Methods() => Right(
        $"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {string.Concat(Names.Value.Select(name => $"static void @{name}(object o) {{ }} "))} {Members} }} }}");

    [Fact]
    public void Fields() => Right(
        $"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {string.Concat(Names.Value.Select(name => $"public int @{name}; "))} {Members} }} }}");

    [Fact]
    public void Global_aliases() => Right(
        string.Concat(Names.Value.Select(name => $"global using @{name} = Others.Other; ")) + "namespace Others { class Other; } "
        + $"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {Members} }} }}");

    [Fact]
    public void Namespaces_inside() => Right(
        $"namespace N.System {{ class Math; }} namespace N.NetGen.Runtime {{ }} namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {Members} }} }}");

    [Fact]
    public void Entry_points() => Right(
        $"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {Members} "
        + string.Concat(Names.Value.Select((name, i) => $"public global::NetGen.Tensor @{name}([global::NetGen.Shape(3)] global::NetGen.Tensor @{Names.Value[(i + 1) % Names.Value.Length]}) => @{Names.Value[(i + 1) % Names.Value.Length]} + 1f; "))
        + "} }");

    /// <summary>Bare parameters, each of which is the name of a local and of an operand.</summary>
    [Fact]
    public void Weights() => Right(
        [.. Names.Value.Chunk(60).Select((names, i) => Parameters(names).Replace("class Net ", $"class Net{i} ", StringComparison.Ordinal))]);

    /// <summary>Keywords, letters of other scripts, and names that differ in case only.</summary>
    [Fact]
    public void Hint_names() => Right(
        "namespace @class.@event { [global::NetGen.Network] public sealed partial class @for { private readonly global::NetGen.Layer @if = global::NetGen.Layers.Dense(1); "
        + "public global::NetGen.Tensor Forward([global::NetGen.Shape(2)] global::NetGen.Tensor @in) => @if(@in); public global::NetGen.Tensor @while(global::NetGen.Tensor @in) => @if(@in); } }",
        Small("N", "Net"), Small("N", "NET"), Small("n", "Net"), Small("M", "Net"), Small("N", "Größe"), Small("N", "日本"), Small("N.Net2", "Kernels"), Small("n", "net2"));

    /// <summary>C# reports the second attribute; the network is compiled once, and so are others.</summary>
    [Fact]
    public void Two_parts_with_the_attribute() => Assert.Equal(["CS0579"], Compiled.All(
        $"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {Members} }} [global::NetGen.Network] partial class Net; }}", Small("N", "Other")).Select(f => f.Id));

    /// <summary>What begins with d_ is no gradient: the kernel's input is x.</summary>
    [Fact]
    public void A_field_that_is_called_like_a_gradient()
    {
        var model = Compiled.Model("[Network] public partial class Net { private readonly Layer d_layer = Dense(3); public Tensor Forward([Shape(3)] Tensor x) => Tanh(d_layer(Tanh(d_layer(x)))); }");

        Assert.DoesNotContain("_backward", Compiler.Compile(model).Kernels.Text, StringComparison.Ordinal);
    }

    private static string Types => string.Concat(Names.Value.Select(name => $"class @{name}; "));

    private static string Small(string space, string name) =>
        $"namespace {space} {{ [global::NetGen.Network] public sealed partial class {name} {{ public global::NetGen.Tensor Forward([global::NetGen.Shape(2)] global::NetGen.Tensor x) => x + x; }} }}";

    private static string Parameters(params string[] names) =>
        $"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {string.Concat(names.Select(n => $"private readonly global::NetGen.Parameter @{n} = global::NetGen.Layers.Parameter(4); "))}"
        + $"public global::NetGen.Tensor Forward([global::NetGen.Shape(4)] global::NetGen.Tensor input) => {names.Aggregate("input", (sum, n) => $"({sum} * this.@{n} + this.@{n})")}; "
        + "[global::NetGen.Objective] public global::NetGen.Tensor Loss(global::NetGen.Tensor input) => global::NetGen.Ops.Mean(Forward(input)); } }";

    /// <summary>No error of C# or of NetGen, and nothing lost.</summary>
    private static void Right(params string[] sources) => Assert.Empty(Compiled.All(sources)
        .Where(found => found.Id.StartsWith("NG", StringComparison.Ordinal) || IsError(found.Id)).Take(10));

    private static bool IsError(string id) => id is not ("CS0169" or "CS0649" or "CS8981" or "CS0108" or "CS0436" or "CS0437" or "CS0114");
}
