using NetGen;

namespace Comparison;

/// <summary>One of NetGen's networks with a batch: what can be asked of it.</summary>
/// <param name="Network">With its weights.</param>
/// <param name="Forward">Predicts the batch, into <see cref="SampleBatch.Outputs"/>.</param>
/// <param name="Loss">The objective without training.</param>
/// <param name="Train">A training step with Adam; gives the loss.</param>
/// <param name="Descend">A training step with plain gradient descent and a learning rate of 1: the weights change by the gradient.</param>
internal sealed record Subject(INetwork Network, Action Forward, Func<float> Loss, Func<float> Train, Func<float> Descend) : IDisposable
{
    /// <summary>
    /// Adam's, so small that the weights stay what they are however long it is measured. With one batch again and again they would
    /// otherwise soon fit it, and gradients below what a normal number can hold make each side slow, at a time of its own.
    /// </summary>
    public const float LearningRate = 1e-8f;

    public const ulong Seed = 1;

    internal delegate void Prediction(ReadOnlySpan<float> x, Span<float> result);

    internal delegate float Objective<TTarget>(ReadOnlySpan<float> x, ReadOnlySpan<TTarget> target);

    internal delegate float Step<TTarget, TOptimizer>(ReadOnlySpan<float> x, ReadOnlySpan<TTarget> target, in TOptimizer optimizer);

    public static Subject Mlp(SampleBatch batch, Device device)
    {
        var network = new MnistMlp(Seed, device);
        return Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject Cnn(SampleBatch batch, Device device)
    {
        var network = new MnistCnn(Seed, device);
        return Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject Tabular(SampleBatch batch, Device device)
    {
        var network = new Tabular(Seed, device);
        return Create(network, batch, batch.Targets, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject TabularWithoutDropout(SampleBatch batch, Device device)
    {
        var network = new TabularWithoutDropout(Seed, device);
        return Create(network, batch, batch.Targets, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject WideMlp(SampleBatch batch, Device device)
    {
        var network = new WideMlp(Seed, device);
        return Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject EvenCnn(SampleBatch batch, Device device)
    {
        var network = new EvenCnn(Seed, device);
        return Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject Lstm(SampleBatch batch, Device device)
    {
        var network = new LstmOfSteps(Seed, device);
        return Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject Gru(SampleBatch batch, Device device)
    {
        var network = new GruOfSteps(Seed, device);
        return Create(network, batch, batch.Labels, network.Predict, network.Loss, network.Step, network.Step);
    }

    public static Subject Gemm256(SampleBatch batch, Device device)
    {
        var network = new Gemm256(Seed, device);
        return Create(network, batch, network.Predict);
    }

    public static Subject Gemm512(SampleBatch batch, Device device)
    {
        var network = new Gemm512(Seed, device);
        return Create(network, batch, network.Predict);
    }

    public static Subject Gemm1024(SampleBatch batch, Device device)
    {
        var network = new Gemm1024(Seed, device);
        return Create(network, batch, network.Predict);
    }

    public static Subject Gemm2048(SampleBatch batch, Device device)
    {
        var network = new Gemm2048(Seed, device);
        return Create(network, batch, network.Predict);
    }

    /// <summary>Copies of the parameters in NetGen's own order.</summary>
    public float[][] Values() => [.. Network.Parameters.Select(parameter => parameter.Values.ToArray())];

    public void Dispose() => Network.Dispose();

    public static Subject Create<TTarget>(
        INetwork network, SampleBatch batch, TTarget[] targets, Prediction predict, Objective<TTarget> loss, Step<TTarget, Adam> train,
        Step<TTarget, Sgd> descend) => new(
            network,
            () => predict(batch.Inputs, batch.Outputs),
            () => loss(batch.Inputs, targets),
            () => train(batch.Inputs, targets, new Adam(LearningRate)),
            () => descend(batch.Inputs, targets, new Sgd(1f)));

    public static Subject Create(INetwork network, SampleBatch batch, Prediction predict)
    {
        Func<float> none = () => throw new NotSupportedException($"{network.Name} has no objective.");
        return new(network, () => predict(batch.Inputs, batch.Outputs), none, none, none);
    }
}
