using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>Which accuracies an objective has, and what they are called: that of what is classified, in whatever order the terms stand.</summary>
public sealed class ClassificationTests
{
    [Theory]
    [InlineData("CrossEntropy(a(x), size)", "size")]
    [InlineData("0.3f * CrossEntropy(a(x), size)", "size")]
    [InlineData("CrossEntropy(a(x), mixture)", "mixture")]
    [InlineData("BinaryCrossEntropy(a(x), mixture)", "mixture")]
    [InlineData("BinaryCrossEntropy(a(x), 1f - mixture)", "mixture")]
    [InlineData("BinaryCrossEntropy(a(x), mixture * other)", "mixture+other")]
    [InlineData("BinaryCrossEntropy(a(x), truth)", "a")]
    [InlineData("MeanSquaredError(a(x), mixture)", "")]
    [InlineData("CrossEntropy(a(x), size) + CrossEntropy(b(x), colour)", "colour, size")]
    [InlineData("CrossEntropy(b(x), colour) + CrossEntropy(a(x), size)", "colour, size")]
    [InlineData("0.5f * CrossEntropy(b(x), colour) + L2(a) + 2f * (CrossEntropy(a(x), size) + MeanSquaredError(b(x), mixture))", "colour, size")]
    [InlineData("CrossEntropy(a(x), size) + CrossEntropy(b(x), size)", "size by a, size by b")]
    [InlineData("CrossEntropy(b(x), size) + 0.3f * CrossEntropy(a(x), size)", "size by a, size by b")]
    [InlineData("CrossEntropy(a(x), size) + CrossEntropy(a(x), mixture) + CrossEntropy(b(x), size)", "mixture, size by a, size by b")]
    [InlineData("Of(a, x, size) + Of(a, x, size)", "size")]
    [InlineData("Of(a, x, size) + Of(b, x, colour)", "colour, size")]
    [InlineData("Unused(x, size) + CrossEntropy(b(x), colour)", "colour")]
    public void Are_named_by_what_is_classified(string loss, string names)
    {
        var model = Compiled.Model($$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer a = Dense(3), b = Dense(3);
                private readonly Parameter truth = Parameter(3);

                public Tensor Forward([Shape(4)] Tensor x) => a(x);

                private Tensor Of(Layer head, Tensor x, Labels label)
                {
                    var term = CrossEntropy(head(x), label);
                    return 0.5f * term;
                }

                private Tensor Unused(Tensor x, Labels label)
                {
                    var term = CrossEntropy(a(x), label);
                    return Mean(Square(a(x)));
                }

                [Objective]
                public Tensor Loss(Tensor x, Labels size, Labels colour, [Shape(3)] Tensor mixture, [Shape(3)] Tensor other) =>
                    {{loss}} + 0f * (Mean(mixture) + Mean(other) + Mean(truth));
            }
            """);
        Assert.Equal(names, string.Join(", ", model.Methods.Single(m => m.IsObjective).Graph.Correct.Select(o => o.Name)));
    }

    [Theory]
    [InlineData("CrossEntropy", "label")]
    [InlineData("BinaryCrossEntropy", "target")]
    [InlineData("Huber", "")]
    public void The_attribute_form_has_them_too(string loss, string names)
    {
        var model = Compiled.Model($"[Network, Input(4)] [Dense(3)] [Objective(Loss.{loss})] public sealed partial class Net;");
        Assert.Equal(names, string.Join(", ", model.Methods.Single(m => m.IsObjective).Graph.Correct.Select(o => o.Name)));
    }

    [Fact]
    public void A_prediction_leaves_them_out()
    {
        var model = Compiled.Model("""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer a = Dense(3);

                public Tensor Forward([Shape(4)] Tensor x) => a(x);

                public Tensor Surprise(Tensor x, Labels label) => CrossEntropy(a(x), label);
            }
            """);
        Assert.All(model.Methods, method => Assert.Equal(["result"], method.Graph.Outputs.Select(o => o.Role)));
    }
}
