using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>Gradients of convolutions of each channel by itself, vectorized over the channels. See <see cref="CopyKernels"/> for the form.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StencilKernels
{
    /// <summary>The floats of a cache line: a worker has whole lines of channels.</summary>
    private const int Line = 16;

    /// <summary>Columns of the kernel whose sums are in registers at once.</summary>
    private const int Together = 3;

    /// <summary>
    /// dw[ky, kx, c] = Σ x[b, oy·strideH + ky·dilationH, ox·strideW + kx·dilationW, c] · dy[b, oy, ox, c] over the batch and all pixels, in their order.
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
        var (step, apart) = ((nint)strideW * channels, (nint)dilationW * channels);
        for (var item = (int)begin; item < end; item++)
        {
            var ky = item / lines;
            var first = (item - (ky * lines)) * Line;
            for (var c = first; c < Math.Min(first + Line, channels); c += V.Count)
            {
                var lanes = Math.Min(V.Count, channels - c);
                for (var kx = 0; kx < kernelW;)
                {
                    var together = kx + Together <= kernelW && lanes == V.Count ? Together : 1;
                    var (s0, s1, s2) = (V.Zero, V.Zero, V.Zero);
                    for (nint line = 0; line < (nint)batch * outHeight; line++)
                    {
                        var sample = line / outHeight;
                        var iy = ((line - (sample * outHeight)) * strideH) + (ky * dilationH);
                        ref var pixel = ref Unsafe.Add(ref x, (((((sample * height) + iy) * width) + (kx * dilationW)) * channels) + c);
                        ref var gradient = ref Unsafe.Add(ref dy, (line * outWidth * channels) + c);
                        if (together == Together)
                        {
                            for (var ox = 0; ox < outWidth; ox++)
                            {
                                var g = V.Load(in gradient);
                                s0 = V.Fma(V.Load(in pixel), g, s0);
                                s1 = V.Fma(V.Load(in Unsafe.Add(ref pixel, apart)), g, s1);
                                s2 = V.Fma(V.Load(in Unsafe.Add(ref pixel, 2 * apart)), g, s2);
                                pixel = ref Unsafe.Add(ref pixel, step);
                                gradient = ref Unsafe.Add(ref gradient, channels);
                            }
                            continue;
                        }
                        for (var ox = 0; ox < outWidth; ox++)
                        {
                            s0 = lanes == V.Count
                                ? V.Fma(V.Load(in pixel), V.Load(in gradient), s0)
                                : V.Fma(V.LoadPartial(in pixel, lanes), V.LoadPartial(in gradient, lanes), s0);
                            pixel = ref Unsafe.Add(ref pixel, step);
                            gradient = ref Unsafe.Add(ref gradient, channels);
                        }
                    }
                    ref var target = ref Unsafe.Add(ref dw, ((((nint)ky * kernelW) + kx) * channels) + c);
                    if (together == Together)
                    {
                        s0.Store(ref target);
                        s1.Store(ref Unsafe.Add(ref target, channels));
                        s2.Store(ref Unsafe.Add(ref target, 2 * channels));
                    }
                    else
                    {
                        s0.StorePartial(ref target, lanes);
                    }
                    kx += together;
                }
            }
        }
    }
}
