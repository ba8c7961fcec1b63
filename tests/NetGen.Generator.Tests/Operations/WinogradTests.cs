using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Winograd;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>Winograd's algorithm means what the sum means: the three products of a convolution, with each tile size, in double.</summary>
public sealed class WinogradTests
{
    private const int Batch = 2, Channels = 3, Filters = 4;

    private readonly TestGraph test = new(Batch);

    private GraphBuilder Builder => test.Builder;

    public static IEnumerable<object[]> TileSizes => WinogradTransform.All.Select(t => new object[] { t.Outputs });

    [Theory]
    [MemberData(nameof(TileSizes))]
    public void Its_matrices_make_a_correlation_of_one_dimension(int outputs)
    {
        var transform = WinogradTransform.Of(outputs);
        var random = new Random(outputs);
        var (d, g) = (Numbers(transform.Inputs), Numbers(WinogradTransform.Kernel));
        var products = Product(transform.Bt, d).Zip(Product(transform.G, g), (a, b) => a * b).ToArray();
        var y = Product(transform.At, products);
        for (var i = 0; i < outputs; i++)
            Assert.Equal(Enumerable.Range(0, WinogradTransform.Kernel).Sum(k => d[i + k] * g[k]), y[i], 1e-14);

        double[] Numbers(int n) => Enumerable.Range(0, n).Select(_ => (random.NextDouble() * 2) - 1).ToArray();

        static double[] Product(double[,] matrix, double[] x) =>
            Enumerable.Range(0, matrix.GetLength(0)).Select(i => x.Select((value, k) => matrix[i, k] * value).Sum()).ToArray();
    }

    [Theory]
    [MemberData(nameof(TileSizes))]
    public void A_convolution_is_the_sum(int outputs)
    {
        var (x, w) = (Images(outputs, 2, Channels), test.W(3, 3, Channels, Filters));
        var y = Builder.Apply(new WinogradConvolution(outputs), x, Builder.Apply(new WinogradWeights(outputs), w));
        Same(Builder.Apply(new Convolution(1, 1), x, w), y);
    }

    [Theory]
    [MemberData(nameof(TileSizes))]
    public void The_gradient_of_the_input_is_the_convolution_with_turned_kernels(int outputs)
    {
        var (dy, w) = (Images(outputs, 0, Filters), Builder.Apply(new FlipTranspose(), test.W(3, 3, Channels, Filters)));
        var dx = Builder.Apply(new WinogradInputGradient(outputs), dy, Builder.Apply(new WinogradWeights(outputs, Turned: true), w));
        Same(Builder.Apply(new Convolution(1, 1, 2, 2, 2, 2), dy, w), dx);
    }

    [Theory]
    [MemberData(nameof(TileSizes))]
    public void The_gradient_of_the_weights_is_the_sum_over_all_pixels(int outputs)
    {
        var (x, dy) = (Images(outputs, 2, Channels), Images(outputs, 0, Filters));
        var du = Builder.Apply(new WinogradProductsGradient(outputs), x, dy);
        Same(
            Builder.Apply(new ConvolutionWeightGradient(1, 1, 3, 3), x, dy),
            Builder.Apply(new WinogradWeightsGradient(outputs), du));
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 3, 1)]
    public void A_pooled_gradient_is_what_the_pooling_makes_of_it(int outputs, int height, int width)
    {
        var window = new Window2D(height, width, height, width, 0, 0, 0, 0);
        var image = Images(outputs, 0, Filters);
        var positions = Builder.Apply(new MaxPool2DIndices(window), image);
        var pooled = test.X([.. positions.Type.Dims]);
        var dy = Builder.Apply(new MaxPool2DGradient(window, image.Type.Dims[0], image.Type.Dims[1]), pooled, positions);
        var x = Images(outputs, 2, Channels);
        var u = Builder.Apply(new WinogradWeights(outputs), test.W(3, 3, Filters, Channels));

        var input = new WinogradInputGradient(outputs);
        Same(Builder.Apply(input, dy, u), Builder.Apply(input with { Pooling = window }, pooled, positions, u));
        var products = new WinogradProductsGradient(outputs);
        Same(Builder.Apply(products, x, dy), Builder.Apply(products with { Pooling = window }, x, pooled, positions));
        var sum = new ConvolutionWeightGradient(1, 1, 3, 3);
        Same(Builder.Apply(sum, x, dy), Builder.Apply(sum with { Pooling = window }, x, pooled, positions));
    }

    /// <summary>Two tiles below each other and three beside each other, and more pixels.</summary>
    private Value Images(int outputs, int more, int channels) => test.X((2 * outputs) + more, (3 * outputs) + more, channels);

    private void Same(Value expected, Value actual)
    {
        Assert.Equal(expected.Type, actual.Type);
        var (e, a) = (test.Evaluate(expected), test.Evaluate(actual));
        var largest = e.Max(Math.Abs);
        for (var i = 0; i < e.Length; i++)
            Assert.Equal(e[i], a[i], 1e-13 * largest);
    }
}
