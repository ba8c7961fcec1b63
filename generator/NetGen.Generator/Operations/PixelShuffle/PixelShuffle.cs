using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Windows;

namespace NetGen.Generator.Operations.PixelShuffle;

/// <summary>
/// Factor² channels of a pixel as a square of pixels: y[h·Factor + a, w·Factor + b, c] = x[h, w, (c·Factor + a)·Factor + b], or back.
/// </summary>
internal sealed record PixelShuffle(int Factor, bool Back = false) : Operation
{
    public override string Title => Text.Invariant($"Pixel{(Back ? "Unshuffle" : "Shuffle")}[{Factor}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var (height, width, channels) = (inputs[0].Dims[0], inputs[0].Dims[1], inputs[0].Dims[2]);
        var square = Factor * Factor;
        return inputs[0].WithDims(Back
            ? [height / Factor, width / Factor, checked(channels * square)]
            : [checked(height * Factor), checked(width * Factor), channels / square]);
    }

    public override Value?[] Backward(BackwardContext context) => [context.Graph.Apply(this with { Back = !Back }, context.FullGradient)];

    public override void Order(OrderContext context) => context.Image();

    public override void Evaluate(ReferenceCall call)
    {
        var small = new Image(Back ? call.Type : call.InputType(0));
        var large = new Image(Back ? call.InputType(0) : call.Type);
        for (var i = 0; i < call.Result.Length; i++)
        {
            var (c, w, h) = (i % large.Channels, i / large.Channels % large.Width, i / large.Channels / large.Width % large.Height);
            var at = small.At(i / large.Size, h / Factor, w / Factor, (((c * Factor) + (h % Factor)) * Factor) + (w % Factor));
            call.Result[Back ? at : i] = call.Input(0)[Back ? i : at];
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var large = new Image(Back ? context.Inputs[0] : context.Result);
        return new RuntimeCallBody(
            Back ? "CopyKernels.PixelUnshuffle" : "CopyKernels.PixelShuffle",
            EquatableArray.Create(large.Height / Factor, large.Width / Factor, large.Channels, Factor));
    }
}

internal static class PixelShuffleFunctions
{
    public static IEnumerable<TensorFunction> All { get; } = [new("PixelShuffle", Shuffled), new("PixelUnshuffle", Unshuffled)];

    private static Value Shuffled(GraphBuilder graph, CallArguments arguments)
    {
        var (x, factor) = (arguments.Tensor("x"), arguments.IntAtLeast("factor", 1));
        Window2D.CheckImage("PixelShuffle", x.Type);
        return x.Type.Dims[2] % ((long)factor * factor) == 0
            ? graph.Apply(new PixelShuffle(factor), x)
            : throw new LanguageException(
                "NG0301",
                Text.Invariant($"PixelShuffle makes {factor}×{factor} pixels of as many channels; {x.Type.Dims[2]} channels are no multiple of ")
                + Text.Invariant($"{(long)factor * factor}."),
                "factor");
    }

    private static Value Unshuffled(GraphBuilder graph, CallArguments arguments)
    {
        var (x, factor) = (arguments.Tensor("x"), arguments.IntAtLeast("factor", 1));
        Window2D.CheckImage("PixelUnshuffle", x.Type);
        return x.Type.Dims[0] % factor == 0 && x.Type.Dims[1] % factor == 0
            ? graph.Apply(new PixelShuffle(factor, Back: true), x)
            : throw new LanguageException(
                "NG0301",
                Text.Invariant($"PixelUnshuffle takes squares of {factor}×{factor} pixels; {x.Type.Shape} does not divide into them."),
                "factor");
    }
}
