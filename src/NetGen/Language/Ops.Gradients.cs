namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// y, whose derivative by x is taken as <paramref name="derivative"/>, element by element, whatever y is computed from: no other
    /// gradient flows through it. Where there is a better one than the rules', as the straight-through estimator of a rounding,
    /// <c>WithDerivative(Round(x), x, 1f)</c>, or a surrogate of a step. PyTorch's <c>autograd.Function</c> of one tensor.
    /// </summary>
    /// <param name="y">The value.</param>
    /// <param name="x">What gets the gradient, with the dimensions of y.</param>
    /// <param name="derivative">dy/dx, which broadcasts.</param>
    public static Tensor WithDerivative(Tensor y, Tensor x, Tensor derivative) => throw NotExecuted.Error("WithDerivative");

    /// <summary>y, whose derivative by x is taken as a number.</summary>
    public static Tensor WithDerivative(Tensor y, Tensor x, float derivative) => throw NotExecuted.Error("WithDerivative");

    /// <summary>
    /// The gradient of the sum of all elements of <paramref name="of"/> by <paramref name="by"/>, for each sample: how much the sum changes
    /// with each of its elements. Compiled to the backward kernels of the operations between the two, without a step of training. Saliency
    /// maps, integrated gradients, Grad-CAM and adversarial examples are methods that return one.
    /// </summary>
    /// <param name="of">What is differentiated, as it is outside of training: a class's logit, a loss.</param>
    /// <param name="by">
    /// A tensor that <paramref name="of"/> is computed from: a parameter of the method, a feature map, a weight (then it is summed over the
    /// batch).
    /// </param>
    /// <returns>A tensor of the shape of <paramref name="by"/>. Where nothing flows (behind <c>Floor</c>, a comparison) it is 0.</returns>
    /// <remarks>
    /// PyTorch: <c>torch.autograd.grad(of.sum(), by)</c>. Gradients of gradients are not taken: they are the error NG0412.
    /// </remarks>
    /// <example>
    /// <code>
    /// public Tensor Saliency([Shape(28, 28, 1)] Tensor image, Labels digit) => Abs(Gradient(CrossEntropy(Forward(image), digit), image));
    /// </code>
    /// </example>
    public static Tensor Gradient(Tensor of, Tensor by) => throw NotExecuted.Error("Gradient");
}
