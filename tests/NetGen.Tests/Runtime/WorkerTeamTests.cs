using System.Diagnostics;
using System.Runtime.InteropServices;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

[Collection(typeof(MeasuredAlone))]
public sealed class WorkerTeamTests
{
    private static NetworkState Network(int threads) => new(new ParameterLayout([], 0, "Team"), 0, Device.Cpu(threads));

    private static void Run(NetworkState network, ParallelBody body, Span<int> ints = default)
    {
        var frame = network.Enter(1, 0);
        try
        {
            frame.Run(body, MemoryMarshal.AsBytes(ints));
        }
        finally
        {
            network.Exit(frame);
        }
    }

    // The team is shared by the tests, and a busy team means a region with one worker; so ask until it is free.
    private static void RunOnTeam(NetworkState network, int threads, ParallelBody body, Span<int> ints = default)
    {
        var onTeam = false;
        while (!onTeam)
        {
            Run(network, (frame, worker, workers) =>
            {
                if (workers == threads)
                {
                    onTeam = true;
                    body(frame, worker, workers);
                }
            }, ints);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void EveryWorkerRunsOnce(int threads)
    {
        using var network = Network(threads);
        var counts = new int[threads];
        var ids = new int[threads];
        for (var i = 0; i < 100; i++)
        {
            RunOnTeam(network, threads, (frame, worker, workers) =>
            {
                frame.Ints(0 + 0) += worker == 0 ? 1 : 0;
                Interlocked.Increment(ref counts[worker]);
                ids[worker] = Environment.CurrentManagedThreadId;
            }, new int[1]);
        }
        Assert.All(counts, count => Assert.Equal(100, count));
        Assert.Equal(threads, ids.Distinct().Count());
        Assert.Equal(Environment.CurrentManagedThreadId, ids[0]);
    }

    [Fact]
    public void EmptyRegionsLoseNoWakeUp()
    {
        using var network = Network(2);
        var counts = new int[32];
        ParallelBody body = (_, worker, _) => counts[worker * 16]++;
        // On a machine that is busy with other things a region takes as long as the other thread is kept off its core.
        var regions = 0;
        for (var watch = Stopwatch.StartNew(); regions < 200_000 && watch.ElapsedMilliseconds < 2000; regions++)
        {
            Run(network, body);
        }
        Assert.Equal(regions, counts[0]);
        Assert.InRange(counts[16], 1, regions);
    }

    [Fact]
    public void RegionsWithDelaysLoseNoWakeUp()
    {
        using var network = Network(3);
        var random = new Random(5);
        var total = 0;
        for (var i = 0; i < 400; i++)
        {
            // Around the limits at which a worker parks: 10 and 200 µs.
            var delay = random.Next(400);
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalMicroseconds < delay)
            {
                Waiter.Pause();
            }
            if (i % 50 == 0)
            {
                Thread.Sleep(2);
            }
            var slow = random.Next(3);
            RunOnTeam(network, 3, (frame, worker, _) =>
            {
                if (worker == slow)
                {
                    Thread.SpinWait(200);
                }
                frame.Barrier();
                Interlocked.Increment(ref total);
            });
        }
        Assert.Equal(1200, total);
    }

    [Theory]
    [InlineData(2, 3000)]
    [InlineData(5, 200)]
    public void BarriersSeparatePhases(int threads, int phases)
    {
        using var network = Network(threads);
        var values = new int[threads * 32];
        var wrong = 0;
        RunOnTeam(network, threads, (frame, worker, workers) =>
        {
            for (var phase = 1; phase <= phases; phase++)
            {
                values[worker * 32] = phase;
                frame.Barrier();
                for (var other = 0; other < workers; other++)
                {
                    if (values[other * 32] != phase)
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }
                frame.Barrier();
            }
        });
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void AnExceptionReachesTheCallerAndFreesTheOthers(int failing)
    {
        using var network = Network(3);
        for (var i = 0; i < 50; i++)
        {
            var left = 0;
            var exception = Assert.Throws<InvalidDataException>(() => RunOnTeam(network, 3, (frame, worker, _) =>
            {
                try
                {
                    frame.Barrier();
                    if (worker == failing)
                    {
                        throw new InvalidDataException("worker " + worker);
                    }
                    frame.Barrier();
                    frame.Barrier();
                    throw new UnreachableException();
                }
                finally
                {
                    Interlocked.Increment(ref left);
                }
            }));
            Assert.Equal("worker " + failing, exception.Message);
            Assert.Equal(3, left);
        }
        // The team works on.
        var count = 0;
        RunOnTeam(network, 3, (frame, _, _) =>
        {
            frame.Barrier();
            Interlocked.Increment(ref count);
            frame.Barrier();
        });
        Assert.Equal(3, count);
    }

    [Fact]
    public void AnExceptionOfALoneWorkerPassesThrough()
    {
        using var network = Network(1);
        Assert.Throws<InvalidDataException>(() => Run(network, (_, _, _) => throw new InvalidDataException()));
        Run(network, (frame, _, _) => frame.Barrier());
    }

    [Fact]
    public void NestedAndConcurrentCallsRunAlone()
    {
        using var outer = Network(2);
        using var inner = Network(2);
        var innerWorkers = new int[2];
        RunOnTeam(outer, 2, (frame, worker, _) =>
        {
            Run(inner, (innerFrame, innerWorker, workers) =>
            {
                innerFrame.Barrier();
                Assert.Equal(0, innerWorker);
                innerWorkers[worker] = workers;
            });
            frame.Barrier();
        });
        Assert.Equal([1, 1], innerWorkers);
    }

    [Fact]
    public void ManyThreadsCallAtOnce()
    {
        var sums = new long[4];
        var threads = Enumerable.Range(0, 4).Select(t => new Thread(() =>
        {
            using var network = Network(2 + (t % 2));
            var parts = new long[64];
            for (var i = 0; i < 500; i++)
            {
                Run(network, (frame, worker, workers) =>
                {
                    parts[worker * 16] = 0;
                    for (var k = worker; k < 100; k += workers)
                    {
                        parts[worker * 16] += k;
                    }
                    frame.Barrier();
                    if (worker == 0)
                    {
                        for (var w = 0; w < workers; w++)
                        {
                            sums[t] += parts[w * 16];
                        }
                    }
                });
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(sums, sum => Assert.Equal(500 * 4950, sum));
    }

    [Fact]
    public void MaximumWorkersLimitsTheRegion()
    {
        using var network = Network(4);
        for (var limit = 1; limit <= 5; limit++)
        {
            var frame = network.Enter(1, 0);
            frame.MaximumWorkers = limit;
            var seen = 0;
            for (var i = 0; i < 1000 && seen != Math.Min(limit, 4); i++)
            {
                seen = 0;
                frame.Run((f, _, workers) =>
                {
                    Assert.InRange(workers, 1, limit);
                    Interlocked.Increment(ref seen);
                    f.Barrier();
                }, default);
            }
            network.Exit(frame);
            Assert.Equal(Math.Min(limit, 4), seen);
        }
    }

    [Fact]
    public void ACallAllocatesNothing()
    {
        using var network = Network(2);
        ParallelBody body = (frame, worker, _) =>
        {
            frame.Barrier();
            if (worker == 0)
            {
                frame.Floats(1) += frame.Workspace + frame.Weights;
                frame.Ints(0) = frame.Batch;
            }
            frame.Barrier();
        };
        var ints = new int[4];
        var floats = new float[4];
        for (var i = 0; i < 1000; i++)
        {
            Call();
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Call();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Call()
        {
            var frame = network.Enter(3, 1000);
            try
            {
                frame.Run(body, MemoryMarshal.AsBytes(ints.AsSpan()), MemoryMarshal.AsBytes(floats.AsSpan()));
            }
            finally
            {
                network.Exit(frame);
            }
        }
    }
}
