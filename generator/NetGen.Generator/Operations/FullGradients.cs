using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Reductions;

namespace NetGen.Generator.Operations;

/// <summary>Gradients of which there is one number for several elements.</summary>
internal static class FullGradients
{
    extension(BackwardContext context)
    {
        /// <summary>
        /// The gradient with a number for each of the result's: what is the same for all elements, or samples, may come as one.
        /// </summary>
        public Value FullGradient => context.Gradient.Type == context.Result.Type
            ? context.Gradient
            : context.Graph.Apply(new BroadcastTo(context.Result.Type), context.Gradient);
    }
}
