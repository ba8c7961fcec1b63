using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// The statistics of a batch normalization and the sums of its gradient; the meanings are those of NetGen.Runtime.BatchNormKernels. A thread takes a channel, of
/// one part of the rows where it reads them: neighbours read neighbouring numbers. A thread's sums are made from the first row to the last.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNormKernels
{
    /// <summary>As in NetGen.Runtime.BatchNormKernels.</summary>
    private const int Rows = 64;

    /// <summary>Of each part the mean m of a channel, then of each part Σ (x − m)²: [2, parts, channels].</summary>
    public static void Moments(ArrayView<float> x, ArrayView<float> moments, int positions, int channels, int parts, int batch)
    {
        var thread = Grid.GlobalIndex.X;
        if (thread >= parts * channels)
        {
            return;
        }
        var (part, channel) = (thread / channels, thread % channels);
        var last = End(part, parts, positions, batch);
        var (mean, squares) = (Lane.Zero, Lane.Zero);
        var known = 0;
        for (var row = Begin(part, parts, positions, batch); row < last; row += Rows)
        {
            var count = last - row < Rows ? last - row : Rows;
            var at = (row * channels) + channel;
            var sum = Lane.Zero;
            for (var i = 0; i < count; i++)
            {
                sum += new Lane(x[at + (i * channels)]);
            }
            var blockMean = sum / Lane.Broadcast((float)count);
            var blockSquares = Lane.Zero;
            for (var i = 0; i < count; i++)
            {
                var beside = new Lane(x[at + (i * channels)]) - blockMean;
                blockSquares = Lane.Fma(beside, beside, blockSquares);
            }
            var all = known + count;
            var distance = blockMean - mean;
            squares += blockSquares + (distance * distance * (Lane.Broadcast((float)known) * Lane.Broadcast((float)count) / Lane.Broadcast((float)all)));
            mean += distance * (Lane.Broadcast((float)count) / Lane.Broadcast((float)all));
            known = all;
        }
        moments[thread] = mean.Value;
        moments[(parts * channels) + thread] = squares.Value;
    }

    /// <summary>μ = Σ rows·m / n over the parts.</summary>
    public static void Mean(ArrayView<float> moments, ArrayView<float> mean, int positions, int channels, int parts, int batch)
    {
        var channel = Grid.GlobalIndex.X;
        if (channel >= channels)
        {
            return;
        }
        mean[channel] = Mean(moments, channel, positions, channels, parts, batch).Value;
    }

    /// <summary>σ² = Σ (Σ (x − m)² + rows·(m − μ)²) / n over the parts.</summary>
    public static void Variance(ArrayView<float> moments, ArrayView<float> variance, int positions, int channels, int parts, int batch)
    {
        var channel = Grid.GlobalIndex.X;
        if (channel >= channels)
        {
            return;
        }
        var (mean, sum) = (Mean(moments, channel, positions, channels, parts, batch), Lane.Zero);
        for (var part = 0; part < parts; part++)
        {
            var rows = End(part, parts, positions, batch) - Begin(part, parts, positions, batch);
            var distance = new Lane(moments[(part * channels) + channel]) - mean;
            sum += new Lane(moments[((parts + part) * channels) + channel]) + (distance * distance * Lane.Broadcast((float)rows));
        }
        variance[channel] = (sum / Lane.Broadcast((float)(positions * batch))).Value;
    }

    /// <summary>Of each part Σ dy, then of each part Σ dy·(x − μ): [2, parts, channels].</summary>
    public static void GradientSums(
        ArrayView<float> dy, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> sums, int positions, int channels, int parts, int batch)
    {
        var thread = Grid.GlobalIndex.X;
        if (thread >= parts * channels)
        {
            return;
        }
        var (part, channel) = (thread / channels, thread % channels);
        var last = End(part, parts, positions, batch);
        var center = new Lane(mean[channel]);
        var (sum, dot) = (Lane.Zero, Lane.Zero);
        for (var row = Begin(part, parts, positions, batch); row < last; row += Rows)
        {
            var count = last - row < Rows ? last - row : Rows;
            var at = (row * channels) + channel;
            var (blockSum, blockDot) = (Lane.Zero, Lane.Zero);
            for (var i = 0; i < count; i++)
            {
                var gradient = new Lane(dy[at + (i * channels)]);
                blockSum += gradient;
                blockDot = Lane.Fma(gradient, new Lane(x[at + (i * channels)]) - center, blockDot);
            }
            sum += blockSum;
            dot += blockDot;
        }
        sums[thread] = sum.Value;
        sums[(parts * channels) + thread] = dot.Value;
    }

    /// <summary>The sum over the parts of the first or the second number of each channel. Parts without rows have 0.</summary>
    public static void SumOfParts(ArrayView<float> sums, ArrayView<float> y, int channels, int parts, int which, int batch)
    {
        var channel = Grid.GlobalIndex.X;
        if (channel >= channels)
        {
            return;
        }
        var sum = Lane.Zero;
        for (var part = 0; part < parts; part++)
        {
            sum += new Lane(sums[(((which * parts) + part) * channels) + channel]);
        }
        y[channel] = sum.Value;
    }

    private static Lane Mean(ArrayView<float> moments, int channel, int positions, int channels, int parts, int batch)
    {
        var sum = Lane.Zero;
        for (var part = 0; part < parts; part++)
        {
            var rows = End(part, parts, positions, batch) - Begin(part, parts, positions, batch);
            sum += new Lane(moments[(part * channels) + channel]) * Lane.Broadcast((float)rows);
        }
        return sum / Lane.Broadcast((float)(positions * batch));
    }

    private static int Begin(int part, int parts, int positions, int batch) => Row(part, parts, positions * batch);

    private static int End(int part, int parts, int positions, int batch) => Row(part + 1, parts, positions * batch);

    private static int Row(int part, int parts, int rows)
    {
        var each = (rows + parts - 1) / parts;
        var row = part * (each < Rows ? Rows : each);
        return row < rows ? row : rows;
    }
}
