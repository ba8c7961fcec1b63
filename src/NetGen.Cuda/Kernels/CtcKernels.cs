using System.ComponentModel;
using ILGPU;
using NetGen.Runtime;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// The CTC loss; the meanings are those of NetGen.Runtime.CtcKernels, of samples with as many steps and labels each. A thread takes a
/// sample, of the gradient a step of one. Labels that were in the device's memory before nobody has checked: where one is no class the loss
/// is NaN.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CtcKernels
{
    /// <summary>The logarithm of what cannot be.</summary>
    private const float Impossible = -1e30f;

    /// <summary>log α, [steps, states].</summary>
    public static void Forward(
        ArrayView<float> x, ArrayView<int> labels, ArrayView<int> spans, ArrayView<int> labelSpans, ArrayView<float> y, int classes, int states, int steps, int longest, int blank,
        int ignored, int batch)
    {
        var b = Grid.GlobalIndex.X;
        if (b >= batch)
        {
            return;
        }
        var (first, count) = (b * longest, Labels(labels, b * longest, longest, classes, blank, ignored));
        for (var t = 0; t < steps; t++)
        {
            var row = ((b * steps) + t) * states;
            var logs = ((b * steps) + t) * classes;
            for (var s = 0; s < states; s++)
            {
                if (s > 2 * count)
                {
                    y[row + s] = count < 0 ? float.NaN : Impossible;
                    continue;
                }
                var same = t > 0 ? y[row - states + s] : s == 0 ? 0f : Impossible;
                var before = s < 1 ? Impossible : t > 0 ? y[row - states + s - 1] : s == 1 ? 0f : Impossible;
                var over = s < 2 || t == 0 ? Impossible : y[row - states + s - 2];
                var skip = MaySkip(labels, first, s) ? 0f : Impossible;
                var sum = LogSum(new Lane(same), new Lane(before), new Lane(over) + new Lane(skip));
                y[row + s] = (sum + new Lane(x[logs + Class(labels, first, s, blank)])).Value;
            }
        }
    }

    /// <summary>log β, [steps, states].</summary>
    public static void Backward(
        ArrayView<float> x, ArrayView<int> labels, ArrayView<int> spans, ArrayView<int> labelSpans, ArrayView<float> y, int classes, int states, int steps, int longest, int blank,
        int ignored, int batch)
    {
        var b = Grid.GlobalIndex.X;
        if (b >= batch)
        {
            return;
        }
        var (first, count) = (b * longest, Labels(labels, b * longest, longest, classes, blank, ignored));
        for (var t = steps - 1; t >= 0; t--)
        {
            var row = ((b * steps) + t) * states;
            var logs = ((b * steps) + t + 1) * classes;
            for (var s = 0; s < states; s++)
            {
                if (s > 2 * count)
                {
                    y[row + s] = count < 0 ? float.NaN : Impossible;
                    continue;
                }
                if (t == steps - 1)
                {
                    y[row + s] = s >= (2 * count) - 1 ? 0f : Impossible;
                    continue;
                }
                var same = new Lane(y[row + states + s]) + new Lane(x[logs + Class(labels, first, s, blank)]);
                var next = Lane.Broadcast(Impossible);
                if (s + 1 <= 2 * count)
                {
                    next = new Lane(y[row + states + s + 1]) + new Lane(x[logs + Class(labels, first, s + 1, blank)]);
                }
                var over = Lane.Broadcast(Impossible);
                if (s + 2 <= 2 * count && MaySkip(labels, first, s + 2))
                {
                    over = new Lane(y[row + states + s + 2]) + new Lane(x[logs + Class(labels, first, s + 2, blank)]);
                }
                y[row + s] = LogSum(same, next, over).Value;
            }
        }
    }

    /// <summary>−log of the probability of all paths; ∞, or 0 where zeroInfinity is 1, if there is none.</summary>
    public static void Loss(
        ArrayView<float> x, ArrayView<int> labels, ArrayView<int> spans, ArrayView<int> labelSpans, ArrayView<float> alpha, ArrayView<float> loss, int classes, int states, int steps,
        int longest, int blank, int ignored, int zeroInfinity, int batch)
    {
        var b = Grid.GlobalIndex.X;
        if (b >= batch)
        {
            return;
        }
        var count = Labels(labels, b * longest, longest, classes, blank, ignored);
        var last = ((((b + 1) * steps) - 1) * states) + (count > 0 ? 2 * count : 0);
        var before = count > 0 ? alpha[last - 1] : Impossible;
        var sum = -LogSum(new Lane(alpha[last]), new Lane(before), Lane.Broadcast(Impossible)).Value;
        loss[b] = sum > Impossible / -10f ? (zeroInfinity != 0 ? 0f : float.PositiveInfinity) : sum;
    }

    /// <summary>(log α, labels, spans, log β, loss, dloss) to the gradient of the logarithms, [steps, classes].</summary>
    public static void Gradient(
        ArrayView<float> alpha, ArrayView<int> labels, ArrayView<int> spans, ArrayView<int> labelSpans, ArrayView<float> beta, ArrayView<float> loss, ArrayView<float> lossGradient,
        ArrayView<float> dx, int classes, int states, int steps, int longest, int blank, int ignored, int batch)
    {
        var step = Grid.GlobalIndex.X;
        if (step >= batch * steps)
        {
            return;
        }
        var b = step / steps;
        var (first, count) = (b * longest, Labels(labels, b * longest, longest, classes, blank, ignored));
        for (var k = 0; k < classes; k++)
        {
            dx[(step * classes) + k] = count < 0 ? float.NaN : 0f;
        }
        for (var s = 0; s <= 2 * count; s++)
        {
            var share = VectorMath.Exp(new Lane(alpha[(step * states) + s]) + new Lane(beta[(step * states) + s]) + new Lane(loss[b])) * new Lane(lossGradient[b]);
            var at = (step * classes) + Class(labels, first, s, blank);
            dx[at] = (new Lane(dx[at]) - share).Value;
        }
    }

    /// <summary>How many labels the target has; −1: one of them is the blank, or no class.</summary>
    private static int Labels(ArrayView<int> labels, int first, int longest, int classes, int blank, int ignored)
    {
        for (var i = 0; i < longest; i++)
        {
            var label = labels[first + i];
            if (label == ignored)
            {
                return i;
            }
            if (label == blank || label < 0 || label >= classes)
            {
                return -1;
            }
        }
        return longest;
    }

    private static int Class(ArrayView<int> labels, int first, int state, int blank) => state % 2 == 0 ? blank : labels[first + (state / 2)];

    private static bool MaySkip(ArrayView<int> labels, int first, int state) =>
        state >= 3 && state % 2 == 1 && labels[first + (state / 2)] != labels[first + (state / 2) - 1];

    private static Lane LogSum(Lane a, Lane b, Lane c)
    {
        var largest = Lane.Max(Lane.Max(a, b), c);
        return VectorMath.Log(VectorMath.Exp(a - largest) + VectorMath.Exp(b - largest) + VectorMath.Exp(c - largest)) + largest;
    }
}
