using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Dense;

namespace NetGen.Generator.Operations.Indexed;

/// <summary>(x [.., n], indices [.., k]) to [.., k]: of each row the elements that its indices name.</summary>
internal sealed record PickEach : Operation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[1] with { Element = ElementType.Float32 };

    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => Rows.Length(inputs[0]);

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new ScatterAdd(Rows.Length(context.Inputs[0].Type)), context.FullGradient, context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call)
    {
        var (length, count) = (Rows.Length(call.InputType(0)), Rows.Length(call.Type));
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = call.Input(0)[(i / count * length) + (int)call.Input(1)[i]];
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var count = Rows.Length(context.Result);
        return new RuntimeCallBody("IndexKernels.PickEach", EquatableArray.Create((int)context.Result.Count / count, Rows.Length(context.Inputs[0]), count));
    }
}

/// <summary>
/// (values [.., k], indices [.., k]) to [.., Length]: each value added where its index says, in their order; 0 where none does.
/// </summary>
internal sealed record ScatterAdd(int Length) : Operation
{
    public override string Title => Text.Invariant($"ScatterAdd[{Length}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([.. inputs[0].Dims.Take(inputs[0].Rank - 1), Length]);

    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => Length;

    public override Value?[] Backward(BackwardContext context) => [context.Graph.Apply(new PickEach(), context.FullGradient, context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call)
    {
        var count = Rows.Length(call.InputType(0));
        for (var i = 0; i < call.Input(0).Length; i++)
            call.Result[(i / count * Length) + (int)call.Input(1)[i]] += call.Input(0)[i];
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var count = Rows.Length(context.Inputs[0]);
        return new RuntimeCallBody("IndexKernels.ScatterAdd", EquatableArray.Create((int)context.Inputs[0].Count / count, Length, count));
    }
}
