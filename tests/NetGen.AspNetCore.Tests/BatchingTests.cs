using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NetGen.AspNetCore.Observation;
using NetGen.AspNetCore.Serving;
using Xunit;

namespace NetGen.AspNetCore.Tests;

/// <summary>Which requests are computed together, which are not taken, and which never are.</summary>
public sealed class BatchingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly GatedPredictor network = new() { Gate = new SemaphoreSlim(0) };
    private NetworkHost host = null!;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    [Fact]
    public async Task What_comes_while_a_batch_is_computed_is_the_next_one()
    {
        await StartAsync(new() { MaximalBatchSize = 4 });
        var requests = new List<Task<Prediction>> { Predict(1) };
        await Until(() => network.Batches.Length == 1);
        requests.AddRange([Predict(2), Predict(3), Predict(4, 5), Predict(6)]);
        network.Gate.Release(3);
        var predictions = await Task.WhenAll(requests).WaitAsync(Patience, Test);

        Assert.Equal(["1", "2 3 4 5", "6"], network.Batches.Select(Text));
        Assert.Equal(["2", "4", "6", "8 10", "12"], predictions.Select(prediction => Text(prediction.Values)));
        Assert.Equal(0, host.Waiting);
    }

    [Fact]
    public async Task A_batch_of_one_computes_each_request_by_itself()
    {
        await StartAsync(new() { MaximalBatchSize = 1 });
        network.Gate.Release(3);
        await Task.WhenAll(Predict(1), Predict(2), Predict(3)).WaitAsync(Patience, Test);
        Assert.Equal(["1", "2", "3"], network.Batches.Select(Text));
    }

    [Fact]
    public async Task A_request_is_never_divided()
    {
        await StartAsync(new() { MaximalBatchSize = 4 });
        var requests = new List<Task<Prediction>> { Predict(1) };
        await Until(() => network.Batches.Length == 1);
        requests.AddRange([Predict(2, 3, 4), Predict(5, 6), Predict(1, 2, 3, 4, 5, 6), Predict(7)]);
        network.Gate.Release(5);
        await Task.WhenAll(requests).WaitAsync(Patience, Test);
        Assert.Equal(["1", "2 3 4", "5 6", "1 2 3 4 5 6", "7"], network.Batches.Select(Text));
    }

    /// <summary>Half a minute would be too long for the test: the batch is computed because it is full.</summary>
    [Fact]
    public async Task A_batch_waits_until_it_is_full()
    {
        await StartAsync(new() { MaximalBatchSize = 2, MaximalWait = TimeSpan.FromSeconds(30) });
        network.Gate.Release(1);
        var first = Predict(1);
        await Task.Delay(50, Test);
        Assert.Empty(network.Batches);
        await Task.WhenAll(first, Predict(2)).WaitAsync(Patience, Test);
        Assert.Equal(["1 2"], network.Batches.Select(Text));
    }

    [Fact]
    public async Task A_batch_that_does_not_become_full_waits_no_longer_than_it_may()
    {
        await StartAsync(new() { MaximalBatchSize = 2, MaximalWait = TimeSpan.FromMilliseconds(20) });
        network.Gate.Release(1);
        await Predict(1).WaitAsync(Patience, Test);
        Assert.Equal(["1"], network.Batches.Select(Text));
    }

    [Fact]
    public async Task What_would_make_the_queue_too_long_is_refused()
    {
        await StartAsync(new() { MaximalBatchSize = 1, MaximalQueue = 2, RetryAfter = TimeSpan.FromSeconds(7) });
        var running = Predict(1);
        await Until(() => network.Batches.Length == 1);
        Task<Prediction>[] waiting = [Predict(2), Predict(3)];
        var refused = await Assert.ThrowsAsync<NetworkBusyException>(() => Predict(4));
        Assert.Equal("2 samples wait already; 1 more would be more than the 2 that may.", refused.Message);
        Assert.Equal(TimeSpan.FromSeconds(7), refused.RetryAfter);

        network.Gate.Release(4);
        await Task.WhenAll([running, .. waiting]).WaitAsync(Patience, Test);
        // Alone, a request may be larger than the queue.
        await Predict(5, 6, 7).WaitAsync(Patience, Test);
        Assert.DoesNotContain("4", network.Batches.Select(Text));
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_not_computed()
    {
        await StartAsync(new() { MaximalBatchSize = 4 });
        var running = Predict(1);
        await Until(() => network.Batches.Length == 1);
        using var gone = new CancellationTokenSource();
        var canceled = host.PredictAsync(Samples(2), gone.Token);
        var waiting = Predict(3);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled.WaitAsync(Patience, Test));
        network.Gate.Release(2);
        await Task.WhenAll(running, waiting).WaitAsync(Patience, Test);
        Assert.Equal(["1", "3"], network.Batches.Select(Text));
        Assert.Equal(0, host.Waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.PredictAsync(Samples(2), gone.Token));
    }

    [Fact]
    public async Task A_batch_that_fails_fails_for_its_requests_and_no_others()
    {
        await StartAsync(new() { MaximalBatchSize = 1 });
        network.Gate.Release(2);
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Predict(-1).WaitAsync(Patience, Test));
        Assert.Equal("There was a -1.", failed.Message);
        await Until(() => host.ComputeFailure is not null);
        Assert.Equal("4", Text((await Predict(2).WaitAsync(Patience, Test)).Values));
        await Until(() => host.ComputeFailure is null);
    }

    [Fact]
    public async Task At_the_end_who_waits_is_answered_and_who_comes_is_not_taken()
    {
        await StartAsync(new() { MaximalBatchSize = 1 });
        var running = Predict(1);
        await Until(() => network.Batches.Length == 1);
        var waiting = Predict(2);
        var stopping = host.StopAsync(Test);
        await Assert.ThrowsAsync<NetworkBusyException>(() => Predict(3));
        network.Gate.Release(2);
        await stopping.WaitAsync(Patience, Test);
        Assert.Equal("2", Text((await running).Values));
        Assert.Equal("4", Text((await waiting).Values));
    }

    [Fact]
    public async Task Samples_that_do_not_fit_are_an_error_of_their_request()
    {
        await StartAsync(new() { MaximalRequest = 2 });
        await Refused<ArgumentException>(
            new(new DataColumn("y", [1f])), "There is no column for the input x: Float []; there are (y: Float []).");
        await Refused<ArgumentException>(new(new DataColumn("x", [1f, 2], 2)), "The input is x: Float []; the column is x: Float [2].");
        await Refused<ArgumentException>(new(new DataColumn("x", [1])), "The input is x: Float []; the column is x: Label [].");
        await Refused<ArgumentException>(new(new DataColumn("x", Array.Empty<float>())), "There is no sample.");
        await Refused<ArgumentOutOfRangeException>(Samples(1, 2, 3), "3 samples are more than the 2 that one request may have.");
        Assert.Empty(network.Batches);

        async Task Refused<TException>(Dataset samples, string message)
            where TException : ArgumentException =>
            Assert.StartsWith(
                message, (await Assert.ThrowsAsync<TException>(() => host.PredictAsync(samples, Test))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_application_starts_nothing_is_loaded()
    {
        host = Host(new());
        Assert.Contains(
            "has not", (await Assert.ThrowsAsync<InvalidOperationException>(() => Predict(1))).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        network.Gate.Release(1000);
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        await services.DisposeAsync();
        folder.Dispose();
    }

    private static Dataset Samples(params float[] values) => new(new DataColumn("x", values));

    private static string Text(float[] values) => string.Join(' ', values);

    private static async Task Until(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow + Patience; !condition(); await Task.Delay(5, Test))
            Assert.True(DateTime.UtcNow < end);
    }

    private Task<Prediction> Predict(params float[] values) => host.PredictAsync(Samples(values), CancellationToken.None);

    private NetworkHost Host(NetworkServiceOptions options)
    {
        options.Path = folder.File("weights");
        options.ReloadInterval = Timeout.InfiniteTimeSpan;
        Scaled.Save(options.Path, 1);
        var instruments = new NetworkInstruments(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        return new NetworkHost(network.Name, () => network, options, instruments, TimeProvider.System, NullLogger.Instance);
    }

    private async Task StartAsync(NetworkServiceOptions options)
    {
        host = Host(options);
        await host.StartAsync(Test);
    }
}
