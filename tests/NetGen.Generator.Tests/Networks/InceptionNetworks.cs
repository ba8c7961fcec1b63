namespace NetGen.Generator.Tests.Networks;

/// <summary>Networks that look with several kernels side by side, as a user writes them.</summary>
internal static class InceptionNetworks
{
    /// <summary>
    /// Szegedy et al. 2015, with batch normalization; torchvision's googlenet, without the two heads that only training has.
    /// </summary>
    public const string V1 =
        """
        [Network]
        public sealed partial class InceptionV1
        {
            private readonly Layer layers = Sequential(
                Convolution(64, 7, 2), MaxPool2D(3, stride: 2, ceilMode: true),
                Convolution(64, 1), Convolution(192, 3), MaxPool2D(3, stride: 2, ceilMode: true),
                Block(64, 96, 128, 16, 32, 32), Block(128, 128, 192, 32, 96, 64), MaxPool2D(3, stride: 2, ceilMode: true),
                Block(192, 96, 208, 16, 48, 64), Block(160, 112, 224, 24, 64, 64), Block(128, 128, 256, 24, 64, 64),
                Block(112, 144, 288, 32, 64, 64), Block(256, 160, 320, 32, 128, 128), MaxPool2D(2, stride: 2, ceilMode: true),
                Block(256, 160, 320, 32, 128, 128), Block(384, 192, 384, 48, 128, 128),
                GlobalAveragePool, Dropout(0.2f), Dense(1000));

            private static Layer Block(int ones, int beforeThree, int threes, int beforeFive, int fives, int pooled)
            {
                var (one, three) = (Convolution(ones, 1), Sequential(Convolution(beforeThree, 1), Convolution(threes, 3)));
                // Of 3, as it was trained.
                var five = Sequential(Convolution(beforeFive, 1), Convolution(fives, 3));
                var pool = Sequential(MaxPool2D(3, stride: 1, padding: 1), Convolution(pooled, 1));
                return x => Concat(one(x), three(x), five(x), pool(x));
            }

            private static Layer Convolution(int filters, int kernel, int stride = 1) => Sequential(
                Conv2D(filters, kernel, stride: stride, padding: kernel / 2, bias: false), BatchNorm(epsilon: 0.001f), Relu);

            public Tensor Forward([Shape(224, 224, 3)] Tensor image) => layers(image);

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    /// <summary>Szegedy et al. 2016; torchvision's inception_v3, without the head that only training has.</summary>
    public const string V3 =
        """
        [Network]
        public sealed partial class InceptionV3
        {
            private readonly Layer stem = Sequential(
                Convolution(32, 3, 2, Padding.Valid), Convolution(32, 3, 1, Padding.Valid), Convolution(64, 3),
                MaxPool2D(3, stride: 2),
                Convolution(80, 1), Convolution(192, 3, 1, Padding.Valid), MaxPool2D(3, stride: 2));
            private readonly Layer blocks = Sequential(
                BlockA(32), BlockA(64), BlockA(64), BlockB(),
                BlockC(128), BlockC(160), BlockC(160), BlockC(192), BlockD(), BlockE(), BlockE());
            private readonly Layer head = Sequential(GlobalAveragePool, Dropout(0.5f), Dense(1000));

            private static Layer BlockA(int pooled) => Branches(
                Convolution(64, 1),
                Sequential(Convolution(48, 1), Convolution(64, 5)),
                Sequential(Convolution(64, 1), Convolution(96, 3), Convolution(96, 3)),
                Sequential(AveragePool2D(3, stride: 1, padding: 1, countPadding: true), Convolution(pooled, 1)));

            private static Layer BlockB() => Branches(
                Convolution(384, 3, 2, Padding.Valid),
                Sequential(Convolution(64, 1), Convolution(96, 3), Convolution(96, 3, 2, Padding.Valid)),
                MaxPool2D(3, stride: 2));

            private static Layer BlockC(int filters) => Branches(
                Convolution(192, 1),
                Sequential(Convolution(filters, 1), Convolution(filters, (1, 7)), Convolution(192, (7, 1))),
                Sequential(
                    Convolution(filters, 1), Convolution(filters, (7, 1)), Convolution(filters, (1, 7)),
                    Convolution(filters, (7, 1)), Convolution(192, (1, 7))),
                Sequential(AveragePool2D(3, stride: 1, padding: 1, countPadding: true), Convolution(192, 1)));

            private static Layer BlockD() => Branches(
                Sequential(Convolution(192, 1), Convolution(320, 3, 2, Padding.Valid)),
                Sequential(
                    Convolution(192, 1), Convolution(192, (1, 7)), Convolution(192, (7, 1)),
                    Convolution(192, 3, 2, Padding.Valid)),
                MaxPool2D(3, stride: 2));

            private static Layer BlockE() => Branches(
                Convolution(320, 1),
                Sequential(Convolution(384, 1), Branches(Convolution(384, (1, 3)), Convolution(384, (3, 1)))),
                Sequential(Convolution(448, 1), Convolution(384, 3), Branches(Convolution(384, (1, 3)), Convolution(384, (3, 1)))),
                Sequential(AveragePool2D(3, stride: 1, padding: 1, countPadding: true), Convolution(192, 1)));

            private static Layer Branches(params Layer[] branches) => x =>
            {
                var results = new List<Tensor>();
                foreach (var branch in branches)
                    results.Add(branch(x));
                return Concat(results.ToArray());
            };

            private static Layer Convolution(int filters, Size2D kernel, int stride = 1) =>
                Convolution(filters, kernel, stride, Padding.Same);

            private static Layer Convolution(int filters, Size2D kernel, int stride, Padding padding) =>
                Sequential(Conv2D(filters, kernel, stride: stride, padding: padding, bias: false), BatchNorm(epsilon: 0.001f), Relu);

            public Tensor Forward([Shape(299, 299, 3)] Tensor image) => head(blocks(stem(image)));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;
}
