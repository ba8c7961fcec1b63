using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Pooling;

/// <summary>[height, width, channels] to one number of each channel.</summary>
internal static class GlobalPooling
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("GlobalAveragePool", (g, a) => Average(g, a.Tensor("x"))),
        new("GlobalMaxPool", (g, a) => Max(g, a.Tensor("x"))),
    ];

    private static Value Average(GraphBuilder graph, Value x)
    {
        Window2D.CheckImage("GlobalAveragePool", x.Type);
        var share = 1f / (x.Type.Dims[0] * x.Type.Dims[1]);
        return graph.Apply(new Reduce(EquatableArray.Create(0, 1), KeepDims: false, OverBatch: false, share), x);
    }

    /// <summary>
    /// One window over the image, or where that has more pixels than a window may have, the largest of each row's, and of those. So of
    /// equal ones the first row
    /// and its first column have the gradient either way.
    /// </summary>
    private static Value Max(GraphBuilder graph, Value x)
    {
        Window2D.CheckImage("GlobalMaxPool", x.Type);
        if (Lines(x) is { Height: var height, Width: var width } && (long)height * width <= MaxPool2D.LargestWindow)
            x = graph.Apply(new MaxPool2D(new Window2D(height, width, height, width, 0, 0, 0, 0)), x);
        while (Lines(x).Width > 1)
            x = graph.Apply(new MaxPool2D(OfRows(Lines(x).Width)), x);
        while (Lines(x).Height > 1)
            x = graph.Apply(new MaxPool2D(OfColumns(Lines(x).Height)), x);
        return graph.Reshape(x, [x.Type.Dims[2]]);
    }

    private static Window2D OfRows(int width) => new(1, Window(width), 1, Window(width), 0, 0, 0, After(width));

    private static Window2D OfColumns(int height) => new(Window(height), 1, Window(height), 1, 0, After(height), 0, 0);

    private static Size Lines(Value x) => new(x.Type.Dims[0], x.Type.Dims[1]);

    private static int Window(int lines) => Math.Min(lines, MaxPool2D.LargestWindow);

    /// <summary>Lines of the last window behind the image.</summary>
    private static int After(int lines) => (Window(lines) - (lines % Window(lines))) % Window(lines);
}
