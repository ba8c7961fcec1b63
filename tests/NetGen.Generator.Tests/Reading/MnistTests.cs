using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Reading;

/// <summary>The networks of the design's first page.</summary>
public class MnistTests
{
    public const string MnistCnn =
        """
        namespace Samples;

        [Network]
        public sealed partial class MnistCnn
        {
            private readonly Layer features = Sequential(
                Conv2D(32, kernel: 3), Relu, MaxPool2D(2),
                Conv2D(64, kernel: 3), Relu, MaxPool2D(2),
                Conv2D(64, kernel: 3), Relu);
            private readonly Layer classifier = Sequential(Flatten, Dense(64), Relu, Dense(10));

            public Tensor Forward([Shape(28, 28, 1)] Tensor image) => classifier(features(image));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    [Fact]
    public void Reads_the_design_s_network()
    {
        var model = Compiled.Model(MnistCnn);

        Assert.Equal(("Samples", "MnistCnn", "public"), (model.Namespace, model.Name, model.Accessibility));
        Assert.Equal(
            [
                "features.0.weight [3, 3, 1, 32]", "features.0.bias [32]",
                "features.3.weight [3, 3, 32, 64]", "features.3.bias [64]",
                "features.6.weight [3, 3, 64, 64]", "features.6.bias [64]",
                "classifier.1.weight [576, 64]", "classifier.1.bias [64]",
                "classifier.3.weight [64, 10]", "classifier.3.bias [10]",
            ],
            model.Parameters.Select(p => $"{p.Name} {p.Dims}"));
        Assert.Equal(["Forward", "Loss"], model.Methods.Select(m => m.Name));
        Assert.Equal([false, true], model.Methods.Select(m => m.IsObjective));
        Assert.Equal(
            """
            %0 image = Input[image]() : [B, 28, 28, 1]
            %1 label = Input[label]() : int [B]
            %2 features_0 = Weight[features.0.weight]() : [3, 3, 1, 32]
            %3 features_0 = Convolution(%0, %2) : [B, 26, 26, 32]
            %4 features_0 = Weight[features.0.bias]() : [32]
            %5 features_0 = Add(%3, %4) : [B, 26, 26, 32]
            %6 features_1 = Relu(%5) : [B, 26, 26, 32]
            %7 features_2 = MaxPool2D[2×2, stride 2×2](%6) : [B, 13, 13, 32]
            """.ReplaceLineEndings("\n"),
            string.Join("\n", model.Methods[1].Graph.ToString().Split('\n').Take(8)));
        Assert.Equal(
            """
            features.0    Conv2D(32, 3)  [26, 26, 32]     320
            features.1    Relu           [26, 26, 32]
            features.2    MaxPool2D(2)   [13, 13, 32]
            features.3    Conv2D(64, 3)  [11, 11, 64]  18,496
            features.4    Relu           [11, 11, 64]
            features.5    MaxPool2D(2)   [5, 5, 64]
            features.6    Conv2D(64, 3)  [3, 3, 64]    36,928
            features.7    Relu           [3, 3, 64]
            classifier.0  Flatten        [576]
            classifier.1  Dense(64)      [64]          36,928
            classifier.2  Relu           [64]
            classifier.3  Dense(10)      [10]             650
            """.ReplaceLineEndings("\n"),
            string.Join("\n", model.LayerLines));
    }

    [Fact]
    public void Reads_the_attribute_form_to_the_same_layers()
    {
        var model = Compiled.Model(
            """
            [Network, Input(28, 28, 1)]
            [Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
            [Flatten, Dense(10)]
            [Objective(Loss.CrossEntropy)]
            public sealed partial class Tiny;
            """);

        Assert.Equal(
            ["0.weight [3, 3, 1, 32]", "0.bias [32]", "4.weight [6272, 10]", "4.bias [10]"], model.Parameters.Select(p => $"{p.Name} {p.Dims}"));
        Assert.Equal(["Forward(x [B, 28, 28, 1])", "ComputeLoss(x [B, 28, 28, 1], label int [B])"], model.Methods.Select(
            m => $"{m.Name}({string.Join(", ", m.Inputs.Select(i => $"{i.Name} {i.Type}"))})"));
        Assert.Equal(
            ["0  Conv2D(32, 3, padding: 1)  [28, 28, 32]     320", "1  Relu                       [28, 28, 32]"], model.LayerLines.Take(2));
        Assert.Contains(" = CrossEntropy(", model.Methods[1].Graph.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_forms_are_without_diagnostics() => Assert.Empty(Compiled.Diagnose(MnistCnn));
}
