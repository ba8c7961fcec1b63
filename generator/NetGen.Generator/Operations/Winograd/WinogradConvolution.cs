using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Pooling;

namespace NetGen.Generator.Operations.Winograd;

/// <summary>(x, u) to y: a convolution with 3×3 kernels over all of x, whose height and width leave whole tiles, with u = <see cref="WinogradWeights"/> of the weights.</summary>
internal sealed record WinogradConvolution(int Outputs) : Operation
{
    public override string Title => $"WinogradConvolution[{WinogradTiles.Name(Outputs)}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(
        [inputs[0].Dims[0] - WinogradTransform.Kernel + 1, inputs[0].Dims[1] - WinogradTransform.Kernel + 1, inputs[1].Dims[2]]);

    public override void Evaluate(ReferenceCall call) => Evaluate(call, WinogradTransform.Of(Outputs));

    public static void Evaluate(ReferenceCall call, WinogradTransform transform)
    {
        var (x, y, u) = (new Image(call.InputType(0)), new Image(call.Type), call.Input(1));
        foreach (var tile in WinogradTiles.Tiles(call.Batch, y, transform.Outputs))
        {
            var v = Enumerable.Range(0, x.Channels)
                .Select(c => WinogradTiles.Read(call.Input(0), x, tile, c, transform.Inputs, transform.Bt)).ToArray();
            for (var f = 0; f < y.Channels; f++)
            {
                var products = WinogradTiles.Products(transform.Inputs, v, u, f, y.Channels);
                var results = WinogradTransform.Apply(transform.At, products);
                for (var e = 0; e < results.Length; e++)
                {
                    var (i, j) = (e / transform.Outputs, e % transform.Outputs);
                    call.Result[y.At(tile.Sample, tile.Y + i, tile.X + j, f)] = results[i, j];
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => new WinogradBody(
        WinogradKind.Convolution,
        Outputs,
        context.Result.Dims[0] / Outputs,
        context.Result.Dims[1] / Outputs,
        Channels: context.Inputs[0].Dims[2],
        Columns: context.Result.Dims[2]);
}

/// <summary>
/// (dy, u) to dx of a <see cref="WinogradConvolution"/>, with u[e, f, c] the transformed weights of each product transposed: the sum over the tiles of
/// B[(A dy Aᵀ) · u]Bᵀ, where tiles overlap in two pixels. With a Pooling dy is given as <see cref="PooledGradient"/> says.
/// </summary>
internal sealed record WinogradInputGradient(int Outputs) : Operation
{
    public Window2D? Pooling { get; init; }

    public override string Title => $"WinogradInputGradient[{WinogradTiles.Name(Outputs)}{(Pooling is null ? "" : $"; behind a max pooling {Pooling}")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var dy = PooledGradient.Full(Pooling, inputs[0]);
        return dy.WithDims(
            [dy.Dims[0] + WinogradTransform.Kernel - 1, dy.Dims[1] + WinogradTransform.Kernel - 1, inputs[inputs.Count - 1].Dims[2]]);
    }

    public override void Evaluate(ReferenceCall call) => Evaluate(call, WinogradTransform.Of(Outputs));

    public void Evaluate(ReferenceCall call, WinogradTransform transform)
    {
        var (dy, dx, u) = (new Image(PooledGradient.Full(Pooling, call.InputType(0))), new Image(call.Type), call.Input(call.InputCount - 1));
        var gradient = PooledGradient.Full(call, Pooling, operand: 0);
        var (a, b) = (WinogradTransform.Transposed(transform.At), WinogradTransform.Transposed(transform.Bt));
        foreach (var tile in WinogradTiles.Tiles(call.Batch, dy, transform.Outputs))
        {
            var w = Enumerable.Range(0, dy.Channels).Select(f => WinogradTiles.Read(gradient, dy, tile, f, transform.Outputs, a)).ToArray();
            for (var c = 0; c < dx.Channels; c++)
            {
                var products = WinogradTiles.Products(transform.Inputs, w, u, c, dx.Channels);
                var pixels = WinogradTransform.Apply(b, products);
                for (var e = 0; e < pixels.Length; e++)
                {
                    var (i, j) = (e / transform.Inputs, e % transform.Inputs);
                    call.Result[dx.At(tile.Sample, tile.Y + i, tile.X + j, c)] += pixels[i, j];
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => new WinogradBody(
        WinogradKind.InputGradient,
        Outputs,
        PooledGradient.Full(Pooling, context.Inputs[0]).Dims[0] / Outputs,
        PooledGradient.Full(Pooling, context.Inputs[0]).Dims[1] / Outputs,
        Channels: context.Inputs[0].Dims[2],
        Columns: context.Result.Dims[2])
    {
        Pooling = Pooling,
    };
}

/// <summary>
/// (x, dy) to du, the gradient of the transformed weights of a <see cref="WinogradConvolution"/>: the sum over tiles and samples of
/// (Bᵀ x B)ₑ · (A dy Aᵀ)ₑ for each channel of x and each of dy. With a Pooling dy is given as <see cref="PooledGradient"/> says.
/// </summary>
internal sealed record WinogradProductsGradient(int Outputs) : Operation
{
    public Window2D? Pooling { get; init; }

    public override string Title => $"WinogradProductsGradient[{WinogradTiles.Name(Outputs)}{(Pooling is null ? "" : $"; behind a max pooling {Pooling}")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        TensorType.Shared(WinogradTransform.Of(Outputs).Products, inputs[0].Dims[2], inputs[1].Dims[2]);

    public override void Evaluate(ReferenceCall call) => Evaluate(call, WinogradTransform.Of(Outputs));

    public void Evaluate(ReferenceCall call, WinogradTransform transform)
    {
        var (x, dy) = (new Image(call.InputType(0)), new Image(PooledGradient.Full(Pooling, call.InputType(1))));
        var gradient = PooledGradient.Full(call, Pooling, operand: 1);
        var a = WinogradTransform.Transposed(transform.At);
        foreach (var tile in WinogradTiles.Tiles(call.Batch, dy, transform.Outputs))
        {
            var w = Enumerable.Range(0, dy.Channels).Select(f => WinogradTiles.Read(gradient, dy, tile, f, transform.Outputs, a)).ToArray();
            for (var c = 0; c < x.Channels; c++)
            {
                var v = WinogradTiles.Read(call.Input(0), x, tile, c, transform.Inputs, transform.Bt);
                for (var f = 0; f < dy.Channels; f++)
                {
                    for (var e = 0; e < v.Length; e++)
                    {
                        var (i, j) = (e / transform.Inputs, e % transform.Inputs);
                        call.Result[(((e * x.Channels) + c) * dy.Channels) + f] += v[i, j] * w[f][i, j];
                    }
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context) => new WinogradBody(
        WinogradKind.WeightGradient,
        Outputs,
        PooledGradient.Full(Pooling, context.Inputs[1]).Dims[0] / Outputs,
        PooledGradient.Full(Pooling, context.Inputs[1]).Dims[1] / Outputs,
        Channels: context.Inputs[0].Dims[2],
        Columns: context.Inputs[1].Dims[2])
    {
        Pooling = Pooling,
    };
}
