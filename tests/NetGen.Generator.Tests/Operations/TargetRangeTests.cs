using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>What the caller's numbers must be for what an objective makes of them to be a target.</summary>
public class TargetRangeTests
{
    [Theory]
    [InlineData("t", 0, 1)]
    [InlineData("t * (1f / 255)", 0, 255)]
    [InlineData("t / 255", 0, 255)]
    [InlineData("(t - 10) / 40f", 10, 50)]
    [InlineData("1 - t / 255", 0, 255)]
    [InlineData("-t", -1, 0)]
    [InlineData("-2 * t", -0.5, 0)]
    [InlineData("(t + 1) * 0.5f", -1, 1)]
    [InlineData("t * 0.9f + 0.05f", -0.0555556, 1.05556)]
    [InlineData("Reshape(Concat(Flatten(t / 2), Flatten(t)), 4)", 0, 1)]
    [InlineData("t * 0 + 1", double.NegativeInfinity, double.PositiveInfinity)]
    public void Of_a_binary_cross_entropy(string target, double minimum, double maximum) =>
        Check("BinaryCrossEntropy", target, minimum, maximum, isLookedAt: false);

    [Theory]
    [InlineData("t", 0, double.PositiveInfinity)]
    [InlineData("1 - t", double.NegativeInfinity, 1)]
    [InlineData("3 * t + 1", -0.333333, double.PositiveInfinity)]
    public void Of_a_cross_entropy(string target, double minimum, double maximum) =>
        Check("CrossEntropy", target, minimum, maximum, isLookedAt: false);

    /// <summary>Any number will do.</summary>
    [Theory]
    [InlineData("BinaryCrossEntropy", "Sigmoid(t)")]
    [InlineData("BinaryCrossEntropy", "Softmax(layer(t))")]
    [InlineData("BinaryCrossEntropy", "0.5f * Tanh(t) + 0.5f")]
    [InlineData("CrossEntropy", "Softmax(layer(t))")]
    [InlineData("CrossEntropy", "Exp(t)")]
    [InlineData("CrossEntropy", "2 * Square(t)")]
    public void By_its_meaning(string loss, string target) =>
        Check(loss, target, double.NegativeInfinity, double.PositiveInfinity, isLookedAt: false);

    [Theory]
    [InlineData("BinaryCrossEntropy", "t * t")]
    [InlineData("BinaryCrossEntropy", "Tanh(t)")]
    [InlineData("BinaryCrossEntropy", "Relu(t)")]
    [InlineData("BinaryCrossEntropy", "Exp(t)")]
    [InlineData("BinaryCrossEntropy", "t * 0 + 2")]
    [InlineData("BinaryCrossEntropy", "layer(t)")]
    [InlineData("BinaryCrossEntropy", "1.1f * Sigmoid(t)")]
    [InlineData("CrossEntropy", "layer(t)")]
    [InlineData("CrossEntropy", "Log(t)")]
    [InlineData("CrossEntropy", "-Softmax(t)")]
    public void Is_looked_at_where_it_is_computed(string loss, string target) =>
        Check(loss, target, double.NegativeInfinity, double.PositiveInfinity, isLookedAt: true);

    private static void Check(string loss, string target, double minimum, double maximum, bool isLookedAt)
    {
        var width = target.Contains("Concat", StringComparison.Ordinal) ? "2" : "4";
        var model = Compiled.Model(
            "[Network] public sealed partial class Net { private readonly Layer layer = Dense(4); public Tensor Forward([Shape(4)] Tensor x) => layer(x); "
            + $"[Objective] public Tensor Loss(Tensor x, [Shape({width})] Tensor t) => {loss}(Forward(x), {target}); }}");
        var method = model.Methods.Single(m => m.IsObjective);

        var range = method.Inputs[1].Range;
        Assert.Equal(
            (minimum, maximum), (Round(range?.Minimum ?? float.NegativeInfinity), Round(range?.Maximum ?? float.PositiveInfinity)));
        Assert.Equal(isLookedAt, method.Graph.Nodes.Any(n => n.Operation is Elementwise { Function: "Target" }));
    }

    /// <summary>As messages have it.</summary>
    private static double Round(float bound) =>
        double.Parse(FormattableString.Invariant($"{bound:G6}"), System.Globalization.CultureInfo.InvariantCulture);
}
