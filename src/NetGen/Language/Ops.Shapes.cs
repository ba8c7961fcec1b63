namespace NetGen;

public static partial class Ops
{
    /// <summary>eˣ / Σ eˣ along the last axis, without overflow. The shape stays.</summary>
    public static Tensor Softmax(Tensor x) => throw NotExecuted.Error("Softmax");

    /// <summary>x − log Σ eˣ along the last axis, without overflow. The shape stays.</summary>
    public static Tensor LogSoftmax(Tensor x) => throw NotExecuted.Error("LogSoftmax");

    /// <summary>All elements of a sample as one vector, row-major. [2, 3, 4] → [24].</summary>
    public static Tensor Flatten(Tensor x) => throw NotExecuted.Error("Flatten");

    /// <summary>The same elements in another shape; one dimension may be −1 and follows from the others.</summary>
    /// <param name="dims">The dimensions of one sample.</param>
    public static Tensor Reshape(Tensor x, params int[] dims) => throw NotExecuted.Error("Reshape");

    /// <summary>The mean of each channel. [height, width, channels] → [channels].</summary>
    public static Tensor GlobalAveragePool(Tensor x) => throw NotExecuted.Error("GlobalAveragePool");

    /// <summary>Tensors side by side along the last axis; all other dimensions are equal. [5, 2], [5, 3] → [5, 5].</summary>
    public static Tensor Concat(params Tensor[] tensors) => throw NotExecuted.Error("Concat");

    /// <summary>Tensors side by side along an axis; all other dimensions are equal.</summary>
    public static Tensor Concat(int axis, params Tensor[] tensors) => throw NotExecuted.Error("Concat");

    /// <summary>The mean of all elements of a sample: one number per sample.</summary>
    public static Tensor Mean(Tensor x) => throw NotExecuted.Error("Mean");

    /// <summary>The mean along an axis, which disappears, or stays with size 1 where <paramref name="keepDims"/> is true.</summary>
    public static Tensor Mean(Tensor x, int axis, bool keepDims = false) => throw NotExecuted.Error("Mean");

    /// <summary>The sum of all elements of a sample: one number per sample.</summary>
    public static Tensor Sum(Tensor x) => throw NotExecuted.Error("Sum");

    /// <summary>The sum along an axis, which disappears, or stays with size 1 where <paramref name="keepDims"/> is true.</summary>
    public static Tensor Sum(Tensor x, int axis, bool keepDims = false) => throw NotExecuted.Error("Sum");
}
