using NetGen.Compiled.Tests.Harness;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>Networks with more than one thing in them: what operations do to each other when they share weights, memory and kernels.</summary>
internal static class WholeNetworks
{
    public static readonly IReadOnlyDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["Mlp"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Flatten, Dense(128), Relu, Dense(10));

                public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

                [Objective]
                public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
            }
            """,
        ["Cnn"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer features = Sequential(
                    Conv2D(8, kernel: 3), Relu, MaxPool2D(2),
                    Conv2D(16, kernel: 3), Relu, MaxPool2D(2),
                    Conv2D(17, kernel: 3), Relu);
                private readonly Layer classifier = Sequential(Flatten, Dropout(0.5f), Dense(20), Relu, Dense(10));

                public Tensor Forward([Shape(20, 20, 1)] Tensor image) => classifier(features(image));

                [Objective]
                public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label) + 1e-3f * L2(features);
            }
            """,
        ["InputGradients"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer features = Sequential(
                    Conv2D(8, 3), BatchNorm(epsilon: 0.1f), Relu, MaxPool2D(2), Conv2D(16, 3, padding: Padding.Same), Relu, MaxPool2D(2));
                private readonly Layer head = Sequential(Flatten, Dropout(0.5f), Dense(20), LayerNorm(), Gelu, Dense(10));

                public Tensor Forward([Shape(14, 14, 1)] Tensor image) => head(features(image));

                public Tensor Saliency(Tensor image, Labels label) => Abs(Gradient(CrossEntropy(Forward(image), label), image));

                public Tensor ClassActivation(Tensor image, [Shape(10)] Tensor direction)
                {
                    var maps = features(image);
                    var gradient = Gradient(Softmax(head(maps)) * direction, maps);
                    return Relu(Sum(maps * Mean(gradient, [0, 1], keepDims: true), -1));
                }

                [Objective]
                public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
            }
            """,
        ["GradientsOfValues"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer q = Dense(6), k = Dense(6), v = Dense(6), last = Dense(3);
                private readonly Parameter scale = Parameter(6);

                public Tensor Forward([Shape(5, 4)] Tensor x) => last(Mean(Attended(x), 0));

                public Tensor OfOneByAll(Tensor x) => Gradient(Forward(x)[1], x) * x + Gradient(Square(Forward(x)), x);

                public Tensor OfAWeight(Tensor x) => Sum(x) + Sum(Gradient(Forward(x), scale));

                public Tensor BehindAStep(Tensor x) => x + Gradient(Floor(Forward(x)), x);

                private Tensor Attended(Tensor x) => MatMul(Softmax(MatMul(q(x), Transpose(k(x)))), v(x)) * scale;

                [Objective]
                public Tensor Loss(Tensor x, [Shape(3)] Tensor y) =>
                    Mean(Square(Forward(x) - y)) * (1f + StopGradient(Mean(Abs(Gradient(Forward(x), x)))));
            }
            """,
        ["VariationalAutoencoder"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer encoder = Sequential(Dense(17), Tanh), mean = Dense(5), logVariance = Dense(5);
                private readonly Layer decoder = Sequential(Dense(17), Tanh, Dense(9));

                public Tensor Forward([Shape(9)] Tensor x) => decoder(mean(encoder(x)));

                public Tensor Noisy([Shape(9)] Tensor x) => x * RandomBernoulli(0.75f, 9) + RandomUniform(3, 1)[1] + RandomUniform();

                [Objective]
                public Tensor Loss(Tensor x)
                {
                    var hidden = encoder(x);
                    var (m, v) = (mean(hidden), logVariance(hidden));
                    var z = m + Exp(0.5f * v) * RandomNormal(5);
                    return Sum(Square(decoder(z) - x)) - 0.5f * Sum(1f + v - Square(m) - Exp(v));
                }
            }
            """,
        ["LayerTwice"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Sequential(Dense(17), Tanh);
                private readonly Layer last = Dense(3);

                public Tensor Forward([Shape(17)] Tensor x) => last(layer(layer(x)) + x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label) + 0.1f * L2(layer);
            }
            """,
        ["ConvolutionTwice"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Sequential(Conv2D(3, 3, padding: Padding.Same), Relu);

                public Tensor Forward([Shape(6, 7, 3)] Tensor x) => GlobalAveragePool(layer(layer(layer(x))));

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """,
        ["Residual"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer body = Sequential(
                    Dense(33), Residual(Sequential(Dense(33), Gelu)), Residual(Sequential(Dense(64), Silu, Dense(33))), Dense(5));

                private static Layer Residual(Layer inner) => x => x + inner(x);

                public Tensor Forward([Shape(17)] Tensor x) => body(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """,
        // More kernels than one method calls.
        ["Deep"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer body = Sequential(
                    Dense(5), Repeat(53, () => Residual(Sequential(Dense(6), Tanh, Dropout(0.1f), Dense(5, bias: false)))), Dense(3));

                private static Layer Residual(Layer inner) => x => x + 0.25f * inner(x);

                public Tensor Forward([Shape(4)] Tensor x) => body(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """,
        ["Branches"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer stem = Sequential(Conv2D(8, 3), Relu);
                private readonly Layer a = Conv2D(5, 1), b = Conv2D(4, 3, padding: Padding.Same), c = MaxPool2D(3, stride: 1, padding: 1);
                private readonly Layer head = Sequential(MaxPool2D(2), Flatten, Dense(10));

                public Tensor Forward([Shape(10, 10, 2)] Tensor x)
                {
                    var s = stem(x);
                    return head(Concat(Relu(a(s)), Relu(b(s)), c(s)));
                }

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """,
        ["TwoInputs"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer image = Sequential(Conv2D(8, 3), Relu, MaxPool2D(2), Flatten, Dense(10), Relu);
                private readonly Layer table = Sequential(Dense(7), Relu);
                private readonly Layer head = Dense(1);

                public Tensor Forward([Shape(8, 8, 1)] Tensor picture, [Shape(5)] Tensor columns) => head(Concat(image(picture), table(columns)));

                public Tensor Embed([Shape(5)] Tensor columns) => table(columns);

                [Objective]
                public Tensor Loss(Tensor picture, Tensor columns, [Shape(1)] Tensor target) => MeanSquaredError(Forward(picture, columns), target);
            }
            """,
        ["Gan"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer generator = Sequential(Dense(33), Relu, Dense(20), Tanh);
                private readonly Layer discriminator = Sequential(Dense(32), LeakyRelu(0.2f), Dropout(0.3f), Dense(1));

                public Tensor Forward([Shape(6)] Tensor noise) => generator(noise);

                public Tensor Judge([Shape(20)] Tensor sample) => discriminator(sample);

                [Objective(Updates = [nameof(discriminator)])]
                public Tensor DiscriminatorLoss([Shape(6)] Tensor noise, [Shape(20)] Tensor real) =>
                    Mean(Softplus(-Judge(real)) + Softplus(Judge(Forward(noise))));

                [Objective(Updates = [nameof(generator)])]
                public Tensor GeneratorLoss([Shape(6)] Tensor noise) => Mean(Softplus(-Judge(Forward(noise))));
            }
            """,
        ["Components"] =
            """
            [Network]
            public sealed partial class Encoder(int width)
            {
                private readonly Layer layers = Sequential(Dense(width * 2), Elu, Dense(width));

                public Tensor Forward(Tensor x) => layers(x);
            }

            [Network]
            public sealed partial class Net
            {
                private readonly Encoder encoder = new(5);
                private readonly Layer decoder = Sequential(Silu, Dense(5));

                public Tensor Forward([Shape(5)] Tensor x) => decoder(encoder.Forward(x));

                [Objective]
                public Tensor Loss(Tensor x, [Shape(5)] Tensor target) => MeanSquaredError(Forward(x), target);
            }
            """,
        ["Attributes"] =
            """
            [Network, Input(9, 9, 1)]
            [Conv2D(8, 3), Relu, MaxPool2D(2)]
            [Flatten, Dense(10)]
            [Objective(Loss.CrossEntropy)]
            public sealed partial class Net;
            """,
        ["Tied"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Parameter table = Parameter(17, Init.Normal(0.5f));
                private readonly Layer inner = Dense(17);

                public Tensor Forward([Shape(17)] Tensor x) => Tanh(inner(x * table)) * table + table;

                [Objective]
                public Tensor Loss(Tensor x, [Shape(17)] Tensor target) => MeanSquaredError(Forward(x), target) + 0.1f * L2(table) + 0.1f * L1(inner);
            }
            """,
        ["Autoencoder"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer encoder = Sequential(Dense(16), Elu(), Dropout(0.2f), Dense(3));
                private readonly Layer decoder = Sequential(Dense(16), Elu(), Dense(30), Reshape(5, 6));

                public Tensor Forward([Shape(5, 6)] Tensor x) => decoder(encoder(Flatten(x)));

                public Tensor Encode([Shape(5, 6)] Tensor x) => encoder(Flatten(x));

                [Objective]
                public Tensor Loss(Tensor x) => MeanSquaredError(Forward(x), x) + 0.01f * L2(encoder);
            }
            """,
        ["Views"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Parameter scale = Parameter(4, 6);
                private readonly Layer dense = Dense(24);

                public Tensor Forward([Shape(24)] Tensor x)
                {
                    var image = Reshape(dense(x), 4, 6);
                    var scaled = image * scale + Reshape(x, 4, 6);
                    return Reshape(Mean(scaled, 0), 2, 3) + Reshape(Sum(Reshape(scaled, 6, 4), -1), 2, 3);
                }

                [Objective]
                public Tensor Loss(Tensor x) => Sum(Square(Forward(x) - 0.1f));
            }
            """,
        // Chains of weights alone, which run before the samples: one is read at once, the other after it has been made in three phases.
        ["WeightsOnly"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Parameter p = Parameter(16, 16), q = Parameter(16), r = Parameter(16);

                public Tensor Forward([Shape(16)] Tensor x)
                {
                    var a = Softmax(q);
                    var late = Sum(Softmax(Softmax(p)), 0);
                    return Softmax(Softmax(x + a) * Softmax(Softmax(Softmax(r)))) + late;
                }

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label) + 0.1f * L2(p);
            }
            """,
        // Two classifications of one label, one of a distribution, and several answers for a sample.
        ["Heads"] = Heads("shapes + 0.5f * colours + flags + auxiliary"),
        // A sum of one number has no loop: the line of regression with weight decay.
        ["OneWeight"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer line = Dense(1);
                private readonly Parameter one = Parameter(1), square = Parameter(1, 1), three = Parameter(3);

                public Tensor Forward([Shape(1)] Tensor x) => line(x) + Mean(one);

                public Tensor Sums([Shape(3)] Tensor x) => x * Sum(one) + Sum(square, 0) + Mean(square, 1) * Sum(three);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(1)] Tensor y) => MeanSquaredError(Forward(x), y) + 0.1f * L2(line) + 0.2f * L1(one);

                [Objective]
                public Tensor SumsLoss([Shape(3)] Tensor x) => Mean(Square(Sums(x))) + 0.5f * L2(square) * L2(three);
            }
            """,
        // A pooling reads 4×4 of 5×5 pixels; the input, which is an operand of the sum beside the convolution, has them all.
        ["OddPooling"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer first = Conv2D(3, 3, padding: Padding.Same), second = Conv2D(3, 3, padding: Padding.Same), third = Conv2D(3, 1);
                private readonly Layer pool = MaxPool2D(2), average = AveragePool2D(2, stride: 3);

                public Tensor Forward([Shape(5, 7, 3)] Tensor x)
                {
                    var y = first(x);
                    var z = second(y);
                    return Concat(Flatten(pool(x + y)), Flatten(pool(Relu(y + z))), Flatten(average(third(z) * z)));
                }

                [Objective]
                public Tensor Loss(Tensor x) => Mean(Square(Forward(x)));
            }
            """,
    };

    /// <summary>A network with four classifications, for a sum of them.</summary>
    public static string Heads(string loss) => $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer trunk = Sequential(Dense(8), Tanh), shape = Dense(3), colour = Dense(4), flag = Dense(5), extra = Dense(3);

            public Tensor Forward([Shape(6)] Tensor x) => shape(trunk(x));

            public Tensor Colours([Shape(6)] Tensor x) => colour(trunk(x));

            public Tensor Flags([Shape(6)] Tensor x) => flag(trunk(x));

            public Tensor Extra([Shape(6)] Tensor x) => extra(trunk(x));

            private Tensor Auxiliary(Tensor x, Labels kind) => 0.3f * CrossEntropy(Extra(x), kind);

            [Objective]
            public Tensor Loss(Tensor x, Labels kind, [Shape(4)] Tensor mixture, [Shape(5)] Tensor flags01)
            {
                var auxiliary = Auxiliary(x, kind);
                var flags = BinaryCrossEntropy(Flags(x), flags01);
                var colours = CrossEntropy(Colours(x), mixture);
                var shapes = CrossEntropy(Forward(x), kind);
                var unused = CrossEntropy(Forward(x) * 2f, kind);
                return {{loss}};
            }
        }
        """;

    private static readonly Lazy<CompiledNetworks> Compiled =
        new(() => CompiledNetworks.Compile(Texts.Select(t => new NetworkSource(t.Key, t.Value)).ToArray()));

    public static byte[] Image => Compiled.Value.Image;

    public static CompiledNetwork Get(string name) => Compiled.Value[name];
}
