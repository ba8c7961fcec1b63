using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Pooling;

/// <summary>
/// The gradient dy before a max pooling, as an operation reads it that takes it apart itself: the gradient behind the pooling and the positions of the
/// maxima, two operands in the place of one. So dy, which is zero but for one pixel of each window, is never written.
/// </summary>
internal static class PooledGradient
{
    /// <summary>Whether the windows cover dy, each pixel once.</summary>
    public static bool CanTakeApart(MaxPool2DGradient gradient, TensorType pooled) =>
        !gradient.Window.IsPadded && gradient.Window.Height == gradient.Window.StrideH && gradient.Window.Width == gradient.Window.StrideW
        && pooled.Dims[0] * gradient.Window.Height == gradient.Height && pooled.Dims[1] * gradient.Window.Width == gradient.Width;

    /// <summary>The type of dy.</summary>
    public static TensorType Full(Window2D? pooling, TensorType given) => pooling is null
        ? given
        : given.WithDims([given.Dims[0] * pooling.Height, given.Dims[1] * pooling.Width, given.Dims[2]]);

    /// <summary>dy itself, given by an operand and perhaps the one after it.</summary>
    public static double[] Full(ReferenceCall call, Window2D? pooling, int operand)
    {
        if (pooling is null)
            return call.Input(operand);
        var type = Full(pooling, call.InputType(operand));
        var whole = new ReferenceCall(
            call.Environment, [call.Input(operand), call.Input(operand + 1)], [call.InputType(operand), call.InputType(operand + 1)], type);
        new MaxPool2DGradient(pooling, type.Dims[0], type.Dims[1]).Evaluate(whole);
        return whole.Result;
    }
}
