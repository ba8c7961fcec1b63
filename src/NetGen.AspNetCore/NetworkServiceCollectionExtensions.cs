using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetGen.AspNetCore.Observation;

namespace NetGen.AspNetCore;

/// <summary>Networks among the services of an application.</summary>
/// <example>
/// <code>
/// builder.Services.AddNetwork&lt;Digits>("digits.safetensors", options => options.MaximalBatchSize = 64);
/// builder.Services.AddHealthChecks().AddNetwork&lt;Digits>();
/// </code>
/// </example>
public static class NetworkServiceCollectionExtensions
{
    /// <summary>
    /// Serves a network with the weights of a file. The file is read when the application starts, which fails where it cannot be; it is
    /// read again when it has become another one, and where that one cannot be used, the weights before it stay in use.
    /// </summary>
    /// <typeparam name="T">The network's class.</typeparam>
    /// <param name="services">The services of the application; <see cref="NetworkService{T}"/> is one of them then.</param>
    /// <param name="path">The file: what the network's <c>Save</c> wrote, or PyTorch.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ArgumentException">An option has a value that it cannot have; the message says which.</exception>
    /// <exception cref="InvalidOperationException">The network is served already.</exception>
    public static IServiceCollection AddNetwork<T>(
        this IServiceCollection services, string path, Action<NetworkServiceOptions>? configure = null)
        where T : class, IPredictor<T>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(path);
        NetworkServiceOptions options = new() { Path = path };
        configure?.Invoke(options);
        if (options.Fault() is { } fault)
            throw new ArgumentException($"{typeof(T).Name} cannot be served so: {fault}", nameof(configure));
        if (services.Any(service => service.ServiceType == typeof(NetworkService<T>)))
            throw new InvalidOperationException(
                $"{typeof(T).Name} is served already; another file needs another class, with the same layers.");

        services.AddProblemDetails();
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NetworkInstruments>();
        services.AddSingleton(provider => new NetworkService<T>(
            options, provider.GetRequiredService<NetworkInstruments>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NetworkService<T>>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NetworkService<T>>());
        return services;
    }

    /// <summary>
    /// Whether a network can answer: unhealthy where no weights are loaded or the last batch failed; degraded where the file cannot be
    /// used and older weights are, the queue is full, or what comes has drifted.
    /// </summary>
    /// <typeparam name="T">The network's class.</typeparam>
    /// <param name="builder">The health checks of the application: <c>services.AddHealthChecks()</c>.</param>
    /// <param name="name">The name of the check; null: that of the class.</param>
    /// <param name="tags">By which checks are chosen.</param>
    public static IHealthChecksBuilder AddNetwork<T>(
        this IHealthChecksBuilder builder, string? name = null, IEnumerable<string>? tags = null)
        where T : class, IPredictor<T>
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? typeof(T).Name,
            provider => new NetworkHealthCheck<T>(provider.GetRequiredService<NetworkService<T>>()),
            failureStatus: null, tags));
    }
}
