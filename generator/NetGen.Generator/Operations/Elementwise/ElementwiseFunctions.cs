using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations.Elementwise;

internal static class ElementwiseFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Relu", (g, a) => g.Apply(new Unary("Relu"), a.Tensor("x"))),
        new("Add", (g, a) => g.Add(a.Tensor("left"), a.Tensor("right"))),
    ];

    public static Value Add(this GraphBuilder graph, Value left, Value right) => graph.Apply(new Binary("Add"), left, right);
}

internal sealed record Unary(string Function) : Operation
{
    public override string Title => Function;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override void Evaluate(ReferenceCall call) => throw new NotSupportedException();

    public override KernelBody Lower(LoweringContext context) => throw new NotSupportedException();
}

internal sealed record Binary(string Function) : Operation
{
    public override string Title => Function;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override void Evaluate(ReferenceCall call) => throw new NotSupportedException();

    public override KernelBody Lower(LoweringContext context) => throw new NotSupportedException();
}
