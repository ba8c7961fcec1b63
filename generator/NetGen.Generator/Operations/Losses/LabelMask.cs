using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Losses;

/// <summary>Labels [..] to [.., classes]: 1 at its class, else 0; all 0 where it is the one that does not count.</summary>
internal sealed record LabelMask(int Classes, int? Ignored) : Operation
{
    public override string Title => Ignored is { } ignored ? Text.Invariant($"LabelMask[{Classes}, without {ignored}]") : Text.Invariant($"LabelMask[{Classes}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([.. inputs[0].Dims, Classes]) with { Element = ElementType.Float32 };

    public override Value?[] Backward(BackwardContext context) => [null];

    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => Classes;

    public override int? IgnoredLabel => Ignored;

    public override void Evaluate(ReferenceCall call)
    {
        for (var row = 0; row < call.Input(0).Length; row++)
        {
            var label = (int)call.Input(0)[row];
            if (label != Ignored)
                call.Result[(row * Classes) + label] = 1;
        }
    }

    public override KernelBody Lower(LoweringContext context) =>
        new RuntimeCallBody("CopyKernels.LabelMask", EquatableArray.Create((int)context.Inputs[0].Count, Classes, Ignored ?? int.MinValue));
}
