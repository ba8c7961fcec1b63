using NetGen;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>
/// A network, its twin, and a batch for both. The twin computes in double: what differs is then the network's, and libtorch's floats are not
/// sure. Its convolutions by oneDNN 3.7.1 (512 bits, blocks of 16 channels) were seen to give gradients of their input that are far off,
/// NaN among them, where channels are no multiple of 16 and there are two samples or more.
/// </summary>
internal abstract class Case(INetwork network, TorchNetworks.Wired twin, float[] x) : IDisposable
{
    public NetworkParameters Parameters => network.Parameters;

    public TorchNetworks.Wired Twin { get; } = twin.InDouble();

    protected float[] X => x;

    public abstract float[] Predict();

    public abstract float Loss();

    public abstract float Step<TOptimizer>(in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>;

    public virtual Tensor TorchPredict() => Twin.forward(Doubles(x));

    public abstract Tensor TorchLoss();

    public void Dispose()
    {
        network.Dispose();
        Twin.Dispose();
    }

    public static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
    }

    protected static int[] Classes(int count, int classes)
    {
        var random = new Random(5);
        return Enumerable.Range(0, count).Select(_ => random.Next(classes)).ToArray();
    }

    protected static Tensor Doubles(float[] values) => tensor(values).to(ScalarType.Float64);

    protected static Tensor TorchLabels(int[] labels) => tensor(labels.Select(l => (long)l).ToArray());
}

internal sealed class ImagesCase(int batch, Images network) : Case(network, TorchNetworks.Images(), Numbers(batch * 1200, 1))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class ActivationsCase(int batch, Activations network) : Case(network, TorchNetworks.Activations(), Numbers(batch * 19, 2))
{
    private readonly int[] labels = Classes(batch, 9);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class SideBySideCase(int batch, SideBySide network) : Case(network, TorchNetworks.SideBySide(), Numbers(batch * 19, 2))
{
    private readonly int[] labels = Classes(batch, 9);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class BatchNormsCase(int batch, BatchNorms network) : Case(network, TorchNetworks.BatchNorms(), Numbers(batch * 243, 6))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class NormsCase(int batch, Norms network) : Case(network, TorchNetworks.Norms(), Numbers(batch * 243, 6))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class RecurrentsCase(int batch, Recurrents network) : Case(network, TorchNetworks.Recurrents(), Numbers(batch * 42, 8))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class SequencesCase(int[] lengths, Sequences network)
    : Case(network, TorchNetworks.Sequences([.. lengths.Select(length => (long)length)]), Numbers(lengths.Sum() * 7, 8))
{
    private readonly int[] labels = Classes(lengths.Length, 10);

    public override float[] Predict() => network.Predict(X, lengths);

    public override float Loss() => network.Loss(X, lengths, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, lengths, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class TransformersCase(int batch, Transformers network) : Case(network, TorchNetworks.Transformers(), Numbers(batch * 80, 8))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class ConvolutionsCase(int batch, Convolutions network) : Case(network, ConvolutionModules.Convolutions(), Numbers(batch * 486, 8))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class Convolutions1DCase(int batch, Convolutions1D network)
    : Case(network, ConvolutionModules.Convolutions1D(), Numbers(batch * 105, 8))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class RegressionCase(int batch, string loss, Regression network)
    : Case(network, TorchNetworks.Regression(), Numbers(batch * 7, 3))
{
    /// <summary>Between 0 and 1, and of sum 1 for each sample: targets and probabilities at once.</summary>
    private readonly float[] target = Numbers(batch * 5, 4).Chunk(5).SelectMany(row => row.Select(v => (v + 1) / row.Sum(w => w + 1))).ToArray();

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => loss switch
    {
        "Squared" => network.SquaredLoss(X, target),
        "Absolute" => network.AbsoluteLoss(X, target),
        "Huber" => network.HuberLoss(X, target),
        "Binary" => network.BinaryLoss(X, target),
        _ => network.SoftLoss(X, target),
    };

    public override float Step<TOptimizer>(in TOptimizer optimizer) => loss switch
    {
        "Squared" => network.StepSquared(X, target, optimizer),
        "Absolute" => network.StepAbsolute(X, target, optimizer),
        "Huber" => network.StepHuber(X, target, optimizer),
        "Binary" => network.StepBinary(X, target, optimizer),
        _ => network.StepSoft(X, target, optimizer),
    };

    public override Tensor TorchLoss()
    {
        var (y, t) = (TorchPredict(), Doubles(target).reshape(-1, 5));
        return loss switch
        {
            "Squared" => Functional.mse_loss(y, t),
            "Absolute" => Functional.l1_loss(y, t),
            "Huber" => nn.HuberLoss(0.4).forward(y, t),
            "Binary" => Functional.binary_cross_entropy_with_logits(y, t),
            _ => Functional.cross_entropy(y, t),
        };
    }
}
