using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Gradients of convolutions of each channel by itself, vectorized over the channels. See <see cref="CopyKernels"/> for the form.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StencilKernels
{
    /// <summary>The floats of a cache line: a worker has whole lines of channels.</summary>
    private const int Line = 16;

    /// <summary>Columns of the kernel whose sums are in registers at once.</summary>
    private const int Together = 3;

    /// <summary>
    /// dw[ky, kx, c] = Σ x[b, oy·strideH + ky·dilationH, ox·strideW + kx·dilationW, c] · dy[b, oy, ox, c] over the batch and all pixels, in
    /// their order.
    /// x is [batch, height, width, channels] with its padding, dy is [batch, outHeight, outWidth, channels].
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void WeightGradient<V>(
        ref float x, ref float dy, ref float dw, int height, int width, int channels, int outHeight, int outWidth, int kernelH, int kernelW,
        int strideH, int strideW, int dilationH, int dilationW, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var lines = (channels + Line - 1) / Line;
        var (begin, end) = Partition.Items((nint)kernelH * lines, worker, workers);
        for (var item = (int)begin; item < end; item++)
        {
            var (ky, c) = (item / lines, item % lines * Line);
            for (var kx = 0; kx < kernelW; kx++)
                CopyKernels.Clear<V>(ref Unsafe.Add(ref dw, ((((nint)ky * kernelW) + kx) * channels) + c), Math.Min(Line, channels - c));
        }
        // A row of both images at a time, all channels of it: the rows stay in the cache, and so do the sums.
        for (nint line = 0; line < (nint)batch * outHeight; line++)
        {
            var sample = line / outHeight;
            var top = (line - (sample * outHeight)) * strideH;
            for (var item = (int)begin; item < end; item++)
            {
                var (ky, first) = (item / lines, item % lines * Line);
                ref var row = ref Unsafe.Add(ref x, ((sample * height) + top + (ky * dilationH)) * width * channels);
                for (var c = first; c < Math.Min(first + Line, channels); c += V.Count)
                {
                    RowGradient<V>(
                        ref Unsafe.Add(ref row, c), ref Unsafe.Add(ref dy, (line * outWidth * channels) + c),
                        ref Unsafe.Add(ref dw, ((nint)ky * kernelW * channels) + c), Math.Min(V.Count, channels - c), outWidth, kernelW, channels,
                        (nint)strideW * channels, (nint)dilationW * channels);
                }
            }
        }
    }

    /// <summary>Adds the products of a row to the sums of a row of the kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowGradient<V>(
        ref float row, ref float dy, ref float dw, int lanes, int outWidth, int kernelW, int channels, nint step, nint apart)
        where V : struct, IVector<V>
    {
        var kx = 0;
        for (; lanes == V.Count && kx + Together <= kernelW; kx += Together)
        {
            ref var sums = ref Unsafe.Add(ref dw, (nint)kx * channels);
            ref var pixel = ref Unsafe.Add(ref row, kx * apart);
            ref var gradient = ref dy;
            var (s0, s1, s2) = (V.Load(in sums), V.Load(in Unsafe.Add(ref sums, channels)), V.Load(in Unsafe.Add(ref sums, 2 * channels)));
            for (var ox = 0; ox < outWidth; ox++)
            {
                var g = V.Load(in gradient);
                s0 = V.Fma(V.Load(in pixel), g, s0);
                s1 = V.Fma(V.Load(in Unsafe.Add(ref pixel, apart)), g, s1);
                s2 = V.Fma(V.Load(in Unsafe.Add(ref pixel, 2 * apart)), g, s2);
                pixel = ref Unsafe.Add(ref pixel, step);
                gradient = ref Unsafe.Add(ref gradient, channels);
            }
            s0.Store(ref sums);
            s1.Store(ref Unsafe.Add(ref sums, channels));
            s2.Store(ref Unsafe.Add(ref sums, 2 * channels));
        }
        for (; kx < kernelW; kx++)
        {
            ref var sums = ref Unsafe.Add(ref dw, (nint)kx * channels);
            ref var pixel = ref Unsafe.Add(ref row, kx * apart);
            ref var gradient = ref dy;
            var sum = V.LoadPartial(in sums, lanes);
            for (var ox = 0; ox < outWidth; ox++)
            {
                sum = lanes == V.Count
                    ? V.Fma(V.Load(in pixel), V.Load(in gradient), sum)
                    : V.Fma(V.LoadPartial(in pixel, lanes), V.LoadPartial(in gradient, lanes), sum);
                pixel = ref Unsafe.Add(ref pixel, step);
                gradient = ref Unsafe.Add(ref gradient, channels);
            }
            sum.StorePartial(ref sums, lanes);
        }
    }
}
