using System.ComponentModel;
using ILGPU;
using NetGen.Runtime;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Softmax and what is made of it; the meanings are those of NetGen.Runtime.SoftmaxKernels. A thread takes a row (the last axis), so a row's sums are
/// made from its first element to its last. Labels that were in the device's memory before nobody has checked: where one is no class the loss is NaN, and the
/// sample has no gradient.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxKernels
{
    /// <summary>y_j = exp(x_j) / Σ_k exp(x_k)</summary>
    public static void Softmax(ArrayView<float> x, ArrayView<float> y, int perSample, int rows, int length, int batch)
    {
        var row = Grid.GlobalIndex.X;
        if (row >= Rows(perSample, rows, batch))
        {
            return;
        }
        var at = row * length;
        var sum = Exponentials(x, y, at, length, Largest(x, at, length));
        Scale(y, at, length, Lane.Broadcast(1f) / sum);
    }

    /// <summary>dx_j = y_j · (dy_j − Σ_k dy_k·y_k)</summary>
    public static void SoftmaxGradient(ArrayView<float> dy, ArrayView<float> y, ArrayView<float> dx, int perSample, int rows, int length, int batch)
    {
        var row = Grid.GlobalIndex.X;
        if (row >= Rows(perSample, rows, batch))
        {
            return;
        }
        var at = row * length;
        var dot = Lane.Zero;
        for (var i = at; i < at + length; i++)
        {
            dot = Lane.Fma(new Lane(dy[i]), new Lane(y[i]), dot);
        }
        for (var i = at; i < at + length; i++)
        {
            dx[i] = (new Lane(y[i]) * (new Lane(dy[i]) - dot)).Value;
        }
    }

    /// <summary>y_j = x_j − log Σ_k exp(x_k)</summary>
    public static void LogSoftmax(ArrayView<float> x, ArrayView<float> y, int perSample, int rows, int length, int batch)
    {
        var row = Grid.GlobalIndex.X;
        if (row >= Rows(perSample, rows, batch))
        {
            return;
        }
        var at = row * length;
        var largest = Largest(x, at, length);
        var logSum = VectorMath.Log(SumOfExponentials(x, at, length, largest));
        for (var i = at; i < at + length; i++)
        {
            y[i] = (new Lane(x[i]) - largest - logSum).Value;
        }
    }

    /// <summary>dx_j = dy_j − exp(y_j) · Σ_k dy_k</summary>
    public static void LogSoftmaxGradient(ArrayView<float> dy, ArrayView<float> y, ArrayView<float> dx, int perSample, int rows, int length, int batch)
    {
        var row = Grid.GlobalIndex.X;
        if (row >= Rows(perSample, rows, batch))
        {
            return;
        }
        var at = row * length;
        var sum = Lane.Zero;
        for (var i = at; i < at + length; i++)
        {
            sum += new Lane(dy[i]);
        }
        for (var i = at; i < at + length; i++)
        {
            dx[i] = (new Lane(dy[i]) - (VectorMath.Exp(new Lane(y[i])) * sum)).Value;
        }
    }

    /// <summary>loss_r = log Σ_j exp(x_rj) − x_r,label</summary>
    public static void CrossEntropy(ArrayView<float> logits, ArrayView<int> labels, ArrayView<float> loss, int rows, int classes, int batch)
    {
        var r = Grid.GlobalIndex.X;
        if (r >= batch * rows)
        {
            return;
        }
        var at = r * classes;
        var largest = Largest(logits, at, classes);
        var sum = SumOfExponentials(logits, at, classes, largest);
        loss[r] = (VectorMath.Log(sum) + (largest - Picked(logits, at, labels[r], classes))).Value;
    }

    /// <summary>The gradient of the batch's mean loss: (softmax(x_r) − onehot(label_r)) / (batch · rows).</summary>
    public static void CrossEntropyMeanGradient(ArrayView<float> logits, ArrayView<int> labels, ArrayView<float> gradient, int rows, int classes, int batch)
    {
        var r = Grid.GlobalIndex.X;
        if (r < batch * rows)
        {
            Gradient(logits, labels[r], gradient, r * classes, classes, Largest(logits, r * classes, classes), Lane.Broadcast(1f) / Lane.Broadcast((float)(batch * rows)));
        }
    }

    /// <summary>The gradient where each label's loss has its own: (softmax(x_r) − onehot(label_r)) · dloss_r.</summary>
    public static void CrossEntropyGradient(
        ArrayView<float> logits, ArrayView<int> labels, ArrayView<float> lossGradient, ArrayView<float> gradient, int rows, int classes, int batch)
    {
        var r = Grid.GlobalIndex.X;
        if (r < batch * rows)
        {
            Gradient(logits, labels[r], gradient, r * classes, classes, Largest(logits, r * classes, classes), new Lane(lossGradient[r]));
        }
    }

    /// <summary>1 where the first of the largest logits is the label's, else 0; 0 where there is a NaN.</summary>
    public static void CorrectPrediction(ArrayView<float> logits, ArrayView<int> labels, ArrayView<float> correct, int rows, int classes, int batch)
    {
        var r = Grid.GlobalIndex.X;
        if (r < batch * rows)
        {
            correct[r] = Correct(logits, labels[r], r * classes, classes, Largest(logits, r * classes, classes));
        }
    }

    /// <summary>1 where the first of the largest logits is the class of the first of the largest targets, else 0; 0 where there is a NaN.</summary>
    public static void SameLikeliestClass(ArrayView<float> logits, ArrayView<float> target, ArrayView<float> correct, int rows, int classes, int batch)
    {
        var r = Grid.GlobalIndex.X;
        if (r >= batch * rows)
        {
            return;
        }
        var at = r * classes;
        var largest = Largest(target, at, classes);
        // No class, where one is NaN.
        var label = -1;
        for (var j = classes - 1; j >= 0; j--)
        {
            if (target[at + j] == largest.Value)
            {
                label = j;
            }
        }
        correct[r] = Correct(logits, label, at, classes, Largest(logits, at, classes));
    }

    /// <summary>Loss, gradient and hit of a label in one pass over its logits; the gradient may take the place of the logits.</summary>
    public static void CrossEntropyWithGradient(
        ArrayView<float> logits, ArrayView<int> labels, ArrayView<float> loss, ArrayView<float> gradient, ArrayView<float> correct, int rows,
        int classes, int batch)
    {
        var r = Grid.GlobalIndex.X;
        if (r >= batch * rows)
        {
            return;
        }
        var at = r * classes;
        var label = labels[r];
        var largest = Largest(logits, at, classes);
        var below = largest - Picked(logits, at, label, classes);
        correct[r] = Correct(logits, label, at, classes, largest);
        var sum = Gradient(logits, label, gradient, at, classes, largest, Lane.Broadcast(1f) / Lane.Broadcast((float)(batch * rows)));
        loss[r] = (VectorMath.Log(sum) + below).Value;
    }

    private static int Rows(int perSample, int rows, int batch) => perSample != 0 ? batch * rows : rows;

    /// <summary>Writes (softmax(x) − onehot(label)) · scale and returns Σ exp(x − largest).</summary>
    private static Lane Gradient(ArrayView<float> x, int label, ArrayView<float> gradient, int at, int length, Lane largest, Lane scale)
    {
        var sum = Exponentials(x, gradient, at, length, largest);
        if (!IsClass(label, length))
        {
            Scale(gradient, at, length, Lane.Zero);
            return sum;
        }
        Scale(gradient, at, length, scale / sum);
        gradient[at + label] = (new Lane(gradient[at + label]) - scale).Value;
        return sum;
    }

    private static bool IsClass(int label, int classes) => label >= 0 && label < classes;

    /// <summary>The label's logit.</summary>
    private static Lane Picked(ArrayView<float> x, int at, int label, int classes)
    {
        var picked = Lane.Broadcast(float.NaN);
        if (IsClass(label, classes))
        {
            picked = new Lane(x[at + label]);
        }
        return picked;
    }

    private static float Correct(ArrayView<float> x, int label, int at, int classes, Lane largest)
    {
        if (!IsClass(label, classes))
        {
            return 0f;
        }
        var correct = x[at + label] == largest.Value ? 1f : 0f;
        for (var j = 0; j < label; j++)
        {
            if (x[at + j] == largest.Value)
            {
                correct = 0f;
            }
        }
        return correct;
    }

    private static Lane Largest(ArrayView<float> x, int at, int length)
    {
        var largest = Lane.Broadcast(float.NegativeInfinity);
        for (var i = at; i < at + length; i++)
        {
            largest = Lane.Max(largest, new Lane(x[i]));
        }
        return largest;
    }

    /// <summary>Writes exp(x − largest) and returns its sum.</summary>
    private static Lane Exponentials(ArrayView<float> x, ArrayView<float> y, int at, int length, Lane largest)
    {
        var sum = Lane.Zero;
        for (var i = at; i < at + length; i++)
        {
            var e = VectorMath.Exp(new Lane(x[i]) - largest);
            y[i] = e.Value;
            sum += e;
        }
        return sum;
    }

    private static Lane SumOfExponentials(ArrayView<float> x, int at, int length, Lane largest)
    {
        var sum = Lane.Zero;
        for (var i = at; i < at + length; i++)
        {
            sum += VectorMath.Exp(new Lane(x[i]) - largest);
        }
        return sum;
    }

    private static void Scale(ArrayView<float> y, int at, int length, Lane scale)
    {
        for (var i = at; i < at + length; i++)
        {
            y[i] = (new Lane(y[i]) * scale).Value;
        }
    }
}
