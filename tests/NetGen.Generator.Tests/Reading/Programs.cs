namespace NetGen.Generator.Tests.Reading;

/// <summary>Programs that between them use the whole language; several suites run them.</summary>
internal static class Programs
{
    public const string Transformerish =
        """
        static class Sizes
        {
            public const int Width = 8;
            public static readonly int[] Hidden = [Width * 2, Width * 4];
        }

        [Network]
        public sealed partial class Blocks
        {
            private const int Depth = 2;
            private readonly Layer blocks = Repeat(Depth, i => Block(Sizes.Width, Sizes.Hidden[i]));
            private readonly Parameter scale = Parameter(Sizes.Width, Init.Ones);
            private readonly Encoder encoder = new(Sizes.Width, Gelu);
            private readonly (Layer Mean, Layer Spread) heads = (Dense(2), Dense(2));

            private static Layer Residual(Layer inner, float rate = 0.5f) => x => x + rate * inner(x);

            private static Layer Block(int dim, int hidden)
            {
                var layers = new List<Layer>();
                for (var i = 0; i < 2; i++)
                {
                    layers.Add(Dense(i == 0 ? hidden : dim));
                    layers.Add(i switch { 0 => Relu, _ => LeakyRelu(0.1f) });
                }
                return Residual(Sequential([.. layers]));
            }

            public Tensor Forward([Shape(Sizes.Width)] Tensor x)
            {
                var (mean, spread) = heads;
                Tensor y = encoder.Forward(blocks(x) * scale);
                foreach (var layer in new[] { Tanh, Softplus })
                    y += layer(y) / MathF.Sqrt(y.Shape[^1]);
                return Concat(mean(y), spread(y));
            }

            [Objective]
            public Tensor Loss(Tensor x, [Shape(4)] Tensor target) => Huber(Forward(x), target) + 1e-4f * L2(blocks);
        }

        [Network]
        public partial class Encoder(int width, Layer activation)
        {
            private readonly Layer[] layers = [Dense(width, bias: false, init: Init.Normal(0.02f)), activation, Dense(width)];

            public Tensor Forward(Tensor x)
            {
                for (var i = 0; i < layers.Length; i++)
                    x = layers[i](x);
                return x;
            }
        }
        """;

    public const string Gan =
        """
        [Network]
        public sealed partial class Gan
        {
            private readonly Layer generator = Sequential(Dense(16), Relu, Dense(4));
            private readonly Layer discriminator = Sequential(Dense(16), LeakyRelu(0.2f), Dropout(0.3f), Dense(1));

            public Tensor Forward([Shape(3)] Tensor noise) => generator(noise);

            private Tensor Judge(Tensor x) => discriminator(x);

            [Objective(Updates = [nameof(generator)])]
            public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-Judge(Forward(noise))));

            [Objective(Updates = new[] { nameof(discriminator) })]
            public Tensor DiscriminatorLoss(Tensor noise, [Shape(4)] Tensor real)
            {
                Tensor Mistaken(Tensor x, int sign)
                {
                    var judged = Judge(x);
                    return Mean(Softplus(sign * judged));
                }
                return (Mistaken(real, -1) + Mistaken(Forward(noise), 1)) / 2;
            }
        }
        """;

    public const string Attributes =
        """
        [Network, Input(12, 12, 2)]
        [Conv2D(4, 3, Same = true), Relu, AveragePool2D(2), Conv2D(8, 3, Stride = 2, Bias = false), Elu(0.5f)]
        [GlobalAveragePool, Dropout(0.1f), Reshape(2, -1), Flatten, Dense(3)]
        [Objective(Loss.MeanSquaredError)]
        public sealed partial class Tiny;
        """;

    public static IReadOnlyList<string> All { get; } = [MnistTests.MnistCnn, Transformerish, Gan, Attributes];
}
