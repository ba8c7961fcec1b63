using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Convolution;

/// <summary>
/// The gradient of a convolution's input as an operation of its own: x is taken for what the convolution gives, and y for what it reads,
/// y[oy·StrideH − Top + ky·DilationH, ox·StrideW − Left + kx·DilationW, g·F + f] += x[oy, ox, c] · w[ky, kx, f, c]. Its own gradients are
/// the convolution and that of its weight.
/// </summary>
/// <param name="Of">The convolution from y to x.</param>
/// <param name="Height">Rows of y.</param>
/// <param name="Width">Columns of y.</param>
internal sealed record ConvolutionTranspose(Convolution Of, int Height, int Width) : Operation
{
    public override string Title => Text.Invariant($"ConvolutionTranspose[{Of.Title} of {Height}×{Width}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims([Height, Width, inputs[1].Dims[2] * Of.Groups]);

    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, x, w, dy) = (context.Graph, context.Inputs[0], context.Inputs[1], context.FullGradient);
        return
        [
            Of.IsDilated ? Of.OfPaddedCopy(graph, dy, w) : graph.Apply(Of, dy, w),
            graph.Apply(Of.WeightGradient(w.Type), Of.PaddedCopy(graph, dy), x),
        ];
    }

    /// <summary>The weight has what it reads in its order if x is an image; the result is one.</summary>
    public override void Order(OrderContext context)
    {
        context.Claim(context.Operand, FeatureOrder.Image(context.Operand.Dims));
        context.Claim(context.Result, FeatureOrder.Image(context.Result.Dims));
        if (context.Weight(1) is { } weight && context[context.Operand] is not null)
        {
            context.Claim(
                weight.Outputs, context.IsImage(context.Operand) ? FeatureOrder.Plain(weight.Outputs.Dims) : FeatureOrder.Unknown);
        }
    }

    public override void Evaluate(ReferenceCall call)
    {
        var (x, y, w) = (new Image(call.InputType(0)), new Image(call.Type), call.InputType(1));
        var (filters, channels) = (w.Dims[2], x.Channels / Of.Groups);
        for (var i = 0; i < call.Input(0).Length; i++)
        {
            var (c, ox, oy, b) = (i % x.Channels, i / x.Channels % x.Width, i / x.Row % x.Height, i / x.Size);
            for (var k = 0; k < w.Dims[0] * w.Dims[1]; k++)
            {
                var iy = (oy * Of.StrideH) - Of.Top + (k / w.Dims[1] * Of.DilationH);
                var ix = (ox * Of.StrideW) - Of.Left + (k % w.Dims[1] * Of.DilationW);
                if (iy < 0 || iy >= y.Height || ix < 0 || ix >= y.Width)
                    continue;
                for (var f = 0; f < filters; f++)
                {
                    call.Result[y.At(b, iy, ix, (c / channels * filters) + f)] +=
                        call.Input(0)[i] * call.Input(1)[(((k * filters) + f) * x.Channels) + c];
                }
            }
        }
    }

    /// <summary>What computes it: a convolution of x, spread, with the weight turned.</summary>
    public Value Expanded(GraphBuilder graph, Value x, Value w, TensorType result) => Of.InputGradient(graph, result, w, x);

    public override KernelBody Lower(LoweringContext context) =>
        throw new InvalidOperationException("A transposed convolution is computed as a convolution.");
}
