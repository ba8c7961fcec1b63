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
/// A network with an error in it keeps the members that its signatures promise: the program that uses it has no errors of its own. Only where C# cannot have the other half
/// there is none: in a class that is not partial, nested, generic, static or a record.
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
                return (net.Predict(x)[0], net.Loss(x, y), net.Evaluate(data).Loss, net.Parameters["a"].Values.Length, Net.Plan, Net.Summary(), net.Device, history, trainable);
            }
        }
        """;

    [Theory]
    [InlineData("NG0206", "public Tensor Forward([Shape(8)] Tensor x) => Dense(3)(x); [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(Forward(x), y);")]
    [InlineData("NG0106", "public Tensor Forward(Tensor x) => layer(x); [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(Forward(x), y);")]
    [InlineData("NG0113", "public (Tensor, Tensor) Forward([Shape(8)] Tensor x) => (layer(x), x); [Objective] public Tensor Loss([Shape(8)] Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("NG0105", "[Objective] public Tensor Loss([Shape(8)] Tensor x, Labels y) => CrossEntropy(layer(x), y);")]
    [InlineData("NG0110", "public Tensor Forward([Shape(8)] Tensor x) => layer(x); [Objective] public float Loss(Tensor x, Labels y) => 1f;")]
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

    /// <summary>The wrong example of every page that is a network with another half, and no error of C#'s own: what every network has is there.</summary>
    public static TheoryData<string> Codes =>
        [.. Descriptors.All.Keys.Except(["NG0101", "NG0102", "NG0103", "NG0104", "NG0115", "NG0121", "NG0122", "NG0123", "NG0410", "NG0701", "NG0702", "NG0901"])];

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
    [InlineData("RunAnalyzers", "true", 3)]
    [InlineData("RunAnalyzers", "", 3)]
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

        Assert.Contains("throw new global::System.InvalidOperationException(\"'Net' has errors, so NetGen has not compiled it.\")", Compiler.Compile(model).Api.Text, StringComparison.Ordinal);
    }
}
