using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Winograd;

/// <summary>
/// The weights of a convolution as its products take them: u[e, c, f] = (G w[·, ·, c, f] Gᵀ)ₑ for e = 0 … n² − 1. Turned: the kernels of w are turned by 180°,
/// and u is that of kernels as they were.
/// </summary>
internal sealed record WinogradWeights(int Outputs, bool Turned = false) : Operation
{
    public override string Title => $"WinogradWeights[{WinogradTiles.Name(Outputs)}{(Turned ? "; turned" : "")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims([WinogradTransform.Of(Outputs).Products, inputs[0].Dims[2], inputs[0].Dims[3]]);

    public override void Evaluate(ReferenceCall call) => Evaluate(call, WinogradTransform.Of(Outputs));

    public void Evaluate(ReferenceCall call, WinogradTransform transform) =>
        WinogradTiles.EachElement(call, Matrix(transform), WinogradTransform.Kernel, transform.Inputs);

    public override KernelBody Lower(LoweringContext context) => new TransformBody(
        Outputs, Turned ? WeightMatrix.TurnedWeights : WeightMatrix.Weights, context.Inputs[0].Dims[2] * context.Inputs[0].Dims[3]);

    private double[,] Matrix(WinogradTransform transform) => Turned ? transform.TurnedG() : transform.G;
}

/// <summary>The gradient of weights from that of <see cref="WinogradWeights"/>: dw[·, ·, c, f] = Gᵀ du[·, c, f] G.</summary>
internal sealed record WinogradWeightsGradient(int Outputs) : Operation
{
    public override string Title => $"WinogradWeightsGradient[{WinogradTiles.Name(Outputs)}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims([WinogradTransform.Kernel, WinogradTransform.Kernel, inputs[0].Dims[1], inputs[0].Dims[2]]);

    public override void Evaluate(ReferenceCall call) => Evaluate(call, WinogradTransform.Of(Outputs));

    public static void Evaluate(ReferenceCall call, WinogradTransform transform) =>
        WinogradTiles.EachElement(call, WinogradTransform.Transposed(transform.G), transform.Inputs, WinogradTransform.Kernel);

    public override KernelBody Lower(LoweringContext context) => new TransformBody(
        Outputs, WeightMatrix.WeightsTransposed, context.Inputs[0].Dims[1] * context.Inputs[0].Dims[2]);
}
