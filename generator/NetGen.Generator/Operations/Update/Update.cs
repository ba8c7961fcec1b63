using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations.Update;

/// <summary>What changes a leaf of the network in place. It runs after everything that reads the leaf.</summary>
internal abstract record Effect(string Parameter) : Operation
{
    public override string Title => $"{GetType().Name}[{Parameter}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    /// <summary>In the reference the value of an effect is what it is given.</summary>
    public override void Evaluate(ReferenceCall call) => call.SetResult(call.Input(0));
}

/// <summary>A step of the optimizer on a weight. Nothing reads what it gives: the new weights lie in their place.</summary>
internal abstract record OptimizerStep(string Parameter) : Effect(Parameter);

/// <summary>
/// The optimizer's rule applied to a weight and its gradient, in place. Which rule is the caller's type argument.
/// </summary>
internal sealed record Update(string Parameter) : OptimizerStep(Parameter)
{
    public override KernelBody Lower(LoweringContext context) => new UpdateBody(Parameter);
}

/// <summary>New numbers in the place of a leaf's: the result's memory is the leaf's.</summary>
internal sealed record Assign(string Parameter) : Effect(Parameter)
{
    public override KernelBody Lower(LoweringContext context) => new PointwiseBody(BroadcastTo.Identity);
}
