using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>
/// A network with an error in it keeps the members that its signatures promise: the program that uses it has no errors of its own. Where
/// <c>partial</c> is missing C# says so beside NetGen, once; where C# has no other half, or no object, the pages of the codes say so.
/// </summary>
public class CallerTests
{
    private const string Members = "public Tensor Forward([Shape(8)] Tensor x) => layer(x); [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(layer(x), y);";

    private const string Callers =
        """
        static class Callers
        {
            static object Use(float[] x, int[] y, Dataset data)
            {
                using var net = new Net(seed: 3, device: Device.Cpu(2));
                net.Save("file");
                net.Load("file");
                net.Predict(x, x);
                net.Forward(x, x);
                net.Step<Adam>(x, y);
                net.Step(x, y, new Adam(1e-3f));
                var history = net.Fit<Adam>(data, new FitOptions { Epochs = 3 });
                ITrainable trainable = net;
                IPredictor predictor = net;
                return (net.Predict(x)[0], net.Loss(x, y), net.Evaluate(data).Loss, net.Parameters["a"].Values.Length, Net.Plan, Net.Summary(), net.Device, history, trainable, predictor);
            }
        }
        """;

    /// <summary>Also where the sessions themselves are what is wrong.</summary>
    [Theory]
    [InlineData("NG0416", "Gru(4, bidirectional: true), Dense(9)", "")]
    [InlineData("NG0301", "Gru(-4), Dense(9)", "")]
    [InlineData("NG0415", "Gru(4), Dense(9)", "[Objective] public Tensor Loss(Indices x, [StepsOf(\"z\")] Labels y) => CrossEntropy(Forward(x), y);")]
    public void A_program_that_starts_sessions_of_a_network_with_an_error(string code, string layers, string members)
    {
        var text = $$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Embedding(9, 4), {{layers}});

                [Sessions]
                public Tensor Forward([Sequence(max: 8)] Indices x) => layers(x);

                {{members}}
            }
            """;
        const string callers =
            """
            static class Callers
            {
                static float[] Use(int[] x, float[] y)
                {
                    using var net = new Net(seed: 3);
                    using Session<int> session = net.Start();
                    session.Append(x, y);
                    return net.Predict(x, []);
                }
            }
            """;
        Assert.Equal([code], Compiled.All(text, callers).Select(f => f.Id).Where(id => id != "CS0649" && id != "CS0169").Distinct());
        Assert.Equal([code], Compiled.AllWithCuda(text, callers).Select(f => f.Id).Where(id => id != "CS0649" && id != "CS0169").Distinct());
    }

    [Theory]
    [InlineData("NG0206", "public Tensor Forward([Shape(8)] Tensor x) => Dense(3)(x); [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(Forward(x), y);")]
    [InlineData("NG0106", "public Tensor Forward(Tensor x) => layer(x); [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(Forward(x), y);")]
    [InlineData("NG0113", "public Tensor[] Forward([Shape(8)] Tensor x) => [layer(x), x]; [Objective] public Tensor Loss([Shape(8)] Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("NG0105", "[Objective] public Tensor Loss([Shape(8)] Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("NG0110", "public Tensor Forward([Shape(8)] Tensor x) => layer(x); [Objective] public float Loss(Tensor x, Labels y) => 1f;")]
    [InlineData("NG0110", "public Tensor Forward([Shape(8)] Tensor x) => layer(x); [Objective] public (Tensor, Tensor) Loss(Tensor x, Labels y) => (Sum(x), Sum(x));")]
    [InlineData("NG0110", "public Indices Best([Shape(8)] Tensor x) => ArgMax(layer(x)); " + Members)]
    [InlineData("NG0209", "private readonly int size; private readonly Layer other = Dense(4); public Tensor Forward([Shape(8)] Tensor x) => layer(other(x)) * size; [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("NG0301", "private readonly Layer other = Dense(-4); " + Members)]
    [InlineData("NG0402", "public Tensor Forward([Shape(8)] Tensor x) => layer(x) + x; [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("NG0501", "public Tensor Forward([Shape(8)] Tensor x) => layer(x); [Objective] public Tensor Loss(Tensor x, Labels y) => layer(x);")]
    [InlineData("NG0111", "public Tensor Forward([Shape(8)] Tensor x) => layer(x); [Objective(Updates = [\"none\"])] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("NG0109", "public Tensor Predict(Tensor x) => x; " + Members)]
    [InlineData("NG0704", "public void Dispose() { } " + Members)]
    [InlineData("NG0114", "public Net(string file) { } " + Members)]
    public void A_program_that_uses_a_network_with_an_error(string code, string members)
    {
        var text = $"[Network] public sealed partial class Net {{ private readonly Layer layer = Dense(10); {members} }}";

        Assert.Equal([code], Compiled.All(text, Callers).Select(f => f.Id).Where(id => id != "CS0649" && id != "CS0169").Distinct());
        Assert.Equal([code], Compiled.AllWithCuda(text, Callers).Select(f => f.Id).Where(id => id != "CS0649" && id != "CS0169").Distinct());
    }

    [Theory]
    [InlineData("Dense(-3)", "NG0301")]
    [InlineData("Dense(3)", null)]
    public void A_program_that_asks_for_several_results(string layer, string? code)
    {
        var text = $$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = {{layer}};
                public (Tensor Mean, Tensor) Forward([Shape(8)] Tensor x) => (layer(x), Sum(x));
                public (Tensor x, Tensor Y) Both(Tensor x) => (x, layer(x));
            }
            """;
        const string Caller = """
            using System;
            static class Caller
            {
                static float[] Call(Net net, float[] x)
                {
                    net.Forward(x, mean: new float[3], result2: new float[1]);
                    net.Predict(x, new float[3].AsSpan(), new float[1]);
                    net.Both(x, x2: new float[8], y: new float[3]);
                    (float[] first, float[] second) = net.Predict(x);
                    return second.Length == 1 ? net.Predict(x).Mean : net.Predict(x).Result2;
                }
            }
            """;
        Assert.Equal(code is null ? [] : [code], Compiled.All(text, Caller).Select(f => f.Id).Distinct());
        Assert.Equal(code is null ? [] : [code], Compiled.AllWithCuda(text, Caller).Select(f => f.Id).Distinct());
    }

    /// <summary>Classes that no network can be, with all that other code asks of one.</summary>
    [Theory]
    [InlineData("NG0102", "partial class Outer { [Network] public sealed partial class Net { # } }", "using Net = Outer.Net;")]
    [InlineData("NG0102", "namespace N { partial class Outer<T> { internal partial struct Inner { public partial record class More { [Network] public sealed partial class Net { # } } } } }", "using Net = N.Outer<int>.Inner.More.Net;")]
    [InlineData("NG0102", "static partial class Outer { public partial interface IInner<T> { [Network] public sealed partial class @event { # } } }", "using Net = Outer.IInner<int>.@event;")]
    [InlineData("NG0103", "[Network] public sealed partial class Net<T> where T : class { # }", "using Net = Net<string>;")]
    [InlineData("NG0103", "public sealed class Two; [Network] public sealed partial class Two<T, @in> { # } [Network] public sealed partial class Two<T> { # }", "using Net = Two<int, int>;")]
    [InlineData("NG0104", "[Network] public sealed partial record Net { # }", "")]
    [InlineData("NG0104", "public record Model(int X = 1); [Network] public sealed partial record Net : Model { # }", "")]
    [InlineData("NG0121", "[Network] public sealed partial class Net() { # }", "")]
    [InlineData("NG0122", "class var; [Network] public sealed partial class Net { # }", "")]
    [InlineData("NG0122", "class @nint; [Network] public sealed partial class Net { # }", "")]
    public void A_program_that_uses_a_class_that_cannot_be_a_network(string code, string text, string usings)
    {
        text = text.Replace("#", $"private readonly Layer layer = Dense(10); {Members}", StringComparison.Ordinal);
        var callers = usings + (code == "NG0122" ? Callers.Replace("var ", "Net ", StringComparison.Ordinal).Replace("Net history", "History history", StringComparison.Ordinal) : Callers);

        Assert.Equal([code], Errors(Compiled.All(text, callers)));
        Assert.Equal([code], Errors(Compiled.AllWithCuda(text, callers)));
    }

    /// <summary>All members are there but the one whose name is taken.</summary>
    [Theory]
    [InlineData("public int Parameters;", "net.Parameters[\"a\"].Values.Length", "0")]
    [InlineData("public class Device;", "net.Device", "0")]
    [InlineData("public static int Plan => 1;", "Net.Plan", "0")]
    [InlineData("public static void Summary() { }", "Net.Summary()", "0")]
    [InlineData("public void Save(string path) { }", "", "")]
    [InlineData("public int Load(string path, FileOrder order) => 1;", "", "")]
    [InlineData("public float[] Predict(ReadOnlySpan<float> x) => [];", "net.Predict(x, x);", "")]
    [InlineData("public float Loss(ReadOnlySpan<float> x, ReadOnlySpan<int> y) => 1;", "", "")]
    [InlineData("public float Step<T>(ReadOnlySpan<float> x, ReadOnlySpan<int> y) => 1;", "net.Step(x, y, new Adam(1e-3f));", "")]
    public void A_member_that_is_in_the_way(string member, string without, string instead)
    {
        var callers = without.Length == 0 ? Callers : Callers.Replace(without, instead, StringComparison.Ordinal);

        Assert.Equal(["NG0109"], Errors(Compiled.AllWithCuda($"[Network] public sealed partial class Net {{ private readonly Layer layer = Dense(10); {member} {Members} }}", callers)));
    }

    [Fact]
    public void Two_steps_of_one_name() => Assert.Equal(["NG0109"], Errors(Compiled.AllWithCuda(
        "[Network] public sealed partial class Net { private readonly Layer layer = Dense(10); public Tensor Forward([Shape(8)] Tensor x) => layer(x); "
        + "[Objective] public Tensor ALoss(Tensor x) => Mean(layer(x)); [Objective] public Tensor A(Tensor x) => Mean(layer(x)); }",
        "static class Callers { static object Use(Net net, float[] x) => (net.Predict(x), net.StepA<Adam>(x), net.ALoss(x)); }")));

    /// <summary>What needs no object.</summary>
    [Theory]
    [InlineData("NG0104", "abstract", "this.", "static object Use(Net net, float[] x, int[] y, Dataset data) => (net.Predict(x), net.Step(x, y, new Adam()), net.Fit(data), net.Parameters, Net.Plan, Net.Summary());")]
    [InlineData("NG0104", "static", "", "static object Use(float[] x, int[] y) => (Net.Predict(x), Net.Step(x, y, new Adam()), Net.Step<Adam>(x, y), Net.Loss(x, y), Net.Parameters, Net.Device, Net.Plan, Net.Summary());")]
    public void A_program_that_uses_an_abstract_or_static_class(string code, string modifier, string qualified, string caller)
    {
        var members = $"private readonly Layer layer = Dense(10); {Members}".Replace(
            "layer(", qualified + "layer(", StringComparison.Ordinal);
        if (modifier == "static")
            members = members.Replace("readonly", "static readonly", StringComparison.Ordinal).Replace("public Tensor", "public static Tensor", StringComparison.Ordinal);

        Assert.Equal([code], Errors(Compiled.AllWithCuda($"[Network] public {modifier} partial class Net {{ {members} }}", $"static class Callers {{ {caller} }}")));
    }

    /// <summary>
    /// C# says its own word at the class, or at the type around it, and ends a build with it before it asks analyzers: so the generator
    /// says what is wrong, once.
    /// </summary>
    [Theory]
    [InlineData("NG0101 NG0301", "[Network] public sealed class Net { private readonly Layer other = Dense(-4); # }", "")]
    [InlineData("NG0101 NG0105", "[Network] public sealed class Net { [Objective] public Tensor Loss([Shape(8)] Tensor x, Labels y) => CrossEntropy(layer(x), y); private readonly Layer layer = Dense(10); }", "")]
    [InlineData("NG0102", "class Outer { [Network] public sealed partial class Net { # } }", "using Net = Outer.Net;")]
    [InlineData("NG0103", "[Network] public sealed class Net<T> { # }", "using Net = Net<int>;")]
    [InlineData("NG0104", "[Network] public sealed record Net { # }", "")]
    public void Where_partial_is_missing(string codes, string text, string usings)
    {
        text = text.Replace("#", $"private readonly Layer layer = Dense(10); {Members}", StringComparison.Ordinal);

        var found = Compiled.All(text, usings + Callers);

        Assert.Equal(["CS0260", .. codes.Split(' ')], Errors(found));
        Assert.Equal(codes.Split(' ').Length + 1, found.Count(f => Errors([f]).Any()));

        var driver = CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: Compiled.ParseOptions);
        var result = driver.RunGenerators(Compiled.Compilation(text), TestContext.Current.CancellationToken).GetRunResult();
        Assert.Equal(codes.Split(' '), result.Diagnostics.Select(d => d.Id).Order(StringComparer.Ordinal));
        Assert.Single(result.GeneratedTrees);
    }

    /// <summary>A component that is trained as if it were a network.</summary>
    [Fact]
    public void A_component_with_an_objective() => Assert.Equal(["NG0115"], Errors(Compiled.AllWithCuda(
        $"[Network] public sealed partial class Net(int width, string name) {{ public string Name => name; private readonly Layer layer = Dense(width); {Members} }}",
        Callers.Replace("new Net(seed: 3, device: Device.Cpu(2))", "new Net(10, \"a\")", StringComparison.Ordinal))));

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp11)]
    public void An_old_language_version(LanguageVersion version)
    {
        var project = Compiled.Compilation(
            $"namespace N {{ [Network] public sealed partial class Net {{ private readonly Layer layer = Dense(10); {Members} }} }}",
            "namespace N { " + Callers.Replace("using var net = new Net(seed: 3, device: Device.Cpu(2));", "var net = new Net(seed: 3, device: Device.Cpu(2)); net.Dispose();", StringComparison.Ordinal)
                .Replace(version < LanguageVersion.CSharp9 ? "new FitOptions { Epochs = 3 }" : "\n\n", "new FitOptions()", StringComparison.Ordinal) + " }");
        var usings = project.SyntaxTrees[0].ToString().Replace("global using", "using", StringComparison.Ordinal);
        project = project.RemoveAllSyntaxTrees().AddSyntaxTrees(project.SyntaxTrees.Skip(1).Select(tree => CSharpSyntaxTree.ParseText(
            usings + "\n" + tree, Compiled.ParseOptions.WithLanguageVersion(version), tree.FilePath, cancellationToken: TestContext.Current.CancellationToken)));

        Assert.Equal(["NG0701"], Errors(Compiled.All(version < LanguageVersion.CSharp8 ? project.WithOptions(project.Options.WithNullableContextOptions(NullableContextOptions.Disable)) : project)));
    }

    [Fact]
    public void A_reference_by_an_alias_only()
    {
        const string usings =
            "extern alias ng; using System; using ng::NetGen; using static ng::NetGen.Layers; using static ng::NetGen.Ops; ";
        var project = Compiled.Compilation($"{usings} [Network] public sealed partial class Net {{ private readonly Layer layer = Dense(10); {Members} }}", usings + Callers);
        project = project.RemoveSyntaxTrees(project.SyntaxTrees[0]);
        var library = project.References.Single(r => r.Display!.EndsWith("NetGen.dll", StringComparison.Ordinal));

        Assert.Equal(["NG0123"], Errors(Compiled.All(project.ReplaceReference(library, library.WithAliases(["ng"])))));
    }

    private static IEnumerable<string> Errors(IEnumerable<Found> found) =>
        found.Select(f => f.Id).Where(id => id is not ("CS0649" or "CS0169" or "CS0414" or "CS8981")).Distinct()
            .Order(StringComparer.Ordinal);

    [Fact]
    public void The_attribute_form() => Assert.Equal(["NG0301"], Compiled.All(
        "[Network, Input(8)] [Dense(-1), Relu, Dense(10)] [Objective(NetGen.Loss.CrossEntropy)] public sealed partial class Net;",
        "static class Callers { static object Use(Net net, float[] x, int[] y, Dataset data) => (net.Predict(x), net.Step<Adam>(x, y), net.ComputeLoss(x, y), net.Fit(data), net.Evaluate(data)); }").Select(f => f.Id));

    /// <summary>An error of C#'s own in the class is one, too.</summary>
    [Theory]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) => layer(x) + unknown; [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("private readonly Layer other = Dens(4); " + Members)]
    public void Errors_of_CSharp(string members) => Assert.Equal(
        ["CS0103"], Compiled.All($"[Network] public sealed partial class Net {{ private readonly Layer layer = Dense(10); {members} }}", Callers).Select(f => f.Id).Distinct());

    [Fact]
    public void Constructors_of_the_class_itself_and_its_dispose() => Assert.Equal(["NG0301"], Compiled.All(
        "[Network] public sealed partial class Net { private readonly Layer layer = Dense(-1); public Net(string file) : this(seed: 1) => Load(file); public void Dispose() => DisposeNetwork(); "
        + Members + " }").Select(f => f.Id));

    /// <summary>
    /// The wrong example of every page that is a network with another half, and no error of C#'s own (NG0127 and NG0410 stand beside one):
    /// what every network has is there.
    /// </summary>
    public static TheoryData<string> Codes =>
    [
        .. Descriptors.All.Keys.Except(
        [
            "NG0101", "NG0102", "NG0103", "NG0104", "NG0115", "NG0122", "NG0123", "NG0127", "NG0410", "NG0701", "NG0702", "NG0901",
            // Of tables.
            "NG0607", "NG0608", "NG0609", "NG0610",
        ]),
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Wrong_examples_of_the_pages(string code)
    {
        var example = PageTests.Example(code, "Wrong");
        var name = Regex.Match(example, @"partial class (\w+)").Groups[1].Value;

        var found = Compiled.All(example, $"static class Callers {{ static void Use() {{ using var net = new {name}(seed: 3); net.Save(\"file\"); net.Load(\"file\"); _ = (net.Device, net.Parameters, {name}.Plan); }} }}");

        Assert.Equal([code], found.Select(f => f.Id).Where(id => id is not ("CS0649" or "CS0169" or "CS0414")).Distinct());
    }

    /// <summary>Where no analyzer says what is wrong, the missing members do.</summary>
    [Theory]
    [InlineData("RunAnalyzers", "false", 0)]
    [InlineData("RunAnalyzersDuringBuild", "False", 0)]
    [InlineData("RunAnalyzers", "true", 1)]
    [InlineData("RunAnalyzers", "", 1)]
    public void A_build_without_analyzers(string property, string value, int files)
    {
        var project = Compiled.Compilation("[Network] public sealed partial class Net { private readonly Layer layer = Dense(-1); " + Members + " }");
        var driver = CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: Compiled.ParseOptions, optionsProvider: new Options(property, value));

        Assert.Equal(files, driver.RunGenerators(project, TestContext.Current.CancellationToken).GetRunResult().GeneratedTrees.Length);
    }

    private sealed class Options(string property, string value) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Global(property, value);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Global(string property, string value) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? found) =>
                (found = key == "build_property." + property ? value : null) is not null;
        }
    }

    [Fact]
    public void It_cannot_be_made_and_says_why()
    {
        var model = UnreadNetwork.Of(Compiled.Model($"[Network] public sealed partial class Net {{ private readonly Layer layer = Dense(10); {Members} }}"));

        Assert.Contains("throw new global::System.InvalidOperationException(\"'Net' has errors, so NetGen has not compiled it.\")", Compiler.Members(model).Text, StringComparison.Ordinal);
    }
}
