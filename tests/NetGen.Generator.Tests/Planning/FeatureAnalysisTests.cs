using NetGen.Generator.Graph.Order;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Planning;

/// <summary>
/// Which order of features each weight has in a file, said as "name in POSITIONS×CHANNELS out …": what PyTorch's module has that is written
/// as one writes it there. Weights whose features do not move are left out.
/// </summary>
public sealed class FeatureAnalysisTests
{
    [Theory]
    // A flattened image, behind what leaves order alone.
    [InlineData("Sequential(Conv2D(3, 3), Relu, Flatten, Dense(4))", "6, 6, 2", "f.3.weight in 16×3")]
    [InlineData("Sequential(Conv2D(3, 3), MaxPool2D(2), Flatten, Dropout(0.5f), Dense(8), Relu, Dense(4))", "6, 6, 2", "f.4.weight in 4×3")]
    [InlineData("Sequential(AveragePool2D(2), x => Softmax(x), Flatten, x => Softmax(x) * 2, Dense(4))", "6, 6, 2", "f.4.weight in 9×2")]
    [InlineData("Sequential(Flatten, Dense(4))", "6, 6, 2", "f.1.weight in 36×2")]
    [InlineData("Sequential(Flatten, Dense(4))", "6, 6, 1", "")]
    [InlineData("Sequential(Flatten, Dense(4))", "1, 1, 6", "")]
    [InlineData("Sequential(Flatten, Dense(4))", "6, 4", "")]
    [InlineData("Dense(4)", "6", "")]
    [InlineData("Sequential(Conv2D(3, 3), GlobalAveragePool, Dense(4))", "6, 6, 2", "")]
    [InlineData("Sequential(DepthwiseConv2D(3, multiplier: 2), Conv2D(2, 3, dilation: 2, padding: 2, groups: 2), Flatten, Dense(4))", "6, 6, 2", "f.3.weight in 16×2")]
    [InlineData("Sequential(Upsample2D(2), PixelShuffle(2), Pad2D(1, 1, 1, 1), Crop2D(1, 1, 1, 1), AdaptiveAveragePool2D(7), Flatten, Dense(4))", "6, 6, 8", "f.6.weight in 49×2")]
    [InlineData("Sequential(Pad(2, 0, 2), Pad(0, 1, 2, 0.5f), Flatten, Dense(4))", "6, 6, 2", "f.3.weight in 54×4")]
    [InlineData("Sequential(ConvTranspose2D(3, 3, stride: 2), Flatten, Dense(4))", "3, 3, 2", "f.2.weight in 49×3")]
    [InlineData("Sequential(Conv1D(3, 3), MaxPool1D(2), ConvTranspose1D(2, 2), Flatten, Dense(4))", "6, 2", "f.4.weight in 3×2")]
    [InlineData("Sequential(Dense(24), Reshape(2, 4, 3), ConvTranspose2D(1, 2))", "5", "f.0.bias out 8×3; f.0.weight out 8×3")]
    [InlineData("Sequential(Conv2D(3, 6), Flatten, Dense(4))", "6, 6, 2", "")]
    // Normalizations: groups of channels are PyTorch's; those of a flattened image are not.
    [InlineData("Sequential(Conv2D(6, 3), GroupNorm(3), InstanceNorm(affine: true), Flatten, LayerNorm(), Dense(4))", "6, 6, 2", "f.4.bias out 16×6; f.4.weight out 16×6; f.5.weight in 16×6")]
    [InlineData("Sequential(Flatten, GroupNorm(2), Dense(4))", "6, 6, 2", "f.1.bias unknown; f.1.weight unknown; f.2.weight unknown")]
    // Rows of attention and recurrent layers are rows in PyTorch too, transposed behind a convolution and before one.
    [InlineData("Sequential(Conv2D(8, 3), Reshape(16, 8), LearnedPositions(), SelfAttention(2), LayerNorm(), Flatten, Dense(4))", "6, 6, 2", "")]
    [InlineData("Sequential(Conv1D(8, 3), Relu, Dense(6), SinusoidalPositions, TransformerEncoderLayer(2), x => x[0], Dense(4))", "6, 2", "")]
    [InlineData("Sequential(Conv1D(3, 3), BatchNorm(), Relu, Lstm(5), Flatten, Dense(4))", "6, 2", "")]
    [InlineData("Sequential(Gru(5), Conv1D(3, 3), Relu, Flatten, Dense(4))", "6, 2", "f.4.weight in 4×3")]
    [InlineData("Sequential(SelfAttention(1), Reshape(3, 2, 4), Conv2D(3, 2), Flatten, Dense(4))", "6, 4", "f.4.weight in 2×3")]
    // Reshapes that keep positions and channels apart.
    [InlineData("Sequential(Conv2D(3, 3), Reshape(16, 3), Flatten, Dense(4))", "6, 6, 2", "f.3.weight in 16×3")]
    [InlineData("Sequential(Reshape(6, 6, 2, 2), x => x - Mean(x, 3, keepDims: true), Flatten, Dense(4))", "6, 6, 4", "f.3.weight in 36×4")]
    [InlineData("Sequential(Reshape(36, 2), Reshape(3, 12, 2), Conv2D(2, 3), Flatten, Dense(4))", "6, 6, 2", "f.4.weight in 10×2")]
    // Reductions along one axis.
    [InlineData("Sequential(x => Sum(x, 0), Flatten, Dense(4))", "5, 6, 2", "f.2.weight in 6×2")]
    [InlineData("Sequential(x => Mean(x, 1, keepDims: true), Flatten, Dense(4))", "5, 6, 2", "f.2.weight in 5×2")]
    [InlineData("Sequential(x => Mean(x, 2), Flatten, Dense(4))", "5, 6, 2", "")]
    // A dense layer that makes an image has its outputs channels first, its bias too.
    [InlineData("Sequential(Dense(32), Relu, Reshape(4, 4, 2), Conv2D(3, 3))", "7", "f.0.bias out 16×2; f.0.weight out 16×2")]
    [InlineData(
        "Sequential(Dense(32), Reshape(4, 4, 2), AveragePool2D(2), Flatten, Dense(3))", "7",
        "f.0.bias out 16×2; f.0.weight out 16×2; f.4.weight in 4×2")]
    [InlineData(
        "Sequential(Dense(32), Reshape(4, 4, 2), GlobalAveragePool, Dense(3))", "7", "f.0.bias out 16×2; f.0.weight out 16×2")]
    [InlineData("Sequential(Dense(32), Reshape(4, 4, 2))", "7", "f.0.bias out 16×2; f.0.weight out 16×2")]
    [InlineData("Sequential(Dense(32), Reshape(16, 2), x => Softmax(x), Flatten, Dense(3))", "7", "")]
    [InlineData(
        "Sequential(Flatten, Dense(8), Dense(50), Reshape(5, 5, 2))", "5, 5, 2",
        "f.1.weight in 25×2; f.2.bias out 25×2; f.2.weight out 25×2")]
    // Numbers that the caller gives in a row become an image.
    [InlineData("Sequential(x => x / 255f, Reshape(6, 6, 2), Conv2D(3, 3), Flatten, Dense(4))", "72", "f.4.weight in 16×3")]
    public void Stacks(string stack, string shape, string expected) => Assert.Equal(expected, Orders(
        $$"""
        private readonly Layer f = {{stack}};

        public Tensor Forward([Shape({{shape}})] Tensor x) => f(x);
        """));

    public static TheoryData<string, string, string> Wirings => new()
    {
        {
            "a token and positions around the patches of an image",
            """
            private readonly Layer patches = Sequential(Conv2D(4, 2, stride: 2), Reshape(9, 4)), positions = LearnedPositions();
            private readonly Parameter token = Parameter(1, 4);
            private readonly Layer encoder = TransformerEncoderLayer(2), head = Dense(3);
            public Tensor Forward([Shape(6, 6, 3)] Tensor x) => head(encoder(positions(Concat(0, token, patches(x))))[0]);
            """,
            ""
        },
        {
            "a convolution over words",
            """
            private readonly Layer layers = Sequential(Embedding(9, 4), Conv1D(3, 3), Relu, Flatten, Dense(2));
            public Tensor Forward([Shape(6)] Indices x) => layers(x);
            """,
            "layers.4.weight in 4×3"
        },
        {
            "steps that are rows for one and channels for another",
            """
            private readonly Layer conv = Conv1D(3, 3), rnn = Lstm(5), d = Dense(2), e = Dense(2);
            public Tensor Forward([Shape(6, 2)] Tensor x) => d(Flatten(conv(x))) + e(rnn(conv(x))[^1]);
            """,
            "d.weight in 4×3; e.weight unknown"
        },
        {
            "two heads read one image",
            """
            private readonly Layer a = Dense(2), b = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) { var f = Flatten(x); return Concat(a(f), b(f)); }
            """,
            "a.weight in 16×2; b.weight in 16×2"
        },
        {
            "two images one after the other",
            """
            private readonly Layer c = Conv2D(3, 3), d = Dense(2);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Concat(Flatten(x), Flatten(c(x))));
            """,
            "d.weight in 16×2 + 4×3"
        },
        {
            "an image beside plain features",
            """
            private readonly Layer d = Dense(2), e = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x, [Shape(5)] Tensor y) => d(Concat(y, Flatten(x), e(y)));
            """,
            "d.weight in 5 + 16×2 + 3"
        },
        {
            "channels of two images",
            """
            private readonly Layer c = Conv2D(3, 1), d = Dense(2);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Flatten(Concat(x, c(x))));
            """,
            "d.weight in 16×5"
        },
        {
            "rows of two images",
            "private readonly Layer d = Dense(2); public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Flatten(Concat(0, x, Relu(x))));",
            "d.weight in 32×2"
        },
        {
            "an image beside one that a dense layer makes",
            """
            private readonly Layer e = Dense(48), d = Dense(2);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x, [Shape(5)] Tensor y) => d(Flatten(Concat(x, Reshape(e(y), 4, 4, 3))));
            """,
            "d.weight in 16×5; e.bias out 16×3; e.weight out 16×3"
        },
        {
            "a residual",
            """
            private readonly Layer c = Conv2D(2, 3, padding: 1), d = Dense(32), e = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) { var f = Flatten(x + c(x)); return e(f + Tanh(d(f))); }
            """,
            "d.bias out 16×2; d.weight in 16×2 out 16×2; e.weight in 16×2"
        },
        {
            "one layer for two images",
            """
            private readonly Layer c = Conv2D(2, 3), d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x, [Shape(4, 4, 2)] Tensor y) => d(Flatten(c(x))) - d(Flatten(c(y)));
            """,
            "d.weight in 4×2"
        },
        {
            "one layer for an image and what another made for it",
            """
            private readonly Layer d = Dense(3), e = Dense(32);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x, [Shape(5)] Tensor y) => d(Flatten(x)) - d(Relu(e(y)));
            """,
            "d.weight in 16×2; e.bias out 16×2; e.weight out 16×2"
        },
        {
            "an objective that says what Forward makes",
            """
            private readonly Layer d = Dense(32);
            public Tensor Forward([Shape(5)] Tensor y) => d(y);
            [Objective] public Tensor Loss(Tensor y, [Shape(4, 4, 2)] Tensor image) => MeanSquaredError(Forward(y), Flatten(image));
            """,
            "d.bias out 16×2; d.weight out 16×2"
        },
        {
            "a gate for each channel",
            """
            private readonly Layer g = Dense(2), d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Flatten(x * Reshape(Sigmoid(g(GlobalAveragePool(x))), 1, 1, 2)));
            """,
            "d.weight in 16×2"
        },
        {
            "a mask for each pixel",
            """
            private readonly Layer c = Conv2D(1, 1), d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Flatten(x * Sigmoid(c(x))));
            """,
            "d.weight in 16×2"
        },
        {
            "bare parameters that meet an image",
            """
            private readonly Parameter p = Parameter(4, 4, 2), r = Parameter(4, 2), q = Parameter(2), o = Parameter(1, 1, 2);
            private readonly Parameter s = Parameter();
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => x * p + r * q - o * s;
            """,
            "o channels first; p channels first; r channels first"
        },
        {
            "bare parameters that meet a flattened image",
            """
            private readonly Parameter p = Parameter(32), q = Parameter(16, 2);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => Flatten(x) * p + Flatten(q);
            """,
            "p out 16×2; q channels first"
        },
        {
            "bare parameters beside plain features",
            """
            private readonly Parameter p = Parameter(3, 2), q = Parameter(2);
            public Tensor Forward([Shape(3, 2)] Tensor x) => x * p + q;
            """,
            ""
        },
        {
            "a penalty does not matter",
            """
            private readonly Layer d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Flatten(x));
            [Objective] public Tensor Loss(Tensor x, Labels y) => CrossEntropy(Forward(x), y) + 0.1f * L2(d);
            """,
            "d.weight in 16×2"
        },
    };

    [Theory]
    [MemberData(nameof(Wirings))]
    public void Wired(string name, string members, string expected) => Assert.Equal((name, expected), (name, Orders(members)));

    public static TheoryData<string, string, string> Contradictions => new()
    {
        {
            "one layer for an image and plain features",
            """
            private readonly Layer d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x, [Shape(32)] Tensor y) => d(Flatten(x)) - d(y);
            """,
            "d.weight unknown"
        },
        {
            "a sum of a flattened image and plain features",
            """
            private readonly Layer d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x, [Shape(32)] Tensor y) => d(Flatten(x) + y);
            """,
            "d.weight unknown"
        },
        {
            "a dimension of rows and channels",
            """
            private readonly Layer d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Flatten(Softmax(Reshape(x, 4, 8))));
            """,
            "d.weight unknown"
        },
        {
            "an image of other size with the same numbers",
            """
            private readonly Layer c = Conv2D(3, 2), d = Dense(3);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x) => d(Flatten(c(Reshape(x, 2, 2, 8))));
            """,
            "c.weight unknown"
        },
        {
            "two images of one dense layer",
            """
            private readonly Layer e = Dense(32), a = Conv2D(1, 2), b = Conv2D(1, 2);
            public Tensor Forward([Shape(5)] Tensor y)
            {
                var f = e(y);
                return Mean(a(Reshape(f, 4, 4, 2))) + Mean(b(Reshape(f, 2, 2, 8)));
            }
            """,
            "a.weight unknown; b.weight unknown; e.bias unknown; e.weight unknown"
        },
        {
            "a part of a sum that is unknown",
            """
            private readonly Layer d = Dense(3); private readonly Parameter p = Parameter(32);
            public Tensor Forward([Shape(4, 4, 2)] Tensor x, [Shape(32)] Tensor y) => d((Flatten(x) + y) * p);
            """,
            "d.weight unknown; p unknown"
        },
    };

    /// <summary>What has no order in PyTorch is said to have none; everything else keeps its own.</summary>
    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Contradicting(string name, string members, string expected) => Assert.Equal((name, expected), (name, Orders(members)));

    [Fact]
    public void The_attribute_form_and_networks_in_networks_are_followed_too()
    {
        Assert.Equal("3.weight in 16×3", Of("[Network, Input(6, 6, 2), Conv2D(3, 3), Relu, Flatten, Dense(4)] public partial class Net;"));
        Assert.Equal("body.head.weight in 16×2; head.weight in 16×2", Of(
            """
            [Network] public sealed class Body(int width) { private readonly Layer head = Dense(width); public Tensor Forward(Tensor x) => head(Flatten(x)); }
            [Network] public partial class Net
            {
                private readonly Body body = new(3);
                private readonly Layer head = Dense(3);
                public Tensor Forward([Shape(4, 4, 2)] Tensor x) => body.Forward(x) + head(Flatten(x));
            }
            """));
    }

    [Fact]
    public void Slices_of_vectors_keep_whole_blocks()
    {
        var order = FeatureOrder.Of([new(1, 3), new(4, 2), new(1, 1), new(1, 4), new(5, 2)]);
        Assert.Equal("3 + 4×2 + 5 + 5×2", order.ToString());
        Assert.Equal("1 + 4×2 + 2", order.Slice(2, 11).ToString());
        Assert.Equal("2", order.Slice(12, 2).ToString());
        Assert.Equal("5×2", order.Slice(16, 10).ToString());
        Assert.Equal("unknown", order.Slice(16, 9).ToString());
        Assert.Equal("unknown", order.Slice(4, 2).ToString());
    }

    [Fact]
    public void Reshapes_keep_positions_and_channels_apart()
    {
        var image = FeatureOrder.Image([4, 6, 5]);
        Assert.Equal((2, "24×5"), (image.Axes, image.ToString()));
        Assert.Equal((1, "24×5"), Reshaped(24, 5));
        Assert.Equal((3, "24×5"), Reshaped(2, 2, 6, 5));
        Assert.Equal((2, "24×5"), Reshaped(24, 1, 5));
        Assert.Equal((1, "24×5"), Reshaped(24, 5, 1));
        Assert.Equal((0, "24×5"), Reshaped(120));
        Assert.Equal((0, "24×5"), Reshaped(1, 120));
        Assert.Equal((0, "unknown"), Reshaped(4, 30));
        Assert.Equal((0, "unknown"), Reshaped(8, 15));

        (int, string) Reshaped(params int[] dims) => (image.Reshape(dims).Axes, image.Reshape(dims).ToString());
    }

    /// <summary>A file says what it has otherwise than memory, and so does the summary that a user reads.</summary>
    [Fact]
    public void The_generated_code_and_the_summary_say_it()
    {
        var network = Compiler.Compile(Compiled.Model(
            """
            [Network] public partial class Net
            {
                private readonly Layer c = Conv2D(3, 3), d = Dense(4), e = Dense(4);
                private readonly Parameter p = Parameter(6, 6, 2);
                public Tensor Forward([Shape(6, 6, 2)] Tensor x, [Shape(72)] Tensor y) => d(Flatten(c(x + p))) + e(Flatten(x) + y);
            }
            """));
        var text = network.Api.Text + network.Programs.Text;
        Assert.Contains("FileLayout.Linear, inputs: [new(16, 3)]),", text, StringComparison.Ordinal);
        Assert.Contains("FileLayout.Linear, isOrderKnown: false),", text, StringComparison.Ordinal);
        Assert.Contains("FileLayout.ChannelsFirst),", text, StringComparison.Ordinal);
        Assert.Contains("d.weight  [48, 4]; in files channels first", text, StringComparison.Ordinal);
        Assert.Contains("e.weight  [72, 4]; in files as in memory, PyTorch's order of features is not known", text, StringComparison.Ordinal);
        Assert.Contains("p         [6, 6, 2]; in files channels first", text, StringComparison.Ordinal);
    }

    private static string Orders(string members) => Of($$"""
        [Network]
        public partial class Net
        {
            {{members}}
        }
        """);

    private static string Of(string source)
    {
        var parameters = FeatureAnalysis.Run(Compiled.Model(source, "Net")).Parameters;
        return string.Join("; ", parameters.Select(Describe).OfType<string>().Order(StringComparer.Ordinal));
    }

    private static string? Describe(ParameterModel parameter)
    {
        var says = parameter.IsOrderKnown
            ? (parameter.Inputs.Count > 0 ? $" in {FeatureOrder.Of(parameter.Inputs)}" : "")
                + (parameter.Outputs.Count > 0 ? $" out {FeatureOrder.Of(parameter.Outputs)}" : "")
                + (parameter.Layout == FileLayout.ChannelsFirst ? " channels first" : "")
            : " unknown";
        return says.Length > 0 ? parameter.Name + says : null;
    }
}
