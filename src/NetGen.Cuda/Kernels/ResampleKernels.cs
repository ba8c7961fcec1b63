using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// An axis of another number of lines, each a sum of neighbouring ones; the meanings, the constants and the order of all sums are those of
/// NetGen.Runtime.ResampleKernels. A thread makes an element of the result.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ResampleKernels
{
    /// <summary>y[i] = Σ w·x[j] over the lines j that make line i.</summary>
    public static void Resample(
        ArrayView<float> x, ArrayView<float> y, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch)
    {
        var at = Grid.GlobalIndex.X;
        if (at >= (perSample != 0 ? batch : 1) * outer * m * inner)
        {
            return;
        }
        var c = at % inner;
        var i = at / inner % m;
        var run = at / (inner * m);
        var first = First(i, n, m, kind, before);
        var count = Count(i, first, n, m, kind);
        var source = (((run * n) + first) * inner) + c;
        var sum = new Lane(x[source]) * Weight(0, i, first, count, n, m, kind);
        for (var k = 1; k < count; k++)
        {
            sum = Lane.Fma(new Lane(x[source + (k * inner)]), Weight(k, i, first, count, n, m, kind), sum);
        }
        y[at] = sum.Value;
    }

    /// <summary>dx[j] = Σ w·dy[i] over the lines i that line j is a part of.</summary>
    public static void ResampleGradient(
        ArrayView<float> dy, ArrayView<float> dx, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch)
    {
        var at = Grid.GlobalIndex.X;
        if (at >= (perSample != 0 ? batch : 1) * outer * n * inner)
        {
            return;
        }
        var c = at % inner;
        var j = at / inner % n;
        var run = at / (inner * n);
        var sum = Lane.Zero;
        for (var i = 0; i < m; i++)
        {
            var first = First(i, n, m, kind, before);
            var count = Count(i, first, n, m, kind);
            if (j >= first && j < first + count)
            {
                sum = Lane.Fma(new Lane(dy[(((run * m) + i) * inner) + c]), Weight(j - first, i, first, count, n, m, kind), sum);
            }
        }
        dx[at] = sum.Value;
    }

    private static int First(int i, int n, int m, int kind, int before)
    {
        if (kind == 0 || kind == 3)
        {
            return (int)((long)i * n / m);
        }
        if (kind == 1 || kind == 2)
        {
            var first = Numerator(i, n, m, kind) / Denominator(m, kind);
            return first < n ? first : n - 1;
        }
        var place = i - before;
        if (kind == 4)
        {
            place = place < 0 ? -place : place;
            return place < n ? place : (2 * (n - 1)) - place;
        }
        return place < 0 ? 0 : place < n ? place : n - 1;
    }

    private static int Count(int i, int first, int n, int m, int kind)
    {
        if (kind == 3)
        {
            return (int)((((i + 1L) * n) + m - 1) / m) - first;
        }
        return (kind == 1 || kind == 2) && first + 1 < n ? 2 : 1;
    }

    private static Lane Weight(int k, int i, int first, int count, int n, int m, int kind)
    {
        if (count == 1)
        {
            return Lane.Broadcast(1f);
        }
        if (kind == 3)
        {
            return Lane.Broadcast(1f) / Lane.Broadcast(count);
        }
        var denominator = Denominator(m, kind);
        var part = Numerator(i, n, m, kind) - (first * denominator);
        return Lane.Broadcast(k == 0 ? denominator - part : part) / Lane.Broadcast(denominator);
    }

    private static int Numerator(int i, int n, int m, int kind)
    {
        if (kind == 2)
        {
            return i * (n - 1);
        }
        var numerator = (((2 * i) + 1) * n) - m;
        return numerator > 0 ? numerator : 0;
    }

    private static int Denominator(int m, int kind) => kind == 1 ? 2 * m : m > 1 ? m - 1 : 1;
}
