using NetGen;
using NetGen.Cuda;

namespace Gpu;

/// <summary>A network on a device: what can be asked of it, whatever its class is.</summary>
/// <param name="Network">It has one objective.</param>
/// <param name="Predict">Into the second.</param>
/// <param name="Loss">Of a batch, and changes nothing.</param>
/// <param name="Adam">A step, and the loss before it.</param>
/// <param name="Sgd">A step, and the loss before it.</param>
/// <param name="Resident">A step on samples that are on the device, and the loss before it.</param>
internal sealed record NetworkRun(
    ITrainable Network, Action<Samples, float[]> Predict, Func<Samples, float> Loss, Func<Samples, Adam, float> Adam, Func<Samples, Sgd, float> Sgd, Func<ResidentSamples, Adam, float> Resident)
    : IDisposable
{
    internal delegate void Prediction(ReadOnlySpan<float> x, Span<float> result);

    internal delegate float Objective<TTarget>(ReadOnlySpan<float> x, ReadOnlySpan<TTarget> target);

    internal delegate float Step<TTarget, TOptimizer>(ReadOnlySpan<float> x, ReadOnlySpan<TTarget> target, in TOptimizer optimizer);

    internal delegate float BufferStep<TTarget>(CudaBuffer<float> x, CudaBuffer<TTarget> target, in Adam optimizer)
        where TTarget : unmanaged;

    /// <summary>From the methods that the compiler wrote for the network.</summary>
    public static NetworkRun Of<TTarget>(
        ITrainable network, Func<Samples, TTarget[]> targets, Prediction predict, Objective<TTarget> loss, Step<TTarget, Adam> adam, Step<TTarget, Sgd> sgd,
        Func<ResidentSamples, CudaBuffer<TTarget>> residentTargets, BufferStep<TTarget> resident)
        where TTarget : unmanaged => new(
        network,
        (samples, result) => predict(samples.Inputs, result),
        samples => loss(samples.Inputs, targets(samples)),
        (samples, optimizer) => adam(samples.Inputs, targets(samples), in optimizer),
        (samples, optimizer) => sgd(samples.Inputs, targets(samples), in optimizer),
        (samples, optimizer) => resident(samples.Inputs, residentTargets(samples), in optimizer));

    /// <summary>Copies of the parameters.</summary>
    public float[][] Values() => [.. Network.Parameters.Select(parameter => parameter.Values.ToArray())];

    public void Dispose() => Network.Dispose();
}
