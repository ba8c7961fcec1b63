using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Attention;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Gradients;
using NetGen.Generator.Operations.Indexed;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Norms;
using NetGen.Generator.Operations.Recurrent;
using NetGen.Generator.Operations.Rounding;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Operations.Winograd;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// Law 1b: the derived gradients against central finite differences of the reference, element by element: of large tensors some elements,
/// for each is two
/// runs of the graph; NETGEN_ALL_CASES=1 takes all.
/// </summary>
public sealed class GradientTests
{
    private const int MostElements = 100;

    [Theory]
    [MemberData(nameof(OperationCases.Names), MemberType = typeof(OperationCases))]
    public void AgreesWithFiniteDifferences(string name)
    {
        var (batch, build) = OperationCases.All[name];
        var test = new TestGraph(batch);
        var graph = TestGraph.InTraining(build(test));
        var derived = TestGraph.Differentiate(graph);
        var values = ReferenceInterpreter.Run(derived, test.Environment);
        Assert.Equal(test.Loss(graph), values[derived.Output("loss")].Average(), 1e-12);

        var updates = derived.Nodes.Where(n => n.Operation is Update).ToDictionary(n => ((Update)n.Operation).Parameter);
        Assert.NotEmpty(updates);
        foreach (var node in graph.Nodes.Where(n => n.Operation is Weight and not State))
        {
            var weight = ((Weight)node.Operation).Parameter;
            var w = test.Weights[weight];
            Assert.True(updates.TryGetValue(weight, out var update) || UsesNothing(graph, node.Id), $"{weight} gets no gradient.");
            foreach (var i in Sampled.Places(w.Length, MostElements))
            {
                var (old, step) = (w[i], 1e-5);
                w[i] = old + step;
                var above = test.Loss(graph);
                w[i] = old - step;
                var below = test.Loss(graph);
                w[i] = old;
                var expected = (above - below) / (2 * step);
                var actual = update is null ? 0 : values[update.Id][i];
                Assert.True(
                    Math.Abs(expected - actual) <= 1e-7 + (1e-6 * Math.Abs(expected)), $"d{weight}[{i}]: differences {expected}, rule {actual}");
            }
        }
    }

    /// <summary>A completeness check of the list of cases: each operation and each row of the table is in one of their graphs.</summary>
    [Fact]
    public void EveryOperationIsInACase()
    {
        var used = OperationCases.All.Values
            .Select(c => TestGraph.Differentiate(c.Build(new TestGraph(c.Batch))))
            .SelectMany(g => g.Nodes)
            .Select(n => n.Operation)
            .ToArray();
        var operations = typeof(Operation).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Operation)) && !t.IsAbstract);
        // Updates are made by differentiation, updates of rows (RowUpdatesTests), other products (OwnedWeightsTests,
        // TransposedProductsTests), scaled norms (ScaledNormsTests), Winograd's algorithm (WinogradTests) and operands of 16 bits (PrecisionTests) behind it: none has a
        // gradient. A batch normalization is computed as what it is in training, which is in the cases, a spectral one as well (SpectralNormTests: its vectors
        // are constants to its gradient and not to differences), IsTraining as a constant, and a
        // Gradient as the backward rules (GradientFunctionTests); sessions are not trained (SessionTests). Leaves of a loop are in its body.
        Assert.Empty(operations.Where(o => o.Namespace != typeof(WinogradWeights).Namespace).Except([typeof(Update), typeof(RowUpdate), typeof(MatMulPart), typeof(MatMulTransposed), typeof(ScaledStandardize), typeof(RoundToBFloat16), typeof(BatchNorm), typeof(SpectralNorm), typeof(IsTraining), typeof(Gradient), typeof(AttentionInSession), typeof(RecurrenceInSession), typeof(StepLoopInSession), typeof(StepWindowInSession), typeof(LoopLeaf)]).Except(used.Select(o => o.GetType())));
        // Nor has this, which a pass puts for other functions (DroppedReluTests).
        Assert.Empty(ElementwiseTable.Functions.Keys.Except(["DroppedReluGradient"]).Except(used.OfType<Elementwise>().Select(e => e.Function)));
    }

    private static bool UsesNothing(Graph.TensorGraph graph, int value) =>
        graph.Users()[value].All(n => n.Operation is Extreme or Ranking or Elementwise { Function: "Agrees" or "Greater" or "GreaterOrEqual" or "Equal" or "NotEqual" or "Sign" or "Floor" or "Ceiling" or "Round" });
}
