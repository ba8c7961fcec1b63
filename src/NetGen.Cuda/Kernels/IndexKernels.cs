using System.ComponentModel;
using ILGPU;
using NetGen.Runtime;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Kernels that read and change what indices name; the meanings are those of NetGen.Runtime.IndexKernels. A thread makes an element of the
/// result. Indices that were in the device's memory before nobody has checked: what is read by one that is out of range is NaN, and it has
/// no gradient.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class IndexKernels
{
    /// <summary>y[b, o, p] = x[b, o, indices[b, p]], runs of <paramref name="inner"/> numbers.</summary>
    public static void Gather(
        ArrayView<float> x, ArrayView<int> indices, ArrayView<float> y, int perSample, int outer, int count, int inner, int positions, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (outer * positions * inner))
        {
            return;
        }
        var run = i / inner;
        var group = run / positions;
        var sample = group / outer;
        var first = perSample != 0 ? group : group - (sample * outer);
        var index = indices[(sample * positions) + (run - (group * positions))];
        y[i] = index >= 0 && index < count ? x[(((long)first * count + index) * inner) + (i - (run * inner))] : float.NaN;
    }

    /// <summary>dx[b, o, j] = Σ dy[b, o, p] over the p with indices[b, p] = j, in their order.</summary>
    public static void GatherGradient(
        ArrayView<float> dy, ArrayView<int> indices, ArrayView<float> dx, int perSample, int outer, int count, int inner, int positions, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (outer * count * inner))
        {
            return;
        }
        var run = i / inner;
        var group = run / count;
        var index = run - (group * count);
        var first = group / outer * positions;
        var sum = Lane.Zero;
        for (var p = 0; p < positions; p++)
        {
            if (indices[first + p] == index)
            {
                sum += new Lane(dy[(((group * positions) + p) * inner) + (i - (run * inner))]);
            }
        }
        dx[i] = sum.Value;
    }

    /// <summary>The place of the largest (smallest = 1: least) element of a run, the first of equal ones; NaN is both of all.</summary>
    public static void Extreme(ArrayView<float> x, ArrayView<int> y, int outer, int length, int inner, int smallest, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (outer * inner))
        {
            return;
        }
        var start = ((i / inner) * inner * length) + (i % inner);
        var place = 0;
        for (var k = 1; k < length; k++)
        {
            if (IsBefore(x[start + (k * inner)], x[start + (place * inner)], smallest, nanFirst: 1))
            {
                place = k;
            }
        }
        y[i] = place;
    }

    /// <summary>A thread for each element: its place in the row's order is the number of those before it.</summary>
    public static void Ranking(ArrayView<float> x, ArrayView<int> y, int rows, int length, int count, int ascending, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (rows * length))
        {
            return;
        }
        var row = i / length;
        var own = i - (row * length);
        var place = 0;
        for (var k = 0; k < length; k++)
        {
            var (a, b) = (x[(row * length) + k], x[i]);
            var isBefore = IsBefore(a, b, ascending, nanFirst: 1 - ascending);
            var isBehind = IsBefore(b, a, ascending, nanFirst: 1 - ascending);
            place += isBefore || (!isBehind && k < own) ? 1 : 0;
        }
        if (place < count)
        {
            y[(row * count) + place] = own;
        }
    }

    /// <summary>y[r, j] = x[r, indices[r, j]]</summary>
    public static void PickEach(ArrayView<float> x, ArrayView<int> indices, ArrayView<float> y, int rows, int length, int count, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (rows * count))
        {
            var index = indices[i];
            y[i] = index >= 0 && index < length ? x[((long)(i / count) * length) + index] : float.NaN;
        }
    }

    /// <summary>y[r, j] = Σ values[r, k] over the k with indices[r, k] = j, in their order.</summary>
    public static void ScatterAdd(ArrayView<float> values, ArrayView<int> indices, ArrayView<float> y, int rows, int length, int count, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= batch * (rows * length))
        {
            return;
        }
        var row = i / length;
        var sum = Lane.Zero;
        for (var k = row * count; k < (row + 1) * count; k++)
        {
            if (indices[k] == i - (row * length))
            {
                sum += new Lane(values[k]);
            }
        }
        y[i] = sum.Value;
    }

    /// <summary>Whether a comes before b, equal ones not; NaN before (nanFirst = 1) or behind all others.</summary>
    private static bool IsBefore(float a, float b, int ascending, int nanFirst)
    {
        var (first, second) = (float.IsNaN(a), float.IsNaN(b));
        if (first || second)
        {
            return nanFirst != 0 ? first && !second : second && !first;
        }
        return ascending != 0 ? a < b : a > b;
    }

    /// <summary>A thread for each index: its place is the number of those before it.</summary>
    public static void Order(ArrayView<int> indices, ArrayView<int> order, int positions, int padding, int batch)
    {
        var i = Grid.GlobalIndex.X;
        var all = batch * positions;
        if (i >= all)
        {
            return;
        }
        var own = indices[i] == padding ? int.MaxValue : indices[i];
        var place = 0;
        for (var p = 0; p < all; p++)
        {
            var other = indices[p] == padding ? int.MaxValue : indices[p];
            place += other < own || (other == own && p < i) ? 1 : 0;
        }
        order[2 * place] = i;
        order[(2 * place) + 1] = own;
    }

    /// <summary>dx[j] = Σ dy[p] over the positions p whose index is j, in their order; 0 of no position.</summary>
    public static void RowSums(ArrayView<float> dy, ArrayView<int> order, ArrayView<float> dx, int count, int inner, int positions, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < count * inner)
        {
            var row = i / inner;
            dx[i] = Sum(dy, order, First(order, row, batch * positions), row, i - (row * inner), inner, batch * positions).Value;
        }
    }

    /// <summary>
    /// The optimizer's step on a table. Where an optimizer leaves weights without a gradient as they are, threads of rows that no index
    /// names leave.
    /// </summary>
    public static void UpdateRows<TOptimizer>(
        ArrayView<float> dy, ArrayView<int> order, ArrayView<float> weight, ArrayView<float> slot0, ArrayView<float> slot1, int count, int inner, int positions,
        ArrayView<float> prepared, int batch)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var i = Grid.GlobalIndex.X;
        if (i >= count * inner)
        {
            return;
        }
        var optimizer = StepState.Optimizer<TOptimizer>(prepared);
        var row = i / inner;
        var all = batch * positions;
        var first = First(order, row, all);
        var isNamed = first < all && order[(2 * first) + 1] == row;
        if (isNamed || !TOptimizer.SkipsZeroGradients(in optimizer))
        {
            OptimizerKernel.Apply<Lane, TOptimizer>(in optimizer, ref weight[i], ref slot0[i], ref slot1[i], Sum(dy, order, first, row, i - (row * inner), inner, all));
        }
    }

    /// <summary>y[r] = x[r, indices[r]] of rows of <paramref name="length"/> numbers.</summary>
    public static void Pick(ArrayView<float> x, ArrayView<int> indices, ArrayView<float> y, int rows, int length, int batch)
    {
        var r = Grid.GlobalIndex.X;
        if (r < batch * rows)
        {
            var index = indices[r];
            y[r] = index >= 0 && index < length ? x[(r * length) + index] : float.NaN;
        }
    }

    /// <summary>dx[r, indices[r]] = dy[r], 0 elsewhere.</summary>
    public static void PickGradient(ArrayView<float> dy, ArrayView<int> indices, ArrayView<float> dx, int rows, int length, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (rows * length))
        {
            var r = i / length;
            dx[i] = indices[r] == i - (r * length) ? dy[r] : 0f;
        }
    }

    /// <summary>y[r, indices[r]] = 1, 0 elsewhere.</summary>
    public static void OneHot(ArrayView<int> indices, ArrayView<float> y, int rows, int length, int batch)
    {
        var i = Grid.GlobalIndex.X;
        if (i < batch * (rows * length))
        {
            var r = i / length;
            y[i] = indices[r] == i - (r * length) ? 1f : 0f;
        }
    }

    /// <summary>Where the pairs of a row begin, or would.</summary>
    private static int First(ArrayView<int> order, int row, int pairs)
    {
        var (low, high) = (0, pairs);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (order[(2 * middle) + 1] < row)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /// <summary>The sum of a row's pairs, at one of its numbers.</summary>
    private static Lane Sum(ArrayView<float> dy, ArrayView<int> order, int first, int row, int column, int inner, int pairs)
    {
        var sum = Lane.Zero;
        for (var at = first; at < pairs && order[(2 * at) + 1] == row; at++)
        {
            sum += new Lane(dy[(order[2 * at] * inner) + column]);
        }
        return sum;
    }
}
