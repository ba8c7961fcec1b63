using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Indexed;

/// <summary>(x [.., n], indices [..]) to [..]: of each row the element that its index names.</summary>
internal sealed record Pick : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[1] with { Element = ElementType.Float32 };

    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => Length(inputs[0]);

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new PickGradient(Length(context.Inputs[0].Type)), context.FullGradient, context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call)
    {
        for (var r = 0; r < call.Result.Length; r++)
            call.Result[r] = call.Input(0)[(r * Length(call.InputType(0))) + (int)call.Input(1)[r]];
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("IndexKernels.Pick", EquatableArray.Create((int)context.Result.Count, Length(context.Inputs[0])));

    private static int Length(TensorType x) => x.Dims[x.Rank - 1];
}

/// <summary>(dy [..], indices [..]) to dx [.., n]: dy where an index is, 0 elsewhere.</summary>
internal sealed record PickGradient(int Length) : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(inputs[0].Dims.Append(Length));

    public override void Evaluate(ReferenceCall call)
    {
        for (var r = 0; r < call.Input(0).Length; r++)
            call.Result[(r * Length) + (int)call.Input(1)[r]] = call.Input(0)[r];
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("IndexKernels.PickGradient", EquatableArray.Create((int)context.Inputs[1].Count, Length));
}

/// <summary>indices [..] to [.., n]: 1 where an index is, 0 elsewhere.</summary>
internal sealed record OneHot(int Length) : Operation
{
    public override string Title => $"OneHot[{Length}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([.. inputs[0].Dims, Length]) with { Element = ElementType.Float32 };

    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => Length;

    public override Value?[] Backward(BackwardContext context) => [null];

    public override void Evaluate(ReferenceCall call)
    {
        for (var r = 0; r < call.Input(0).Length; r++)
            call.Result[(r * Length) + (int)call.Input(0)[r]] = 1;
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("IndexKernels.OneHot", EquatableArray.Create((int)context.Inputs[0].Count, Length));
}
