using System.ComponentModel;
using ILGPU;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Layer, group and instance normalization; the meanings are those of NetGen.Runtime.NormKernels. A thread takes a group, so its sums are
/// made from the first element to the last.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NormKernels
{
    /// <summary>y = (x − μ)·r with μ = Σ x / n and r = 1 / √(Σ (x − μ)² / n + ε)</summary>
    public static void Standardize(
        ArrayView<float> x, ArrayView<float> y, int perSample, int positions, int groups, int width, int epsilon, int batch) =>
        Forward(x, y, perSample, positions, groups, width, epsilon, true, batch);

    /// <summary>dx = r·(dy − Σ dy / n − y·Σ dy·y / n)</summary>
    public static void StandardizeGradient(
        ArrayView<float> dy, ArrayView<float> x, ArrayView<float> dx,
        int perSample, int positions, int groups, int width, int epsilon, int batch) =>
        Backward(dy, x, dx, perSample, positions, groups, width, epsilon, true, batch);

    /// <summary>y = x·r with r = 1 / √(Σ x² / n + ε)</summary>
    public static void Rescale(
        ArrayView<float> x, ArrayView<float> y, int perSample, int positions, int groups, int width, int epsilon, int batch) =>
        Forward(x, y, perSample, positions, groups, width, epsilon, false, batch);

    /// <summary>dx = r·(dy − y·Σ dy·y / n)</summary>
    public static void RescaleGradient(
        ArrayView<float> dy, ArrayView<float> x, ArrayView<float> dx,
        int perSample, int positions, int groups, int width, int epsilon, int batch) =>
        Backward(dy, x, dx, perSample, positions, groups, width, epsilon, false, batch);

    private static void Forward(
        ArrayView<float> x, ArrayView<float> y,
        int perSample, int positions, int groups, int width, int epsilon, bool isCentered, int batch)
    {
        var group = Grid.GlobalIndex.X;
        if (group >= (perSample != 0 ? batch * groups : groups))
        {
            return;
        }
        var (step, start) = (groups * width, Start(group, positions, groups, width));
        var mean = Mean(x, start, positions, step, width, isCentered);
        var scale = Scale(x, start, positions, step, width, epsilon, mean);
        for (var p = 0; p < positions; p++)
        {
            var at = start + (p * step);
            for (var i = at; i < at + width; i++)
            {
                y[i] = ((new Lane(x[i]) - mean) * scale).Value;
            }
        }
    }

    private static void Backward(
        ArrayView<float> dy, ArrayView<float> x, ArrayView<float> dx,
        int perSample, int positions, int groups, int width, int epsilon, bool isCentered, int batch)
    {
        var group = Grid.GlobalIndex.X;
        if (group >= (perSample != 0 ? batch * groups : groups))
        {
            return;
        }
        var (step, start) = (groups * width, Start(group, positions, groups, width));
        var mean = Mean(x, start, positions, step, width, isCentered);
        var scale = Scale(x, start, positions, step, width, epsilon, mean);
        var (sum, dot) = (Lane.Zero, Lane.Zero);
        for (var p = 0; p < positions; p++)
        {
            var at = start + (p * step);
            for (var i = at; i < at + width; i++)
            {
                var gradient = new Lane(dy[i]);
                sum += gradient;
                dot = Lane.Fma(gradient, (new Lane(x[i]) - mean) * scale, dot);
            }
        }
        var n = Lane.Broadcast((float)(positions * width));
        sum = isCentered ? sum / n : Lane.Zero;
        dot /= n;
        for (var p = 0; p < positions; p++)
        {
            var at = start + (p * step);
            for (var i = at; i < at + width; i++)
            {
                var y = (new Lane(x[i]) - mean) * scale;
                dx[i] = (scale * (new Lane(dy[i]) - sum - (y * dot))).Value;
            }
        }
    }

    private static int Start(int group, int positions, int groups, int width) =>
        (group / groups * positions * groups * width) + (group % groups * width);

    private static Lane Mean(ArrayView<float> x, int start, int positions, int step, int width, bool isCentered)
    {
        var sum = Lane.Zero;
        if (!isCentered)
        {
            return sum;
        }
        for (var p = 0; p < positions; p++)
        {
            var at = start + (p * step);
            for (var i = at; i < at + width; i++)
            {
                sum += new Lane(x[i]);
            }
        }
        return sum / Lane.Broadcast((float)(positions * width));
    }

    private static Lane Scale(ArrayView<float> x, int start, int positions, int step, int width, int epsilon, Lane mean)
    {
        var squares = Lane.Zero;
        for (var p = 0; p < positions; p++)
        {
            var at = start + (p * step);
            for (var i = at; i < at + width; i++)
            {
                var distance = new Lane(x[i]) - mean;
                squares = Lane.Fma(distance, distance, squares);
            }
        }
        return Lane.Broadcast(1f) / Lane.Sqrt((squares / Lane.Broadcast((float)(positions * width))) + Lane.BroadcastInt(epsilon));
    }
}
