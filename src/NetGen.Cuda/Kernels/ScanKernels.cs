using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Sums and products up to each place of an axis; the meanings are those of NetGen.Runtime.ScanKernels. A thread takes a run of places.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScanKernels
{
    /// <summary>y_i = Σ x_j over j ≤ i (exclusive: j &lt; i; reverse: ≥ and &gt;).</summary>
    public static void Sum(ArrayView<float> x, ArrayView<float> y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch)
    {
        var run = Grid.GlobalIndex.X;
        if (run >= (perSample != 0 ? batch * outer : outer) * inner)
        {
            return;
        }
        var start = (run / inner * length * inner) + (run % inner);
        var sum = Lane.Zero;
        for (var i = 0; i < length; i++)
        {
            var at = start + ((reverse != 0 ? length - 1 - i : i) * inner);
            var next = sum + new Lane(x[at]);
            y[at] = exclusive != 0 ? sum.Value : next.Value;
            sum = next;
        }
    }

    /// <summary>The same of products.</summary>
    public static void Product(ArrayView<float> x, ArrayView<float> y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch)
    {
        var run = Grid.GlobalIndex.X;
        if (run >= (perSample != 0 ? batch * outer : outer) * inner)
        {
            return;
        }
        var start = (run / inner * length * inner) + (run % inner);
        var product = Lane.Broadcast(1f);
        for (var i = 0; i < length; i++)
        {
            var at = start + ((reverse != 0 ? length - 1 - i : i) * inner);
            var next = product * new Lane(x[at]);
            y[at] = exclusive != 0 ? product.Value : next.Value;
            product = next;
        }
    }
}
