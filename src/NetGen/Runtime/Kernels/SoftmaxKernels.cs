using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Softmax and what is made of it, a row (the last axis) at a time. The row's largest element is taken out of the exponentials, so
/// they are at most 1 and nothing overflows. See <see cref="CopyKernels"/> for the form; the row kernels have <c>rows</c> rows per sample
/// (perSample = 1) or in all (perSample = 0).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxKernels
{
    /// <summary>y_j = exp(x_j) / Σ_k exp(x_k)</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Softmax<V>(ref float x, ref float y, int perSample, int rows, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * rows : rows, worker, workers);
        for (var row = begin; row < end; row++)
        {
            ref var source = ref Unsafe.Add(ref x, row * length);
            ref var target = ref Unsafe.Add(ref y, row * length);
            var sum = Exponentials<V>(ref source, ref target, length, Largest<V>(ref source, length));
            Scale<V>(ref target, length, 1f / sum);
        }
    }

    /// <summary>dx_j = y_j · (dy_j − Σ_k dy_k·y_k)</summary>
    [MethodImpl(Jit.Kernel)]
    public static void SoftmaxGradient<V>(
        ref float dy, ref float y, ref float dx, int perSample, int rows, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * rows : rows, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var offset = row * length;
            var sum = V.Zero;
            for (var i = 0; i < length; i += V.Count)
                sum = V.Fma(Load<V>(ref dy, offset + i, length - i), Load<V>(ref y, offset + i, length - i), sum);
            var dot = V.Broadcast(V.Sum(sum));
            for (var i = 0; i < length; i += V.Count)
            {
                var part = Load<V>(ref y, offset + i, length - i) * (Load<V>(ref dy, offset + i, length - i) - dot);
                Store(part, ref dx, offset + i, length - i);
            }
        }
    }

    /// <summary>y_j = x_j − log Σ_k exp(x_k)</summary>
    [MethodImpl(Jit.Kernel)]
    public static void LogSoftmax<V>(ref float x, ref float y, int perSample, int rows, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * rows : rows, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var offset = row * length;
            var largest = Largest<V>(ref Unsafe.Add(ref x, offset), length);
            var logSum = V.Broadcast(Log(SumOfExponentials<V>(ref Unsafe.Add(ref x, offset), length, largest)));
            for (var i = 0; i < length; i += V.Count)
                Store(Load<V>(ref x, offset + i, length - i) - V.Broadcast(largest) - logSum, ref y, offset + i, length - i);
        }
    }

    /// <summary>dx_j = dy_j − exp(y_j) · Σ_k dy_k</summary>
    [MethodImpl(Jit.Kernel)]
    public static void LogSoftmaxGradient<V>(
        ref float dy, ref float y, ref float dx, int perSample, int rows, int length, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items(perSample != 0 ? (nint)batch * rows : rows, worker, workers);
        for (var row = begin; row < end; row++)
        {
            var offset = row * length;
            var partial = V.Zero;
            for (var i = 0; i < length; i += V.Count)
                partial += Load<V>(ref dy, offset + i, length - i);
            var sum = V.Broadcast(V.Sum(partial));
            for (var i = 0; i < length; i += V.Count)
            {
                var part = Load<V>(ref dy, offset + i, length - i) - (VectorMath.Exp(Load<V>(ref y, offset + i, length - i)) * sum);
                Store(part, ref dx, offset + i, length - i);
            }
        }
    }

    /// <summary>loss_r = log Σ_j exp(x_rj) − x_r,label</summary>
    [MethodImpl(Jit.Kernel)]
    public static void CrossEntropy<V>(
        ref float logits, ref int labels, ref float loss, int rows, int classes, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var r = begin; r < end; r++)
        {
            ref var row = ref Unsafe.Add(ref logits, r * classes);
            var largest = Largest<V>(ref row, classes);
            var sum = SumOfExponentials<V>(ref row, classes, largest);
            Unsafe.Add(ref loss, r) = Log(sum) + (largest - Unsafe.Add(ref row, Unsafe.Add(ref labels, r)));
        }
    }

    /// <summary>The gradient of the batch's mean loss: (softmax(x_r) − onehot(label_r)) / (batch · rows).</summary>
    [MethodImpl(Jit.Kernel)]
    public static void CrossEntropyMeanGradient<V>(
        ref float logits, ref int labels, ref float gradient, int rows, int classes, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var r = begin; r < end; r++)
        {
            ref var row = ref Unsafe.Add(ref logits, r * classes);
            Gradient<V>(ref row, Unsafe.Add(ref labels, r), ref Unsafe.Add(ref gradient, r * classes), classes, Largest<V>(ref row, classes), 1f / ((float)batch * rows));
        }
    }

    /// <summary>The gradient where each label's loss has its own: (softmax(x_r) − onehot(label_r)) · dloss_r.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void CrossEntropyGradient<V>(
        ref float logits, ref int labels, ref float lossGradient, ref float gradient, int rows, int classes, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var r = begin; r < end; r++)
        {
            ref var row = ref Unsafe.Add(ref logits, r * classes);
            Gradient<V>(
                ref row, Unsafe.Add(ref labels, r), ref Unsafe.Add(ref gradient, r * classes), classes, Largest<V>(ref row, classes),
                Unsafe.Add(ref lossGradient, r));
        }
    }

    /// <summary>1 where the first of the largest logits is the label's, else 0; 0 where there is a NaN.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void CorrectPrediction<V>(
        ref float logits, ref int labels, ref float correct, int rows, int classes, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var r = begin; r < end; r++)
        {
            ref var row = ref Unsafe.Add(ref logits, r * classes);
            Unsafe.Add(ref correct, r) = Correct(ref row, Unsafe.Add(ref labels, r), Largest<V>(ref row, classes));
        }
    }

    /// <summary>1 where the first of the largest logits is the class of the first of the largest targets, else 0; 0 where there is a NaN.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void SameLikeliestClass<V>(
        ref float logits, ref float target, ref float correct, int rows, int classes, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var r = begin; r < end; r++)
        {
            ref var row = ref Unsafe.Add(ref logits, r * classes);
            ref var truth = ref Unsafe.Add(ref target, r * classes);
            var largest = Largest<V>(ref truth, classes);
            var label = 0;
            while (label < classes && Unsafe.Add(ref truth, label) != largest)
                label++;
            Unsafe.Add(ref correct, r) = label == classes ? 0f : Correct(ref row, label, Largest<V>(ref row, classes));
        }
    }

    /// <summary>
    /// <see cref="CrossEntropy"/>, <see cref="CrossEntropyMeanGradient"/> and <see cref="CorrectPrediction"/> in one pass over the
    /// logits; the same bits as theirs. The gradient may take the place of the logits.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    public static void CrossEntropyWithGradient<V>(
        ref float logits, ref int labels, ref float loss, ref float gradient, ref float correct, int rows, int classes, int batch, int worker, int workers)
        where V : struct, IVector<V>
    {
        var (begin, end) = Partition.Items((nint)batch * rows, worker, workers);
        for (var r = begin; r < end; r++)
        {
            ref var row = ref Unsafe.Add(ref logits, r * classes);
            var label = Unsafe.Add(ref labels, r);
            var largest = Largest<V>(ref row, classes);
            var below = largest - Unsafe.Add(ref row, label);
            Unsafe.Add(ref correct, r) = Correct(ref row, label, largest);
            var sum = Gradient<V>(ref row, label, ref Unsafe.Add(ref gradient, r * classes), classes, largest, 1f / ((float)batch * rows));
            Unsafe.Add(ref loss, r) = Log(sum) + below;
        }
    }

    /// <summary>Writes (softmax(x) − onehot(label)) · scale and returns Σ exp(x − largest).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Gradient<V>(ref float x, int label, ref float gradient, int length, float largest, float scale)
        where V : struct, IVector<V>
    {
        var sum = Exponentials<V>(ref x, ref gradient, length, largest);
        Scale<V>(ref gradient, length, scale / sum);
        Unsafe.Add(ref gradient, label) -= scale;
        return sum;
    }

    [MethodImpl(Jit.Kernel)]
    private static float Correct(ref float x, int label, float largest)
    {
        if (Unsafe.Add(ref x, label) != largest)
            return 0f;
        for (var j = 0; j < label; j++)
        {
            if (Unsafe.Add(ref x, j) == largest)
                return 0f;
        }
        return 1f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest<V>(ref float x, int length)
        where V : struct, IVector<V>
    {
        var largest = V.Broadcast(float.NegativeInfinity);
        var i = 0;
        for (; i <= length - V.Count; i += V.Count)
            largest = V.Max(largest, V.Load(in Unsafe.Add(ref x, i)));
        if (i < length)
            largest = V.Max(largest, V.Select(Lanes<V>(length - i), V.LoadPartial(in Unsafe.Add(ref x, i), length - i), largest));
        return V.Maximum(largest);
    }

    /// <summary>Writes exp(x − largest) and returns its sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials<V>(ref float x, ref float y, int length, float largest)
        where V : struct, IVector<V>
    {
        var shift = V.Broadcast(largest);
        var sum = V.Zero;
        var i = 0;
        for (; i <= length - V.Count; i += V.Count)
        {
            var e = VectorMath.Exp(V.Load(in Unsafe.Add(ref x, i)) - shift);
            e.Store(ref Unsafe.Add(ref y, i));
            sum += e;
        }
        if (i < length)
        {
            var e = VectorMath.Exp(V.LoadPartial(in Unsafe.Add(ref x, i), length - i) - shift);
            e.StorePartial(ref Unsafe.Add(ref y, i), length - i);
            sum += V.And(e, Lanes<V>(length - i));
        }
        return V.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfExponentials<V>(ref float x, int length, float largest)
        where V : struct, IVector<V>
    {
        var shift = V.Broadcast(largest);
        var sum = V.Zero;
        var i = 0;
        for (; i <= length - V.Count; i += V.Count)
            sum += VectorMath.Exp(V.Load(in Unsafe.Add(ref x, i)) - shift);
        if (i < length)
            sum += V.And(VectorMath.Exp(V.LoadPartial(in Unsafe.Add(ref x, i), length - i) - shift), Lanes<V>(length - i));
        return V.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale<V>(ref float y, int length, float scale)
        where V : struct, IVector<V>
    {
        for (var i = 0; i < length; i += V.Count)
            Store(Load<V>(ref y, i, length - i) * V.Broadcast(scale), ref y, i, length - i);
    }

    /// <summary>Mask of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Lanes<V>(int count)
        where V : struct, IVector<V> => V.Greater(V.Broadcast(count), V.LaneIndex);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load<V>(ref float source, nint offset, int left)
        where V : struct, IVector<V> =>
        left >= V.Count ? V.Load(in Unsafe.Add(ref source, offset)) : V.LoadPartial(in Unsafe.Add(ref source, offset), left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V>(V value, ref float target, nint offset, int left)
        where V : struct, IVector<V>
    {
        if (left >= V.Count)
            value.Store(ref Unsafe.Add(ref target, offset));
        else
            value.StorePartial(ref Unsafe.Add(ref target, offset), left);
    }

    /// <summary>log x: not the platform's, so that it has the same bits everywhere.</summary>
    [MethodImpl(Jit.Kernel)]
    private static float Log(float x) => V1.Sum(VectorMath.Log(V1.Broadcast(x)));
}
