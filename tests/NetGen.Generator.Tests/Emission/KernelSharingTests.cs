using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>The size of the kernels grows with the number of different ones, and not with the number of layers that use them.</summary>
public class KernelSharingTests
{
    [Theory]
    [InlineData("Sequential(Dense(64), Relu)")]
    [InlineData("Sequential(Dense(64), Tanh, Dropout(0.25f))")]
    [InlineData("Skip(Sequential(Dense(64), Gelu, Dense(64, bias: false)))")]
    [InlineData("Sequential(Dense(64), Scaled(Parameter(64)))")]
    [InlineData("Sequential(Dense(64), Softmax)")]
    [InlineData("Sequential(Dense(64), Centered)")]
    public void Twice_the_equal_layers_have_the_same_kernels(string layer)
    {
        var (ten, twenty) = (Kernels(Repeated(10, layer)), Kernels(Repeated(20, layer)));
        Assert.NotEmpty(ten);
        Assert.Equal(ten, twenty);
    }

    [Theory]
    [InlineData("Sequential(Conv2D(16, 3, padding: Padding.Same), Relu)")]
    [InlineData("Skip(Sequential(Conv2D(16, 3, padding: Padding.Same), Gelu, Conv2D(16, 1)))")]
    [InlineData("Sequential(Conv2D(16, 3, padding: Padding.Same), MaxPool2D(3, stride: 1, padding: 1))")]
    public void Twice_the_equal_convolutions_have_the_same_kernels(string layer)
    {
        var (ten, twenty) = (Kernels(Repeated(10, layer, "Conv2D(16, 3)", "8, 8, 3")), Kernels(Repeated(20, layer, "Conv2D(16, 3)", "8, 8, 3")));
        Assert.NotEmpty(ten);
        Assert.Equal(ten, twenty);
    }

    /// <summary>Its parameters, its lines in Plan and Summary, and in each program its values and the calls of its kernels.</summary>
    [Fact]
    public void A_layer_more_is_a_few_lines_more()
    {
        int Characters(int layers)
        {
            var network = Compiler.Compile(Compiled.Model($"[Network] public partial class Net {{ {Repeated(layers, "Sequential(Dense(64), Relu)")} }}"));
            return network.Api.Text.Length + network.Programs.Text.Length + network.Kernels.Text.Length;
        }
        var (ten, hundred) = (Characters(10), Characters(100));
        Assert.InRange((hundred - ten) / 90, 1, 6_000);
    }

    [Fact]
    public void Equal_layers_have_one_kernel_each_way()
    {
        var kernels = Names(Repeated(10, "Sequential(Dense(64), Relu)")).Where(n => n.StartsWith("layers_2_", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["layers_2_0_0_forward"], kernels.Where(k => k.EndsWith("_forward", StringComparison.Ordinal)));
        Assert.Equal(["layers_2_9_0_backward"], kernels.Where(k => k.EndsWith("_backward", StringComparison.Ordinal)));
        Assert.Equal(["layers_2_9_0_weight_update"], kernels.Where(k => k.EndsWith("_weight_update", StringComparison.Ordinal)));
        Assert.Equal(["layers_2_9_0_bias_update"], kernels.Where(k => k.EndsWith("_bias_update", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_comment_names_the_other_users() => Assert.Contains(
        "// Also layers_2_1_0_forward, layers_2_2_0_forward, layers_2_3_0_forward, layers_2_4_0_forward, layers_2_5_0_forward, layers_2_6_0_forward and 3 more.",
        Text(Repeated(10, "Sequential(Dense(64), Relu)")));

    [Fact]
    public void Names_of_weights_make_no_difference()
    {
        var kernels = Names(
            """
            private readonly Parameter gain = Parameter(32);
            private readonly Parameter factor = Parameter(32);
            public Tensor Forward([Shape(32)] Tensor x) => x * gain;
            public Tensor Other([Shape(32)] Tensor y) => y * factor;
            """);
        Assert.Single(kernels);
    }

    [Fact]
    public void Other_sizes_and_other_functions_are_other_kernels() => Assert.Equal(3, Names(
        """
        public Tensor Forward([Shape(32)] Tensor x) => Relu(x) * 2f;
        public Tensor Longer([Shape(48)] Tensor x) => Relu(x) * 2f;
        public Tensor Thrice([Shape(32)] Tensor x) => Relu(x) * 3f;
        """).Count);

    /// <summary>The JIT does not optimize methods of any length, so the calls of a deep network are shared out to several; none is lost, and no barrier.</summary>
    [Fact]
    public void The_calls_of_a_deep_network_are_in_several_methods()
    {
        var model = Compiled.Model($"[Network] public partial class Net {{ {Repeated(120, "Sequential(Dense(64), Relu)")} }}");
        var step = Compiler.Programs(model).Single(p => p.Kind == Generator.Planning.ProgramKind.Step);
        var methods = Compiled.Parse(Compiler.Compile(model).Kernels.Text, 0).GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .OfType<MethodDeclarationSyntax>().Where(m => m.Identifier.Text.StartsWith("StepPart", StringComparison.Ordinal)).ToArray();
        var calls = methods.Select(m => m.Body!.Statements.OfType<ExpressionStatementSyntax>().Select(s => s.ToString()).ToArray()).ToArray();

        Assert.Equal(methods.Select((_, i) => $"StepPart{i + 1}"), methods.Select(m => m.Identifier.Text));
        Assert.All(calls, part => Assert.InRange(part.Count(c => c.EndsWith("batch, worker, workers);", StringComparison.Ordinal)), 1, 100));
        Assert.Equal(step.Program.Groups.Count, calls.Sum(part => part.Count(c => c.EndsWith("batch, worker, workers);", StringComparison.Ordinal))));
        Assert.Equal(step.Schedule.Phases - 1, calls.Sum(part => part.Count(c => c == "frame.Barrier();")));
    }

    private static string Repeated(int count, string layer, string first = "Dense(64)", string shape = "32") =>
        $$"""
        private readonly Layer layers = Sequential({{first}}, Relu, Repeat({{count}}, () => {{layer}}), Flatten, Dense(10));
        private static Tensor Centered(Tensor x) => x - Mean(x, 0, keepDims: true);
        private static Layer Skip(Layer inner) => x => x + inner(x);
        private static Layer Scaled(Parameter factor) => x => Sigmoid(x * factor);
        public Tensor Forward([Shape({{shape}})] Tensor x) => layers(x);
        [Objective] public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        """;

    /// <summary>The kernels and their tiles without comments, numbered instead of named: names are those of the first user.</summary>
    private static string[] Kernels(string members)
    {
        var methods = Methods(members);
        return [.. methods.Select(method => methods.Index().OrderByDescending(m => m.Item.Identifier.Text.Length).Aggregate(
            string.Join(" ", method.DescendantTokens().Select(t => t.Text)),
            (text, m) => text.Replace(m.Item.Identifier.Text, $"kernel{m.Index}", StringComparison.Ordinal)))];
    }

    /// <summary>Of the kernels; their tiles are left out.</summary>
    private static List<string> Names(string members) =>
        [.. Methods(members).Where(m => m.ParameterList.Parameters.Any(p => p.Identifier.Text == "workers")).Select(m => m.Identifier.Text)];

    private static MethodDeclarationSyntax[] Methods(string members) =>
    [
        .. Compiled.Parse(Text(members), 0).GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(m => m.AttributeLists.ToString().Contains("Jit.Kernel", StringComparison.Ordinal)),
    ];

    private static string Text(string members) =>
        Compiler.Compile(Compiled.Model($"[Network] public partial class Net {{ {members} }}")).Kernels.Text;
}
