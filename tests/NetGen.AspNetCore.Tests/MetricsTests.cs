using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Xunit;

namespace NetGen.AspNetCore.Tests;

/// <summary>What is measured, as a listener gets it.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, double> sums = [];

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_batches_predictions_and_reloads_are_measured()
    {
        using var network = new Pair(seed: 5, device: Device.Cpu(1));
        network.Save(folder.File("pair.safetensors"));
        await using var service = await TestService<Pair>.StartAsync(
            folder.File("pair.safetensors"), options => options.ReloadInterval = Timeout.InfiniteTimeSpan);
        using var listener = Listen();

        float[] tables = [.. Enumerable.Range(0, 18).Select(i => i / 7f)], extras = [.. Enumerable.Range(0, 6).Select(i => -i / 3f)];
        var scores = network.Predict(tables, extras);
        await service.Client.PostAsJsonAsync("/net/batch", new { table = tables.Chunk(6), extra = extras.Chunk(2) }, Test);
        await service.Client.PostAsJsonAsync("/net", new { table = 1 }, Test);
        await service.Service.ReloadAsync(Test);
        File.Delete(folder.File("pair.safetensors"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => service.Service.ReloadAsync(Test));
        listener.RecordObservableInstruments();

        // Sums over all measurements; of durations the number.
        var expected = new Dictionary<string, double>
        {
            ["netgen.request.duration network=Pair outcome=answered"] = 1,
            ["netgen.request.duration network=Pair outcome=invalid"] = 1,
            ["netgen.batch.size network=Pair"] = 3,
            ["netgen.batch.duration network=Pair"] = 1,
            ["netgen.weights.reloads network=Pair outcome=taken"] = 1,
            ["netgen.weights.reloads network=Pair outcome=refused"] = 1,
            ["netgen.queue.samples network=Pair"] = 0,
        };
        foreach (var group in scores.Chunk(2).GroupBy(pair => pair[1] > pair[0] ? 1 : 0))
            expected[$"netgen.prediction.classes network=Pair class={group.Key}"] = group.Count();
        lock (sums)
            Assert.Equal(
                expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), sums.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "NetGen.AspNetCore")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, instrument.Unit == "s" ? 1 : value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}";
        // Other tests' services have networks of other names.
        if (!key.Contains("network=Pair", StringComparison.Ordinal))
            return;
        lock (sums)
            sums[key] = sums.GetValueOrDefault(key) + value;
    }
}
