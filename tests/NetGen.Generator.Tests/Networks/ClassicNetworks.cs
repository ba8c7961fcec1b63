namespace NetGen.Generator.Tests.Networks;

/// <summary>Convolutional networks of before 2015, as a user writes them.</summary>
internal static class ClassicNetworks
{
    /// <summary>
    /// LeCun, Bottou, Bengio and Haffner 1998, section II.B: with trained subsampling, maps that read some of the maps before, and
    /// distances to codes.
    /// </summary>
    public const string LeNet5 =
        """
        [Network]
        public sealed partial class LeNet5
        {
            // Table I of the paper: the maps that each of the sixteen reads.
            private static readonly int[][] Read =
            [
                [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 0], [5, 0, 1],
                [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 0], [4, 5, 0, 1], [5, 0, 1, 2],
                [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5],
            ];

            private readonly Layer c1 = Conv2D(6, kernel: 5), s2 = Subsampling(6), c3 = Partial(), s4 = Subsampling(16);
            private readonly Layer c5 = Sequential(Conv2D(120, kernel: 5), Squash, Flatten), f6 = Sequential(Dense(84), Squash);

            // Of each digit a picture of 7×12 pixels, drawn by hand.
            [Frozen]
            private readonly Parameter codes = Parameter(10, 84, Init.Normal(1));

            private static Tensor Squash(Tensor x) => 1.7159f * Tanh(2f / 3f * x);

            private static Layer Subsampling(int maps)
            {
                var (mean, factor, bias) = (AveragePool2D(2), Parameter(maps, init: Init.Ones), Parameter(maps));
                return x => Squash(4f * mean(x) * factor + bias);
            }

            private static Layer Partial()
            {
                var maps = new List<Layer>();
                foreach (var _ in Read)
                    maps.Add(Conv2D(1, kernel: 5));
                return x =>
                {
                    var made = new List<Tensor>();
                    for (var i = 0; i < Read.Length; i++)
                        made.Add(maps[i](Gather(x, Read[i], 2)));
                    return Concat(made.ToArray());
                };
            }

            /// <summary>How far the answer is from each digit's code: the least is the answer.</summary>
            public Tensor Forward([Shape(32, 32, 1)] Tensor image) =>
                Sum(Square(Unsqueeze(f6(c5(s4(c3(s2(c1(image)))))), 0) - codes), -1);

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => Pick(Forward(image), label);
        }
        """;

    /// <summary>Krizhevsky, Sutskever and Hinton 2012 in the form of Krizhevsky 2014; torchvision's alexnet.</summary>
    public const string AlexNet =
        """
        [Network]
        public sealed partial class AlexNet
        {
            private readonly Layer features = Sequential(
                Conv2D(64, kernel: 11, stride: 4, padding: 2), Relu, MaxPool2D(3, stride: 2),
                Conv2D(192, kernel: 5, padding: 2), Relu, MaxPool2D(3, stride: 2),
                Conv2D(384, kernel: 3, padding: 1), Relu, Conv2D(256, kernel: 3, padding: 1), Relu,
                Conv2D(256, kernel: 3, padding: 1), Relu, MaxPool2D(3, stride: 2));
            private readonly Layer classifier = Sequential(
                Flatten, Dropout(0.5f), Dense(4096), Relu, Dropout(0.5f), Dense(4096), Relu, Dense(1000));

            public Tensor Forward([Shape(224, 224, 3)] Tensor image) => classifier(features(image));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    /// <summary>Simonyan and Zisserman 2015, configuration D; torchvision's vgg16.</summary>
    public const string Vgg16 =
        """
        [Network]
        public sealed partial class Vgg16
        {
            private readonly Layer features = Sequential(Stage(64, 2), Stage(128, 2), Stage(256, 3), Stage(512, 3), Stage(512, 3));
            private readonly Layer classifier = Sequential(
                Flatten, Dense(4096), Relu, Dropout(0.5f), Dense(4096), Relu, Dropout(0.5f), Dense(1000));

            private static Layer Stage(int filters, int count) => Sequential(
                Repeat(count, () => Sequential(Conv2D(filters, kernel: 3, padding: 1), Relu)), MaxPool2D(2));

            public Tensor Forward([Shape(224, 224, 3)] Tensor image) => classifier(features(image));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;
}
