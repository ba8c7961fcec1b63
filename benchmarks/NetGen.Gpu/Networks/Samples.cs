using NetGen.Cuda;

namespace Gpu;

/// <summary>A batch of random samples; the same seed gives the same.</summary>
/// <param name="Count">How many.</param>
/// <param name="Inputs">Numbers from 0 to 1.</param>
/// <param name="Labels">A class for each sample.</param>
/// <param name="Targets">0 or 1 for each sample.</param>
internal sealed record Samples(int Count, float[] Inputs, int[] Labels, float[] Targets)
{
    public static Samples Create(NetworkCase network, int count, int seed)
    {
        var random = new Random(seed);
        return new(
            count, Fill(count * network.Inputs, () => random.NextSingle()), Fill(count, () => random.Next(network.Outputs)), Fill(count, () => (float)random.Next(2)));
    }

    /// <summary>The same samples with inputs that are off by a part of themselves.</summary>
    public Samples With(Func<float, float> error) => this with { Inputs = Array.ConvertAll(Inputs, error.Invoke) };

    private static T[] Fill<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = next();
        }
        return values;
    }
}

/// <summary>A batch that is on a device.</summary>
internal sealed class ResidentSamples : IDisposable
{
    public ResidentSamples(Samples samples, CudaDevice device)
    {
        (Inputs, Labels, Targets) = (device.Allocate<float>(samples.Inputs.Length), device.Allocate<int>(samples.Labels.Length), device.Allocate<float>(samples.Targets.Length));
        Inputs.Upload(samples.Inputs);
        Labels.Upload(samples.Labels);
        Targets.Upload(samples.Targets);
    }

    public CudaBuffer<float> Inputs { get; }

    public CudaBuffer<int> Labels { get; }

    public CudaBuffer<float> Targets { get; }

    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
        Targets.Dispose();
    }
}
