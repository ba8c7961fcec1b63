using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Optimization;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>Without dead lines the same numbers come out, to the bit, forward and backward, from smaller images.</summary>
public sealed class DeadRegionTests
{
    private static readonly Dictionary<string, Func<TestGraph, Value>> Cases = new()
    {
        // 13×12 → convolution 11×10 → pooling 5×5: one row of the convolution and of the image is dead.
        ["pooling"] = t => Pool("MaxPool2D", t, Convolve(t, t.X(13, 12, 2))),
        ["average pooling"] = t => Pool("AveragePool2D", t, Convolve(t, t.X(13, 12, 2))),
        // What the sample does: the second pooling's leftovers go back through a convolution, a pooling and a convolution.
        ["two poolings"] = t => Pool("MaxPool2D", t, Convolve(t, Pool("MaxPool2D", t, Relu(t, Convolve(t, t.X(16, 18, 1)))))),
        ["stride"] = t => t.Layer("Conv2D", Convolve(t, t.X(10, 9, 2)), ("filters", 2), ("kernel", new[] { 2, 2 }), ("stride", new[] { 3, 2 })),
        ["padding"] = t => Pool("MaxPool2D", t, t.Layer(
            "Conv2D", t.X(7, 9, 1), ("filters", 2), ("kernel", new[] { 3, 3 }), ("padding", new PaddingModel("Same")))),
        ["through an addition"] = t =>
        {
            var x = Convolve(t, t.X(9, 9, 2));
            return Pool("MaxPool2D", t, t.Call("Add", ("left", Relu(t, x)), ("right", x)));
        },
    };

    public static IEnumerable<object[]> Names => Cases.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void NoBitChanges(string name)
    {
        var test = new TestGraph(batch: 3);
        var y = Cases[name](test);
        test.Builder.Output("loss", test.Call("Mean", ("x", test.Call("Square", ("x", y)))));
        var whole = test.Builder.Build();
        var live = DeadRegions.Run(whole);
        GraphVerifier.Verify(live);

        Assert.True(Pixels(live) < Pixels(whole), "nothing was found dead:\n" + live);
        var (expected, actual) = (Training(whole), Training(live));
        foreach (var output in expected.Outputs)
        {
            var before = ReferenceInterpreter.Run(expected, test.Environment)[output.Value];
            var after = ReferenceInterpreter.Run(actual, test.Environment)[actual.Outputs[expected.Outputs.ToList().IndexOf(output)].Value];
            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void WhatSomethingElseReadsStays()
    {
        var test = new TestGraph(batch: 2);
        var x = Convolve(test, test.X(7, 7, 2));
        test.Builder.Output("result", Pool("MaxPool2D", test, x));
        test.Builder.Output("other", x);
        var graph = test.Builder.Build();

        Assert.Equal(graph, DeadRegions.Run(graph));
    }

    [Fact]
    public void AnInputThatCannotShrinkIsReadInPart()
    {
        var test = new TestGraph(batch: 2);
        test.Builder.Output("result", Pool("MaxPool2D", test, Convolve(test, test.X(8, 7, 2))));
        var live = DeadRegions.Run(test.Builder.Build());

        // 8×7 → 6×5 → 3×2: a 2×2 pooling reads 6×4, and those 8×6 of x.
        var convolution = live.Nodes.Single(n => n.Operation is Convolution);
        Assert.Equal(new Convolution(1, 1, Right: -1), convolution.Operation);
        Assert.Equal([6, 4, 3], convolution.Type.Dims);
        Assert.Equal([3, 2, 3], live.Nodes.Single(n => n.Operation is MaxPool2D).Type.Dims);
    }

    private static Value Convolve(TestGraph t, Value x) => t.Layer("Conv2D", x, ("filters", 3), ("kernel", new[] { 3, 3 }));

    private static Value Relu(TestGraph t, Value x) => t.Call("Relu", ("x", x));

    private static Value Pool(string pool, TestGraph t, Value x) => t.Layer(pool, x, ("pool", new[] { 2, 2 }));

    private static TensorGraph Training(TensorGraph graph) => TestGraph.Differentiate(graph);

    private static long Pixels(TensorGraph graph) => graph.Nodes.Sum(n => n.Type.Rank == 3 ? n.Type.Count : 0);
}
