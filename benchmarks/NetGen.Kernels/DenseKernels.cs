using BenchmarkDotNet.Attributes;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace Kernels;

/// <summary>One dense layer as wide as the batch is large, on one thread: products of square matrices.</summary>
public class DenseKernels
{
    private readonly Dense256 dense256 = new(seed: 1, Device.Cpu(1));
    private readonly Dense512 dense512 = new(seed: 1, Device.Cpu(1));
    private readonly Dense1024 dense1024 = new(seed: 1, Device.Cpu(1));
    private readonly float[] x = Data.Floats(1024 * 1024);
    private readonly float[] y = new float[1024 * 1024];

    [Benchmark, Products(256 * 256, Batch = 256)]
    public void Forward256() => dense256.Predict(x.AsSpan(0, 256 * 256), y.AsSpan(0, 256 * 256));

    [Benchmark, Products(512 * 512, Batch = 512)]
    public void Forward512() => dense512.Predict(x.AsSpan(0, 512 * 512), y.AsSpan(0, 512 * 512));

    [Benchmark, Products(1024 * 1024, Batch = 1024)]
    public void Forward1024() => dense1024.Predict(x, y);

    // Forward, the gradient of the weights with the optimizer in it, and a loss that costs little beside them.
    [Benchmark, Products(2 * 512 * 512, Batch = 512)]
    public float Step512() => dense512.Step(x.AsSpan(0, 512 * 512), y.AsSpan(0, 512 * 512), new Sgd(0f));
}

/// <summary>256 inputs, 256 outputs.</summary>
[Network]
internal sealed partial class Dense256
{
    private readonly Layer dense = Dense(256);

    public Tensor Forward([Shape(256)] Tensor x) => dense(x);
}

/// <summary>512 inputs, 512 outputs.</summary>
[Network]
internal sealed partial class Dense512
{
    private readonly Layer dense = Dense(512);

    public Tensor Forward([Shape(512)] Tensor x) => dense(x);

    [Objective]
    public Tensor Loss(Tensor x, [Shape(512)] Tensor y) => MeanSquaredError(Forward(x), y);
}

/// <summary>1024 inputs, 1024 outputs.</summary>
[Network]
internal sealed partial class Dense1024
{
    private readonly Layer dense = Dense(1024);

    public Tensor Forward([Shape(1024)] Tensor x) => dense(x);
}
