using NetGen.Metrics;
using Xunit;

namespace NetGen.AspNetCore.Tests;

/// <summary>What comes, against what was learned from: the distributions go through the file.</summary>
public sealed class DriftTests : IDisposable
{
    private const int Window = 400;

    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(11);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_notices_when_inputs_drift_and_when_they_are_as_before()
    {
        using var network = new Scaled(device: Device.Cpu(1));
        var reference = DriftReference.Of(network, new Dataset(new DataColumn("x", Values(5000, shift: 0), Scaled.Size)));
        network.Save(folder.File("scaled.safetensors"), reference);
        await using var service = await TestService<Scaled>.StartAsync(
            folder.File("scaled.safetensors"), options => options.DriftWindow = Window);
        var monitor = service.Service.Host.Loaded.Drift!;

        await Send(Window - 1, shift: 0);
        Assert.Empty(monitor.Latest);
        await Send(1, shift: 0);
        Assert.Equal(2 * Scaled.Size, monitor.Latest.Length);
        Assert.Equal(["x[0]", "x[1]"], monitor.Latest[..2].Select(score => score.Name));
        Assert.Equal("prediction[63]", monitor.Latest[^1].Name);
        Assert.All(monitor.Latest, score => Assert.InRange(score.StabilityIndex, 0, 0.2));
        Assert.Equal("Healthy", await Health());

        await Send(Window, shift: 2);
        Assert.All(monitor.Latest, score => Assert.Equal(score.Name is "x[0]" or "prediction[0]", score.StabilityIndex > 0.25));
        Assert.Equal("Degraded", await Health());

        await Send(Window, shift: 0);
        Assert.Equal("Healthy", await Health());

        Task<string> Health() => service.Client.GetStringAsync("/health", Test);

        // As single requests and as larger ones, which become batches in another way.
        async Task Send(int count, float shift)
        {
            for (var sent = 0; sent < count;)
            {
                var size = Math.Min(count - sent, 1 + (sent % 60));
                await service.Service.PredictAsync(Values(size, shift), Test);
                sent += size;
            }
        }
    }

    /// <summary>Many values are watched by two numbers.</summary>
    [Fact]
    public void Of_large_inputs_mean_and_deviation_are_watched()
    {
        using var network = new Image(device: Device.Cpu(1));
        var reference = DriftReference.Of(network, new Dataset(new DataColumn("image", new float[100 * 300], 10, 10, 1)));
        Assert.Equal(["image, mean", "image, standard deviation", "prediction"], reference.Names.ToArray());
    }

    /// <summary>The reference of another network is an error of the file, not silence.</summary>
    [Fact]
    public async Task A_file_with_the_distributions_of_another_network_is_refused()
    {
        using var other = new Image(device: Device.Cpu(1));
        var reference = DriftReference.Of(other, new Dataset(new DataColumn("image", new float[100], 10, 10, 1)));
        using var network = new Scaled(device: Device.Cpu(1));
        network.Save(folder.File("scaled.safetensors"), reference);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => TestService<Scaled>.StartAsync(folder.File("scaled.safetensors")));
        Assert.Contains("The distributions are those of (image, mean; ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Between 0 and 1; the first number of each sample is shifted.</summary>
    private float[] Values(int samples, float shift) =>
        [.. Enumerable.Range(0, samples * Scaled.Size).Select(i => random.NextSingle() + (i % Scaled.Size == 0 ? shift : 0))];
}
