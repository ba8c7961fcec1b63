using System.Runtime.CompilerServices;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>The threads of a team live as long as a network needs them. Numbers of threads that no other test uses.</summary>
[Collection(typeof(MeasuredAlone))]
public sealed class TeamLifetimeTests
{
    // Only a thread that never ends comes near it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static NetworkState Network(int threads) => new(new ParameterLayout([], 0, "Lifetime"), 0, Device.Cpu(threads));

    /// <summary>Runs a region on all threads of the network, and says which they were.</summary>
    private static Thread[] Run(NetworkState network, int threads)
    {
        var seen = new Thread[threads];
        var frame = network.Enter(1, 0);
        frame.Run((f, worker, workers) =>
        {
            Assert.Equal(threads, workers);
            seen[worker] = Thread.CurrentThread;
            f.Barrier();
        }, default);
        network.Exit(frame);
        Assert.Same(Thread.CurrentThread, seen[0]);
        return seen[1..];
    }

    [Fact]
    public void TheLastNetworkThatIsDisposedEndsTheThreads()
    {
        var first = Network(9);
        var second = Network(9);
        var unused = Network(9);
        var threads = Run(first, 9);
        Assert.Equal(threads, Run(second, 9));
        first.Dispose();
        first.Dispose();
        unused.Dispose();
        Assert.Equal(threads, Run(second, 9));
        Assert.All(threads, thread => Assert.True(thread.IsAlive));
        second.Dispose();
        Assert.All(threads, thread => Assert.True(thread.Join(Patience)));
    }

    [Fact]
    public void ThereAreNewThreadsAfterThat()
    {
        for (var i = 0; i < 20; i++)
        {
            Thread[] threads;
            using (var network = Network(8))
            {
                threads = Run(network, 8);
            }
            Assert.All(threads, thread => Assert.True(thread.Join(Patience)));
        }
    }

    [Fact]
    public void ParkedThreadsEndToo()
    {
        var network = Network(10);
        var threads = Run(network, 10);
        // They park after 10 or 200 µs; until then they end all the same.
        Thread.Sleep(20);
        network.Dispose();
        Assert.All(threads, thread => Assert.True(thread.Join(Patience)));
    }

    [Fact]
    public void ANetworkThatIsNeverDisposedEndsThemWhenItIsCollected()
    {
        var threads = Forget();
        for (var i = 0; i < 10 && threads.Any(thread => thread.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }
        Assert.All(threads, thread => Assert.True(thread.Join(Patience)));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Thread[] Forget() => Run(Network(11), 11);
    }

    [Fact]
    public void ACallThatRunsEndsOnItsThreadsAndTheNextIsRefused()
    {
        var network = Network(12);
        var threads = new Thread[12];
        var left = 0;
        var frame = network.Enter(1, 0);
        frame.Run((f, worker, _) =>
        {
            threads[worker] = Thread.CurrentThread;
            f.Barrier();
            if (worker == 3)
            {
                network.Dispose();
            }
            f.Barrier();
            Interlocked.Increment(ref left);
        }, default);
        Assert.Equal(12, left);
        Assert.All(threads[1..], thread => Assert.True(thread.Join(Patience)));
        // This call had begun before: it goes on alone.
        frame.Run((_, _, workers) => Assert.Equal(1, workers), default);
        network.Exit(frame);
        Assert.Throws<ObjectDisposedException>(() => network.Enter(1, 0));
    }

    [Fact]
    public void NetworksThatComeAndGoOnManyThreadsAtOnceLeaveNone()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<Thread, bool>();
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                using var network = Network(13);
                var frame = network.Enter(1, 0);
                var sum = 0;
                frame.Run((f, worker, workers) =>
                {
                    if (worker > 0)
                    {
                        seen.TryAdd(Thread.CurrentThread, true);
                    }
                    f.Barrier();
                    Interlocked.Add(ref sum, 12 * 13 / workers);
                }, default);
                Assert.Equal(12 * 13, sum);
                network.Exit(frame);
            }
        })).ToArray();
        Array.ForEach(callers, thread => thread.Start());
        Array.ForEach(callers, thread => thread.Join());
        Assert.NotEmpty(seen);
        Assert.All(seen.Keys, thread => Assert.True(thread.Join(Patience)));
    }
}
