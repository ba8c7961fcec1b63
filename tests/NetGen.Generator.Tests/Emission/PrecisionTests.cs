using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Rounding;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>What products on a CUDA device round their operands to: as it is read, and what it makes of the programs.</summary>
public sealed class PrecisionTests
{
    private const string Package = "namespace NetGen.Cuda { public sealed class CudaDevice; }";

    [Theory]
    [InlineData("Network", "Float32")]
    [InlineData("Network(Precision = NetGen.Precision.Float32)", "Float32")]
    [InlineData("Network(Precision = NetGen.Precision.TensorFloat32)", "TensorFloat32")]
    [InlineData("Network(Precision = NetGen.Precision.BFloat16)", "BFloat16")]
    [InlineData("Network(Precision = (NetGen.Precision)2)", "BFloat16")]
    public void It_is_read_from_the_attribute(string attribute, string expected) => Assert.Equal(
        [expected, expected],
        [
            Compiled.Model($"[{attribute}] public sealed partial class Net {{ private readonly Layer layer = Dense(4); public Tensor Forward([Shape(8)] Tensor x) => layer(x); }}").Precision.ToString(),
            Compiled.Model($"[{attribute}, Input(8)]\n[Dense(4)]\npublic sealed partial class Net;").Precision.ToString(),
        ]);

    [Fact]
    public void An_unknown_one_is_an_error()
    {
        var found = Assert.Single(Compiled.Diagnose("[Network(Precision = (Precision)3)] public sealed partial class Net { private readonly Layer layer = Dense(4); public Tensor Forward([Shape(8)] Tensor x) => layer(x); }"));
        Assert.Equal("NG0112", found.Id);
        Assert.Equal("Network(Precision = (Precision)3)", found.Text);
        Assert.Equal("The precision of 'Net' is 3, which is none of Precision.Float32, Precision.TensorFloat32, Precision.BFloat16.", found.Message);
    }

    [Theory]
    [InlineData("Float32", "Float32")]
    [InlineData("TensorFloat32", "TensorFloat32")]
    [InlineData("BFloat16", "BFloat16")]
    public void Tiles_have_it(string precision, string expected) =>
        Assert.Equal([expected], Products(Network("18", "Dense(26), Tanh, Dense(24)", precision)).Select(p => p.Tile!.Precision.ToString()).Distinct());

    [Fact]
    public void Operands_that_cannot_be_copied_in_pairs_are_TF32() =>
        Assert.Equal(["TensorFloat32"], Products(Network("17", "Dense(19), Tanh, Dense(25)", "BFloat16")).Select(p => p.Tile!.Precision.ToString()).Distinct());

    [Fact]
    public void Large_windows_are_floats() =>
        Assert.Contains(Products(Network("8, 8, 8", "Conv2D(16, 3), MaxPool2D(3)", "BFloat16")), p => p is { Tile.Precision: TilePrecision.Float32, Window.Count: > 0 });

    [Fact]
    public void What_tiles_do_not_make_is_not_rounded()
    {
        var program = Programs(Network("8", "Dense(6), Tanh, Dense(4)", "BFloat16"))[0];
        Assert.DoesNotContain(program.Program.Graph.Nodes, node => node.Type.Element == ElementType.BFloat16);
    }

    [Fact]
    public void Each_operand_is_rounded_once_and_weights_stay_floats()
    {
        var step = Programs(Network("18", "Dense(26), Tanh, Dense(24)", "BFloat16")).Single(p => p.Kind == ProgramKind.Step);
        var graph = step.Program.Graph;
        var rounded = graph.Nodes.Where(node => node.Operation is RoundToBFloat16).Select(node => graph[step.Program.Root(node.Inputs[0])]).ToArray();
        Assert.Equal(rounded.Distinct(), rounded);
        // The input, what is behind Tanh, both weights, both gradients.
        Assert.Equal(6, rounded.Length);
        Assert.Equal(2, rounded.Count(node => node.Operation is Weight));
        Assert.All(graph.Nodes.Where(node => node.Operation is Weight or Update), node => Assert.Equal(ElementType.Float32, node.Type.Element));
    }

    [Fact]
    public void A_value_that_only_products_read_is_stored_as_BF16_only()
    {
        var forward = Programs(Network("18", "Dense(26), Tanh, Dense(24)", "BFloat16"))[0];
        var first = forward.Program.Groups.First(group => group.Body is CudaContraction);
        Assert.Equal(ElementType.BFloat16, forward.Program.Graph[Assert.Single(first.Stores)].Type.Element);
        // 18 and 26 numbers of 16 bits, 24 floats: each begins at a multiple of 64 bytes.
        Assert.Equal(16 + 16 + 32, forward.Memory.Slots.Where(slot => forward.Program.Graph[slot.Value].Type.Batched).Sum(slot => slot.Size));
    }

    [Theory]
    [InlineData("Float32", "products are of floats")]
    [InlineData("TensorFloat32", "tiles round the operands of products to TF32")]
    [InlineData("BFloat16", "tiles round the operands of products to BF16")]
    public void The_plan_says_it(string precision, string expected)
    {
        var model = Network("18", "Dense(26), Tanh, Dense(24)", precision);
        var plan = CudaPlanText.Of(model, Compiler.CudaPrograms(model));
        Assert.Contains(expected, plan, StringComparison.Ordinal);
        Assert.Equal(precision == "BFloat16", plan.Contains("stages, BF16", StringComparison.Ordinal));
        Assert.Equal(precision == "TensorFloat32", plan.Contains("stages, TF32", StringComparison.Ordinal));
    }

    [Fact]
    public void The_processors_kernels_are_the_same_in_every_precision()
    {
        var texts = new[] { "Float32", "TensorFloat32", "BFloat16" }.Select(precision => Compiler.Compile(Network("18", "Dense(26), Tanh, Dense(24)", precision)).Kernels.Text);
        Assert.Single(texts.Distinct());
    }

    [Fact]
    public void Rounding_is_to_the_nearest_and_of_halves_to_even()
    {
        float[] values = [0f, -0f, 1f, -1.00390625f, 1.01171875f, 1.00390631f, float.PositiveInfinity, 1e-30f, 0.1f, -12345.678f];
        var expected = values.Select(value =>
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            return float.IsInfinity(value) ? value : (double)BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
        });
        var type = TensorType.PerSample(values.Length);
        var call = new ReferenceCall(new ReferenceEnvironment { Batch = 1, Input = _ => [], Weight = _ => [] }, [[.. values.Select(value => (double)value)]], [type], type);
        new RoundToBFloat16().Evaluate(call);
        Assert.Equal(expected, call.Result);
    }

    private static CudaContraction[] Products(NetworkModel model) =>
        [.. Programs(model).SelectMany(p => p.Program.Groups).Select(g => g.Body).OfType<CudaContraction>().Where(p => p.Tile is not null)];

    private static IReadOnlyList<CompiledProgram> Programs(NetworkModel model) => Compiler.CudaPrograms(model);

    private static NetworkModel Network(string dims, string layers, string precision) => Compiled.Model(
        $$"""
        [Network(Precision = Precision.{{precision}})]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential({{layers}});

            public Tensor Forward([Shape({{dims}})] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x) => Sum(Square(Forward(x) + 0.3f));
        }
        {{Package}}
        """, "Net");
}
