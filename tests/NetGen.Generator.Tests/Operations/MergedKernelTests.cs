using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Windows;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>The kernels that do the work of several in one pass give the bits of the single ones; and numbers that no gradient likes.</summary>
public abstract class MergedKernelTests<V> where V : struct, IVector<V>
{
    private static readonly Random Random = new(5);

    private static double[] Numbers(int count) => Enumerable.Range(0, count).Select(_ => (double)((Random.NextSingle() * 8) - 4)).ToArray();

    private static RuntimeKernel Single(NetGen.Generator.Graph.Operation operation, TensorType[] operands) => RuntimeKernel.Find<V>(
        (RuntimeCallBody)operation.Lower(new LoweringContext(operands, operation.Infer(operands))), operands, operation.Infer(operands));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(10, 7)]
    [InlineData(16, 2)]
    [InlineData(37, 5)]
    public void CrossEntropyWithGradient(int classes, int batch)
    {
        TensorType[] operands = [TensorType.PerSample(classes), TensorType.Integers()];
        double[][] values = [Numbers(classes * batch), Enumerable.Range(0, batch).Select(_ => (double)Random.Next(classes)).ToArray()];
        var merged = RuntimeKernel.Find<V>(
            new RuntimeCallBody("SoftmaxKernels.CrossEntropyWithGradient", EquatableArray.Create(1, classes)), operands,
            TensorType.PerSample(), TensorType.PerSample(classes), TensorType.PerSample());
        for (var workers = 1; workers <= 3; workers++)
        {
            var results = merged.Run(values, [batch, classes * batch, batch], batch, workers);
            Assert.Equal(Single(new CrossEntropy(), operands).Run(values, batch, batch, 1), results[0]);
            Assert.Equal(Single(new CrossEntropyGradient(Mean: true), operands).Run(values, classes * batch, batch, 1), results[1]);
            Assert.Equal(Single(new CorrectPrediction(), operands).Run(values, batch, batch, 1), results[2]);
        }
    }

    [Fact]
    public void TheGradientMayReplaceTheLogits()
    {
        const int classes = 21, batch = 3;
        var logits = Numbers(classes * batch).Select(v => (float)v).ToArray();
        var (inPlace, apart) = (logits.ToArray(), new float[logits.Length]);
        int[] labels = [0, 20, 7];
        var (loss, correct, loss2, correct2) = (new float[batch], new float[batch], new float[batch], new float[batch]);
        SoftmaxKernels.CrossEntropyWithGradient<V>(ref logits[0], ref labels[0], ref loss[0], ref apart[0], ref correct[0], 1, classes, batch, 0, 1);
        SoftmaxKernels.CrossEntropyWithGradient<V>(ref inPlace[0], ref labels[0], ref loss2[0], ref inPlace[0], ref correct2[0], 1, classes, batch, 0, 1);
        Assert.Equal(apart, inPlace);
        Assert.Equal(loss, loss2);
        Assert.Equal(correct, correct2);
    }

    [Fact]
    public void ExtremeLogits()
    {
        float[] logits = [1000, -1000, 0, 88, 89, -3e38f, float.NegativeInfinity, 0, 0, float.NaN, 0, 1, 2, 2, 1];
        int[] labels = [1, 1, 2, 0, 1];
        float[] loss = new float[5], gradient = new float[15], correct = new float[5];
        SoftmaxKernels.CrossEntropyWithGradient<V>(ref logits[0], ref labels[0], ref loss[0], ref gradient[0], ref correct[0], 1, 3, 5, 0, 1);
        Assert.Equal(2000f, loss[0]);
        Assert.Equal([1f / 5, -1f / 5, 0], gradient[..3]);
        Assert.Equal(Math.Log(1 + Math.Exp(-1)), loss[1], 1e-6);
        Assert.Equal(0f, gradient[5]);
        Assert.Equal(MathF.Log(2), loss[2], 1e-6f);
        Assert.Equal(0f, gradient[6]);
        Assert.True(float.IsNaN(loss[3]) && float.IsNaN(gradient[9]) && float.IsNaN(gradient[10]));
        Assert.Equal([0f, 1f, 0f, 0f, 0f], correct);
    }

    [Theory]
    [InlineData(4, 4, 3, 2, 2, "Valid")]
    [InlineData(5, 7, 35, 3, 2, "Same")]
    [InlineData(6, 6, 16, 3, 1, "Valid")]
    public void MaxPool2DWithIndices(int height, int width, int channels, int pool, int stride, string padding)
    {
        const int batch = 2;
        var x = TensorType.PerSample(height, width, channels);
        var window = Window2D.Resolve("MaxPool2D", "pool", x, new Size(pool, pool), new Size(stride, stride), new(padding));
        double[][] values = [Numbers(height * width * channels * batch).Select(v => v < -3.8 ? double.PositiveInfinity : Math.Round(v)).ToArray()];
        var count = (int)window.Output(x).Count * batch;
        var merged = RuntimeKernel.Find<V>(
            new RuntimeCallBody("PoolKernels.MaxPool2DWithIndices", window.Constants(x)), [x],
            window.Output(x), window.Output(x) with { Element = ElementType.UInt8 });
        for (var workers = 1; workers <= 3; workers++)
        {
            var results = merged.Run(values, [count, count], batch, workers);
            Assert.Equal(Single(new MaxPool2D(window), [x]).Run(values, count, batch, 1), results[0]);
            Assert.Equal(Single(new MaxPool2DIndices(window), [x]).Run(values, count, batch, 1), results[1]);
        }
    }

    [Fact]
    public void MaxPoolTakesTheFirstLargestAndTheLastNaN()
    {
        // As MeaningTests: one channel; and again with each pixel repeated over 19 channels.
        float[] pixels = [1, 5, 7, 7, 2, float.NaN, -1, -1, 5, 5, 7, 1, float.NaN, 9, -1, -3];
        foreach (var channels in new[] { 1, 19 })
        {
            var x = pixels.SelectMany(p => Enumerable.Repeat(p, channels)).ToArray();
            var (y, indices) = (new float[4 * channels], new byte[4 * channels]);
            PoolKernels.MaxPool2DWithIndices<V>(ref x[0], ref y[0], ref indices[0], 2, 8, channels, 1, 4, 2, 2, 2, 2, 0, 0, 1, 0, 1);
            Assert.Equal(new[] { 5, 7, float.NaN, -1 }.SelectMany(p => Enumerable.Repeat(p, channels)), y);
            Assert.Equal(new byte[] { 1, 0, 2, 0 }.SelectMany(p => Enumerable.Repeat(p, channels)), indices);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(17, 35)]
    [InlineData(64, 10)]
    [InlineData(128, 48)]
    public void Transpose(int rows, int columns)
    {
        var type = TensorType.Shared(rows, columns);
        double[][] values = [Numbers(rows * columns)];
        var kernel = RuntimeKernel.Find<V>(
            new RuntimeCallBody("CopyKernels.Transpose", type.Dims), [type], TensorType.Shared(columns, rows));
        var expected = Enumerable.Range(0, rows * columns).Select(i => values[0][(i % rows * columns) + (i / rows)]);
        for (var workers = 1; workers <= 3; workers++)
            Assert.Equal(expected, kernel.Run(values, rows * columns, 1, workers));
    }

    [Fact]
    public void NoWorkIsNoWork()
    {
        float[] buffer = [1, 2, 3];
        for (var worker = 0; worker < 3; worker++)
            SoftmaxKernels.Softmax<V>(ref buffer[0], ref buffer[1], 1, 1, 1, 0, worker, 3);
        Assert.Equal([1, 2, 3], buffer);
    }
}

public sealed class MergedKernelV512Tests : MergedKernelTests<V512>;

public sealed class MergedKernelV256Tests : MergedKernelTests<V256>;

public sealed class MergedKernelV128Tests : MergedKernelTests<V128>;

public sealed class MergedKernelV1Tests : MergedKernelTests<V1>;
