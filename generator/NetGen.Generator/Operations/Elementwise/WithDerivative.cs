using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>
/// (y, x, slope) to y, element by element, with dx = dy·slope whatever y is computed from: a derivative of the user's own.
/// </summary>
internal sealed record WithDerivative : Operation
{
    private static readonly ElementwiseFunction Row = new("WithDerivative", 3, (v, _) => v[0], "{0}", "{0}", _ => []);

    public static readonly TensorFunction Function = new("WithDerivative", (g, a) => g.Apply(
        new WithDerivative(), a.NumberTensor("WithDerivative", "y"), a.NumberTensor("WithDerivative", "x"), a.NumberTensor("WithDerivative", "derivative")));

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var (y, x, slope) = (inputs[0], inputs[1], inputs[2]);
        if (y != x)
            throw new LanguageException("NG0402", $"WithDerivative is element by element: y is {Text(y)}, and x {Text(x)}.", "y");
        return new Elementwise("Multiply").Infer([x, slope]) == x
            ? y
            : throw new LanguageException("NG0402", $"WithDerivative: a derivative {Text(slope)} is none of {Text(x)}, element by element.", "derivative");

        static string Text(TensorType type) => type.Shape + (type.Batched ? "" : " without a batch");
    }

    public override Value AtInference(GraphBuilder graph, Value[] inputs) => inputs[0];

    public override Value?[] Backward(BackwardContext context) => [null, context.Graph.Multiply(context.Gradient, context.Inputs[2]), null];

    public override RowUse RowUse => RowUse.Keeps;

    public override void Order(OrderContext context) => context.Elementwise();

    public override void Evaluate(ReferenceCall call) => call.SetResult(call.Input(0));

    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(Row);
}
