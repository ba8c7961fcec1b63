using ILGPU;
using NetGen.Cuda.Kernels;
using NetGen.Runtime;

namespace NetGen.Cuda.Tests;

/// <summary>Kernels that are one function of the run time each.</summary>
internal static class Functions
{
    public static void Exp(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Exp(Read(x)).Value;

    public static void Expm1(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Expm1(Read(x)).Value;

    public static void Log(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Log(Read(x)).Value;

    public static void Log1P(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Log1P(Read(x)).Value;

    public static void Tanh(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Tanh(Read(x)).Value;

    public static void Sigmoid(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Sigmoid(Read(x)).Value;

    public static void Softplus(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Softplus(Read(x)).Value;

    public static void Erf(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Erf(Read(x)).Value;

    public static void Sin(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Sin(Read(x)).Value;

    public static void Cos(ArrayView<float> x, ArrayView<float> y) => y[Grid.GlobalIndex.X] = VectorMath.Cos(Read(x)).Value;

    /// <summary>An optimizer's update of one weight.</summary>
    public static void Update<TOptimizer>(
        ArrayView<float> weights, ArrayView<float> gradients, ArrayView<float> slot0, ArrayView<float> slot1, TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var i = Grid.GlobalIndex.X;
        Lane first = new(slot0[i]), second = new(slot1[i]);
        weights[i] = TOptimizer.Update(in optimizer, new Lane(weights[i]), new Lane(gradients[i]), ref first, ref second).Value;
        slot0[i] = first.Value;
        slot1[i] = second.Value;
    }

    private static Lane Read(ArrayView<float> x) => new(x[Grid.GlobalIndex.X]);
}
