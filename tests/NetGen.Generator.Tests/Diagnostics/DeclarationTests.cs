using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>What a class cannot be, around its layers: one error where the mistake is, and none in files or callers that are right.</summary>
public class DeclarationTests
{
    private const string Caller =
        """
        public static class Program
        {
            public static float[] Main(Dataset data)
            {
                using var net = new Net(seed: 1);
                net.Fit(data);
                net.Save("net");
                return net.Predict(new float[8]);
            }
        }
        """;

    private const string Members =
        """
            private readonly Layer layer = Dense(1);
            public Tensor Forward([Shape(8)] Tensor x) => layer(x);
            [Objective] public Tensor Loss(Tensor x, [Shape(1)] Tensor y) => MeanSquaredError(Forward(x), y);
        """;

    /// <summary>C# says its own one word at the same place, since there are two halves; the callers have no errors.</summary>
    [Fact]
    public void A_network_that_is_not_partial_is_one_place()
    {
        var found = Compiled.All($"[Network] public sealed class Net {{ {Members} }}", Caller);

        Assert.Equal(["CS0260", "NG0101"], found.Select(f => f.Id).Order(StringComparer.Ordinal));
        Assert.All(found, f => Assert.Equal("Net", f.Text));
    }

    [Theory]
    [InlineData("public Net() { }", "Net() : this(seed: 0)")]
    [InlineData("public Net(string file) { }", "Net(string file) : this(seed: 0)")]
    [InlineData("public Net(string file) : base() { }", "Net(string file) : this(seed: 0)")]
    [InlineData("private readonly int n; private Net(int n) => this.n = n;", "Net(int n) : this(seed: 0)")]
    public void A_constructor_that_leaves_the_generated_one_out(string constructor, string advice)
    {
        var found = Assert.Single(Compiled.All($"[Network] public sealed partial class Net {{ {constructor} {Members} }}", Caller));

        Assert.Equal(("NG0114", "Net"), (found.Id, found.Text));
        Assert.Contains(advice, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructors_that_chain_to_the_generated_one_are_right() => Assert.Empty(Compiled.All(
        $"[Network] public sealed partial class Net {{ static Net() {{ }} public Net() : this(seed: 3) {{ }} public Net(string file) : this() => Load(file); {Members} }}", Caller));

    [Fact]
    public void A_base_class_needs_a_constructor_without_arguments()
    {
        var found = Compiled.All("public class Model(string name) { public string Name => name; }", $"[Network] public sealed partial class Net : Model {{ {Members} }}");

        var own = Assert.Single(found, f => f.Id == "NG0116");
        Assert.Equal("Model", own.Text);
        Assert.Empty(Compiled.All("public class Model(string name = \"\") { public string Name => name; }", $"[Network] public sealed partial class Net : Model {{ {Members} }}", Caller));
    }

    [Fact]
    public void A_call_binds_eight_inputs_and_results()
    {
        string Method(int results) => $"public ({string.Join(", ", Enumerable.Repeat("Tensor", results))}) Forward([Shape(8)] Tensor x) => ({string.Join(", ", Enumerable.Repeat("x", results))});";
        Assert.Empty(Compiled.All($"[Network] public sealed partial class Net {{ {Method(7)} }}"));

        var found = Assert.Single(Compiled.All($"[Network] public sealed partial class Net {{ {Method(8)} }}"));
        Assert.Equal("NG0108", found.Id);
        Assert.Contains("'Forward' has 1 input and 8 results; a call passes at most 8 of both.", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tensor[] Forward([Shape(8)] Tensor x) => [x, x]", "returns several (Tensor[]), and how many is not in its type. Return a tuple, (Tensor Mean, Tensor Variance) Forward(…); or join them")]
    [InlineData("List<Tensor> Forward([Shape(8)] Tensor x) => [x, x]", "returns several (List<Tensor>), and")]
    [InlineData("(Tensor, float) Forward([Shape(8)] Tensor x) => (x, 1f)", "returns (Tensor, float)")]
    [InlineData("((Tensor, Tensor), Tensor) Forward([Shape(8)] Tensor x) => ((x, x), x)", "returns ((Tensor, Tensor), Tensor)")]
    [InlineData("string Forward([Shape(8)] Tensor x) => null!", "returns string")]
    [InlineData("static Tensor Forward([Shape(8)] Tensor x) => x", "is static")]
    [InlineData("Tensor Forward<T>([Shape(8)] Tensor x) => x", "is generic")]
    [InlineData("Tensor Forward() => null!", "takes none")]
    [InlineData("Tensor Forward([Shape(8)] ref Tensor x) => x", "takes 'x' by reference")]
    [InlineData("Tensor Forward([Shape(8)] Tensor x, float scale) => x * scale", "takes 'float scale'")]
    public void Forward_of_another_signature(string forward, string message)
    {
        var found = Assert.Single(Compiled.Diagnose($"[Network] public sealed partial class Net {{ private readonly Layer layer = Dense(4); public {forward}; }}"));

        Assert.Equal(("NG0113", "Forward"), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Forward_of_another_name_is_asked_for()
    {
        var found = Assert.Single(Compiled.Diagnose("[Network] public sealed partial class Net { private readonly Layer layer = Dense(4); public Tensor Call([Shape(8)] Tensor x) => layer(x); }"));

        Assert.Equal("NG0105", found.Id);
        Assert.EndsWith("If 'Call' is what it predicts, call it Forward.", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Objective] public Tensor Loss([Shape(8)] Tensor x, Labels label) => CrossEntropy(Forward(x), label);", "Objective")]
    [InlineData("", "new Net(4)")]
    public void A_network_with_hyper_parameters_that_is_used_by_itself(string member, string text)
    {
        var found = Compiled.Diagnose(
            $$"""
            [Network] public sealed partial class Net(int width)
            {
                private readonly Layer layer = Dense(width);
                public Tensor Forward([Shape(8)] Tensor x) => layer(x);
                {{member}}
            }
            """,
            member.Length > 0 ? "" : "public static class Program { public static void Main() { var net = new Net(4); } }");

        Assert.Equal([("NG0115", text)], found.Select(f => (f.Id, f.Text)));
        Assert.Contains("'Net' has hyper-parameters (width), so NetGen generates nothing for it", found[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Network, Input(8)] [Dense(4)] public sealed partial class Net(int width);", "Input(8)")]
    [InlineData("[Network] public sealed partial class Net(int width);", "Net")]
    public void A_network_with_hyper_parameters_and_nothing_to_generate(string source, string text) =>
        Assert.Contains(Compiled.Diagnose(source), f => (f.Id, f.Text) == ("NG0115", text));

    [Fact]
    public void Components_that_networks_hold_in_any_way_are_right() => Assert.Empty(Compiled.Diagnose(
        """
        [Network] public sealed partial class Part(int width) { private readonly Layer layer = Dense(width); public Tensor Forward(Tensor x) => layer(x); }
        public sealed class Library { public Part Kept { get; } = new(3); }
        public static class Blocks { public static Layer Make(int n) => new Part(n).Forward; public static readonly Part Shared = new(5); }
        [Network] public sealed partial class Net
        {
            private readonly Part part = new(4);
            private readonly Layer block = Blocks.Make(3), other = Sequential(new Part(7).Forward, new Part(8).Forward);
            private readonly List<Part> parts = [new(1), new(2)];
            public Tensor Forward([Shape(8)] Tensor x) { foreach (var p in parts) x = p.Forward(x); return block(other(part.Forward(x))); }
        }
        """));

    [Theory]
    [InlineData("[Shape(8)] Tensor x", "[Shape(8, 8)] Labels label", "logits [4] are of one class per sample; label is [8, 8]. Declare '[Shape] Labels label'")]
    [InlineData("[Shape(8)] Tensor x", "[Shape(1)] Labels label", "Declare '[Shape] Labels label'")]
    [InlineData("[Shape(2, 3, 8)] Tensor x", "Labels label", "logits [2, 3, 4] are of one class at each of [2, 3]; label is one per sample. Declare '[Shape(2, 3)] Labels label'")]
    [InlineData("[Shape(6, 8)] Tensor x", "[Shape(5)] Indices label", "Declare '[Shape(6)] Indices label'")]
    public void Labels_of_another_shape_than_the_logits(string input, string parameter, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(
            $"[Network] public sealed partial class Net {{ private readonly Layer layer = Dense(4); public Tensor Forward({input}) => layer(x); [Objective] public Tensor Loss(Tensor x, {parameter}) => CrossEntropy(Forward(x), label); }}"));

        Assert.Equal(("NG0402", "label"), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public virtual void Dispose() { }")]
    [InlineData("public abstract void Dispose();")]
    [InlineData("public void Dispose() => Dispose(true); protected virtual void Dispose(bool disposing) { }")]
    [InlineData("public void Dispose() { }")]
    [InlineData("protected virtual void Dispose() { }")]
    [InlineData("void IDisposable.Dispose() { }")]
    public void A_base_class_that_is_disposable_is_disposed_as_well(string member) => Assert.Empty(Compiled.All(
        $"public abstract class Model{(member.StartsWith("protected", StringComparison.Ordinal) ? "" : " : IDisposable")} {{ {member} }}",
        $"[Network] public sealed partial class Net : Model {{ {Members} }}",
        Caller));

    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    public void An_old_language_version_is_one_error(LanguageVersion version)
    {
        var found = Assert.Single(Compiled.All(Project(version, $"[Network] public sealed partial class Net {{ {Members} }}")));

        Assert.Equal(("NG0701", "Net"), (found.Id, found.Text));
    }

    /// <summary>What is generated needs no more than the version that the error names.</summary>
    [Theory]
    [InlineData(LanguageVersionCheck.Lowest)]
    [InlineData(LanguageVersion.CSharp13)]
    public void What_is_generated_compiles_in_the_lowest_version(LanguageVersion version) => Assert.Empty(Compiled.All(Project(version,
        $"[Network] public sealed partial class Net {{ {Members} }}",
        Reading.MnistTests.MnistCnn)));

    [Fact]
    public void A_Debug_build_is_one_warning_for_the_project()
    {
        var project = Compiled.Compilation($"[Network] public sealed partial class Net {{ {Members} }}", $"[Network] public sealed partial class Other {{ {Members} }}");
        var found = Assert.Single(Compiled.All(project.WithOptions(project.Options.WithOptimizationLevel(OptimizationLevel.Debug))));

        Assert.Equal(("NG0702", ""), (found.Id, found.Text));
        var empty = Compiled.Compilation("public class Other;");
        Assert.Empty(Compiled.All(empty.WithOptions(empty.Options.WithOptimizationLevel(OptimizationLevel.Debug))));
    }

    private static CSharpCompilation Project(LanguageVersion version, params string[] sources)
    {
        var project = Compiled.Compilation(sources);
        var options = Compiled.ParseOptions.WithLanguageVersion(version);
        var trees = project.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(
            // Older versions have no global usings.
            (tree.FilePath == "Usings.cs" ? "" : project.SyntaxTrees[0].ToString().Replace("global using", "using", StringComparison.Ordinal)) + "\n" + (tree.FilePath == "Usings.cs" ? "" : tree.ToString()),
            options,
            tree.FilePath,
            cancellationToken: TestContext.Current.CancellationToken));
        return project.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }
}
