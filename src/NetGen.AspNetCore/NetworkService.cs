using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetGen.AspNetCore.Observation;
using NetGen.AspNetCore.Serving;

namespace NetGen.AspNetCore;

/// <summary>
/// A network that answers requests: those that come together are computed together, and the weights are those of a file, also when that
/// becomes another one. From the services of an application; <c>MapNetwork</c> calls it, and so may any code of yours.
/// </summary>
/// <typeparam name="T">The network's class.</typeparam>
/// <example>
/// <code>
/// Prediction prediction = await service.PredictAsync(images);
/// Console.WriteLine(prediction.Values[0]);
/// </code>
/// </example>
public sealed class NetworkService<T> : IHostedService, IDisposable
    where T : class, IPredictor<T>
{
    internal NetworkService(
        NetworkServiceOptions options, NetworkInstruments instruments, TimeProvider time, ILogger<NetworkService<T>> logger) =>
        Host = new NetworkHost(typeof(T).Name, () => T.Create(device: options.Device), options, instruments, time, logger);

    /// <summary>With which weights it computes.</summary>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public WeightsVersion Weights => Host.Loaded.Version;

    /// <summary>Everything that does not ask which class the network is of.</summary>
    internal NetworkHost Host { get; }

    /// <summary>Predicts for some samples, which may be computed together with those of others.</summary>
    /// <param name="samples">Columns for the network's inputs, by name. They are read until the task has ended.</param>
    /// <param name="cancellation">Ends the wait; samples that are not being computed yet never are.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network's inputs, or are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">They are more than <see cref="NetworkServiceOptions.MaximalRequest"/>.</exception>
    /// <exception cref="NetworkBusyException">Too many wait already, or the application ends.</exception>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public Task<Prediction> PredictAsync(Dataset samples, CancellationToken cancellation = default) =>
        Host.PredictAsync(samples, cancellation);

    /// <summary>The same for a network with one input of real numbers.</summary>
    /// <param name="values">The input's values for each sample, one after the other.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentException">The network has other inputs, or the values are not those of whole samples.</exception>
    /// <inheritdoc cref="PredictAsync(Dataset, CancellationToken)"/>
    public Task<Prediction> PredictAsync(ReadOnlyMemory<float> values, CancellationToken cancellation = default) =>
        Host.PredictAsync(values, cancellation);

    /// <summary>
    /// Takes the weights of the file now, whether it has changed or not. After an error the service keeps those that it has.
    /// </summary>
    /// <param name="cancellation">Ends the wait for another reload; one that has begun is finished.</param>
    /// <returns>With which weights it computes from now on.</returns>
    /// <exception cref="IOException">The file cannot be read, or was written meanwhile.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or does not fit the network; the message names the parameter.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public Task<WeightsVersion> ReloadAsync(CancellationToken cancellation = default) => Host.ReloadAsync(cancellation);

    /// <inheritdoc/>
    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Host.StartAsync(cancellationToken);

    /// <inheritdoc/>
    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Host.StopAsync(cancellationToken);

    /// <summary>Gives the network's memory back. The application does it.</summary>
    public void Dispose() => Host.Dispose();
}
