using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Padding;

/// <summary>
/// An image with zeros around it, and DilateH − 1 (DilateW − 1) lines of zeros between its rows (columns):
/// y[Top + i·DilateH, Left + j·DilateW, c] = x[i, j, c].
/// </summary>
internal sealed record Pad2D(int Top, int Bottom, int Left, int Right, int DilateH = 1, int DilateW = 1) : Operation
{
    public override string Title =>
        $"Pad2D[{Top},{Bottom},{Left},{Right}{(DilateH == 1 && DilateW == 1 ? "" : $"; dilated {DilateH}×{DilateW}")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(
    [
        ((inputs[0].Dims[0] - 1) * DilateH) + 1 + Top + Bottom,
        ((inputs[0].Dims[1] - 1) * DilateW) + 1 + Left + Right,
        inputs[0].Dims[2],
    ]);

    /// <summary>The gradients of the zeros go nowhere: dx is cut out of dy.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var x = context.Input.Type;
        return [context.Graph.Apply(new Crop2D(Top, Left, x.Dims[0], x.Dims[1], DilateH, DilateW), context.Gradient)];
    }

    public override void Order(OrderContext context) => context.Image();

    public override void Evaluate(ReferenceCall call)
    {
        var (height, width, channels) = (call.InputType(0).Dims[0], call.InputType(0).Dims[1], call.InputType(0).Dims[2]);
        var (outHeight, outWidth) = (call.Type.Dims[0], call.Type.Dims[1]);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    var from = ((b * height) + i) * width + j;
                    var to = ((b * outHeight) + Top + (i * DilateH)) * outWidth + Left + (j * DilateW);
                    for (var c = 0; c < channels; c++)
                        call.Result[(to * channels) + c] = call.Input(0)[(from * channels) + c];
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("CopyKernels.Pad2D", EquatableArray.Create(
        context.Inputs[0].Dims[0], context.Inputs[0].Dims[1], context.Inputs[0].Dims[2],
        context.Result.Dims[0], context.Result.Dims[1], Top, Left, DilateH, DilateW));
}

/// <summary>Every StepH-th row and StepW-th column of an image from (Top, Left) on: y[i, j, c] = x[Top + i·StepH, Left + j·StepW, c].</summary>
internal sealed record Crop2D(int Top, int Left, int Height, int Width, int StepH = 1, int StepW = 1) : Operation
{
    public override string Title =>
        $"Crop2D[{Top},{Left}; {Height}×{Width}{(StepH == 1 && StepW == 1 ? "" : $"; step {StepH}×{StepW}")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([Height, Width, inputs[0].Dims[2]]);

    /// <summary>What was not taken has gradient 0.</summary>
    public override Value?[] Backward(BackwardContext context)
    {
        var x = context.Input.Type;
        var bottom = x.Dims[0] - Top - (((Height - 1) * StepH) + 1);
        var right = x.Dims[1] - Left - (((Width - 1) * StepW) + 1);
        return [context.Graph.Apply(new Pad2D(Top, bottom, Left, right, StepH, StepW), context.Gradient)];
    }

    public override void Order(OrderContext context) => context.Image();

    public override void Evaluate(ReferenceCall call)
    {
        var (inHeight, inWidth, channels) = (call.InputType(0).Dims[0], call.InputType(0).Dims[1], call.InputType(0).Dims[2]);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var i = 0; i < Height; i++)
            {
                for (var j = 0; j < Width; j++)
                {
                    var from = ((b * inHeight) + Top + (i * StepH)) * inWidth + Left + (j * StepW);
                    var to = ((b * Height) + i) * Width + j;
                    for (var c = 0; c < channels; c++)
                        call.Result[(to * channels) + c] = call.Input(0)[(from * channels) + c];
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => new RuntimeCallBody("CopyKernels.Crop2D", EquatableArray.Create(
        context.Inputs[0].Dims[0], context.Inputs[0].Dims[1], context.Inputs[0].Dims[2], Height, Width, Top, Left, StepH, StepW));
}
