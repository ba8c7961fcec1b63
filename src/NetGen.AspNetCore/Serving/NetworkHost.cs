using Microsoft.Extensions.Logging;
using NetGen.AspNetCore.Observation;
using static System.FormattableString;

namespace NetGen.AspNetCore.Serving;

/// <summary>
/// The parts of a service: the weights in use, the requests that wait for them, and who looks whether the file has changed.
/// </summary>
internal sealed class NetworkHost : IDisposable
{
    private readonly NetworkServiceOptions options;
    private readonly TimeProvider time;
    private readonly NetworkMetrics metrics;
    private readonly WeightsFile file;
    private readonly BatchRunner runner;
    private readonly CancellationTokenSource stopping = new();

    /// <summary>One at a time, up to the exchange: otherwise weights that were read earlier could come into use later.</summary>
    private readonly SemaphoreSlim loading = new(1);

    private Task watching = Task.CompletedTask;
    private LoadedNetwork? loaded;
    private bool isDisposed;

    public NetworkHost(
        string name, Func<IPredictor> create, NetworkServiceOptions options, NetworkInstruments instruments, TimeProvider time, ILogger logger)
    {
        this.options = options;
        this.time = time;
        metrics = new NetworkMetrics(instruments, name);
        file = new WeightsFile(create, options, time, metrics, logger);
        runner = new BatchRunner(options, time, metrics);
        instruments.Observe(name, () => runner.Waiting, () => LoadedOrNone?.Drift?.Latest ?? []);
    }

    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public LoadedNetwork Loaded =>
        LoadedOrNone ?? throw new InvalidOperationException("The network is loaded when the application starts, and it has not.");

    public LoadedNetwork? LoadedOrNone => Volatile.Read(ref loaded);

    public int Waiting => runner.Waiting;

    public NetworkServiceOptions Options => options;

    /// <summary>What went wrong when the file was read last; null: nothing.</summary>
    public Failure? ReloadFailure => file.Failure;

    /// <summary>What went wrong when a batch was computed last; null: nothing.</summary>
    public Failure? ComputeFailure => runner.Failure;

    /// <summary>A request from which no samples could be read.</summary>
    public void CountInvalid() => metrics.Request(Outcome.Invalid, TimeSpan.Zero);

    public Task<Prediction> PredictAsync(ReadOnlyMemory<float> values, CancellationToken cancellation)
    {
        ReadOnlySpan<ColumnSpec> inputs = Loaded.Network.Inputs;
        if (inputs is not [{ Type: ColumnType.Float } input])
        {
            string all = string.Join("; ", (object[])inputs.ToArray());
            throw new ArgumentException(
                $"{Loaded.Network.Name} has the inputs ({all}), not one of real numbers. Put them into a Dataset.", nameof(values));
        }

        return PredictAsync(new Dataset(new DataColumn(input.Name, values, input.Shape)), cancellation);
    }

    public async Task<Prediction> PredictAsync(Dataset samples, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(samples);
        long begin = time.GetTimestamp();
        Outcome outcome = Outcome.Failed;
        try
        {
            CheckSamples(samples);
            Prediction prediction = await runner.EnqueueAsync(samples, cancellation).ConfigureAwait(false);
            outcome = Outcome.Answered;
            return prediction;
        }
        catch (Exception exception)
        {
            outcome = exception switch
            {
                ArgumentException => Outcome.Invalid,
                NetworkBusyException => Outcome.Refused,
                OperationCanceledException => Outcome.Canceled,
                _ => Outcome.Failed,
            };
            throw;
        }
        finally
        {
            metrics.Request(outcome, time.GetElapsedTime(begin));
        }
    }

    public async Task<WeightsVersion> ReloadAsync(CancellationToken cancellation)
    {
        await loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            LoadedNetwork next = await Task.Run(file.Load, CancellationToken.None).ConfigureAwait(false);
            LoadedNetwork? old = runner.Use(next);
            Volatile.Write(ref loaded, next);
            old?.Network.Dispose();
            return next.Version;
        }
        finally
        {
            loading.Release();
        }
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await ReloadAsync(cancellation).ConfigureAwait(false);
        runner.Start();
        if (options.ReloadInterval != Timeout.InfiniteTimeSpan)
            watching = WatchAsync();
    }

    /// <summary>Who waits is answered; who comes now is not taken.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await watching.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await runner.StopAsync().WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>More than once: it is two services of the application.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        stopping.Cancel();
        runner.Dispose();
        stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        using PeriodicTimer timer = new(options.ReloadInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                if (!file.HasChanged())
                    continue;
                try
                {
                    await ReloadAsync(stopping.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // WeightsFile has said it; the weights that are in use stay.
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>What is wrong with one request is said to it alone: in a batch it would be an error of all.</summary>
    private void CheckSamples(Dataset samples)
    {
        if (samples.Count == 0)
            throw new ArgumentException("There is no sample.", nameof(samples));
        if (samples.Count > options.MaximalRequest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(samples),
                Invariant($"{samples.Count} samples are more than the {options.MaximalRequest} that one request may have."));
        }

        SampleCheck.Check(Loaded.Network.Inputs, samples);
    }
}
