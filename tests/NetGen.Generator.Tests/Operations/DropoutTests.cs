using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Optimization;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

public sealed class DropoutTests
{
    [Fact]
    public void KeepsOrDropsByPhiloxAndScales()
    {
        var test = new TestGraph(4);
        var x = test.X(1000);
        var y = test.Evaluate(test.Layer("Dropout", x, ("p", 0.25f)));
        var input = test.Weights.Values.First();
        var kept = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var keep = Philox.Bits(Philox.Key(7, 3, 1), (uint)i) / 4294967296.0 >= 0.25;
            kept += keep ? 1 : 0;
            Assert.Equal(keep ? input[i] / 0.75 : 0, y[i], 1e-12);
        }
        Assert.InRange(kept / 4000.0, 0.72, 0.78);
    }

    [Fact]
    public void EveryCallHasItsOwnStream()
    {
        var test = new TestGraph(1);
        var y = test.Layer("Dropout", test.Layer("Dropout", test.X(3), ("p", 0.5f)), ("p", 0.5f));
        var graph = test.Forward(y);
        Assert.Equal([1u, 2u], graph.Nodes.Select(n => n.Operation).OfType<DropoutMask>().Select(m => m.Stream));
    }

    [Fact]
    public void BackwardUsesTheSameMask()
    {
        var test = new TestGraph(2);
        var graph = TestGraph.Differentiate(test.Forward(test.Layer("Dropout", test.X(5), ("p", 0.5f))));
        Assert.Single(graph.Nodes, n => n.Operation is DropoutMask);
    }

    [Fact]
    public void LowersToAMapWithoutOperands()
    {
        var body = Assert.IsType<PointwiseBody>(
            new DropoutMask(0.5f, 3, TensorType.PerSample(5)).Lower(new LoweringContext([], TensorType.PerSample(5))));
        Assert.Equal((0, 0.5f, 3u), (body.Function.Arity, body.Alpha, body.Stream));
        Assert.Contains("{random}", body.Function.Cpu);
    }

    [Fact]
    public void InferenceModeLeavesItAway()
    {
        var test = new TestGraph(3);
        var x = test.X(5);
        var y = test.Call("Relu", ("x", test.Layer("Dropout", x, ("p", 0.5f))));
        test.Builder.Output("result", y);
        test.Builder.Output("loss", test.Builder.Apply(new Elementwise("Exp"), test.Layer("Dropout", x, ("p", 0.1f))));
        var graph = InferenceMode.Apply(test.Builder.Build());
        Assert.DoesNotContain(graph.Nodes, n => n.Operation is DropoutMask);
        var values = ReferenceInterpreter.Run(graph, new ReferenceEnvironment
        {
            Batch = 3,
            Input = _ => [],
            Weight = name => test.Weights[name],
        });
        Assert.Equal(test.Weights.Values.First().Select(v => Math.Max(v, 0)), values[graph.Output("result")]);
        Assert.Equal(test.Weights.Values.First().Select(Math.Exp), values[graph.Output("loss")]);
    }

    [Fact]
    public void InferenceModeKeepsAGraphWithoutDropout()
    {
        var test = new TestGraph(1);
        test.Builder.Output("result", test.X(5));
        var graph = test.Builder.Build();
        Assert.Same(graph, InferenceMode.Apply(graph));
        Assert.IsType<Weight>(graph.Nodes[0].Operation);
    }
}
