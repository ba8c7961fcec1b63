using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>A system that starts no more threads. Numbers of threads that no other test uses.</summary>
[Collection(typeof(MeasuredAlone))]
public sealed class RefusedThreadsTests : IDisposable
{
    private readonly Action<Thread> start = WorkerTeam.Start;
    private readonly List<Thread> started = [];

    public void Dispose()
    {
        WorkerTeam.Start = start;
        NetGenOptions.AllowFewerThreads = false;
    }

    private void Allow(int threads) => WorkerTeam.Start = thread =>
    {
        if (started.Count == threads)
            throw new OutOfMemoryException("Insufficient memory");
        start(thread);
        started.Add(thread);
    };

    private static NetworkState Network() => new(new ParameterLayout([], 0, "Refused"), 0, Device.Cpu(15));

    private static int Region(NetworkState network)
    {
        var (entered, all) = (0, 0);
        var frame = network.Enter(1, 0);
        try
        {
            frame.Run((f, _, workers) =>
            {
                all = workers;
                Interlocked.Increment(ref entered);
                f.Barrier();
            }, default);
        }
        finally
        {
            network.Exit(frame);
        }
        Assert.Equal(all, entered);
        return all;
    }

    [Fact]
    public void TheCallSaysWhyAndNoThreadIsLeft()
    {
        Allow(5);
        using var network = Network();
        var exception = Assert.Throws<InvalidOperationException>(() => Region(network));
        Assert.Contains("needs 14 beside the caller's; the system refused the one after 5", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AllowFewerThreads", exception.Message, StringComparison.Ordinal);
        Assert.IsType<OutOfMemoryException>(exception.InnerException);
        Assert.Equal(5, started.Count);
        Assert.All(started, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(1))));
        // Once there are threads again, the network has all of them.
        WorkerTeam.Start = start;
        Assert.Equal(15, Region(network));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void IfAskedToItGoesOnWithFewer(int threads)
    {
        Allow(threads);
        NetGenOptions.AllowFewerThreads = true;
        using (var network = Network())
        {
            for (var i = 0; i < 3; i++)
                Assert.Equal(threads + 1, Region(network));
        }
        Assert.All(started, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(1))));
    }
}
