using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;

namespace NetGen.Generator.Operations.Steps;

/// <summary>
/// (x of new steps, spans, addresses of sessions) to the steps around each, of which those before the new ones are in the memory of each
/// session: as many as a window reaches back.
/// </summary>
internal sealed record StepWindowInSession(StepWindow Window, int Place) : StepOperation
{
    public override string Title => Text.Invariant($"{Window.Title}[memory {Place}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Window.Infer(inputs);

    public override void Evaluate(ReferenceCall call) => throw new NotSupportedException("The memory of sessions is outside of the graph.");

    public override KernelBody Lower(LoweringContext context) =>
        Call("WindowAppend", context.Inputs[0], Window.Steps, Window.Before, Window.Apart, Place);
}
