using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Optimization;

/// <summary>
/// Lines at the bottom and right of an image that no later operation reads (a 2×2 pooling of 11×11 pixels never looks at the last row
/// and column) are not computed: every image shrinks to the lines that are needed, from the results back to the inputs. What is left
/// is computed as before, to the bit, and the backward pass, which is derived from the smaller graph, has no gradients of dead
/// lines to compute.
/// </summary>
internal static class DeadRegions
{
    public static TensorGraph Run(TensorGraph graph, CancellationToken cancellation = default)
    {
        var needed = Needed(graph, cancellation);
        return graph.Rewrite((builder, node, inputs) => builder.Apply(Shrunk(node, needed[node.Id], inputs), inputs), cancellation);
    }

    /// <summary>
    /// Lines of each image that something reads, counted from the top and the left: the least that satisfies two rules. An operand has the
    /// lines that its readers read. And an elementwise operation has as many lines as its operands, which have as many as each other: where
    /// one is needed larger (something else reads it, or it is an input, which does not shrink), so are the others. Only what has grown is
    /// looked at again, the last first, so that readers come before what they read.
    /// </summary>
    private static Size[] Needed(TensorGraph graph, CancellationToken cancellation)
    {
        var needed = new Size[graph.Nodes.Count];
        var users = graph.Users();
        var grown = new SortedSet<int>(graph.Nodes.Select(node => node.Id));
        foreach (var output in graph.Outputs)
            Need(output.Value, Extent(graph[output.Value]));
        while (grown.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var node = graph[grown.Max];
            grown.Remove(node.Id);
            if (!CanShrink(graph, node))
                Need(node.Id, Extent(node));
            for (var i = 0; i < node.Inputs.Count; i++)
                Need(node.Inputs[i], Read(graph, node, i, needed[node.Id]) ?? Extent(graph[node.Inputs[i]]));
            var alike = users[node.Id].Append(node).Where(n => n.Operation is Elementwise && CanShrink(graph, n) && n.Type == node.Type);
            foreach (var reader in alike)
            {
                foreach (var image in reader.Inputs.Where(i => graph[i].Type == node.Type).Append(reader.Id))
                    Need(image, needed[node.Id]);
            }
        }
        return needed;

        void Need(int value, Size lines)
        {
            var all = Extent(graph[value]);
            lines = Most(needed[value], new Size(Math.Min(all.Height, lines.Height), Math.Min(all.Width, lines.Width)));
            if (needed[value] == lines)
                return;
            needed[value] = lines;
            grown.Add(value);
        }
    }

    private static Size Most(Size a, Size b) => new(Math.Max(a.Height, b.Height), Math.Max(a.Width, b.Width));

    private static bool IsImage(Node node) => node.Type.Batched && node.Type.Rank == 3;

    private static Size Extent(Node node) => IsImage(node) ? new Size(node.Type.Dims[0], node.Type.Dims[1]) : default;

    /// <summary>Whether the node can be made smaller: its operation has a size of its own, or takes that of its operands.</summary>
    private static bool CanShrink(TensorGraph graph, Node node) => IsImage(node) && node.Operation switch
    {
        Convolution or MaxPool2D or AveragePool2D => true,
        // Random numbers are counted through the image: with other dimensions they would be others.
        Elementwise => node.Inputs.Select(i => graph[i]).All(
            i => (i.Type == node.Type && i.Operation is not RandomOperation) || i.Type.Rank == 0
                || i.Type.Dims.Take(i.Type.Rank - 1).All(d => d == 1)),
        _ => false,
    };

    /// <summary>The lines of an operand that a node reads to make so many lines of its own; null: all.</summary>
    private static Size? Read(TensorGraph graph, Node node, int input, Size lines)
    {
        var operand = graph[node.Inputs[input]];
        if (!IsImage(operand) || !IsImage(node))
            return null;
        return Window(node.Operation, graph[node.Inputs[node.Inputs.Count - 1]].Type) is { } window
            ? new Size(
                ((lines.Height - 1) * window.StrideH) + window.Height - window.Top,
                ((lines.Width - 1) * window.StrideW) + window.Width - window.Left)
            : node.Operation is Elementwise && operand.Type == node.Type ? lines : null;
    }

    private static Window2D? Window(Operation operation, TensorType last) => operation switch
    {
        Convolution convolution => convolution.Window(last),
        MaxPool2D pool => pool.Window,
        AveragePool2D pool => pool.Window,
        _ => null,
    };

    /// <summary>The operation that makes so many lines; where an operand is larger than they need, its last lines are left unread.</summary>
    private static Operation Shrunk(Node node, Size lines, Value[] inputs)
    {
        if (inputs.Length == 0 || Window(node.Operation, inputs[inputs.Length - 1].Type) is not { } window
            || (window.OutputHeight(inputs[0].Type.Dims[0]) == lines.Height && window.OutputWidth(inputs[0].Type.Dims[1]) == lines.Width))
        {
            return node.Operation;
        }
        var bottom = ((lines.Height - 1) * window.StrideH) + window.Height - window.Top - inputs[0].Type.Dims[0];
        var right = ((lines.Width - 1) * window.StrideW) + window.Width - window.Left - inputs[0].Type.Dims[1];
        return node.Operation switch
        {
            Convolution c => c with { Bottom = bottom, Right = right },
            MaxPool2D pool => new MaxPool2D(pool.Window with { Bottom = bottom, Right = right }),
            AveragePool2D pool => new AveragePool2D(pool.Window with { Bottom = bottom, Right = right }),
            _ => throw new InvalidOperationException($"{node.Operation.Title} has no window."),
        };
    }
}
