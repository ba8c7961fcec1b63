namespace NetGen.Generator.Tests.Networks;

/// <summary>Networks that draw, recommend and play, as a user writes them.</summary>
internal static class OtherNetworks
{
    /// <summary>Radford, Metz and Chintala 2016; PyTorch's example dcgan.</summary>
    public const string Dcgan =
        """
        [Network]
        public sealed partial class Dcgan
        {
            private readonly Layer generator = Sequential(
                Reshape(1, 1, 100),
                ConvTranspose2D(512, kernel: 4, bias: false), BatchNorm(), Relu,
                ConvTranspose2D(256, kernel: 4, stride: 2, padding: 1, bias: false), BatchNorm(), Relu,
                ConvTranspose2D(128, kernel: 4, stride: 2, padding: 1, bias: false), BatchNorm(), Relu,
                ConvTranspose2D(64, kernel: 4, stride: 2, padding: 1, bias: false), BatchNorm(), Relu,
                ConvTranspose2D(3, kernel: 4, stride: 2, padding: 1, bias: false), Tanh);

            private readonly Layer discriminator = Sequential(
                Conv2D(64, kernel: 4, stride: 2, padding: 1, bias: false), LeakyRelu(0.2f),
                Conv2D(128, kernel: 4, stride: 2, padding: 1, bias: false), BatchNorm(), LeakyRelu(0.2f),
                Conv2D(256, kernel: 4, stride: 2, padding: 1, bias: false), BatchNorm(), LeakyRelu(0.2f),
                Conv2D(512, kernel: 4, stride: 2, padding: 1, bias: false), BatchNorm(), LeakyRelu(0.2f),
                Conv2D(1, kernel: 4, bias: false), Flatten);

            public Tensor Forward([Shape(100)] Tensor noise) => generator(noise);

            [Objective(Updates = [nameof(generator)])]
            public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-discriminator(Forward(noise))));

            [Objective(Updates = [nameof(discriminator)])]
            public Tensor DiscriminatorLoss(Tensor noise, [Shape(64, 64, 3)] Tensor real) =>
                Mean(Softplus(discriminator(Forward(noise)))) + Mean(Softplus(-discriminator(real)));
        }
        """;

    /// <summary>Kingma and Welling 2014; PyTorch's example vae.</summary>
    public const string Vae =
        """
        [Network]
        public sealed partial class Vae
        {
            private readonly Layer hidden = Sequential(Flatten, Dense(400), Relu), mean = Dense(20), logVariance = Dense(20);
            private readonly Layer decoder = Sequential(Dense(400), Relu, Dense(784));

            public Tensor Forward([Shape(28, 28, 1)] Tensor image) => Sigmoid(decoder(mean(hidden(image))));

            [Objective]
            public Tensor Loss(Tensor image)
            {
                var (m, v) = (mean(hidden(image)), logVariance(hidden(image)));
                var code = m + Exp(0.5f * v) * RandomNormal(20);
                return 784f * BinaryCrossEntropy(decoder(code), Flatten(image)) + 0.5f * Sum(Square(m) + Exp(v) - v - 1f);
            }
        }
        """;

    /// <summary>He et al. 2017 in the form of MLPerf's training benchmark.</summary>
    /// <param name="users">138,493 in MovieLens 20m.</param>
    /// <param name="items">26,744 in MovieLens 20m.</param>
    public static string NeuMf(int users, int items) =>
        $$"""
        [Network]
        public sealed partial class NeuMf
        {
            private readonly Layer users = Embedding({{users}}, 64), items = Embedding({{items}}, 64);
            private readonly Layer towerUsers = Embedding({{users}}, 128), towerItems = Embedding({{items}}, 128);
            private readonly Layer tower = Sequential(Dense(256), Relu, Dense(128), Relu, Dense(64), Relu), output = Dense(1);

            public Tensor Forward(Indices user, Indices item) => output(Concat(
                users(user) * items(item), tower(Concat(towerUsers(user), towerItems(item)))));

            [Objective]
            public Tensor Loss(Indices user, Indices item, [Shape(1)] Tensor liked) => BinaryCrossEntropy(Forward(user, item), liked);
        }
        """;

    /// <summary>Mnih et al. 2015, with the four actions of Breakout; the target has the same layers.</summary>
    public const string Dqn =
        """
        [Network]
        public sealed partial class Dqn
        {
            private readonly Layer online = Values();

            [Frozen]
            private readonly Layer target = Values();

            private static Layer Values() => Sequential(
                Conv2D(32, kernel: 8, stride: 4), Relu, Conv2D(64, kernel: 4, stride: 2), Relu, Conv2D(64, kernel: 3), Relu,
                Flatten, Dense(512), Relu, Dense(4));

            public Tensor Forward([Shape(84, 84, 4)] Tensor frames) => online(frames);

            [Objective]
            public Tensor Loss(
                Tensor frames, Indices action, [Shape] Tensor reward, [Shape(84, 84, 4)] Tensor next, [Shape] Tensor discount) =>
                Huber(Pick(online(frames), action), reward + discount * Max(target(next)));
        }
        """;
}
