namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// The largest of all elements of a sample: one number per sample. Of equal ones the first has the gradient; NaN where one is NaN.
    /// </summary>
    public static Tensor Max(Tensor x) => throw NotExecuted.Error("Max");

    /// <summary>
    /// The largest along an axis, which disappears, or stays with size 1 where <paramref name="keepDims"/> is true. Of equal ones the
    /// first has the gradient; NaN where one is NaN.
    /// </summary>
    public static Tensor Max(Tensor x, int axis, bool keepDims = false) => throw NotExecuted.Error("Max");

    /// <summary>
    /// The largest along several axes, which disappear, or stay with size 1 where <paramref name="keepDims"/> is true. Of equal ones the
    /// first has the gradient; NaN where one is NaN.
    /// </summary>
    public static Tensor Max(Tensor x, int[] axes, bool keepDims = false) => throw NotExecuted.Error("Max");

    /// <summary>
    /// The smallest of all elements of a sample: one number per sample. Of equal ones the first has the gradient; NaN where one is NaN.
    /// </summary>
    public static Tensor Min(Tensor x) => throw NotExecuted.Error("Min");

    /// <summary>
    /// The smallest along an axis, which disappears, or stays with size 1 where <paramref name="keepDims"/> is true. Of equal ones the
    /// first has the gradient; NaN where one is NaN.
    /// </summary>
    public static Tensor Min(Tensor x, int axis, bool keepDims = false) => throw NotExecuted.Error("Min");

    /// <summary>
    /// The smallest along several axes, which disappear, or stay with size 1 where <paramref name="keepDims"/> is true. Of equal ones the
    /// first has the gradient; NaN where one is NaN.
    /// </summary>
    public static Tensor Min(Tensor x, int[] axes, bool keepDims = false) => throw NotExecuted.Error("Min");

    /// <summary>The product of all elements of a sample: one number per sample. Zeros do no harm to the gradient.</summary>
    public static Tensor Prod(Tensor x) => throw NotExecuted.Error("Prod");

    /// <summary>
    /// The product along an axis, which disappears, or stays with size 1 where <paramref name="keepDims"/> is true. Zeros do no harm to
    /// the gradient.
    /// </summary>
    public static Tensor Prod(Tensor x, int axis, bool keepDims = false) => throw NotExecuted.Error("Prod");

    /// <summary>
    /// The product along several axes, which disappear, or stay with size 1 where <paramref name="keepDims"/> is true. Zeros do no harm
    /// to the gradient.
    /// </summary>
    public static Tensor Prod(Tensor x, int[] axes, bool keepDims = false) => throw NotExecuted.Error("Prod");

    /// <summary>log Σ exp(x), without overflow, of all elements of a sample: one number per sample.</summary>
    public static Tensor LogSumExp(Tensor x) => throw NotExecuted.Error("LogSumExp");

    /// <summary>
    /// log Σ exp(x), without overflow, along an axis, which disappears, or stays with size 1 where <paramref name="keepDims"/> is true.
    /// </summary>
    public static Tensor LogSumExp(Tensor x, int axis, bool keepDims = false) => throw NotExecuted.Error("LogSumExp");

    /// <summary>
    /// log Σ exp(x), without overflow, along several axes, which disappear, or stay with size 1 where <paramref name="keepDims"/> is
    /// true.
    /// </summary>
    public static Tensor LogSumExp(Tensor x, int[] axes, bool keepDims = false) => throw NotExecuted.Error("LogSumExp");

    /// <summary>
    /// The sums of the elements up to each place of an axis: y_i = Σ x_j over j ≤ i. PyTorch's <c>cumsum</c>, ONNX's <c>CumSum</c>.
    /// </summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; −1 is the last.</param>
    /// <param name="exclusive">Whether an element is not in the sum at its own place: j &lt; i.</param>
    /// <param name="reverse">Whether the sums come from the last place on: j ≥ i, or j &gt; i.</param>
    public static Tensor CumSum(Tensor x, int axis = -1, bool exclusive = false, bool reverse = false) => throw NotExecuted.Error("CumSum");
}
