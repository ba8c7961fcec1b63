using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>The user's names may be any: also all those that generated code uses.</summary>
public partial class NameTests
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
        ["Net", "N", "layers", "System", "NetGen", "ILGPU", "Forward", "Loss", "Predict", "Parameters", "Device", "Plan", "Summary", "Save", "Load", "Step", "Dispose", "var", "nint", "_"];

    private static readonly Lazy<SyntaxToken[]> Identifiers = new(() =>
    [
        .. new[] { $"namespace N; [global::NetGen.Network] public sealed partial class Net {{ {Members} }}", Parameters("w", "b") }
            .Select(source => Compiler.Compile(Compiled.Model(source) with { HasCuda = true }))
            .SelectMany(network => new[] { network.Api.Text, network.Programs.Text, network.Kernels.Text, network.Cuda!.Text })
            .SelectMany(Compiled.Tokens).Where(token => token.IsKind(SyntaxKind.IdentifierToken)),
    ]);

    /// <summary>Every identifier in the files that are generated for networks of several kinds.</summary>
    private static readonly Lazy<string[]> Names = new(() =>
    [
        .. Identifiers.Value.Select(token => token.ValueText)
            .Concat(["b", "v", "rest", "lanes", "result", "key1", "d_layers", "state", "networkState", "nameof", "Objective", "MethodImpl"])
            .Where(name => !Meant.Contains(name) && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None).Distinct().Order(StringComparer.Ordinal),
    ]);

    /// <summary>
    /// Where much is generated for each name, of those that differ in a number or in the layer's part the first, and of those that
    /// generated code only uses one in eight:
    /// other tests here take all. NETGEN_ALL_CASES=1 takes all here too.
    /// </summary>
    private static readonly Lazy<string[]> Operands = new(() =>
    {
        var declared = Identifiers.Value.Where(token => token.Parent is VariableDeclaratorSyntax or ParameterSyntax or SingleVariableDesignationSyntax or TypeParameterSyntax)
            .Select(token => token.ValueText).ToHashSet();
        return [.. Sampled.OfEachKind(Names.Value, name => declared.Contains(name) ? Numbers().Replace(name, "") : "used", oneIn: 8)];
    });

    [GeneratedRegex(@"^(layers_\d|d_loss|d_layers_\d|loss_)\w*|\d+")]
    private static partial Regex Numbers();

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
        + string.Concat(Operands.Value.Select((name, i) => $"public global::NetGen.Tensor @{name}([global::NetGen.Shape(3)] global::NetGen.Tensor @{Operands.Value[(i + 1) % Operands.Value.Length]}) => @{Operands.Value[(i + 1) % Operands.Value.Length]} + 1f; "))
        + "} }");

    /// <summary>Bare parameters, each of which is the name of a local and of an operand.</summary>
    [Fact]
    public void Weights() => Right(
        [.. Operands.Value.Chunk(60).Select((names, i) => Parameters(names).Replace("class Net ", $"class Net{i} ", StringComparison.Ordinal))]);

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

    /// <summary>Words that are keywords in places only, and no error where a type has their name.</summary>
    private static readonly string[] ContextualKeywords =
    [
        .. SyntaxFacts.GetContextualKeywordKinds().Select(SyntaxFacts.GetText).Concat(["nint", "nuint", "dynamic", "notnull", "unmanaged", "_"])
            .Where(word => word.Length > 0).Distinct().Order(StringComparer.Ordinal),
    ];

    private const string Network =
        """
        namespace N { [global::NetGen.Network] public sealed partial class Net
        {
            private readonly global::NetGen.Layer layer = global::NetGen.Layers.Sequential(global::NetGen.Layers.Dense(2), global::NetGen.Layers.Dropout(0.5f), global::NetGen.Ops.Softmax);
            public global::NetGen.Tensor Forward([global::NetGen.Shape(6)] global::NetGen.Tensor x) => layer(x);
            [global::NetGen.Objective] public global::NetGen.Tensor Loss(global::NetGen.Tensor x, [global::NetGen.Shape(2)] global::NetGen.Tensor y) => global::NetGen.Ops.MeanSquaredError(Forward(x), y);
        } }
        """;

    public static TheoryData<string> Everywhere =>
        ["class @#; ", "global using @# = Others.Other; ", "namespace Others.N# { class @#; } ", "namespace Others { class Outer# { public class @#; } } "];

    /// <summary>What generated code means by them stays.</summary>
    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Contextual_keywords_that_all_files_see(string declaration)
    {
        var words = ContextualKeywords.Where(word => word is not ("var" or "nint")).ToArray();

        Assert.Empty(Compiled.AllWithCuda(Seen(declaration, words), Network).Where(IsWrong).Take(10));
    }

    /// <summary>Where it cannot stay, one error at the network says so.</summary>
    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Keywords_that_generated_code_needs(string declaration)
    {
        foreach (var word in new[] { "var", "nint" })
            Assert.Equal([("NG0122", "Net")], Compiled.AllWithCuda(Seen(declaration, word), Network).Where(IsWrong).Select(found => (found.Id, found.Text)));
    }

    [Theory]
    [InlineData("namespace N { # }", "class @#; ")]
    [InlineData("namespace N { public sealed partial class Net { # } }", "class @#; ")]
    [InlineData("namespace N { public sealed partial class Net { # } }", "public int @#; ")]
    [InlineData("# namespace Others { class Other; }", "using @# = Others.Other; ")]
    [InlineData("namespace N.# { # }", "class @#; ")]
    public void Contextual_keywords_that_generated_code_does_not_see(string around, string declaration) => Assert.Empty(Compiled.AllWithCuda(
        Network, around.Replace("N.#", "N.Inner", StringComparison.Ordinal).Replace("#", string.Concat(ContextualKeywords.Select(word => declaration.Replace("#", word, StringComparison.Ordinal))), StringComparison.Ordinal))
        .Where(IsWrong).Take(10));

    private static string Seen(string declaration, params string[] words)
    {
        var declarations = string.Concat(words.Select(word => declaration.Replace("#", word, StringComparison.Ordinal)));
        var usings = declaration.StartsWith("namespace Others.N#", StringComparison.Ordinal) ? string.Concat(words.Select(word => $"global using Others.N{word}; "))
            : declaration.Contains("Outer#", StringComparison.Ordinal) ? string.Concat(words.Select(word => $"global using static Others.Outer{word}; ")) : "";
        return usings + declarations + " namespace Others { class Other; }";
    }

    /// <summary>Also an alias is only in the way where generated code sees it.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("global", null)]
    [InlineData("ng", "NG0123")]
    [InlineData("ng,global", null)]
    public void An_extern_alias_of_NetGen(string aliases, string? expected)
    {
        var isOnly = expected is not null;
        var source = $"{(isOnly ? "extern alias ng; " : "")}namespace N {{ [{(isOnly ? "ng::" : "global::")}NetGen.Network] public sealed partial class Net {{ {(isOnly ? Members.Replace("global::", "ng::", StringComparison.Ordinal) : Members)} }} }}";
        var project = Compiled.Compilation(source);
        project = project.RemoveSyntaxTrees(project.SyntaxTrees[0]);
        var library = project.References.Single(r => r.Display!.EndsWith("NetGen.dll", StringComparison.Ordinal));
        project = project.ReplaceReference(library, library.WithAliases(aliases.Split(',', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(expected is null ? [] : [(expected, "Net")], Compiled.All(project).Where(IsWrong).Select(found => (found.Id, found.Text)));
    }

    /// <summary>What a lambda captures is part of the weights' names, and so of what generated code calls them.</summary>
    [Fact]
    public void Captured_variables()
    {
        var makers = string.Concat(Operands.Value.Select((name, i) => $"static Layer Make{i}(Layer @{name}) => in_ => in_ + @{name}(in_); "));
        var layers = string.Join(", ", Operands.Value.Select((_, i) => $"Make{i}(Dense(4))"));

        Assert.Empty(Compiled.All(
            $"[Network] public sealed partial class Net {{ {makers} private readonly Layer layers = Sequential({layers}); "
            + "public Tensor Forward([Shape(4)] Tensor x) => layers(x); [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(Forward(x), y); }").Where(IsWrong).Take(10));
    }

    [Fact]
    public void Local_functions_lambdas_and_locals()
    {
        var functions = string.Concat(Names.Value.Select(name => $"{{ Tensor @{name}(Tensor @{name}2) => @{name}2 + 1f; out_ = @{name}(out_); }} "));
        var lambdas = string.Concat(Names.Value.Select(name => $"{{ Layer @{name} = @{name}2 => {{ var @{name}3 = @{name}2 * 2f; return @{name}3; }}; out_ = @{name}(out_); }} "));

        Assert.Empty(Compiled.All(
            "[Network] public sealed partial class Net { private readonly Layer layer = Dense(4); "
            + $"public Tensor Forward([Shape(4)] Tensor in_) {{ var out_ = layer(in_); {functions} {lambdas} return out_; }} "
            + "[Objective] public Tensor Loss(Tensor in_, Labels y) => CrossEntropy(Forward(in_), y); }").Where(IsWrong).Take(10));
    }

    private static bool IsWrong(Found found) => found.Id.StartsWith("NG", StringComparison.Ordinal) || IsError(found.Id);

    private static string Types => string.Concat(Names.Value.Select(name => $"class @{name}; "));

    private static string Small(string space, string name) =>
        $"namespace {space} {{ [global::NetGen.Network] public sealed partial class {name} {{ public global::NetGen.Tensor Forward([global::NetGen.Shape(2)] global::NetGen.Tensor x) => x + x; }} }}";

    private static string Parameters(params string[] names) =>
        $"namespace N {{ [global::NetGen.Network] public sealed partial class Net {{ {string.Concat(names.Select(n => $"private readonly global::NetGen.Parameter @{n} = global::NetGen.Layers.Parameter(4); "))}"
        + $"public global::NetGen.Tensor Forward([global::NetGen.Shape(4)] global::NetGen.Tensor input) => {names.Aggregate("input", (sum, n) => $"({sum} * this.@{n} + this.@{n})")}; "
        + "[global::NetGen.Objective] public global::NetGen.Tensor Loss(global::NetGen.Tensor input) => global::NetGen.Ops.Mean(Forward(input)); } }";

    /// <summary>No error of C# or of NetGen, and nothing lost.</summary>
    private static void Right(params string[] sources) => Assert.Empty(Compiled.AllWithCuda(sources).Where(IsWrong).Take(10));

    private static bool IsError(string id) => id is not ("CS0169" or "CS0649" or "CS8981" or "CS0108" or "CS0436" or "CS0437" or "CS0114" or "CS8860" or "CS8981");
}
