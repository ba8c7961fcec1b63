using System.Diagnostics.Metrics;
using NetGen.Metrics;

namespace NetGen.AspNetCore.Observation;

/// <summary>
/// What is measured of all networks of an application, each value with the name of its network; docs/serving.md has the list.
/// </summary>
internal sealed class NetworkInstruments
{
    public const string MeterName = "NetGen.AspNetCore";

    private readonly List<Observed> networks = [];

    public NetworkInstruments(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        InstrumentAdvice<double> seconds = new()
        {
            HistogramBucketBoundaries = [1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        };
        InstrumentAdvice<int> sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };
        Requests = meter.CreateHistogram(
            "netgen.request.duration", "s", "From the arrival of a request to its answer; its count is the rate.", advice: seconds);
        Batches = meter.CreateHistogram("netgen.batch.duration", "s", "Computing a batch.", advice: seconds);
        BatchSizes = meter.CreateHistogram("netgen.batch.size", "{sample}", "Samples that were computed together.", advice: sizes);
        Reloads = meter.CreateCounter<long>(
            "netgen.weights.reloads", "{reload}", "How often the file with the weights was read, and whether it could be used.");
        Classes = meter.CreateCounter<long>("netgen.prediction.classes", "{sample}", "Which class had the highest score.");
        Values = meter.CreateHistogram<double>("netgen.prediction.values", null, "What was predicted, by networks with one result.");
        meter.CreateObservableUpDownCounter("netgen.queue.samples", Queues, "{sample}", "Samples that wait to be computed.");
        meter.CreateObservableGauge(
            "netgen.drift.psi", () => Drift(score => score.StabilityIndex), null, "Population stability index of the last samples against the training.");
        meter.CreateObservableGauge(
            "netgen.drift.ks", () => Drift(score => score.KolmogorovSmirnov), null, "Statistic of Kolmogorov and Smirnov, the same.");
    }

    public Histogram<double> Requests { get; }

    public Histogram<double> Batches { get; }

    public Histogram<int> BatchSizes { get; }

    public Counter<long> Reloads { get; }

    public Counter<long> Classes { get; }

    public Histogram<double> Values { get; }

    public void Observe(string network, Func<int> waiting, Func<DriftScore[]> drift)
    {
        lock (networks)
            networks.Add(new(new("network", network), waiting, drift));
    }

    private Measurement<int>[] Queues()
    {
        lock (networks)
            return [.. networks.Select(network => new Measurement<int>(network.Waiting(), network.Tag))];
    }

    private Measurement<double>[] Drift(Func<DriftScore, double> value)
    {
        lock (networks)
        {
            return
            [
                .. from network in networks
                   from score in network.Drift()
                   select new Measurement<double>(value(score), network.Tag, new("value", score.Name)),
            ];
        }
    }

    private sealed record Observed(KeyValuePair<string, object?> Tag, Func<int> Waiting, Func<DriftScore[]> Drift);
}
