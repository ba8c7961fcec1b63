using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// An axis of another number of lines, each a sum of neighbouring ones: images are enlarged, shrunk and padded along one axis after the
/// other. See
/// <see cref="CopyKernels"/> for the form. Constants of both: whether there are <c>outer</c> runs of lines in each sample or in all, n
/// lines of x and m of y, the floats of
/// a line, the kind, the lines of padding before.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ResampleKernels
{
    /// <summary>Floats of a line that a worker has to itself.</summary>
    private const int Block = 64;

    /// <summary>y[i] = Σ w·x[j] over the lines j that make line i, in their order.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Resample<V>(
        ref float x, ref float y, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((perSample != 0 ? (nint)batch : 1) * outer * m, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var run = item / m;
            var terms = new Terms((int)(item - (run * m)), n, m, kind, before);
            ref var source = ref Unsafe.Add(ref x, ((run * n) + terms.First) * inner);
            ref var target = ref Unsafe.Add(ref y, item * inner);
            for (var c = 0; c < inner; c += V.Count)
            {
                var count = Math.Min(V.Count, inner - c);
                var sum = Load<V>(ref source, c, count) * V.Broadcast(terms.Weight(0));
                for (var k = 1; k < terms.Count; k++)
                    sum = V.Fma(Load<V>(ref source, ((nint)k * inner) + c, count), V.Broadcast(terms.Weight(k)), sum);
                Store(sum, ref target, c, count);
            }
        }
    }

    /// <summary>dx[j] = Σ w·dy[i] over the lines i that line j is a part of, in their order.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void ResampleGradient<V>(
        ref float dy, ref float dx, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var blocks = (inner + Block - 1) / Block;
        var (begin, end) = Partition.Items((perSample != 0 ? (nint)batch : 1) * outer * blocks, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var run = item / blocks;
            var first = (int)(item - (run * blocks)) * Block;
            var last = Math.Min(first + Block, inner);
            ref var target = ref Unsafe.Add(ref dx, run * n * inner);
            for (var j = 0; j < n; j++)
                CopyKernels.Clear<V>(ref Unsafe.Add(ref target, ((nint)j * inner) + first), last - first);
            for (var i = 0; i < m; i++)
            {
                var terms = new Terms(i, n, m, kind, before);
                ref var source = ref Unsafe.Add(ref dy, ((run * m) + i) * inner);
                for (var k = 0; k < terms.Count; k++)
                {
                    var weight = V.Broadcast(terms.Weight(k));
                    ref var line = ref Unsafe.Add(ref target, ((nint)terms.First + k) * inner);
                    for (var c = first; c < last; c += V.Count)
                    {
                        var count = Math.Min(V.Count, last - c);
                        Store(V.Fma(Load<V>(ref source, c, count), weight, Load<V>(ref line, c, count)), ref line, c, count);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load<V>(ref float source, nint at, int count)
        where V : struct, IVector<V> =>
        count == V.Count ? V.Load(in Unsafe.Add(ref source, at)) : V.LoadPartial(in Unsafe.Add(ref source, at), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V>(V value, ref float target, nint at, int count)
        where V : struct, IVector<V>
    {
        if (count == V.Count)
            value.Store(ref Unsafe.Add(ref target, at));
        else
            value.StorePartial(ref Unsafe.Add(ref target, at), count);
    }

    /// <summary>
    /// The lines of x that make line i of y. Kinds: 0 the nearest, 1 between two, 2 between two with the corners of both at the same place,
    /// 3 the mean of some,
    /// 4 mirrored at the edges, 5 the edges repeated. Places are fractions of whole numbers, so only weights are rounded.
    /// </summary>
    private readonly ref struct Terms
    {
        public readonly int First, Count;

        private readonly float first, other;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Terms(int i, int n, int m, int kind, int before)
        {
            (Count, first, other) = (1, 1f, 0f);
            switch (kind)
            {
                case 0:
                    First = (int)((long)i * n / m);
                    return;
                case 1 or 2:
                    var numerator = kind == 1 ? Math.Max(0, (((2 * i) + 1) * n) - m) : i * (n - 1);
                    var denominator = kind == 1 ? 2 * m : Math.Max(1, m - 1);
                    First = Math.Min(numerator / denominator, n - 1);
                    if (First + 1 < n)
                    {
                        var part = numerator - (First * denominator);
                        Count = 2;
                        first = (denominator - part) / (float)denominator;
                        other = part / (float)denominator;
                    }
                    return;
                case 3:
                    First = (int)((long)i * n / m);
                    Count = (int)((((i + 1L) * n) + m - 1) / m) - First;
                    first = other = 1f / Count;
                    return;
                case 4:
                    var mirrored = Math.Abs(i - before);
                    First = mirrored < n ? mirrored : (2 * (n - 1)) - mirrored;
                    return;
                default:
                    First = Math.Clamp(i - before, 0, n - 1);
                    return;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Weight(int k) => k == 0 ? first : other;
    }
}
