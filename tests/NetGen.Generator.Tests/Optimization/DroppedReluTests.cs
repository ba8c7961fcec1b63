using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Optimization;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>The gradient of a ReLU with dropout is read off its result: it is the same, and draws no random numbers.</summary>
public sealed class DroppedReluTests
{
    [Fact]
    public void The_gradient_is_the_same_and_draws_nothing()
    {
        var test = new TestGraph(batch: 3);
        var hidden = Dropped(test, test.Layer("Dense", test.X(7), ("units", 40)), 0.25f);
        var graph = TestGraph.Differentiate(test.Forward(Dropped(test, test.Layer("Dense", hidden, ("units", 30)), 0.5f)));
        var changed = DroppedRelu.Run(graph);

        Assert.Equal(2, Count(graph, "ReluGradient"));
        Assert.Equal(0, Count(changed, "ReluGradient"));
        Assert.Equal(2, Count(changed, "DroppedReluGradient"));
        // Each mask, and each ReLU, is read by the forward product alone.
        var users = changed.Users();
        Assert.All(changed.Nodes.Where(n => n.Operation is DropoutMask or Elementwise { Function: "Relu" }), n => Assert.Single(users[n.Id]));
        Same(test, graph, changed);
    }

    [Fact]
    public void A_relu_that_is_read_elsewhere_keeps_its_gradient()
    {
        var test = new TestGraph(batch: 2);
        var relu = test.Call("Relu", ("x", test.X(20)));
        var y = test.Builder.Add(test.Layer("Dropout", relu, ("p", 0.5f)), test.Builder.Multiply(relu, relu));
        var graph = TestGraph.Differentiate(test.Forward(y));
        var changed = DroppedRelu.Run(graph);
        Assert.Equal(1, Count(changed, "ReluGradient"));
        Assert.Equal(0, Count(changed, "DroppedReluGradient"));
        Same(test, graph, changed);
    }

    [Fact]
    public void Dropout_before_a_relu_stays()
    {
        var test = new TestGraph(batch: 2);
        var graph = TestGraph.Differentiate(test.Forward(test.Call("Relu", ("x", test.Layer("Dropout", test.X(20), ("p", 0.5f))))));
        var changed = DroppedRelu.Run(graph);
        Assert.Equal(1, Count(changed, "ReluGradient"));
        Assert.Equal(0, Count(changed, "DroppedReluGradient"));
        Same(test, graph, changed);
    }

    private static Value Dropped(TestGraph test, Value x, float p) => test.Layer("Dropout", test.Call("Relu", ("x", x)), ("p", p));

    private static int Count(TensorGraph graph, string function) => graph.Nodes.Count(n => n.Operation is Elementwise e && e.Function == function);

    private static void Same(TestGraph test, TensorGraph expected, TensorGraph actual)
    {
        var before = ReferenceInterpreter.Run(expected, test.Environment);
        var after = ReferenceInterpreter.Run(actual, test.Environment);
        Assert.True(expected.Outputs.Count > 1);
        Assert.Equal(expected.Outputs.Select(o => o.Role), actual.Outputs.Select(o => o.Role));
        foreach (var (old, @new) in expected.Outputs.Zip(actual.Outputs))
        {
            // 1 / (1 − p) is exact for these p but for ¼, where it is a float in the program.
            var (left, right) = (before[old.Value], after[@new.Value]);
            Assert.Equal(left.Length, right.Length);
            for (var i = 0; i < left.Length; i++)
                Assert.Equal(left[i], right[i], 1e-6 * Math.Abs(left[i]));
        }
    }
}
