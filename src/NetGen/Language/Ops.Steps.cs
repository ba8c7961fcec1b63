namespace NetGen;

// Steps are those of a [Sequence], or the axis before the last of a tensor of constant size.
public static partial class Ops
{
    /// <summary>The first step: of a <see cref="SequenceAttribute"/> each sequence's, else [.., steps, width] → [.., width].</summary>
    public static Tensor First(Tensor x) => throw NotExecuted.Error("First");

    /// <summary>The last step: of a <see cref="SequenceAttribute"/> each sequence's, else [.., steps, width] → [.., width].</summary>
    public static Tensor Last(Tensor x) => throw NotExecuted.Error("Last");

    /// <summary>The sum over the steps of each sequence, in their order; [.., steps, width] → [.., width].</summary>
    public static Tensor SumOfSteps(Tensor x) => throw NotExecuted.Error("SumOfSteps");

    /// <summary>The mean over the steps that a sequence has; [.., steps, width] → [.., width].</summary>
    public static Tensor MeanOfSteps(Tensor x) => throw NotExecuted.Error("MeanOfSteps");

    /// <summary>
    /// The largest number over the steps of each sequence; [.., steps, width] → [.., width]. Of equal ones the first has the gradient; NaN
    /// where one is NaN.
    /// </summary>
    public static Tensor MaxOfSteps(Tensor x) => throw NotExecuted.Error("MaxOfSteps");

    /// <summary>
    /// eˣ / Σ eˣ over the steps that a sequence has, of each number by itself: the weights of a mean over steps,
    /// <c>SumOfSteps(SoftmaxOfSteps(scores) * x)</c>. The shape stays.
    /// </summary>
    public static Tensor SoftmaxOfSteps(Tensor x) => throw NotExecuted.Error("SoftmaxOfSteps");

    /// <summary>
    /// What a sample has, at each step of its sequence: <c>states + EachStep(context, like: states)</c>. The gradient is the sum of those
    /// of the steps.
    /// </summary>
    /// <param name="x">A row of each sample.</param>
    /// <param name="like">What has the steps.</param>
    public static Tensor EachStep(Tensor x, Tensor like) => throw NotExecuted.Error("EachStep");

    /// <summary>y[t] = x[t − by], and 0 where a sequence has no such step: by = 1 is what was one step before. The shape stays.</summary>
    /// <param name="x">Steps.</param>
    /// <param name="by">How many steps later, or, below 0, earlier.</param>
    public static Tensor ShiftSteps(Tensor x, int by) => throw NotExecuted.Error("ShiftSteps");

    /// <summary>The steps of each sequence from the last to the first. The shape stays.</summary>
    public static Tensor ReverseSteps(Tensor x) => throw NotExecuted.Error("ReverseSteps");
}
