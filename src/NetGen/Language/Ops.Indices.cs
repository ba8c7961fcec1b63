namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// The places of an axis that the indices name, in their order: of [a.., n, c..] and indices [p..] it is [a.., p.., c..]. Indices are 0
    /// to n − 1. The gradient of a place is
    /// the sum of those of its copies. PyTorch's <c>embedding</c> and <c>index_select</c> of each sample, ONNX's <c>Gather</c>.
    /// </summary>
    /// <param name="x">A tensor of each sample, or a parameter.</param>
    /// <param name="indices">Those of each sample.</param>
    /// <param name="axis">The axis; it counts from 0, and −1 is the last.</param>
    public static Tensor Gather(Tensor x, Indices indices, int axis = 0) => throw NotExecuted.Error("Gather");

    /// <summary>The places of an axis that constants name, in their order: of [a.., n, c..] it is [a.., p, c..].</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indices">Constants, 0 to n − 1.</param>
    /// <param name="axis">The axis; it counts from 0, and −1 is the last.</param>
    public static Tensor Gather(Tensor x, int[] indices, int axis = 0) => throw NotExecuted.Error("Gather");

    /// <summary>
    /// Where the largest element along an axis is, which disappears: of [a.., n, c..] it is [a.., c..], from 0 to n − 1. Of equal ones the
    /// first, and NaN counts as the largest. No gradient flows through it; its result goes where indices go: <c>Pick(target,
    /// ArgMax(q))</c>. PyTorch's <c>argmax</c>.
    /// </summary>
    /// <param name="x">A tensor of each sample.</param>
    /// <param name="axis">The axis; −1 is the last.</param>
    public static Indices ArgMax(Tensor x, int axis = -1) => throw NotExecuted.Error("ArgMax");

    /// <summary>Where the smallest element along an axis is; as <see cref="ArgMax"/>. PyTorch's <c>argmin</c>.</summary>
    /// <param name="x">A tensor of each sample.</param>
    /// <param name="axis">The axis; −1 is the last.</param>
    public static Indices ArgMin(Tensor x, int axis = -1) => throw NotExecuted.Error("ArgMin");

    /// <summary>
    /// The places of each row's elements from the smallest to the largest, or the other way round: [.., n] to [.., n]. Equal ones stay in
    /// their order, and NaN counts as the largest. PyTorch's <c>argsort(stable=True)</c>.
    /// </summary>
    public static Indices ArgSort(Tensor x, bool descending = false) => throw NotExecuted.Error("ArgSort");

    /// <summary>
    /// Each row's elements from the smallest to the largest, or the other way round: [.., n] to [.., n]. The gradient of each goes back to
    /// its place. PyTorch's <c>sort</c> of the last axis.
    /// </summary>
    public static Tensor Sort(Tensor x, bool descending = false) => throw NotExecuted.Error("Sort");

    /// <summary>
    /// The places of each row's <paramref name="count"/> largest elements, largest first: [.., n] to [.., count]. PyTorch's
    /// <c>topk(…).indices</c>.
    /// </summary>
    public static Indices ArgTopK(Tensor x, int count) => throw NotExecuted.Error("ArgTopK");

    /// <summary>
    /// Each row's <paramref name="count"/> largest elements, largest first: [.., n] to [.., count]. The gradient of each goes back to its
    /// place. PyTorch's <c>topk(…).values</c>.
    /// </summary>
    public static Tensor TopK(Tensor x, int count) => throw NotExecuted.Error("TopK");

    /// <summary>
    /// Each value added where its index says, 0 elsewhere: of values [.., k] and indices [.., k] it is [.., count]. PyTorch's
    /// <c>scatter_add</c> to zeros along the last axis; <see cref="Pick"/> is the way back.
    /// </summary>
    public static Tensor ScatterAdd(Tensor values, Indices indices, int count) => throw NotExecuted.Error("ScatterAdd");

    /// <summary>
    /// One element of each row, x[.., indices[..]]: of [.., n] and indices [..] it is [..]; or several, of [.., n] and indices [.., k] it
    /// is [.., k]. So <c>Pick(q, action)</c> is the value of the action that was taken. PyTorch's <c>gather</c> of the last axis.
    /// </summary>
    public static Tensor Pick(Tensor x, Indices indices) => throw NotExecuted.Error("Pick");

    /// <summary>1 where an index is and 0 elsewhere: of indices [..] it is [.., count]. Indices are 0 to count − 1.</summary>
    public static Tensor OneHot(Indices indices, int count) => throw NotExecuted.Error("OneHot");
}
