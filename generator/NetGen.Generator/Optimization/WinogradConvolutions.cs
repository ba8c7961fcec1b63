using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Winograd;

namespace NetGen.Generator.Optimization;

/// <summary>
/// Computes 3×3 convolutions and their gradients by Winograd's algorithm where that takes less time: with 4 or 2.8 multiply-adds where the sum of a pixel
/// takes 9, and three transforms. Which pays is decided by the sizes alone. A convolution's results then differ in the last bits from those of the sum.
/// </summary>
internal static class WinogradConvolutions
{
    /// <summary>A variant without it serves batches for which it does not pay.</summary>
    public static readonly Pass Pass = new("Winograd convolutions", Run, PassTarget.Cpu) { SmallestBatch = SmallestBatch };

    /// <summary>Channels and filters are whole vectors of any width.</summary>
    private const int Lanes = 16;

    /// <summary>A number that is transformed is loaded, added and stored in the time of so many multiply-adds.</summary>
    private const long OfElement = 4;

    /// <summary>A transformed weight, or its gradient, goes to a shared cache and back, once in a call.</summary>
    private const long OfWeight = 16;

    /// <summary>What pays with fewer samples is worth a variant of the program; what pays only with more than these is not.</summary>
    private const int UsualBatch = 16;

    /// <summary>What one sample takes longer with it is worth a variant where it is more than this part of all products.</summary>
    private const int LeastLoss = 16;

    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var users = graph.Users();
        return graph.Rewrite((builder, node, inputs) => node.Operation switch
        {
            Convolution convolution => Convolved(builder, graph, convolution, node, inputs, users) ?? builder.Apply(convolution, inputs),
            ConvolutionWeightGradient gradient => WeightGradient(builder, graph, gradient, node, inputs) ?? builder.Apply(gradient, inputs),
            _ => builder.Apply(node.Operation, inputs),
        }, cancellation);
    }

    /// <summary>
    /// The smallest batch for which the algorithm pays in a graph that has it: it saves multiply-adds for each sample, and transforms weights once. Null where
    /// the graph has none of it, and where so little of its work is that that a program more would not be noticed.
    /// </summary>
    public static int? SmallestBatch(TensorGraph graph)
    {
        var all = graph.Nodes.Where(n => n.Operation is not Leaf && !n.Operation.IsAlias).Select(n => LoweringContext.Lower(graph, n)).ToArray();
        var bodies = all.OfType<WinogradBody>().ToArray();
        if (bodies.Length == 0)
            return null;
        var (cost, saving) = (bodies.Sum(WeightCost), bodies.Sum(Saving));
        var work = bodies.Sum(body => body.MultiplyAdds) + all.OfType<ILoopBody>().Sum(body => body.Loops?.MultiplyAdds ?? 0);
        return LeastLoss * (cost - saving) <= work ? null : (int)((cost / saving) + 1);
    }

    private static Value? Convolved(
        GraphBuilder builder, TensorGraph graph, Convolution convolution, Node node, Value[] inputs, List<Node>[] users)
    {
        var (x, w) = (inputs[0], inputs[1]);
        if (convolution is not { StrideH: 1, StrideW: 1, IsPlain: true } || w.Type.Dims[0] != WinogradTransform.Kernel || w.Type.Dims[1] != WinogradTransform.Kernel)
            return null;
        var (kernel, channels, filters) = (WinogradTransform.Kernel, w.Type.Dims[2], w.Type.Dims[3]);

        // The gradient of an unpadded convolution's input: as many tiles as the convolution has.
        if (convolution is { Top: WinogradTransform.Kernel - 1, Left: WinogradTransform.Kernel - 1 } && graph[node.Inputs[1]].Operation is FlipTranspose
            && node.Type.Dims[0] == x.Type.Dims[0] + kernel - 1 && node.Type.Dims[1] == x.Type.Dims[1] + kernel - 1)
        {
            return Tile(WinogradKind.InputGradient, x.Type.Dims[0], x.Type.Dims[1], channels, filters, WindowBefore(graph, node.Inputs[0])) is { } tile
                ? builder.Apply(new WinogradInputGradient(tile), x, builder.Apply(new WinogradWeights(tile, Turned: true), w))
                : null;
        }

        // Windows of a max pooling are taken out of whole tiles.
        var window = users[node.Id].Select(u => u.Operation).OfType<MaxPool2D>().FirstOrDefault()?.Window;
        if (Tile(WinogradKind.Convolution, node.Type.Dims[0], node.Type.Dims[1], channels, filters, window) is not { } outputs)
            return null;
        if (convolution.IsPadded)
        {
            x = builder.Apply(
                new Pad2D(Math.Max(0, convolution.Top), Math.Max(0, convolution.Bottom), Math.Max(0, convolution.Left), Math.Max(0, convolution.Right)), x);
        }
        return x.Type.Dims[0] == node.Type.Dims[0] + kernel - 1 && x.Type.Dims[1] == node.Type.Dims[1] + kernel - 1
            ? builder.Apply(new WinogradConvolution(outputs), x, builder.Apply(new WinogradWeights(outputs), w))
            : null;
    }

    private static Value? WeightGradient(GraphBuilder builder, TensorGraph graph, ConvolutionWeightGradient gradient, Node node, Value[] inputs)
    {
        var (x, dy) = (inputs[0].Type, inputs[1].Type);
        if (gradient is not { StrideH: 1, StrideW: 1, IsPlain: true, KernelH: WinogradTransform.Kernel, KernelW: WinogradTransform.Kernel }
            || x.Dims[0] != dy.Dims[0] + WinogradTransform.Kernel - 1 || x.Dims[1] != dy.Dims[1] + WinogradTransform.Kernel - 1
            || Tile(WinogradKind.WeightGradient, dy.Dims[0], dy.Dims[1], x.Dims[2], dy.Dims[2], WindowBefore(graph, node.Inputs[1])) is not { } tile)
        {
            return null;
        }
        var products = builder.Apply(new WinogradProductsGradient(tile), inputs);
        return builder.Apply(new WinogradWeightsGradient(tile), products);
    }

    /// <summary>The windows of the max pooling whose gradient a value is: tiles have whole ones, so that it need not be written.</summary>
    private static Window2D? WindowBefore(TensorGraph graph, int value) => (graph[value].Operation as MaxPool2DGradient)?.Window;

    /// <summary>The size of the tiles that takes least time; null where the sum itself does, or where no tiles fit.</summary>
    private static int? Tile(WinogradKind kind, int height, int width, int channels, int filters, Window2D? window)
    {
        if (channels % Lanes != 0 || filters % Lanes != 0)
            return null;
        int? best = null;
        var most = 0L;
        foreach (var transform in WinogradTransform.All)
        {
            if (height % transform.Outputs != 0 || width % transform.Outputs != 0)
                continue;
            if (window is not null && (transform.Outputs % window.Height != 0 || transform.Outputs % window.Width != 0))
                continue;
            var body = new WinogradBody(kind, transform.Outputs, height / transform.Outputs, width / transform.Outputs, channels, filters);
            var saved = (UsualBatch * Saving(body)) - WeightCost(body);
            if (body.Samples > 0 && saved > most)
                (best, most) = (transform.Outputs, saved);
        }
        return best;
    }

    /// <summary>Multiply-adds that a sample has less than the sum has, transforms counted.</summary>
    private static long Saving(WinogradBody body)
    {
        var sum = (long)WinogradTransform.Kernel * WinogradTransform.Kernel * body.Tiles * body.Outputs * body.Outputs * body.Channels * body.Columns;
        return sum - body.MultiplyAdds - (OfElement * body.Transform.Products * body.Tiles * (body.Channels + body.Columns));
    }

    private static long WeightCost(WinogradBody body) =>
        OfWeight * (body.Transform.Products + (WinogradTransform.Kernel * WinogradTransform.Kernel)) * body.Channels * body.Columns;
}
