using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Operations.Windows;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>The reference meanings on cases small enough to be computed by hand.</summary>
public sealed class MeaningTests
{
    private const double NaN = double.NaN;
    private readonly TestGraph one = new(1);

    private static double[] Count(int n) => Enumerable.Range(1, n).Select(i => (double)i).ToArray();

    private Value Image(int height, int width, params double[] values) => one.Given(TensorType.PerSample(height, width, 1), values);

    private void Expect(Value y, params double[] expected) => Expect(one, y, expected);

    private static void Expect(TestGraph test, Value y, double[] expected)
    {
        var actual = test.Evaluate(y);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6);
    }

    [Fact]
    public void ConvolutionIsACrossCorrelation()
    {
        // 1 2 3     1 0       1+2·5
        // 4 5 6  ⋆  0 2  at (0, 0)
        // 7 8 9
        var w = one.Given(TensorType.Shared(2, 2, 1, 1), 1, 0, 0, 2);
        Expect(one.Builder.Apply(new Convolution(1, 1), Image(3, 3, Count(9)), w), 11, 14, 20, 23);
    }

    [Fact]
    public void ConvolutionSumsChannelsIntoFilters()
    {
        var x = one.Given(TensorType.PerSample(1, 2, 2), 1, 2, 3, 4);
        // w[c, f] = 1 10 / 100 1000
        var w = one.Given(TensorType.Shared(1, 1, 2, 2), 1, 10, 100, 1000);
        Expect(one.Builder.Apply(new Convolution(1, 1), x, w), 201, 2010, 403, 4030);
    }

    [Fact]
    public void StridedConvolutionSkips() => Expect(
        one.Builder.Apply(new Convolution(2, 3), Image(4, 5, Count(20)), one.Given(TensorType.Shared(1, 1, 1, 1), 1)), 1, 4, 11, 14);

    [Fact]
    public void SamePaddingPutsTheOddZeroAtTheEnd()
    {
        // 4 pixels, window 3, stride 2: 2 outputs need one zero, at the end: (1+2+3), (3+4+0).
        var window = Window2D.Resolve(
            "Conv2D", "kernel", TensorType.PerSample(1, 4, 1), new Size(1, 3), new Size(1, 2), new PaddingModel("Same"));
        Assert.Equal(new Window2D(1, 3, 1, 2, 0, 0, 0, 1), window);
        Assert.Equal(TensorType.PerSample(1, 2, 1), window.Output(TensorType.PerSample(1, 4, 1)));
    }

    [Theory]
    [InlineData(28, 3, 1)]
    [InlineData(28, 4, 1)]
    [InlineData(7, 3, 2)]
    [InlineData(8, 3, 2)]
    [InlineData(5, 1, 3)]
    [InlineData(5, 2, 7)]
    [InlineData(1, 5, 2)]
    public void SamePaddingGivesTheCeiling(int extent, int size, int stride)
    {
        var x = TensorType.PerSample(extent, 1, 1);
        var window = Window2D.Resolve("Conv2D", "kernel", x, new Size(size, 1), new Size(stride, 1), new PaddingModel("Same"));
        Assert.Equal((extent + stride - 1) / stride, window.OutputHeight(extent));
        Assert.InRange(window.Bottom - window.Top, 0, 1);
    }

    [Fact]
    public void FlipTransposeTurnsAndExchanges()
    {
        // [1, 2, 2, 3]: two matrices of 2 × 3, each transposed, in the other order.
        var w = one.Given(TensorType.Shared(1, 2, 2, 3), Count(12));
        Expect(one.Builder.Apply(new FlipTranspose(), w), 7, 10, 8, 11, 9, 12, 1, 4, 2, 5, 3, 6);
    }

    [Fact]
    public void PadDilatesAndCropTakesItBack()
    {
        var padded = one.Builder.Apply(new Pad2D(1, 0, 0, 2, 2, 3), Image(2, 2, 1, 2, 3, 4));
        Assert.Equal(TensorType.PerSample(4, 6, 1), padded.Type);
        Expect(padded, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 4, 0, 0);
        Expect(one.Builder.Apply(new Crop2D(1, 0, 2, 2, 2, 3), padded), 1, 2, 3, 4);
    }

    [Fact]
    public void MaxPoolTakesTheFirstLargestAndTheLastNaN()
    {
        var x = Image(2, 8, 1, 5, 7, 7, 2, NaN, -1, -1, 5, 5, 7, 1, NaN, 9, -1, -3);
        var window = new Window2D(2, 2, 2, 2, 0, 0, 0, 0);
        Expect(one.Builder.Apply(new MaxPool2D(window), x), 5, 7, NaN, -1);
        Expect(one.Builder.Apply(new MaxPool2DIndices(window), x), 1, 0, 2, 0);
    }

    [Fact]
    public void PaddingIsNeverTheLargest()
    {
        var y = one.Layer("MaxPool2D", Image(2, 2, -1, -2, -3, -4), ("pool", new[] { 2, 2 }), ("stride", new[] { 1, 1 }), ("padding", new PaddingModel("Explicit", 1)));
        Expect(y, -1, -1, -2, -1, -1, -2, -3, -3, -4);
    }

    [Fact]
    public void PaddingIsNotInTheAverage()
    {
        var y = one.Layer("AveragePool2D", Image(3, 3, Count(9)), ("pool", new[] { 2, 2 }), ("padding", new PaddingModel("Same")));
        Expect(y, 3, 4.5, 7.5, 9);
    }

    [Fact]
    public void GlobalAveragePoolIsTheMeanOfEachChannel() => Expect(
        one.Call("GlobalAveragePool", ("x", one.Given(TensorType.PerSample(2, 2, 2), 1, 10, 2, 20, 3, 30, 4, 40))), 2.5, 25);

    [Fact]
    public void ConcatAlongTheFirstAndTheLastAxis()
    {
        var (a, b) = (one.Given(TensorType.PerSample(2, 2), 1, 2, 3, 4), one.Given(TensorType.PerSample(2, 2), 5, 6, 7, 8));
        Expect(one.Call("Concat", ("tensors", new[] { a, b })), 1, 2, 5, 6, 3, 4, 7, 8);
        Expect(one.Call("Concat", ("tensors", new[] { a, b }), ("axis", 0)), Count(8));
    }

    [Fact]
    public void SoftmaxOfLogarithmsAreTheirShares()
    {
        var x = one.Given(TensorType.PerSample(3), Math.Log(1), Math.Log(2), Math.Log(5));
        Expect(one.Call("Softmax", ("x", x)), 0.125, 0.25, 0.625);
        Expect(one.Call("LogSoftmax", ("x", x)), Math.Log(0.125), Math.Log(0.25), Math.Log(0.625));
    }

    [Fact]
    public void LogitsMayBeLarge()
    {
        var x = one.Given(TensorType.PerSample(2), 1000, 0);
        Expect(one.Call("Softmax", ("x", x)), 1, 0);
        Expect(one.Call("LogSoftmax", ("x", x)), 0, -1000);
    }

    [Theory]
    [InlineData("Max", new[] { 1.0, 7, 3, 7, 7 }, 7, new[] { 0.0, 1, 0, 0, 0 })]
    [InlineData("Min", new[] { 4.0, 2, 9, 2, 3 }, 2, new[] { 0.0, 1, 0, 0, 0 })]
    [InlineData("Prod", new[] { 2.0, 0, 3, 5, 1 }, 0, new[] { 0.0, 30, 0, 0, 0 })]
    [InlineData("LogSumExp", new[] { 1000.0, 1000, 0, 0, 0 }, 1000.6931471805599, new[] { 0.5, 0.5, 0, 0, 0 })]
    public void FoldsAndWhoHasTheirGradient(string function, double[] x, double expected, double[] gradient)
    {
        var test = new TestGraph(1);
        var y = test.Call(function, ("x", test.Given(TensorType.PerSample(5), x)));
        Expect(test, y, [expected]);
        var graph = TestGraph.Differentiate(test.Objective(y));
        var values = ReferenceInterpreter.Run(graph, test.Environment);
        Assert.Equal(gradient, values[graph.Nodes.Single(n => n.Operation is Update).Id].Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void CrossEntropyOfLabels()
    {
        var test = new TestGraph(3);
        var logits = test.Given(TensorType.PerSample(2), Math.Log(1), Math.Log(3), 0, 0, -1000, 1000);
        var label = test.Given(TensorType.Integers(), 1, 0, 0);
        Expect(test, test.Call("CrossEntropy", ("logits", logits), ("label", label)), [Math.Log(4.0 / 3), Math.Log(2), 2000]);
    }

    [Fact]
    public void CorrectCountsTheFirstOfTheLargest()
    {
        var test = new TestGraph(5);
        var logits = test.Given(TensorType.PerSample(3), 1, 2, 2, 1, 2, 2, 3, 2, 1, NaN, 1, 2, 0, 0, NaN);
        var label = test.Given(TensorType.Integers(), 1, 2, 0, 2, 0);
        Assert.Equal([1.0, 0, 1, 0, 0], Correct(test, test.Call("CrossEntropy", ("logits", logits), ("label", label))));
    }

    [Fact]
    public void CorrectOfADistributionComparesTheLikeliest()
    {
        var test = new TestGraph(7);
        var logits = test.Given(TensorType.PerSample(3), 1, 2, 0, 1, 2, 0, 2, 2, 0, 2, 2, 0, NaN, 1, 2, 3, 1, 2, NaN, NaN, NaN);
        var target = test.Given(TensorType.PerSample(3), 0.1, 0.8, 0.1, 0.8, 0.1, 0.1, 0.4, 0.4, 0.2, 0.1, 0.9, 0, 0.1, 0.1, 0.8, 0, NaN, 1, 1, 0, 0);
        Assert.Equal([1.0, 0, 1, 0, 0, 0, 0], Correct(test, test.Call("CrossEntropy", ("logits", logits), ("target", target))));
    }

    [Fact]
    public void WhatIsNaNIsOnNoSide()
    {
        var test = new TestGraph(6);
        var logits = test.Given(TensorType.PerSample(), NaN, NaN, 0, 0, -1, 1);
        var target = test.Given(TensorType.PerSample(), 0, 1, NaN, 0, 0.5, 0.6);
        Assert.Equal([0.0, 0, 0, 1, 1, 1], Correct(test, test.Call("BinaryCrossEntropy", ("logits", logits), ("target", target))));
    }

    private static double[] Correct(TestGraph test, Value loss)
    {
        var graph = test.Objective(loss);
        return ReferenceInterpreter.Run(graph, test.Environment)[graph.Output("correct")];
    }

    [Fact]
    public void CrossEntropyOfProbabilities() => Expect(
        one.Call("CrossEntropy",
            ("logits", one.Given(TensorType.PerSample(2), Math.Log(1), Math.Log(3))), ("target", one.Given(TensorType.PerSample(2), 0.5, 0.5))),
        (Math.Log(4) + Math.Log(4.0 / 3)) / 2);

    [Fact]
    public void BinaryCrossEntropyAndItsAccuracy()
    {
        // σ(ln 3) = 3/4: −log(3/4) for target 1, −log(1/4) for target 0.
        var test = new TestGraph(1);
        var logits = test.Given(TensorType.PerSample(2), Math.Log(3), Math.Log(3));
        var loss = test.Call("BinaryCrossEntropy", ("logits", logits), ("target", test.Given(TensorType.PerSample(2), 1, 0)));
        var graph = test.Objective(loss);
        var values = ReferenceInterpreter.Run(graph, test.Environment);
        Assert.Equal(-(Math.Log(0.75) + Math.Log(0.25)) / 2, values[graph.Output("loss")][0], 1e-12);
        Assert.Equal(0.5, values[graph.Output("correct")][0], 1e-7);
    }

    [Theory]
    [InlineData("MeanSquaredError", (1 + 9) / 2.0)]
    [InlineData("MeanAbsoluteError", (1 + 3) / 2.0)]
    [InlineData("Huber", (0.5 + (2 * (3 - 1))) / 2.0)]
    public void RegressionLosses(string name, double expected) => Expect(
        one.Call(name,
            ("prediction", one.Given(TensorType.PerSample(2), 2, 5)), ("target", one.Given(TensorType.PerSample(2), 1, 2)), ("delta", 2f)),
        expected);

    [Fact]
    public void PenaltiesSumOverAllWeights()
    {
        var weights = new[] { one.Given(TensorType.Shared(2), 1, -2), one.Given(TensorType.Shared(1, 1), -3) };
        Expect(one.Call("L1", ("weights", weights)), 6);
        Expect(one.Call("L2", ("weights", weights)), 14);
        Expect(one.Call("L2", ("x", weights[0])), 5);
        Assert.Equal(TensorType.Shared(), one.Call("L2", ("weights", weights)).Type);
    }

    [Fact]
    public void ComparisonsWithNaN()
    {
        var (left, right) = (one.Given(TensorType.PerSample(5), 1, 2, NaN, 1, NaN), one.Given(TensorType.PerSample(5), 2, 1, 1, 1, NaN));
        Expect(Compared("Greater"), 0, 1, 0, 0, 0);
        Expect(Compared("GreaterOrEqual"), 0, 1, 0, 1, 0);
        Expect(Compared("Less"), 1, 0, 0, 0, 0);
        Expect(Compared("LessOrEqual"), 1, 0, 0, 1, 0);
        Expect(Compared("Equal"), 0, 0, 0, 1, 0);
        Expect(Compared("NotEqual"), 1, 1, 1, 0, 1);

        Value Compared(string name) => one.Call(name, ("left", left), ("right", right));
    }

    [Fact]
    public void WhereChoosesWithoutComputing() => Expect(
        one.Call(
            "Where", ("mask", one.Given(TensorType.PerSample(4), 1, 0, -2, 0)), ("ifTrue", one.Given(TensorType.PerSample(4), 5, NaN, 6, double.PositiveInfinity)),
            ("ifFalse", one.Given(TensorType.Shared(1), 7))),
        5, 7, 6, 7);

    /// <summary>√ has no slope at 0; a vector of length 0 gets the gradient 0, and its neighbour its own.</summary>
    [Fact]
    public void TheSlopeOfTheLengthOfZeroIsZero()
    {
        var test = new TestGraph(1);
        var x = test.Given(TensorType.Shared(2, 2), 0, 0, 3, 4);
        var graph = TestGraph.Differentiate(test.Objective(test.Call("Sum", ("x", test.Call("Norm", ("x", x), ("axis", 1))))));
        var values = ReferenceInterpreter.Run(graph, test.Environment);
        Assert.Equal(5, values[graph.Output("loss")][0], 1e-12);
        Assert.Equal([0, 0, 0.6, 0.8], values[graph.Nodes.Single(n => n.Operation is Update).Id].Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void CosinesOfVectors() => Expect(
        one.Call(
            "CosineSimilarity", ("a", one.Given(TensorType.PerSample(3, 2), 1, 0, 1, 1, 0, 0)), ("b", one.Given(TensorType.PerSample(3, 2), 2, 0, 0, 1, 1, 1)),
            ("axis", -1)),
        1, Math.Sqrt(0.5), 0);
}
