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
    /// One element of each row, x[.., indices[..]]: of [.., n] and indices [..] it is [..]. So <c>Pick(q, action)</c> is the value of the
    /// action that was taken.
    /// PyTorch's <c>gather</c> of the last axis with one index a row.
    /// </summary>
    public static Tensor Pick(Tensor x, Indices indices) => throw NotExecuted.Error("Pick");

    /// <summary>1 where an index is and 0 elsewhere: of indices [..] it is [.., count]. Indices are 0 to count − 1.</summary>
    public static Tensor OneHot(Indices indices, int count) => throw NotExecuted.Error("OneHot");
}
