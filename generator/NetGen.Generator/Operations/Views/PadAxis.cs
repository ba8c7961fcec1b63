using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Concat;

namespace NetGen.Generator.Operations.Views;

/// <summary>Zeros before and after along an axis.</summary>
internal sealed record PadAxis(int Axis, int Before, int After) : Operation
{
    public override string Title => $"PadAxis[{Axis}; {Before},{After}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) =>
        inputs[0].WithDims(inputs[0].Dims.Select((d, i) => i == Axis ? Before + d + After : d));

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(Slice.Of(context.Result.Type, Axis, Before, context.Input.Type.Dims[Axis]), context.FullGradient)];

    public override void Evaluate(ReferenceCall call) => new Runs(call.InputType(0), Axis).Copy(
        call.Input(0), 0, new Runs(call.Type, Axis), call.Result, Before, call.InputType(0).Dims[Axis], call.Batch);

    public override KernelBody Lower(LoweringContext context)
    {
        var (x, y) = (new Runs(context.Inputs[0], Axis), new Runs(context.Result, Axis));
        return new RuntimeCallBody(
            "CopyKernels.PadAxis", EquatableArray.Create(context.Result.Batched ? 1 : 0, x.Outer, x.Length, Before * x.Step, y.Length));
    }
}
