using System.Threading.Channels;
using NetGen.AspNetCore.Observation;
using static System.FormattableString;

namespace NetGen.AspNetCore.Serving;

/// <summary>
/// Computes requests in the order in which they come, those that wait together in one batch. One batch is computed at a time, for it uses
/// all threads of the network; what comes meanwhile is the next one. A request is never divided: all of its samples are computed with the
/// same weights.
/// </summary>
internal sealed class BatchRunner(NetworkServiceOptions options, TimeProvider time, NetworkMetrics metrics) : IDisposable
{
    private readonly Channel<PendingRequest> queue = Channel.CreateUnbounded<PendingRequest>();

    /// <summary>Held while a batch is computed, and while its network is exchanged.</summary>
    private readonly Lock computing = new();

    private readonly List<PendingRequest> taken = [];
    private Task running = Task.CompletedTask;
    private LoadedNetwork? loaded;
    private int waiting;

    // A batch of one request is a view of its memory, one of several a copy.
    private Batch? view;
    private Batch? joined;
    private float[] results = [];

    /// <summary>The samples that wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>What went wrong in the batch before; null: nothing.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Computes with another network from the next batch on; the one before, which nobody uses any more.</summary>
    public LoadedNetwork? Use(LoadedNetwork next)
    {
        lock (computing)
        {
            LoadedNetwork? old = loaded;
            loaded = next;
            return old;
        }
    }

    /// <summary>
    /// On a thread of its own: what waits for answers goes on upon the pool's threads while the next batch is computed here, and what the
    /// network keeps in a core's cache stays there.
    /// </summary>
    public void Start() => running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Takes no more requests; ends when those that wait are answered.</summary>
    public Task StopAsync()
    {
        queue.Writer.TryComplete();
        return running;
    }

    /// <exception cref="NetworkBusyException">Too many samples wait, or the service ends.</exception>
    public async Task<Prediction> EnqueueAsync(Dataset samples, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PendingRequest request = new(samples);
        Reserve(request.Count);
        if (!queue.Writer.TryWrite(request))
        {
            Interlocked.Add(ref waiting, -request.Count);
            throw new NetworkBusyException("The service ends.", options.RetryAfter);
        }

        using (cancellation.UnsafeRegister(static (request, token) => ((PendingRequest)request!).TrySetCanceled(token), request))
            return await request.Task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        lock (computing)
        {
            loaded?.Network.Dispose();
            loaded = null;
        }
    }

    /// <summary>Room for some samples; a request larger than the queue is taken where nobody else waits.</summary>
    private void Reserve(int count)
    {
        int before;
        do
        {
            before = Volatile.Read(ref waiting);
            if (before > 0 && before + (long)count > options.MaximalQueue)
            {
                throw new NetworkBusyException(
                    Invariant($"{before} samples wait already; {count} more would be more than the {options.MaximalQueue} that may."),
                    options.RetryAfter);
            }
        }
        while (Interlocked.CompareExchange(ref waiting, before + count, before) != before);
    }

    private void Run()
    {
        while (Wait())
        {
            int samples = Take(0);
            if (samples > 0 && samples < options.MaximalBatchSize && options.MaximalWait > TimeSpan.Zero)
                samples = TakeMoreAsync(samples).GetAwaiter().GetResult();
            if (samples > 0)
                Compute(samples);
            taken.Clear();
        }
    }

    /// <summary>For a request; false: there are none any more.</summary>
    private bool Wait()
    {
        ValueTask<bool> wait = queue.Reader.WaitToReadAsync();
        return wait.IsCompletedSuccessfully ? wait.Result : wait.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Takes the requests that fit into a batch, without those that nobody waits for any more; its samples then.</summary>
    private int Take(int samples)
    {
        while (samples < options.MaximalBatchSize
            && queue.Reader.TryPeek(out PendingRequest? next)
            && (samples == 0 || samples + (long)next.Count <= options.MaximalBatchSize)
            && queue.Reader.TryRead(out next))
        {
            Interlocked.Add(ref waiting, -next.Count);
            if (next.Task.IsCompleted)
                continue;
            taken.Add(next);
            samples += next.Count;
        }

        return samples;
    }

    /// <summary>Waits for more requests, until the batch is full, the next one does not fit into it, or the time is over.</summary>
    private async Task<int> TakeMoreAsync(int samples)
    {
        using CancellationTokenSource enough = new();
        Task end = Task.Delay(options.MaximalWait, time, enough.Token);
        while (samples < options.MaximalBatchSize && !queue.Reader.TryPeek(out _))
        {
            Task<bool> more = queue.Reader.WaitToReadAsync().AsTask();
            if (await Task.WhenAny(more, end).ConfigureAwait(false) == end || !await more.ConfigureAwait(false))
                break;
            samples = Take(samples);
        }

        await enough.CancelAsync().ConfigureAwait(false);
        return samples;
    }

    private void Compute(int samples)
    {
        lock (computing)
        {
            try
            {
                if (loaded is not { } current)
                    throw new NetworkBusyException("The service has ended.", options.RetryAfter);
                long begin = time.GetTimestamp();
                Compute(current, samples);
                metrics.Batch(samples, time.GetElapsedTime(begin));
                Failure = null;
            }
            catch (Exception exception)
            {
                Failure = new Failure(exception.Message, time.GetUtcNow());
                foreach (PendingRequest request in taken)
                    request.TrySetException(exception);
            }
        }
    }

    private void Compute(LoadedNetwork current, int samples)
    {
        IPredictor network = current.Network;
        int length = network.Output.Length;
        if (taken is [PendingRequest only])
        {
            view ??= new Batch(network.Inputs, int.MaxValue);
            view.Fill(only.Samples, 0, samples);
            float[] values = new float[samples * length];
            network.PredictBatch(view, values);
            metrics.Predicted(network, values);
            current.Drift?.Add(view, values);
            only.TrySetResult(new Prediction(values, samples, current.Version));
            return;
        }

        joined ??= new Batch(network.Inputs, options.MaximalBatchSize);
        joined.Fill([.. taken.Select(request => request.Samples)]);
        if (results.Length < samples * length)
            results = new float[options.MaximalBatchSize * length];
        Span<float> all = results.AsSpan(0, samples * length);
        network.PredictBatch(joined, all);
        metrics.Predicted(network, all);
        current.Drift?.Add(joined, all);
        foreach (PendingRequest request in taken)
        {
            request.TrySetResult(new Prediction(all[..(request.Count * length)].ToArray(), request.Count, current.Version));
            all = all[(request.Count * length)..];
        }
    }
}
