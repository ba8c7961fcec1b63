using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetGen.AspNetCore.Serving;
using NetGen.Metrics;

namespace NetGen.AspNetCore.Observation;

/// <summary>
/// Unhealthy: nothing can be predicted. Degraded: it can, but not with the weights that lie in the file, or the queue is full, or what
/// comes has drifted.
/// </summary>
internal sealed class NetworkHealthCheck<T>(NetworkService<T> service) : IHealthCheck
    where T : class, IPredictor<T>
{
    private const int MostNamed = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(service.Host, context.Registration.FailureStatus));

    private static HealthCheckResult Check(NetworkHost host, HealthStatus failure)
    {
        if (host.LoadedOrNone is not { } loaded)
            return new(failure, host.ReloadFailure is { } first ? $"No weights are loaded. {first.Message}" : "No weights are loaded.");
        Dictionary<string, object> data = new()
        {
            ["network"] = loaded.Network.Name,
            ["path"] = host.Options.Path,
            ["weights"] = loaded.Version.Id,
            ["loaded"] = loaded.Version.Loaded,
            ["waiting"] = host.Waiting,
        };
        if (host.ComputeFailure is { } compute)
            return new(failure, $"The last batch failed. {compute.Message}", data: data);
        if (host.ReloadFailure is { } reload)
            return HealthCheckResult.Degraded($"The file cannot be used; the weights before it are. {reload.Message}", data: data);
        if (host.Waiting >= host.Options.MaximalQueue)
            return HealthCheckResult.Degraded("The queue is full: requests are refused.", data: data);
        DriftScore[] drifted = [.. loaded.Drift?.Latest.Where(score => score.StabilityIndex > host.Options.DriftLimit) ?? []];
        if (drifted.Length > 0)
        {
            string worst = string.Join(
                "; ", drifted.OrderByDescending(score => score.StabilityIndex).Take(MostNamed).Select(score => score.ToString()));
            return HealthCheckResult.Degraded($"What comes is not like what was learned from. {worst}", data: data);
        }

        return HealthCheckResult.Healthy($"It computes with the weights {loaded.Version}.", data);
    }
}
