using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Programs that compile and surely mean something else: what the graph shows is said, at the expression, and nothing is said of sensible ones.</summary>
public class HintTests
{
    private const string Yes = "BinaryCrossEntropy takes logits and applies sigmoid itself";
    private const string Classes = "CrossEntropy takes logits and applies softmax itself";

    [Theory]
    [InlineData("BinaryCrossEntropy(Sigmoid(one(x)), target)", Yes)]
    [InlineData("BinaryCrossEntropy(Forward(x), target)", "went through Sigmoid")]
    [InlineData("BinaryCrossEntropy(Reshape(Sigmoid(Reshape(one(x), 1, 1)), 1), target)", "every probability stays between 50 % and 73 %")]
    [InlineData("BinaryCrossEntropy(Tanh(one(x)), target)", "every probability stays between 27 % and 73 %")]
    [InlineData("BinaryCrossEntropy(Relu(one(x)), target)", "no probability gets below 50 %")]
    [InlineData("BinaryCrossEntropy(Concat(Sigmoid(one(x)), one(x)), Concat(target, target))", Yes)]
    [InlineData("CrossEntropy(Softmax(ten(x)), label)", "no class can get a probability above 23 %")]
    [InlineData("CrossEntropy(Probabilities(x), label)", Classes)]
    [InlineData("CrossEntropy(Flatten(Reshape(Softmax(ten(x)), 2, 5)), label)", Classes)]
    [InlineData("CrossEntropy(Softmax(ten(x)), hot)", "remove Softmax")]
    [InlineData("CrossEntropy(Softsign(ten(x)), label)", "it is between -1 and 1, so no class can get a probability above 45 %")]
    [InlineData("CrossEntropy(Sigmoid(ten(x)), label)", "no class can get a probability above 23 %")]
    public void Losses_from_logits_behind_a_bounded_function(string loss, string message)
    {
        var found = Assert.Single(Diagnose(loss));

        Assert.Equal(("NG0506", loss), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BinaryCrossEntropy(one(x), target)")]
    [InlineData("BinaryCrossEntropy(one(Sigmoid(x)), target)")]
    [InlineData("BinaryCrossEntropy(10f * Tanh(one(x)), target)")]
    [InlineData("BinaryCrossEntropy(LeakyRelu(one(x)), target)")]
    [InlineData("BinaryCrossEntropy(one(x), Sigmoid(target))")]
    [InlineData("CrossEntropy(ten(x), label)")]
    [InlineData("CrossEntropy(LogSoftmax(ten(x)), label)")]
    [InlineData("CrossEntropy(Relu(ten(x)), label)")]
    [InlineData("CrossEntropy(ten(x), Softmax(hot))")]
    [InlineData("MeanSquaredError(Sigmoid(one(x)), target)")]
    [InlineData("MeanSquaredError(Softmax(ten(x)), hot)")]
    public void Other_losses_say_nothing(string loss) => Assert.Empty(Diagnose(loss));

    [Fact]
    public void A_stack_of_attributes_is_told_at_its_objective()
    {
        var found = Assert.Single(Compiled.Diagnose("[Network, Input(8)] [Dense(4), Softmax] [Objective(Loss.CrossEntropy)] public partial class Net;"));

        Assert.Equal(("NG0506", "Objective(Loss.CrossEntropy)"), (found.Id, found.Text));
    }

    [Theory]
    [InlineData("CrossEntropy(one(x), label)", "CrossEntropy(one(x), label)", "use BinaryCrossEntropy")]
    [InlineData("CrossEntropy(one(x), target)", "CrossEntropy(one(x), target)", "use BinaryCrossEntropy")]
    [InlineData("MeanSquaredError(Softmax(one(x)), target)", "Softmax(one(x))", "always 1")]
    [InlineData("Mean(LogSoftmax(Reshape(ten(x), 10, 1)) * 2f)", "LogSoftmax(Reshape(ten(x), 10, 1))", "always 0")]
    public void A_softmax_over_one_class(string loss, string text, string message)
    {
        var found = Assert.Single(Diagnose(loss));

        Assert.Equal(("NG0507", text), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3, 32, 32", "Conv2D(8, 3)")]
    [InlineData("1, 28, 28", "Conv2D(8, 3, padding: Padding.Same)")]
    [InlineData("4, 84, 84", "Conv2D(8, 3)")]
    [InlineData("3, 224, 224", "Conv2D(8, (2, 7), stride: 2)")]
    public void A_square_image_with_channels_first(string shape, string layer)
    {
        var found = Assert.Single(Compiled.Diagnose(Image(shape, layer)));

        Assert.Equal(("NG0303", layer), (found.Id, found.Text));
        Assert.Contains($"reads [{shape}] as {shape[0]} rows", found.Message, StringComparison.Ordinal);
        Assert.Contains($", {shape[0]})]", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("32, 32, 3", "Conv2D(8, 3)")]
    [InlineData("4, 4, 4", "Conv2D(8, 3)")]
    [InlineData("1, 64, 64", "Conv2D(8, (1, 3))")]
    [InlineData("4, 100, 16", "Conv2D(8, 3)")]
    [InlineData("64, 64, 64", "Conv2D(8, 3)")]
    [InlineData("6, 16, 1", "Sequential(Conv2D(16, 3), Conv2D(14, 3, padding: Padding.Same), Conv2D(8, 3, padding: Padding.Same))")]
    [InlineData("6, 10, 1", "Sequential(Conv2D(8, 3), Conv2D(8, 3))")]
    public void Sensible_images_say_nothing(string shape, string layer) => Assert.Empty(Compiled.Diagnose(Image(shape, layer)));

    [Fact]
    public void A_kernel_that_does_not_fit_an_image_with_channels_first_says_so()
    {
        var found = Assert.Single(Compiled.Diagnose(Image("1, 28, 28", "Conv2D(8, 3)")));

        Assert.Equal("NG0302", found.Id);
        Assert.Contains("if this is one of 1 channel, state [Shape(28, 28, 1)]", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Shape] Tensor y", "MeanSquaredError(one(x), y)", "Declare '[Shape(1)] Tensor y'.")]
    [InlineData("[Shape] Tensor y", "BinaryCrossEntropy(one(x), y)", "Declare '[Shape(1)] Tensor y'.")]
    [InlineData("[Shape(1)] Tensor y", "MeanSquaredError(Sum(one(x)), y)", "Declare '[Shape] Tensor y': no dimensions are one number per sample.")]
    [InlineData("[Shape(10)] Tensor y", "MeanSquaredError(Reshape(ten(x), 5, 2), y)", "Declare '[Shape(5, 2)] Tensor y'.")]
    public void Targets_of_other_shapes_name_the_attribute(string parameter, string loss, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(
            $$"""
            [Network]
            public partial class Net
            {
                private readonly Layer one = Dense(1), ten = Dense(10);
                public Tensor Forward([Shape(8)] Tensor x) => Concat(one(x), ten(x));
                [Objective] public Tensor Loss(Tensor x, {{parameter}}) => {{loss}};
            }
            """));

        Assert.Equal("NG0402", found.Id);
        Assert.EndsWith("must have the same shape. " + message, found.Message, StringComparison.Ordinal);
    }

    private static string Image(string shape, string layer) =>
        $"[Network] public partial class Net {{ private readonly Layer layer = {layer}; public Tensor Forward([Shape({shape})] Tensor image) => layer(image); }}";

    private static IReadOnlyList<Found> Diagnose(string loss) => Compiled.Diagnose(
        $$"""
        [Network]
        public partial class Net
        {
            private readonly Layer one = Dense(1), ten = Dense(10);
            public Tensor Forward([Shape(8)] Tensor x) => Sigmoid(one(x));
            public Tensor Probabilities(Tensor x) => Softmax(ten(x));
            [Objective] public Tensor Loss(Tensor x, Labels label, [Shape(1)] Tensor target, [Shape(10)] Tensor hot) => {{loss}};
        }
        """);
}
