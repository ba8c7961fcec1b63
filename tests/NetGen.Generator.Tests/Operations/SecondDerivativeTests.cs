using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// Gradients of gradients are outside the language, and no function of it gives a gradient to be differentiated. In the compiler one that is asked for is right or an
/// exception, and never 0 because nothing says what it is. Of large tensors some elements are looked at; NETGEN_ALL_CASES=1 takes all.
/// </summary>
public sealed class SecondDerivativeTests
{
    [Theory]
    [MemberData(nameof(OperationCases.NamesOfSamples), MemberType = typeof(OperationCases))]
    public void Are_right_or_refused(string name)
    {
        var (batch, build) = OperationCases.All[name];
        var test = new TestGraph(batch);
        var penalty = OfGradients(TestGraph.Differentiate(build(test)));
        TensorGraph derived;
        try
        {
            derived = TestGraph.Differentiate(penalty);
        }
        catch (InvalidOperationException e)
        {
            Assert.Contains("gradients of gradients are not taken", e.Message);
            return;
        }
        var values = ReferenceInterpreter.Run(derived, test.Environment);
        var updates = derived.Nodes.Where(n => n.Operation is Update).ToDictionary(n => ((Update)n.Operation).Parameter);
        foreach (var (weight, w) in test.Weights)
        {
            foreach (var i in Sampled.Places(w.Length, most: 50))
            {
                var (old, step) = (w[i], 1e-4);
                w[i] = old + step;
                var above = test.Loss(penalty);
                w[i] = old - step;
                var below = test.Loss(penalty);
                w[i] = old;
                var expected = (above - below) / (2 * step);
                var actual = updates.TryGetValue(weight, out var update) ? values[update.Id][i] : 0;
                Assert.True(Math.Abs(expected - actual) <= 1e-6 + (1e-5 * Math.Abs(expected)), $"d{weight}[{i}]: differences {expected}, rule {actual}");
            }
        }
    }

    [Theory]
    [InlineData("Tanh", "TanhGradient")]
    [InlineData("Sigmoid", "SigmoidGradient")]
    [InlineData("Square", "SquareGradient")]
    [InlineData("Softmax", "SoftmaxGradient")]
    public void The_failure_names_the_node(string function, string gradient)
    {
        var test = new TestGraph(3);
        test.Builder.Scope = "layer";
        var graph = test.Forward(test.Call(function, ("x", test.X(5))));
        var failure = Assert.Throws<InvalidOperationException>(() => TestGraph.Differentiate(OfGradients(TestGraph.Differentiate(graph))));
        Assert.Contains($"d_layer = {gradient}", failure.Message);
    }

    [Fact]
    public void A_graph_with_updates_is_not_differentiated_again()
    {
        var test = new TestGraph(3);
        var derived = TestGraph.Differentiate(test.Forward(test.X(5)));
        Assert.Contains("has gradients already", Assert.Throws<InvalidOperationException>(() => TestGraph.Differentiate(derived)).Message);
    }

    /// <summary>The graph whose loss is Σ g² over all elements of all gradients: the penalty on gradients that a user might think of.</summary>
    private static TensorGraph OfGradients(TensorGraph derived)
    {
        var builder = new GraphBuilder();
        var values = new Value[derived.Nodes.Count];
        Value? sum = null;
        foreach (var node in derived.Nodes)
        {
            builder.Scope = node.Name;
            var inputs = node.Inputs.Select(i => values[i]).ToArray();
            if (node.Operation is not Update)
            {
                values[node.Id] = builder.Apply(node.Operation, inputs);
                continue;
            }
            var penalty = builder.SumAll(builder.Map("Multiply", inputs[0], inputs[0]));
            sum = sum is { } before ? builder.Add(before, penalty) : penalty;
        }
        builder.Output("loss", sum!.Value);
        return builder.Build();
    }
}
