using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// ConvTranspose2D(filters, kernel, stride, padding, outputPadding, bias, init, biasInit, dilation, groups): an image that a convolution
/// with these settings
/// would make x's size of. Also ConvTranspose1D, over sequences.
/// </summary>
internal sealed record ConvTranspose2DLayer(int Filters, int Groups, Size OutputPadding, Conv2DSettings Settings) : LayerDefinition
{
    public static readonly LayerFunction Function = new("ConvTranspose2D", a => new ConvTranspose2DLayer(
        a.IntAtLeast("filters", 1),
        a.IntAtLeast("groups", 1, otherwise: 1),
        Size.FromOptional(a, "outputPadding", least: 0) ?? default,
        Conv2DSettings.Of("ConvTranspose2D", a)));

    public static readonly LayerFunction OfSequence = new("ConvTranspose1D", a => new ConvTranspose2DLayer(
        a.IntAtLeast("filters", 1),
        a.IntAtLeast("groups", 1, otherwise: 1),
        new Size(0, a.IntAtLeast("outputPadding", 0, otherwise: 0)),
        Conv2DSettings.OfSequence("ConvTranspose1D", a)));

    public override int? WeightOutputs => 2;

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) => Settings.OnImage(graph, x, image =>
    {
        var (channels, s) = (image.Type.Dims[2], Settings);
        Conv2DSettings.CheckGroups(channels, Filters, Groups);
        if (OutputPadding.Height >= Math.Max(s.Stride.Height, s.Dilation.Height)
            || OutputPadding.Width >= Math.Max(s.Stride.Width, s.Dilation.Width))
        {
            throw new LanguageException(
                "NG0301",
                $"'outputPadding' must be smaller than the stride or the dilation: a stride of {s.Show(s.Stride)} leaves no other sizes open; "
                + $"it is {s.Show(OutputPadding)}.",
                "outputPadding");
        }
        var (top, height, bottom) = Lines(
            image.Type.Dims[0], s.Kernel.Height, s.Stride.Height, s.Dilation.Height, OutputPadding.Height, isRow: true);
        var (left, width, right) = Lines(
            image.Type.Dims[1], s.Kernel.Width, s.Stride.Width, s.Dilation.Width, OutputPadding.Width, isRow: false);
        if (height < 1 || width < 1)
        {
            throw new LanguageException(
                "NG0302", $"{s.Layer}: of {x.Type.Shape} the padding leaves nothing.", "padding");
        }
        var convolution = new Convolution(s.Stride.Height, s.Stride.Width, top, bottom, left, right)
        {
            DilationH = s.Dilation.Height,
            DilationW = s.Dilation.Width,
            Groups = Groups,
        };
        var fans = (s.Fan(channels / Groups), s.Fan(Filters / Groups));
        var weight = s.Weight(graph, parameters, Filters / Groups, channels, fans);
        return s.WithBias(graph, parameters, graph.Apply(new ConvolutionTranspose(convolution, height, width), image, weight), Filters, fans);
    });

    /// <summary>Along one dimension: the padding before, the lines of the result, the padding after.</summary>
    private (int Before, int Lines, int After) Lines(int extent, int kernel, int stride, int dilation, int more, bool isRow)
    {
        var (reach, spanned) = ((extent - 1L) * stride, ((kernel - 1L) * dilation) + 1);
        var (before, lines) = Settings.Padding.Kind switch
        {
            // What a convolution with this padding makes x's size of: stride times as many lines.
            "Same" => (Math.Max(spanned - stride, 0) / 2, ((long)extent * stride) + more),
            "Causal" => throw new LanguageException(
                "NG0301", $"{Settings.Layer}: Padding.Causal is of Conv1D and the pools; a step of a transposed convolution is seen by later ones.", "padding"),
            "Explicit" when !(isRow && Settings.IsSequence) =>
                (Settings.Padding.Amount, reach + spanned - (2L * Settings.Padding.Amount) + more),
            _ => (0, reach + spanned + more),
        };
        return (checked((int)before), checked((int)lines), checked((int)(reach + spanned - lines - before)));
    }
}
