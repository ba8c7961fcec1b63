namespace NetGen.Generator.Tests.Networks;

/// <summary>Networks of the literature as a user writes them.</summary>
internal static class ImageNetworks
{
    /// <summary>He et al. 2016; torchvision's resnet18.</summary>
    public const string ResNet18 =
        """
        [Network]
        public sealed partial class ResNet18
        {
            private readonly Layer stem = Sequential(
                Conv2D(64, kernel: 7, stride: 2, padding: 3, bias: false), BatchNorm(), Relu, MaxPool2D(3, stride: 2, padding: 1));
            private readonly Layer stages = Sequential(Stage(64, 1), Stage(128, 2), Stage(256, 2), Stage(512, 2));
            private readonly Layer head = Sequential(GlobalAveragePool, Dense(1000));

            private static Layer Stage(int filters, int stride) => Sequential(
                stride == 1
                    ? Block(filters)
                    : Block(filters, stride, Sequential(Conv2D(filters, kernel: 1, stride: stride, bias: false), BatchNorm())),
                Block(filters));

            private static Layer Block(int filters) => Block(filters, 1, x => x);

            private static Layer Block(int filters, int stride, Layer shortcut)
            {
                var residual = Sequential(
                    Conv2D(filters, kernel: 3, stride: stride, padding: 1, bias: false), BatchNorm(), Relu,
                    Conv2D(filters, kernel: 3, padding: 1, bias: false), BatchNorm());
                return x => Relu(residual(x) + shortcut(x));
            }

            public Tensor Forward([Shape(224, 224, 3)] Tensor image) => head(stages(stem(image)));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    /// <summary>He et al. 2016, with bottlenecks; torchvision's resnet50.</summary>
    public const string ResNet50 =
        """
        [Network]
        public sealed partial class ResNet50
        {
            private readonly Layer stem = Sequential(
                Conv2D(64, kernel: 7, stride: 2, padding: 3, bias: false), BatchNorm(), Relu, MaxPool2D(3, stride: 2, padding: 1));
            private readonly Layer stages = Sequential(Stage(64, 3, 1), Stage(128, 4, 2), Stage(256, 6, 2), Stage(512, 3, 2));
            private readonly Layer head = Sequential(GlobalAveragePool, Dense(1000));

            private static Layer Stage(int filters, int count, int stride) => Sequential(
                Block(filters, stride, Sequential(Conv2D(4 * filters, kernel: 1, stride: stride, bias: false), BatchNorm())),
                Repeat(count - 1, () => Block(filters, 1, x => x)));

            private static Layer Block(int filters, int stride, Layer shortcut)
            {
                var residual = Sequential(
                    Conv2D(filters, kernel: 1, bias: false), BatchNorm(), Relu,
                    Conv2D(filters, kernel: 3, stride: stride, padding: 1, bias: false), BatchNorm(), Relu,
                    Conv2D(4 * filters, kernel: 1, bias: false), BatchNorm());
                return x => Relu(residual(x) + shortcut(x));
            }

            public Tensor Forward([Shape(224, 224, 3)] Tensor image) => head(stages(stem(image)));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    /// <summary>
    /// He et al. 2016, section 4.2: a shortcut takes every second pixel and fills channels with zeros (option A), or is a 1×1 convolution.
    /// </summary>
    public static string ResNet20(bool projects) =>
        $$"""
        [Network]
        public sealed partial class ResNet20
        {
            private readonly Layer layers = Sequential(
                Conv2D(16, kernel: 3, padding: 1, bias: false), BatchNorm(), Relu,
                Stage(16, 1), Stage(32, 2), Stage(64, 2),
                GlobalAveragePool, Dense(10));

            private static Layer Stage(int filters, int stride) => Sequential(
                Block(filters, stride, stride == 1 ? x => x : Shortcut(filters)), Block(filters, 1, x => x), Block(filters, 1, x => x));

            private static Layer Shortcut(int filters) => {{(projects
                ? "Sequential(Conv2D(filters, kernel: 1, stride: 2, bias: false), BatchNorm())"
                : "Sequential(MaxPool2D(1, stride: 2), Pad(axis: 2, before: filters / 4, after: filters / 4))")}};

            private static Layer Block(int filters, int stride, Layer shortcut)
            {
                var residual = Sequential(
                    Conv2D(filters, kernel: 3, stride: stride, padding: 1, bias: false), BatchNorm(), Relu,
                    Conv2D(filters, kernel: 3, padding: 1, bias: false), BatchNorm());
                return x => Relu(residual(x) + shortcut(x));
            }

            public Tensor Forward([Shape(32, 32, 3)] Tensor image) => layers(image);

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    /// <summary>Sandler et al. 2018; torchvision's mobilenet_v2.</summary>
    public const string MobileNetV2 =
        """
        [Network]
        public sealed partial class MobileNetV2
        {
            private readonly Layer features = Sequential(
                Conv2D(32, kernel: 3, stride: 2, padding: 1, bias: false), BatchNorm(), Relu6,
                Bottleneck(32, 16, 1, 1),
                Stage(16, 24, 2, 2), Stage(24, 32, 3, 2), Stage(32, 64, 4, 2),
                Stage(64, 96, 3, 1), Stage(96, 160, 3, 2), Stage(160, 320, 1, 1),
                Conv2D(1280, kernel: 1, bias: false), BatchNorm(), Relu6);
            private readonly Layer classifier = Sequential(GlobalAveragePool, Dropout(0.2f), Dense(1000));

            private static Layer Stage(int channels, int filters, int count, int stride) => Sequential(
                Bottleneck(channels, filters, 6, stride), Repeat(count - 1, () => Residual(Bottleneck(filters, filters, 6, 1))));

            private static Layer Residual(Layer inner) => x => x + inner(x);

            private static Layer Bottleneck(int channels, int filters, int expansion, int stride) => Sequential(
                expansion == 1 ? x => x : Sequential(Conv2D(channels * expansion, kernel: 1, bias: false), BatchNorm(), Relu6),
                DepthwiseConv2D(3, stride: stride, padding: 1, bias: false), BatchNorm(), Relu6,
                Conv2D(filters, kernel: 1, bias: false), BatchNorm());

            public Tensor Forward([Shape(224, 224, 3)] Tensor image) => classifier(features(image));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;
}
