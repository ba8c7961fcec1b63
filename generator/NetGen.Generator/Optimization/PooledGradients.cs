using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Winograd;

namespace NetGen.Generator.Optimization;

/// <summary>
/// The gradient before a max pooling goes into the kernels that read it, where all of them can take it apart (<see cref="PooledGradient"/>): four times as
/// large as the gradient behind it, it would be written and read once more by each.
/// </summary>
internal static class PooledGradients
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var users = graph.Users();
        var apart = new HashSet<int>(graph.Nodes.Where(n => n.Operation is MaxPool2DGradient gradient
            && PooledGradient.CanTakeApart(gradient, graph[n.Inputs[0]].Type)
            && users[n.Id].Count > 0 && users[n.Id].All(user => Position(user.Operation, gradient.Window) is { } operand
                && user.Inputs[operand] == n.Id && user.Inputs.Count(i => i == n.Id) == 1)).Select(n => n.Id));
        var values = new Value[graph.Nodes.Count];
        return graph.Rewrite((builder, node, inputs) =>
        {
            var operation = node.Operation;
            for (var i = 0; i < node.Inputs.Count; i++)
            {
                if (!apart.Contains(node.Inputs[i]))
                    continue;
                var gradient = graph[node.Inputs[i]];
                operation = Taking(operation, ((MaxPool2DGradient)gradient.Operation).Window);
                inputs = [.. inputs.Take(i), values[gradient.Inputs[0]], values[gradient.Inputs[1]], .. inputs.Skip(i + 1)];
                break;
            }
            return values[node.Id] = builder.Apply(operation, inputs);
        }, cancellation);
    }

    /// <summary>Which operand an operation can take apart; null: none.</summary>
    private static int? Position(Operation operation, Window2D window) => operation switch
    {
        ConvolutionWeightGradient { Pooling: null, Groups: 1 } when window.Area <= 256 => 1,
        WinogradProductsGradient { Pooling: null } gradient when IsTile(gradient.Outputs, window) => 1,
        WinogradInputGradient { Pooling: null } gradient when IsTile(gradient.Outputs, window) => 0,
        _ => null,
    };

    private static bool IsTile(int outputs, Window2D window) => window.Height == outputs && window.Width == outputs;

    private static Operation Taking(Operation operation, Window2D window) => operation switch
    {
        ConvolutionWeightGradient gradient => gradient with { Pooling = window },
        WinogradProductsGradient gradient => gradient with { Pooling = window },
        WinogradInputGradient gradient => gradient with { Pooling = window },
        _ => throw new InvalidOperationException($"{operation.Title} takes no gradient apart."),
    };
}
