using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;

namespace NetGen.Generator.Operations.Steps;

/// <summary>
/// (x of steps, spans) to the steps around each: y[t] = x[t − Before], x[t − Before + Apart], …, so many, with 0 in front of the first
/// step and behind the last. One step at a distance is a shift; several are the operand of a convolution over time (im2col).
/// </summary>
internal sealed record StepWindow(int Steps, int Before, int Apart) : StepOperation
{
    public override string Title => Text.Invariant($"StepWindow[{Steps} steps, {Before} before{(Apart == 1 ? "" : $", {Apart} apart")}]");

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(inputs[0].Dims.Prepend(Steps));

    public override Value?[] Backward(BackwardContext context) => [context.Graph.Apply(new StepWindowGradient(Steps, Before, Apart),
        context.FullGradient, context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call) => Visit(call, this, (int)call.InputType(0).Count, (from, to) =>
        call.Result[to] = call.Input(0)[from]);

    public override KernelBody Lower(LoweringContext context) => Call("Window", context.Inputs[0], Steps, Before, Apart);

    /// <summary>Steps that have been are in a session's memory; later ones are not there yet.</summary>
    public override Value? InSession(SessionContext context, Value[] inputs) => Before < (Steps - 1) * Apart
        ? null
        : context.Graph.Apply(
            new StepWindowInSession(this, context.Reserve((long)Before * inputs[0].Type.Count)), [.. inputs, context.Memory]);

    /// <summary>Each number of a window that is one of x: its place in x and in the result.</summary>
    public static void Visit(ReferenceCall call, StepWindow window, int width, Action<int, int> at)
    {
        foreach (var (_, start, count) in StepMeaning.Sequences(call))
        {
            for (var t = 0; t < count; t++)
            {
                for (var k = 0; k < window.Steps; k++)
                {
                    var from = t - window.Before + (k * window.Apart);
                    for (var i = 0; from >= 0 && from < count && i < width; i++)
                        at(((start + from) * width) + i, ((((start + t) * window.Steps) + k) * width) + i);
                }
            }
        }
    }
}

/// <summary>(dy, spans) to dx of a <see cref="StepWindow"/>: the sum of a step's copies.</summary>
internal sealed record StepWindowGradient(int Steps, int Before, int Apart) : StepOperation
{
    public override string Title => "StepWindowGradient" + new StepWindow(Steps, Before, Apart).Title.Substring(nameof(StepWindow).Length);

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims(inputs[0].Dims.Skip(1));

    public override void Evaluate(ReferenceCall call) =>
        StepWindow.Visit(call, new StepWindow(Steps, Before, Apart), (int)call.Type.Count, (to, from) =>
            call.Result[to] += call.Input(0)[from]);

    public override KernelBody Lower(LoweringContext context) => Call("WindowGradient", context.Result, Steps, Before, Apart);
}

/// <summary>(x of steps, spans) to the steps of each sequence from the last to the first.</summary>
internal sealed record ReversedSteps : StepOperation
{
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];

    public override Value?[] Backward(BackwardContext context) => [context.Graph.Apply(new ReversedSteps(), context.FullGradient,
        context.Inputs[1]), null];

    public override void Evaluate(ReferenceCall call)
    {
        var width = (int)call.Type.Count;
        foreach (var (_, start, count) in StepMeaning.Sequences(call))
        {
            for (var t = 0; t < count; t++)
                Array.Copy(call.Input(0), (start + count - 1 - t) * width, call.Result, (start + t) * width, width);
        }
    }

    public override KernelBody Lower(LoweringContext context) => Call("Reversed", context.Result);
}
