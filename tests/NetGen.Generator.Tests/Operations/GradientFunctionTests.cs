using NetGen.Generator.Differentiation;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Gradients;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>Gradient(of, by) against the gradients of a training step, which are those of the mean over the batch.</summary>
public sealed class GradientFunctionTests
{
    [Theory]
    [MemberData(nameof(OperationCases.Names), MemberType = typeof(OperationCases))]
    public void Agrees_with_a_step(string name)
    {
        var (batch, build) = OperationCases.All[name];
        var test = new TestGraph(batch);
        var step = TestGraph.Differentiate(build(test));
        var values = ReferenceInterpreter.Run(step, test.Environment);
        var loss = test.Builder[test.Builder.Outputs.First(o => o.Role == "loss").Value];
        var leaves = test.Builder.Nodes.Take(loss.Id + 1).Where(n => n.Operation is Weight and not State).ToArray();
        foreach (var leaf in leaves.Where(leaf => step.Nodes.Any(n => n.Operation is Update update && update.Parameter == Name(leaf))))
            test.Builder.Output($"by {Name(leaf)}", test.Builder.Apply(new Gradient(), loss, test.Builder[leaf.Id]));
        var graph = Gradients.Expand(TrainingMode.Apply(test.Builder.Build(), _ => true, _ => false));
        var actual = ReferenceInterpreter.Run(graph, test.Environment);
        var samples = test.Environment.RowsOf(loss.Type.Rows);
        foreach (var update in step.Nodes.Where(n => n.Operation is Update))
        {
            var gradient = actual[graph.Output($"by {((Update)update.Operation).Parameter}")];
            Assert.Equal(values[update.Id].Length, gradient.Length);
            for (var i = 0; i < gradient.Length; i++)
                Assert.Equal(values[update.Id][i] * samples, gradient[i], 1e-9 * Math.Max(1, Math.Abs(gradient[i])));
        }

        string Name(Graph.Node leaf) => ((Weight)leaf.Operation).Parameter;
    }
}
