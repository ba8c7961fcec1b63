using System.Runtime.CompilerServices;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Adaptive gradient clipping (Brock et al. 2021, section 4.1): a gradient is at most some part of its weights, unit by unit.
/// </summary>
/// <remarks>
/// For each unit i, the weights of one output: ‖gᵢ‖ &gt; c·max(‖wᵢ‖, ε) gives gᵢ ← gᵢ · c·max(‖wᵢ‖, ε) / ‖gᵢ‖. A unit is what the first
/// axis has in PyTorch's layout, and a vector is one unit, as in the paper's own code.
/// </remarks>
internal static class AdaptiveClipping
{
    /// <summary>So that weights of 0 can leave it.</summary>
    private const float Epsilon = 1e-3f;

    /// <summary>Units side by side that are added up together.</summary>
    private const int Columns = 64;

    /// <summary>Clips the gradients of a pass, where they lie.</summary>
    /// <param name="pass">The weights.</param>
    /// <param name="gradients">The first gradient.</param>
    /// <param name="scale">What they are multiplied with later: the norms are meant with it.</param>
    /// <param name="clip">c.</param>
    internal static void Run(in WeightPass pass, ref float gradients, float scale, float clip)
    {
        int part = 0;
        foreach (int position in pass.Trained)
        {
            ParameterSpec parameter = pass.Parameter(position);
            ReadOnlySpan<int> shape = parameter.Shape;
            // Memory has the outputs innermost, unless the file has the same order.
            bool innermost = parameter.FileLayout != FileLayout.AsIs;
            int units = shape.Length < 2 ? 1 : innermost ? shape[^1] : shape[0];
            int length = units == 0 ? 0 : parameter.Length / units;
            ref float weight = ref Unsafe.Add(ref pass.Weights, parameter.Offset);
            ref float gradient = ref Unsafe.Add(ref gradients, parameter.Offset);
            for (int first = 0; first < units; first += Columns)
            {
                if (!pass.Takes(part++))
                    continue;
                int count = Math.Min(Columns, units - first);
                if (innermost && shape.Length > 1)
                    Clip(ref Unsafe.Add(ref weight, first), ref Unsafe.Add(ref gradient, first), length, units, count, scale, clip);
                else
                {
                    for (int unit = first; unit < first + count; unit++)
                    {
                        nint at = (nint)unit * length;
                        Clip(ref Unsafe.Add(ref weight, at), ref Unsafe.Add(ref gradient, at), length, stride: 1, count: 1, scale, clip);
                    }
                }
            }
        }
    }

    /// <summary>Some units side by side.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Clip(ref float weight, ref float gradient, int length, nint stride, int count, float scale, float clip)
    {
        Span<double> weights = stackalloc double[Columns];
        Span<double> squares = stackalloc double[Columns];
        weights.Clear();
        squares.Clear();
        for (int row = 0; row < length; row++)
        {
            for (int unit = 0; unit < count; unit++)
            {
                double w = Unsafe.Add(ref weight, row * stride + unit);
                double g = Unsafe.Add(ref gradient, row * stride + unit);
                weights[unit] += w * w;
                squares[unit] += g * g;
            }
        }

        for (int unit = 0; unit < count; unit++)
        {
            double most = clip * Math.Max(Math.Sqrt(weights[unit]), Epsilon);
            double norm = scale * Math.Sqrt(squares[unit]);
            if (!(norm > most))
                continue;
            float factor = (float)(most / norm);
            for (int row = 0; row < length; row++)
                Unsafe.Add(ref gradient, row * stride + unit) *= factor;
        }
    }
}
