using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Reference;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations.Update;

/// <summary>
/// The optimizer's rule applied to a weight and its gradient, in place. Which rule is the caller's type argument; here it is an
/// effect on memory, so it runs after everything that reads the weight.
/// </summary>
internal sealed record Update(string Parameter) : Operation
{
    public override string Title => $"Update[{Parameter}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    /// <summary>In the reference the value of an update is the gradient that it is given.</summary>
    public override void Evaluate(ReferenceCall call) => call.SetResult(call.Input(0));

    public override KernelBody Lower(LoweringContext context) => new UpdateBody(Parameter);
}
