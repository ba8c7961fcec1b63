using BenchmarkDotNet.Attributes;
using NetGen;
using static NetGen.Ops;

namespace Kernels;

/// <summary>Functions of 65,536 numbers, on one thread: what the vector mathematics costs.</summary>
public class FunctionKernels
{
    private readonly Functions network = new(seed: 1, Device.Cpu(1));
    private readonly float[] x = Data.Floats(64 * 1024);
    private readonly float[] y = new float[64 * 1024];

    [Benchmark]
    public void Gelu() => network.Predict(x, y);

    [Benchmark]
    public void Sigmoid() => network.Sigmoid(x, y);

    [Benchmark]
    public void Softmax() => network.Softmax(x, y);

    [Benchmark]
    public void Tanh() => network.Tanh(x, y);
}

/// <summary>One kernel in each method.</summary>
[Network]
internal sealed partial class Functions
{
    public Tensor Forward([Shape(1024)] Tensor x) => Gelu(x);

    public Tensor Sigmoid([Shape(1024)] Tensor x) => Ops.Sigmoid(x);

    public Tensor Softmax([Shape(1024)] Tensor x) => Ops.Softmax(x);

    public Tensor Tanh([Shape(1024)] Tensor x) => Ops.Tanh(x);
}
