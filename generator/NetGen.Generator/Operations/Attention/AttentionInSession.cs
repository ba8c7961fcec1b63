using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// (q, k, v, spans, addresses of sessions) of new steps to y: their keys and values go behind those that are in the memory of each session,
/// [2, longest, keyHeads · size], and each step reads all of them up to its own.
/// </summary>
internal sealed record AttentionInSession(AttentionShape Shape, int Place) : Operation
{
    public override string Title => Text.Invariant($"AttentionInSession[{Shape}; memory {Place}]");

    public override bool CrossesSteps => true;

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([Shape.Heads * Shape.Size]);

    public override RowUse RowUse => RowUse.Takes;

    public override void Order(OrderContext context) => context.Opaque();

    public override void Evaluate(ReferenceCall call) => throw new NotSupportedException("The memory of sessions is outside of the graph.");

    public override KernelBody Lower(LoweringContext context)
    {
        (string Name, int Value)[] arguments = [.. Shape.Arguments([.. context.Inputs], 0), ("memory", Place)];
        return new RuntimeCallBody("AttentionKernels.Append", arguments.Select(a => a.Value).ToEquatableArray())
        {
            Struct = "AttentionShape",
            Names = arguments.Select(a => a.Name).ToEquatableArray(),
        };
    }
}
