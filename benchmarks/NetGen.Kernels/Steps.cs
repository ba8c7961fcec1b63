using BenchmarkDotNet.Attributes;
using NetGen;

namespace Kernels;

/// <summary>A network of samples/Mnist, on all cores.</summary>
public abstract class Steps
{
    [Params(1, 32, 128)]
    public int Batch { get; set; }

    protected float[] Images { get; private set; } = [];

    protected int[] Labels { get; private set; } = [];

    protected float[] Scores { get; private set; } = [];

    [GlobalSetup]
    public void Setup()
    {
        Images = Data.Floats(Batch * 28 * 28);
        Labels = [.. Enumerable.Range(0, Batch).Select(i => i % 10)];
        Scores = new float[Batch * 10];
    }
}

/// <summary>784-128-10.</summary>
public class Mlp : Steps
{
    private const long First = 784 * 128, Last = 128 * 10;

    private readonly MnistMlp network = new(seed: 1);

    [Benchmark, Products(First + Last)]
    public void Predict() => network.Predict(Images, Scores);

    // Each product again for the gradient of its weights, and that of the last layer for what goes back through it.
    [Benchmark, Products((2 * First) + (3 * Last))]
    public float Step() => network.Step(Images, Labels, new Adam(1e-3f));
}

/// <summary>Three convolutions, two poolings, two dense layers. Pixels that nothing reads count as if they were computed.</summary>
public class Cnn : Steps
{
    private const long First = 26 * 26 * 32 * 9, Others = (11 * 11 * 64 * 288) + (3 * 3 * 64 * 576) + (576 * 64) + (64 * 10);

    private readonly MnistCnn network = new(seed: 1);

    [Benchmark, Products(First + Others)]
    public void Predict() => network.Predict(Images, Scores);

    [Benchmark, Products((2 * First) + (3 * Others))]
    public float Step() => network.Step(Images, Labels, new Adam(1e-3f));
}
