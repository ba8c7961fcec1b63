using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>
/// The JIT compiles a method of more than 60,000 bytes of IL, 20,000 instructions, 2,000 blocks, 2,000 locals or 8,000 references to locals without
/// optimization, which would make a kernel tens of times slower and tell nobody. Every method of every network of these tests, and of deep, large and random ones, stays below.
/// </summary>
public sealed class MethodSizeTests
{
    [Fact]
    public void Operations() => Check(OperationNetworks.Image);

    [Fact]
    public void Whole_networks() => Check(WholeNetworks.Image);

    [Fact]
    public void The_sample_networks() => Check(CompiledNetworks.Compile(
    [
        new NetworkSource("Sample",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer features = Sequential(
                    Conv2D(32, kernel: 3), Relu, MaxPool2D(2),
                    Conv2D(64, kernel: 3), Relu, MaxPool2D(2),
                    Conv2D(64, kernel: 3), Relu);
                private readonly Layer classifier = Sequential(Flatten, Dense(64), Relu, Dense(10));

                public Tensor Forward([Shape(28, 28, 1)] Tensor image) => classifier(features(image));

                [Objective]
                public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
            }
            """),
    ]).Image);

    [Theory]
    [InlineData(14)]
    [InlineData(49)]
    [InlineData(200)]
    public void Deep_networks(int blocks) => Check(CompiledNetworks.Compile(
    [
        new NetworkSource("Deep",
            $$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer stem = Sequential(Conv2D(16, 3, padding: Padding.Same), Relu);
                private readonly Layer blocks = Repeat({{blocks}}, () => Residual(Sequential(
                    Conv2D(16, 3, padding: Padding.Same), Relu, Dropout(0.1f), Conv2D(16, 3, padding: Padding.Same), Gelu)));
                private readonly Layer head = Sequential(GlobalAveragePool, Dense(10));

                private static Layer Residual(Layer inner) => x => x + inner(x);

                public Tensor Forward([Shape(16, 16, 3)] Tensor image) => head(blocks(stem(image)));

                [Objective]
                public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label) + 1e-4f * L2(blocks);
            }
            """),
    ]).Image);

    [Fact]
    public void Layers_that_are_large() => Check(CompiledNetworks.Compile(
    [
        new NetworkSource("Large",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(4096), Gelu, Dropout(0.5f), Dense(1009), Relu, Dense(2048), Tanh, Dense(1000));

                public Tensor Forward([Shape(3000)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label) + 1e-4f * L2(layers);
            }
            """),
        new NetworkSource("Wide",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer features = Sequential(
                    Conv2D(96, 7, stride: 2), Relu, MaxPool2D(3, stride: 2), Conv2D(256, 5, padding: Padding.Same), Gelu, AveragePool2D(2), Conv2D(511, 3), Relu, MaxPool2D(3));
                private readonly Layer head = Sequential(GlobalAveragePool, Dense(1000));

                public Tensor Forward([Shape(96, 96, 3)] Tensor image) => head(features(image));

                [Objective]
                public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
            }
            """),
    ]).Image);

    /// <summary>Everything could be one kernel, and must not.</summary>
    [Fact]
    public void Long_chains_of_functions() => Check(CompiledNetworks.Compile(
    [
        Chain("Cheap", 1500, "", i => $"x{i - 1} * {i}f + 0.5f"),
        Chain("Expensive", 200, "", i => $"Gelu(x{i - 1})"),
        Chain("Weights", 200, string.Join(" ", Enumerable.Range(1, 200).Select(i => $"private readonly Parameter p{i} = Parameter(33);")), i => $"Relu(x{i - 1} * p{i})"),
        Chain("Shared", 200, "", i => $"x{i - 1} * Sigmoid(x0 * {i}f)"),
    ]).Image);

    [Fact]
    public void Random_networks() => Check(CompiledNetworks.Compile(
        [.. Enumerable.Range(0, 12).Select(seed => new NetworkSource($"Random{seed}", RandomNetwork.Text(Decisions(seed))))]).Image);

    private static NetworkSource Chain(string name, int length, string fields, Func<int, string> value) => new(name,
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer first = Dense(33);
            private readonly Layer last = Dense(10);
            {{fields}}

            public Tensor Forward([Shape(32)] Tensor input)
            {
                var x0 = first(input);
                {{string.Join("\n        ", Enumerable.Range(1, length).Select(i => $"var x{i} = {value(i)};"))}}
                return last(x{{length}});
            }

            [Objective]
            public Tensor Loss(Tensor input, Labels label) => CrossEntropy(Forward(input), label);
        }
        """);

    private static int[] Decisions(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 60).Select(_ => random.Next(1 << 20))];
    }

    private static void Check(byte[] image)
    {
        var methods = MethodSize.All(image);
        Assert.True(methods.Count > 20, $"Only {methods.Count} methods were found.");
        Assert.Multiple([.. methods.Select<MethodSize, Action>(method => () => Assert.True(
            method is { Bytes: < 60_000, Instructions: < 20_000, Blocks: < 2_000, Locals: < 2_000, LocalReferences: < 8_000 },
            $"The JIT does not optimize {method}."))]);
    }
}
