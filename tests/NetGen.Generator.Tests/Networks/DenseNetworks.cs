namespace NetGen.Generator.Tests.Networks;

/// <summary>Networks that put what was computed earlier beside what comes later, as a user writes them.</summary>
internal static class DenseNetworks
{
    /// <summary>Huang, Liu, van der Maaten and Weinberger 2017; torchvision's densenet121.</summary>
    public const string DenseNet121 =
        """
        [Network]
        public sealed partial class DenseNet121
        {
            private readonly Layer stem = Sequential(
                Conv2D(64, kernel: 7, stride: 2, padding: 3, bias: false), BatchNorm(), Relu, MaxPool2D(3, stride: 2, padding: 1));
            private readonly Layer blocks = Sequential(
                Block(6), Transition(128), Block(12), Transition(256), Block(24), Transition(512), Block(16), BatchNorm(), Relu);
            private readonly Layer head = Sequential(GlobalAveragePool, Dense(1000));

            private static Layer Block(int count)
            {
                var layers = new List<Layer>();
                for (var i = 0; i < count; i++)
                {
                    layers.Add(Sequential(
                        BatchNorm(), Relu, Conv2D(128, kernel: 1, bias: false),
                        BatchNorm(), Relu, Conv2D(32, kernel: 3, padding: 1, bias: false)));
                }
                return x =>
                {
                    foreach (var layer in layers)
                        x = Concat(x, layer(x));
                    return x;
                };
            }

            private static Layer Transition(int filters) =>
                Sequential(BatchNorm(), Relu, Conv2D(filters, kernel: 1, bias: false), AveragePool2D(2));

            public Tensor Forward([Shape(224, 224, 3)] Tensor image) => head(blocks(stem(image)));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    /// <summary>Ronneberger, Fischer and Brox 2015, figure 1: images without padding, 64 filters and more.</summary>
    /// <param name="width">The filters of the first convolutions: 64 in the paper.</param>
    /// <param name="size">Of the image: 572 in the paper; 16·n + 12 gives even sizes on the way down.</param>
    public static string UNet(int width, int size) =>
        $$"""
        [Network]
        public sealed partial class UNet
        {
            private const int Width = {{width}};

            private readonly Layer down1 = Twice(Width), down2 = Twice(2 * Width), down3 = Twice(4 * Width), down4 = Twice(8 * Width);
            private readonly Layer bottom = Twice(16 * Width);
            private readonly Layer up4 = Up(8 * Width), up3 = Up(4 * Width), up2 = Up(2 * Width), up1 = Up(Width);
            private readonly Layer back4 = Twice(8 * Width), back3 = Twice(4 * Width), back2 = Twice(2 * Width), back1 = Twice(Width);
            private readonly Layer pool = MaxPool2D(2), output = Conv2D(2, kernel: 1);

            private static Layer Twice(int filters) => Sequential(Conv2D(filters, kernel: 3), Relu, Conv2D(filters, kernel: 3), Relu);

            private static Layer Up(int filters) => ConvTranspose2D(filters, kernel: 2, stride: 2);

            // The middle of what was there on the way down, beside what comes up.
            private static Tensor Beside(Tensor down, Tensor up)
            {
                var edge = (down.Shape[0] - up.Shape[0]) / 2;
                return Concat(down[edge..^edge, edge..^edge], up);
            }

            public Tensor Forward([Shape({{size}}, {{size}}, 1)] Tensor image)
            {
                var a = down1(image);
                var b = down2(pool(a));
                var c = down3(pool(b));
                var d = down4(pool(c));
                var x = back4(Beside(d, up4(bottom(pool(d)))));
                x = back3(Beside(c, up3(x)));
                x = back2(Beside(b, up2(x)));
                return output(back1(Beside(a, up1(x))));
            }

            [Objective]
            public Tensor Loss(Tensor image, [Shape({{size - 184}}, {{size - 184}})] Labels mask) => CrossEntropy(Forward(image), mask);
        }
        """;
}
