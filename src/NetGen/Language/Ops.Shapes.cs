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

    /// <summary>The largest number of each channel. [height, width, channels] → [channels].</summary>
    public static Tensor GlobalMaxPool(Tensor x) => throw NotExecuted.Error("GlobalMaxPool");

    /// <summary>
    /// An image of another size. [h, w, channels] → [height, width, channels]. Bilinear: row i is at (i + ½)·h/height − ½ of the image, or
    /// with
    /// <paramref name="alignCorners"/> at i·(h − 1)/(height − 1) (torch.nn.functional.interpolate; ONNX's Resize with half_pixel and
    /// align_corners).
    /// Nearest: row ⌊i·h/height⌋, as PyTorch's.
    /// </summary>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="mode">The nearest pixel, or numbers between those of pixels.</param>
    /// <param name="alignCorners">For <see cref="UpsampleMode.Bilinear"/>.</param>
    public static Tensor Resize2D(Tensor x, int height, int width, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false) =>
        throw NotExecuted.Error("Resize2D");

    /// <summary>
    /// factor² channels of a pixel as a square of pixels, in PyTorch's order of channels (ONNX's DepthToSpace with mode CRD):
    /// y[h·factor + a, w·factor + b, c] = x[h, w, (c·factor + a)·factor + b]. [h, w, channels·factor²] → [h·factor, w·factor, channels].
    /// </summary>
    public static Tensor PixelShuffle(Tensor x, int factor) => throw NotExecuted.Error("PixelShuffle");

    /// <summary>
    /// The inverse of <see cref="PixelShuffle"/>: a square of pixels as channels of one. [h·factor, w·factor, channels] → [h, w,
    /// channels·factor²].
    /// </summary>
    public static Tensor PixelUnshuffle(Tensor x, int factor) => throw NotExecuted.Error("PixelUnshuffle");

    /// <summary>A number before and after along an axis. [3, 4], axis 0, 1 before and 2 after → [6, 4].</summary>
    /// <param name="before">Places before, at least 0.</param>
    /// <param name="after">Places after, at least 0.</param>
    /// <param name="value">The number.</param>
    public static Tensor Pad(Tensor x, int axis, int before, int after, float value = 0f) => throw NotExecuted.Error("Pad");

    /// <summary>
    /// Lines around an image: torch.nn.ZeroPad2d, ReflectionPad2d and ReplicationPad2d, Keras's ZeroPadding2D.
    /// [h, w, channels] → [top + h + bottom, left + w + right, channels].
    /// </summary>
    /// <param name="mode">What is in them.</param>
    public static Tensor Pad2D(Tensor x, int top, int bottom, int left, int right, PaddingMode mode = PaddingMode.Zeros) =>
        throw NotExecuted.Error("Pad2D");

    /// <summary>An image without its outer lines (Keras's Cropping2D): x[top..^bottom, left..^right].</summary>
    public static Tensor Crop2D(Tensor x, int top, int bottom, int left, int right) => throw NotExecuted.Error("Crop2D");

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

    /// <summary>The mean along several axes, which disappear, or stay with size 1 where <paramref name="keepDims"/> is true.</summary>
    public static Tensor Mean(Tensor x, int[] axes, bool keepDims = false) => throw NotExecuted.Error("Mean");

    /// <summary>The sum along several axes, which disappear, or stay with size 1 where <paramref name="keepDims"/> is true.</summary>
    public static Tensor Sum(Tensor x, int[] axes, bool keepDims = false) => throw NotExecuted.Error("Sum");

    /// <summary>Σ (x − mean)² / n of all n elements of a sample: one number per sample.</summary>
    public static Tensor Variance(Tensor x) => throw NotExecuted.Error("Variance");

    /// <summary>
    /// Σ (x − mean)² / (n − correction) along an axis of size n, which disappears, or stays with size 1 where <paramref name="keepDims"/>
    /// is true.
    /// </summary>
    /// <param name="correction">0, as NumPy and Keras have it, or 1, as PyTorch does: the estimate without bias.</param>
    public static Tensor Variance(Tensor x, int axis, bool keepDims = false, int correction = 0) => throw NotExecuted.Error("Variance");

    /// <summary>As <see cref="Variance(Tensor, int, bool, int)"/> along several axes.</summary>
    public static Tensor Variance(Tensor x, int[] axes, bool keepDims = false, int correction = 0) => throw NotExecuted.Error("Variance");

    /// <summary>√ of <see cref="Variance(Tensor)"/>. Its slope is infinite where all elements are equal.</summary>
    public static Tensor StandardDeviation(Tensor x) => throw NotExecuted.Error("StandardDeviation");

    /// <summary>√ of <see cref="Variance(Tensor, int, bool, int)"/>. Its slope is infinite where all elements are equal.</summary>
    public static Tensor StandardDeviation(Tensor x, int axis, bool keepDims = false, int correction = 0) =>
        throw NotExecuted.Error("StandardDeviation");

    /// <summary>As <see cref="StandardDeviation(Tensor, int, bool, int)"/> along several axes.</summary>
    public static Tensor StandardDeviation(Tensor x, int[] axes, bool keepDims = false, int correction = 0) =>
        throw NotExecuted.Error("StandardDeviation");

    /// <summary>√Σ x² of all elements of a sample. Where it is 0, so is its slope.</summary>
    public static Tensor Norm(Tensor x) => throw NotExecuted.Error("Norm");

    /// <summary>√Σ x² along an axis, which disappears, or stays with size 1 where <paramref name="keepDims"/> is true.</summary>
    public static Tensor Norm(Tensor x, int axis, bool keepDims = false) => throw NotExecuted.Error("Norm");

    /// <summary>√Σ x² along several axes, which disappear, or stay with size 1 where <paramref name="keepDims"/> is true.</summary>
    public static Tensor Norm(Tensor x, int[] axes, bool keepDims = false) => throw NotExecuted.Error("Norm");

    /// <summary>
    /// a·b / (max(‖a‖, ε) · max(‖b‖, ε)) along an axis, which disappears: the cosine of the angle between two vectors, 0 where one of them is 0.
    /// </summary>
    /// <param name="epsilon">ε, above 0.</param>
    public static Tensor CosineSimilarity(Tensor a, Tensor b, int axis = -1, float epsilon = 1e-8f) =>
        throw NotExecuted.Error("CosineSimilarity");

    /// <summary>The same elements without an axis of size 1. [3, 1, 4], axis 1 → [3, 4].</summary>
    public static Tensor Squeeze(Tensor x, int axis) => throw NotExecuted.Error("Squeeze");

    /// <summary>The same elements with an axis of size 1 at that place of the result; −1: the last. [3, 4], axis 1 → [3, 1, 4].</summary>
    public static Tensor Unsqueeze(Tensor x, int axis) => throw NotExecuted.Error("Unsqueeze");

    /// <summary>
    /// Tensors of one shape side by side along an axis of their own, at that place of the result; −1: the last. Two [3, 4], axis 0 → [2, 3,
    /// 4].
    /// </summary>
    public static Tensor Stack(int axis, params Tensor[] tensors) => throw NotExecuted.Error("Stack");

    /// <summary>Other order of axes: dimension i of the result is dimension axes[i] of x. [2, 3, 4], axes 2, 0, 1 → [4, 2, 3].</summary>
    /// <param name="axes">Each axis of a sample once.</param>
    public static Tensor Permute(Tensor x, params int[] axes) => throw NotExecuted.Error("Permute");

    /// <summary>The last two axes change places. [2, 3, 4] → [2, 4, 3].</summary>
    public static Tensor Transpose(Tensor x) => throw NotExecuted.Error("Transpose");

    /// <summary>Two axes change places.</summary>
    public static Tensor Transpose(Tensor x, int axis1, int axis2) => throw NotExecuted.Error("Transpose");

    /// <summary>An axis cut into equal parts, first part first. [6, 4], 3 parts of axis 0 → three [2, 4].</summary>
    public static Tensor[] Split(Tensor x, int parts, int axis = -1) => throw NotExecuted.Error("Split");

    /// <summary>An axis cut into parts of these sizes, which together are all of it.</summary>
    public static Tensor[] Split(Tensor x, int[] sizes, int axis = -1) => throw NotExecuted.Error("Split");

    /// <summary>x repeated along axes of size 1 and along new axes in front. [3, 1] to 2, 3, 4 → [2, 3, 4].</summary>
    /// <param name="dims">The dimensions of one sample of the result.</param>
    public static Tensor BroadcastTo(Tensor x, params int[] dims) => throw NotExecuted.Error("BroadcastTo");

    /// <summary>All of x several times along each axis (PyTorch's <c>repeat</c>, NumPy's <c>tile</c>). [1, 2], twice along axis 1 → [1, 2, 1, 2].</summary>
    /// <param name="repeats">A number for each axis.</param>
    public static Tensor Tile(Tensor x, params int[] repeats) => throw NotExecuted.Error("Tile");

    /// <summary>Each place of an axis several times (PyTorch's <c>repeat_interleave</c>, NumPy's <c>repeat</c>). [1, 2], twice → [1, 1, 2, 2].</summary>
    public static Tensor Repeat(Tensor x, int count, int axis) => throw NotExecuted.Error("Repeat");

    /// <summary>
    /// The matrix product of the last two axes: [.., m, k] · [.., k, n] → [.., m, n], with as many matrices on the left as on the right; the axes before the last
    /// two broadcast. A vector on the left is one row, on the right one column, and gives no axis.
    /// </summary>
    public static Tensor MatMul(Tensor a, Tensor b) => throw NotExecuted.Error("MatMul");
}
