using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// The statistics of a batch normalization and the sums of its gradient. A batch is rows = batch·positions rows of channels. The rows are cut into
/// parts, which follow from the sizes alone: what is computed of a part is computed by one worker in one order, so the number of
/// workers changes no bit. See <see cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNormKernels
{
    /// <summary>A part has at least so many rows, and so many are added up before their sum is added to others.</summary>
    private const int Rows = 64;

    /// <summary>
    /// Of each part the mean m of a channel, then of each part Σ (x − m)²: [2, parts, channels]. The rows are read once: blocks of them stay in the first
    /// level of the cache for their mean and for the squares of what is beside it, and are then joined (Chan, Golub and LeVeque 1979), so nothing cancels.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void Moments<V>(ref float x, ref float moments, int positions, int channels, int parts, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var blocks = (channels + V.Count - 1) / V.Count;
        var (begin, end) = Partition.Items((nint)parts * blocks, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var (part, first) = ((int)(item / blocks), (int)(item % blocks) * V.Count);
            var (row, last) = Part(part, parts, positions, batch);
            var left = channels - first;
            var (mean, squares) = (V.Zero, V.Zero);
            for (var known = 0f; row < last; row += Rows)
            {
                var count = (int)Math.Min(Rows, last - row);
                var (blockMean, blockSquares) = Moments<V>(ref Unsafe.Add(ref x, row * channels + first), count, channels, left);
                var all = known + count;
                var distance = blockMean - mean;
                squares += blockSquares + distance * distance * V.Broadcast(known * count / all);
                mean += distance * V.Broadcast(count / all);
                known = all;
            }
            NormKernels.Store(mean, ref moments, (nint)part * channels + first, left);
            NormKernels.Store(squares, ref moments, (nint)(parts + part) * channels + first, left);
        }
    }

    /// <summary>μ = Σ rows·m / n over the parts.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Mean<V>(ref float moments, ref float mean, int positions, int channels, int parts, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var blocks = (channels + V.Count - 1) / V.Count;
        var (begin, end) = Partition.Items(blocks, worker, workers);
        for (var block = begin; block < end; block++)
        {
            var first = block * V.Count;
            var left = (int)(channels - first);
            NormKernels.Store(Mean<V>(ref moments, first, left, positions, channels, parts, batch), ref mean, first, left);
        }
    }

    /// <summary>σ² = Σ (Σ (x − m)² + rows·(m − μ)²) / n over the parts.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Variance<V>(ref float moments, ref float variance, int positions, int channels, int parts, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var blocks = (channels + V.Count - 1) / V.Count;
        var (begin, end) = Partition.Items(blocks, worker, workers);
        for (var block = begin; block < end; block++)
        {
            var first = block * V.Count;
            var left = (int)(channels - first);
            var mean = Mean<V>(ref moments, first, left, positions, channels, parts, batch);
            var sum = V.Zero;
            for (var part = 0; part < parts; part++)
            {
                var (from, to) = Part(part, parts, positions, batch);
                if (from == to)
                    break;
                var distance = NormKernels.Load<V>(ref moments, (nint)part * channels + first, left) - mean;
                sum += NormKernels.Load<V>(ref moments, (nint)(parts + part) * channels + first, left) + distance * distance * V.Broadcast(to - from);
            }
            NormKernels.Store(sum / V.Broadcast((float)positions * batch), ref variance, first, left);
        }
    }

    /// <summary>Of each part Σ dy, then of each part Σ dy·(x − μ): [2, parts, channels].</summary>
    [MethodImpl(Jit.Kernel)]
    public static void GradientSums<V>(
        ref float dy, ref float x, ref float mean, ref float sums, int positions, int channels, int parts, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var blocks = (channels + V.Count - 1) / V.Count;
        var (begin, end) = Partition.Items((nint)parts * blocks, worker, workers);
        for (var item = begin; item < end; item++)
        {
            var (part, first) = ((int)(item / blocks), (int)(item % blocks) * V.Count);
            var (row, last) = Part(part, parts, positions, batch);
            var left = channels - first;
            var center = NormKernels.Load<V>(ref mean, first, left);
            var (sum, dot) = (V.Zero, V.Zero);
            for (; row < last; row += Rows)
            {
                var (blockSum, blockDot) = Sums(
                    ref Unsafe.Add(ref dy, row * channels + first), ref Unsafe.Add(ref x, row * channels + first), center,
                    (int)Math.Min(Rows, last - row), channels, left);
                sum += blockSum;
                dot += blockDot;
            }
            NormKernels.Store(sum, ref sums, (nint)part * channels + first, left);
            NormKernels.Store(dot, ref sums, (nint)(parts + part) * channels + first, left);
        }
    }

    /// <summary>The sum over the parts of the first or the second number of each channel. Parts without rows have 0.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void SumOfParts<V>(ref float sums, ref float y, int channels, int parts, int which, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var blocks = (channels + V.Count - 1) / V.Count;
        var (begin, end) = Partition.Items(blocks, worker, workers);
        for (var block = begin; block < end; block++)
        {
            var first = block * V.Count;
            var left = (int)(channels - first);
            var sum = V.Zero;
            for (var part = 0; part < parts; part++)
                sum += NormKernels.Load<V>(ref sums, ((nint)which * parts + part) * channels + first, left);
            NormKernels.Store(sum, ref y, first, left);
        }
    }

    /// <summary>The rows of a part: equal shares but for the last, at least <see cref="Rows"/> each; parts at the end may be empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (nint Begin, nint End) Part(int part, int parts, int positions, int batch)
    {
        var rows = (nint)positions * batch;
        var each = Math.Max(Rows, (rows + parts - 1) / parts);
        return (Math.Min(rows, part * each), Math.Min(rows, (part + 1) * each));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mean<V>(ref float moments, nint first, int left, int positions, int channels, int parts, int batch)
        where V : struct, IVector<V>
    {
        var sum = V.Zero;
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = Part(part, parts, positions, batch);
            if (from == to)
                break;
            sum += NormKernels.Load<V>(ref moments, (nint)part * channels + first, left) * V.Broadcast(to - from);
        }
        return sum / V.Broadcast((float)positions * batch);
    }

    /// <summary>Four sums beside each other, of every fourth row: an addition need not wait for the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Mean, V Squares) Moments<V>(ref float x, int rows, nint step, int left)
        where V : struct, IVector<V>
    {
        var (sum0, sum1, sum2, sum3) = (V.Zero, V.Zero, V.Zero, V.Zero);
        var row = 0;
        for (; row <= rows - 4; row += 4)
        {
            sum0 += NormKernels.Load<V>(ref x, row * step, left);
            sum1 += NormKernels.Load<V>(ref x, (row + 1) * step, left);
            sum2 += NormKernels.Load<V>(ref x, (row + 2) * step, left);
            sum3 += NormKernels.Load<V>(ref x, (row + 3) * step, left);
        }
        for (; row < rows; row++)
            sum0 += NormKernels.Load<V>(ref x, row * step, left);
        var mean = (sum0 + sum1 + (sum2 + sum3)) / V.Broadcast(rows);

        (sum0, sum1, sum2, sum3) = (V.Zero, V.Zero, V.Zero, V.Zero);
        for (row = 0; row <= rows - 4; row += 4)
        {
            sum0 = Square(NormKernels.Load<V>(ref x, row * step, left) - mean, sum0);
            sum1 = Square(NormKernels.Load<V>(ref x, (row + 1) * step, left) - mean, sum1);
            sum2 = Square(NormKernels.Load<V>(ref x, (row + 2) * step, left) - mean, sum2);
            sum3 = Square(NormKernels.Load<V>(ref x, (row + 3) * step, left) - mean, sum3);
        }
        for (; row < rows; row++)
            sum0 = Square(NormKernels.Load<V>(ref x, row * step, left) - mean, sum0);
        return (mean, sum0 + sum1 + (sum2 + sum3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Sum, V Dot) Sums<V>(ref float dy, ref float x, V mean, int rows, nint step, int left)
        where V : struct, IVector<V>
    {
        var (sum0, sum1, dot0, dot1) = (V.Zero, V.Zero, V.Zero, V.Zero);
        var row = 0;
        for (; row <= rows - 2; row += 2)
        {
            var (gradient0, gradient1) = (NormKernels.Load<V>(ref dy, row * step, left), NormKernels.Load<V>(ref dy, (row + 1) * step, left));
            sum0 += gradient0;
            sum1 += gradient1;
            dot0 = V.Fma(gradient0, NormKernels.Load<V>(ref x, row * step, left) - mean, dot0);
            dot1 = V.Fma(gradient1, NormKernels.Load<V>(ref x, (row + 1) * step, left) - mean, dot1);
        }
        if (row < rows)
        {
            var gradient = NormKernels.Load<V>(ref dy, row * step, left);
            sum0 += gradient;
            dot0 = V.Fma(gradient, NormKernels.Load<V>(ref x, row * step, left) - mean, dot0);
        }
        return (sum0 + sum1, dot0 + dot1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Square<V>(V distance, V sum)
        where V : struct, IVector<V> => V.Fma(distance, distance, sum);
}
