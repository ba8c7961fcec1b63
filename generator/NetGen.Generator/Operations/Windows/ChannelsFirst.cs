using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Operations.Windows;

/// <summary>
/// Images are [height, width, channels]; PyTorch writes [channels, height, width]. [3, 32, 32] is an image here too, of 3 rows and 32 channels, and it
/// trains, badly. So what comes from outside with one to four rows and as many channels as columns is taken for a mistake: a square image of one to four
/// channels. Images inside of a network may have any shape, and a window of one row is a convolution over a sequence; of them nothing is said.
/// </summary>
internal static class ChannelsFirst
{
    private const int MostChannels = 4, SmallestSide = 8;

    /// <summary>Hints at the layer where its operand is an input of the network that looks like this.</summary>
    public static void Check(GraphBuilder graph, string layer, Value x, Window2D window)
    {
        if (!LooksSo(x.Type) || window.Height == 1)
            return;
        var source = x.Id;
        while (graph.Nodes[source].Operation.IsAlias)
            source = graph.Nodes[source].Inputs[0];
        if (graph.Nodes[source].Operation is Input)
        {
            graph.Hint(new GraphHint(
                "NG0303",
                $"{layer} reads {x.Type.Shape} as {x.Type.Dims[0]} rows, {x.Type.Dims[1]} columns and {x.Type.Dims[2]} channels.{Advice(x.Type)}",
                source,
                source == x.Id ? Last(x.Type) : null));
        }
    }

    /// <summary>The dimensions with the channels last.</summary>
    private static string Last(TensorType x) => string.Join(", ", x.Dims[1], x.Dims[2], x.Dims[0]);

    /// <summary>What to do about it, to be appended to a message; nothing for other shapes.</summary>
    public static string Advice(TensorType x) => LooksSo(x)
        ? $" Images are [height, width, channels]: if this is one of {x.Dims[0]} channel{(x.Dims[0] == 1 ? "" : "s")}, state [Shape({Last(x)})] and pass the pixels in that order."
        : "";

    private static bool LooksSo(TensorType x) => x.Rank == 3 && x.Dims[0] <= MostChannels && x.Dims[1] >= SmallestSide && x.Dims[1] == x.Dims[2];
}
