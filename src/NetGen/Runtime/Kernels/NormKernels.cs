using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Layer, group and instance normalization, without weights. A sample is [positions, groups, width], and the statistics of a group are
/// those of its n = positions·width numbers; the groups of a layer normalization are rows (positions = 1), of an instance normalization
/// channels (width = 1). See <see cref="CopyKernels"/> for the form; perSample = 0: there is one such array in all. epsilon is a float's
/// bits.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NormKernels
{
    /// <summary>y = (x − μ)·r with μ = Σ x / n and r = 1 / √(Σ (x − μ)² / n + ε)</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Standardize<V>(
        ref float x, ref float y, int perSample, int positions, int groups, int width, int epsilon, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Forward<V>(ref x, ref x, ref x, ref y, perSample, positions, groups, width, epsilon, 0, true, false, batch, worker, workers);

    /// <summary>y = (x − μ)·r·w + b, with a weight and a bias for each number of a group, or for each of all groups.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void StandardizeScaled<V>(
        ref float x, ref float weight, ref float bias, ref float y, int perSample, int positions, int groups, int width, int epsilon,
        int ofGroup, int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Forward<V>(ref x, ref weight, ref bias, ref y, perSample, positions, groups, width, epsilon, ofGroup, true, true, batch, worker, workers);

    /// <summary>y = x·r·w</summary>
    [MethodImpl(Jit.Kernel)]
    public static void RescaleScaled<V>(
        ref float x, ref float weight, ref float y, int perSample, int positions, int groups, int width, int epsilon, int ofGroup,
        int batch, int worker, int workers)
        where V : struct, IVector<V> =>
        Forward<V>(ref x, ref weight, ref weight, ref y, perSample, positions, groups, width, epsilon, ofGroup, false, true, batch, worker, workers);

    /// <summary>dx = r·(dy − Σ dy / n − y·Σ dy·y / n)</summary>
    [MethodImpl(Jit.Kernel)]
    public static void StandardizeGradient<V>(
        ref float dy, ref float x, ref float dx, int perSample, int positions, int groups, int width, int epsilon, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Backward<V>(ref dy, ref x, ref dx, perSample, positions, groups, width, epsilon, true, batch, worker, workers);

    /// <summary>y = x·r with r = 1 / √(Σ x² / n + ε)</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Rescale<V>(
        ref float x, ref float y, int perSample, int positions, int groups, int width, int epsilon, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Forward<V>(ref x, ref x, ref x, ref y, perSample, positions, groups, width, epsilon, 0, false, false, batch, worker, workers);

    /// <summary>dx = r·(dy − y·Σ dy·y / n)</summary>
    [MethodImpl(Jit.Kernel)]
    public static void RescaleGradient<V>(
        ref float dy, ref float x, ref float dx, int perSample, int positions, int groups, int width, int epsilon, int batch,
        int worker, int workers)
        where V : struct, IVector<V> =>
        Backward<V>(ref dy, ref x, ref dx, perSample, positions, groups, width, epsilon, false, batch, worker, workers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward<V>(
        ref float x, ref float weight, ref float bias, ref float y, int perSample, int positions, int groups, int width, int epsilon,
        int ofGroup, bool isCentered, bool isScaled, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        // Single channels fill a vector together: each lane has a group of its own.
        var eachLane = width == 1;
        var (step, blocks) = ((nint)groups * width, eachLane ? (groups + V.Count - 1) / V.Count : groups);
        var (begin, end) = Partition.Items((nint)(perSample != 0 ? batch : 1) * blocks, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var first = (int)(item % blocks) * (eachLane ? V.Count : width);
            var count = eachLane ? Math.Min(V.Count, groups - first) : width;
            var at = (item / blocks * positions * step) + first;
            var column = ofGroup != 0 ? 0 : first;
            var (mean, scale) = Moments<V>(ref Unsafe.Add(ref x, at), positions, step, count, epsilon, isCentered, eachLane);
            for (var p = 0; p < positions; p++, at += step)
            {
                for (var i = 0; i < count; i += V.Count)
                {
                    var result = (Load<V>(ref x, at + i, count - i) - mean) * scale;
                    if (isScaled)
                        result *= Load<V>(ref weight, column + i, count - i);
                    if (isScaled && isCentered)
                        result += Load<V>(ref bias, column + i, count - i);
                    Store(result, ref y, at + i, count - i);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Backward<V>(
        ref float dy, ref float x, ref float dx, int perSample, int positions, int groups, int width, int epsilon, bool isCentered,
        int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var eachLane = width == 1;
        var (step, blocks) = ((nint)groups * width, eachLane ? (groups + V.Count - 1) / V.Count : groups);
        var n = V.Broadcast((float)positions * width);
        var (begin, end) = Partition.Items((nint)(perSample != 0 ? batch : 1) * blocks, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var first = (int)(item % blocks) * (eachLane ? V.Count : width);
            var count = eachLane ? Math.Min(V.Count, groups - first) : width;
            var start = (item / blocks * positions * step) + first;
            var (mean, scale) = Moments<V>(ref Unsafe.Add(ref x, start), positions, step, count, epsilon, isCentered, eachLane);
            var (sum, dot) = (V.Zero, V.Zero);
            var at = start;
            for (var p = 0; p < positions; p++, at += step)
            {
                var (rowSum, rowDot) = Products(ref Unsafe.Add(ref dy, at), ref Unsafe.Add(ref x, at), count, mean, scale);
                (sum, dot) = (sum + rowSum, dot + rowDot);
            }
            sum = isCentered ? Total(sum, eachLane) / n : V.Zero;
            dot = Total(dot, eachLane) / n;
            at = start;
            for (var p = 0; p < positions; p++, at += step)
            {
                for (var i = 0; i < count; i += V.Count)
                {
                    var y = (Load<V>(ref x, at + i, count - i) - mean) * scale;
                    Store(scale * (Load<V>(ref dy, at + i, count - i) - sum - (y * dot)), ref dx, at + i, count - i);
                }
            }
        }
    }

    /// <summary>μ and r. The mean is taken out before squares are added, so nothing cancels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Mean, V Scale) Moments<V>(
        ref float x, int positions, nint step, int count, int epsilon, bool isCentered, bool eachLane)
        where V : struct, IVector<V>
    {
        var n = V.Broadcast((float)positions * (eachLane ? 1 : count));
        var mean = V.Zero;
        nint at = 0;
        if (isCentered)
        {
            var sum = V.Zero;
            for (var p = 0; p < positions; p++, at += step)
                sum += Sum<V>(ref Unsafe.Add(ref x, at), count);
            mean = Total(sum, eachLane) / n;
            at = 0;
        }
        var squares = V.Zero;
        for (var p = 0; p < positions; p++, at += step)
            squares += Squares(ref Unsafe.Add(ref x, at), count, mean);
        return (mean, V.Broadcast(1f) / V.Sqrt((Total(squares, eachLane) / n) + V.BroadcastInt(epsilon)));
    }

    /// <summary>Σ x of a row. Four sums side by side, for each addition waits for the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(ref float x, int count)
        where V : struct, IVector<V>
    {
        var i = 0;
        var sum = V.Zero;
        if (count >= 4 * V.Count)
        {
            V s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            for (; i <= count - (4 * V.Count); i += 4 * V.Count)
            {
                ref var at = ref Unsafe.Add(ref x, i);
                sum += V.Load(in at);
                s1 += V.Load(in Unsafe.Add(ref at, V.Count));
                s2 += V.Load(in Unsafe.Add(ref at, 2 * V.Count));
                s3 += V.Load(in Unsafe.Add(ref at, 3 * V.Count));
            }
            sum = sum + s1 + (s2 + s3);
        }
        for (; i < count; i += V.Count)
            sum += Load<V>(ref x, i, count - i);
        return sum;
    }

    /// <summary>Σ (x − μ)² of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Squares<V>(ref float x, int count, V mean)
        where V : struct, IVector<V>
    {
        var i = 0;
        var squares = V.Zero;
        if (count >= 4 * V.Count)
        {
            V s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            for (; i <= count - (4 * V.Count); i += 4 * V.Count)
            {
                ref var at = ref Unsafe.Add(ref x, i);
                squares = Square(V.Load(in at) - mean, squares);
                s1 = Square(V.Load(in Unsafe.Add(ref at, V.Count)) - mean, s1);
                s2 = Square(V.Load(in Unsafe.Add(ref at, 2 * V.Count)) - mean, s2);
                s3 = Square(V.Load(in Unsafe.Add(ref at, 3 * V.Count)) - mean, s3);
            }
            squares = squares + s1 + (s2 + s3);
        }
        for (; i <= count - V.Count; i += V.Count)
            squares = Square(V.Load(in Unsafe.Add(ref x, i)) - mean, squares);
        // What is beyond the end is not as far from the mean as 0 is.
        return i == count
            ? squares
            : Square(V.And(V.LoadPartial(in Unsafe.Add(ref x, i), count - i) - mean, V.Greater(V.Broadcast(count - i), V.LaneIndex)), squares);
    }

    /// <summary>Σ dy and Σ dy·y of a row; beyond its end dy is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Sum, V Dot) Products<V>(ref float dy, ref float x, int count, V mean, V scale)
        where V : struct, IVector<V>
    {
        var i = 0;
        var (sum, dot) = (V.Zero, V.Zero);
        if (count >= 4 * V.Count)
        {
            V sum1 = V.Zero, dot1 = V.Zero;
            for (; i <= count - (2 * V.Count); i += 2 * V.Count)
            {
                var (gradient, gradient1) = (V.Load(in Unsafe.Add(ref dy, i)), V.Load(in Unsafe.Add(ref dy, i + V.Count)));
                sum += gradient;
                sum1 += gradient1;
                dot = V.Fma(gradient, (V.Load(in Unsafe.Add(ref x, i)) - mean) * scale, dot);
                dot1 = V.Fma(gradient1, (V.Load(in Unsafe.Add(ref x, i + V.Count)) - mean) * scale, dot1);
            }
            (sum, dot) = (sum + sum1, dot + dot1);
        }
        for (; i < count; i += V.Count)
        {
            var gradient = Load<V>(ref dy, i, count - i);
            sum += gradient;
            dot = V.Fma(gradient, (Load<V>(ref x, i, count - i) - mean) * scale, dot);
        }
        return (sum, dot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Square<V>(V x, V sum)
        where V : struct, IVector<V> => V.Fma(x, x, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Total<V>(V sum, bool eachLane)
        where V : struct, IVector<V> => eachLane ? sum : V.Broadcast(V.Sum(sum));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Load<V>(ref float source, nint offset, int left)
        where V : struct, IVector<V> =>
        left >= V.Count ? V.Load(in Unsafe.Add(ref source, offset)) : V.LoadPartial(in Unsafe.Add(ref source, offset), left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<V>(V value, ref float target, nint offset, int left)
        where V : struct, IVector<V>
    {
        if (left >= V.Count)
            value.Store(ref Unsafe.Add(ref target, offset));
        else
            value.StorePartial(ref Unsafe.Add(ref target, offset), left);
    }
}
