using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Concat;

namespace NetGen.Generator.Operations.Views;

/// <summary>Zeros, or another number, before and after along an axis.</summary>
internal sealed record PadAxis(int Axis, int Before, int After, float Value = 0f) : Operation
{
    public override string Title => $"PadAxis[{Axis}; {Before},{After}{(Value == 0f ? "" : $"; {Text.Literal(Value)}")}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims(inputs[0].Dims.Select((d, i) => i == Axis ? Before + d + After : d));

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(Slice.Of(context.Result.Type, Axis, Before, context.Input.Type.Dims[Axis]), context.FullGradient)];

    /// <summary>Of an image, lines of positions or channels; of a vector, more features that stay where they are if they all did.</summary>
    public override void Order(OrderContext context)
    {
        if (context[context.Operand] is not { } order)
            return;
        context.Claim(context.Result, !order.IsKnown || (context.Operand.Dims.Count == 1 && !order.IsPlain)
            ? FeatureOrder.Unknown
            : FeatureOrder.Split(context.Result.Dims, order.Axes));
    }

    public override void Evaluate(ReferenceCall call)
    {
        for (var i = 0; i < call.Result.Length; i++)
            call.Result[i] = Value;
        new Runs(call.InputType(0), Axis).Copy(
        call.Input(0), 0, new Runs(call.Type, Axis), call.Result, Before, call.InputType(0).Dims[Axis], call.Batch);
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (x, y) = (new Runs(context.Inputs[0], Axis), new Runs(context.Result, Axis));
        int[] constants = [context.Result.Batched ? 1 : 0, x.Outer, x.Length, Before * x.Step, y.Length];
        return Value == 0f
            ? new RuntimeCallBody("CopyKernels.PadAxis", constants.ToEquatableArray())
            : new RuntimeCallBody("CopyKernels.PadAxisWith", constants.Append(Bits(Value)).ToEquatableArray());
    }

    /// <summary>A constant of kernels is a whole number.</summary>
    private static int Bits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0);
}
