using System.Runtime.CompilerServices;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>
/// <see cref="Thread.Interrupt"/> at every wait. Whoever waits to begin something gets the exception and has taken nothing; whoever ends something ends it, and
/// gets the exception at its next wait.
/// </summary>
[Collection(typeof(MeasuredAlone))]
public sealed class InterruptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static NetworkState Network(int threads = 1, Device? device = null) =>
        new(new ParameterLayout([new("w", [16], 0, Initializer.Zeros)], 16, "Net"), 0, device ?? Device.Cpu(threads));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "gate")]
    private static extern ref Lock Gate(NetworkState network);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "exclusive")]
    private static extern ref object Exclusive(NetworkState network);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "TeamsLock")]
    private static extern ref Lock TeamsLock(WorkerTeam? team);

    private static CallFrame EnterStep(NetworkState network) => network.EnterStep(1, 16, new Sgd(0.1f));

    /// <summary>Steps, predicts, saves and loads: the network has lost nothing.</summary>
    private static void Works(NetworkState network)
    {
        var other = new Thread(() =>
        {
            network.ExitStep(EnterStep(network));
            network.Exit(network.Enter(1, 16));
            using var file = new MemoryStream();
            SafeTensors.Save(file, network.Parameters);
            file.Position = 0;
            SafeTensors.Load(file, network.Parameters);
        });
        other.Start();
        Assert.True(other.Join(Patience));
        network.ExitStep(EnterStep(network));
    }

    /// <summary>Runs something on a thread while locks are held, and interrupts the thread once it waits; what it threw.</summary>
    private static Exception? Interrupted(Action action, Func<Action> hold)
    {
        Exception? thrown = null;
        var release = hold();
        var thread = new Thread(() =>
        {
            thrown = Record.Exception(action);
            // An interrupt that was kept comes now.
            thrown ??= Record.Exception(() => Thread.Sleep(1));
        });
        thread.Start();
        while ((thread.ThreadState & ThreadState.WaitSleepJoin) == 0)
        {
            Assert.True(thread.IsAlive);
            Thread.Yield();
        }
        thread.Interrupt();
        Thread.Sleep(20);
        release();
        Assert.True(thread.Join(Patience));
        return thrown;
    }

    private static Func<Action> Hold(Lock gate) => () =>
    {
        gate.Enter();
        return gate.Exit;
    };

    private static Func<Action> Hold(object monitor) => () =>
    {
        Monitor.Enter(monitor);
        return () => Monitor.Exit(monitor);
    };

    [Fact]
    public void AtTheBeginningOfAStep()
    {
        using var network = Network();
        Works(network);
        Assert.IsType<ThreadInterruptedException>(Interrupted(() => EnterStep(network), Hold(Exclusive(network))));
        Works(network);
        Assert.IsType<ThreadInterruptedException>(Interrupted(() => EnterStep(network), Hold(Gate(network))));
        Works(network);
    }

    [Fact]
    public void AtTheBeginningOfACall()
    {
        using var network = Network();
        Assert.IsType<ThreadInterruptedException>(Interrupted(() => network.Enter(1, 16), Hold(Gate(network))));
        Works(network);
    }

    [Fact]
    public void AtTheFirstStepOfAnotherOptimizer()
    {
        using var network = Network();
        Works(network);
        // The frame is from the pool, and the state of the optimizer is stored under the lock: the second wait for it.
        for (var i = 0; i < 2; i++)
            Assert.IsType<ThreadInterruptedException>(Interrupted(() => network.EnterStep(1, 16, new Adam(0.1f)), Hold(Gate(network))));
        Works(network);
        network.ExitStep(network.EnterStep(1, 16, new Adam(0.1f)));
    }

    [Fact]
    public void WhileSavingAndLoading()
    {
        using var network = Network();
        var file = new MemoryStream();
        SafeTensors.Save(file, network.Parameters);
        Assert.IsType<ThreadInterruptedException>(Interrupted(() => SafeTensors.Save(new MemoryStream(), network.Parameters), Hold(Exclusive(network))));
        Works(network);
        Assert.IsType<ThreadInterruptedException>(
            Interrupted(() => SafeTensors.Load(new MemoryStream(file.ToArray()), network.Parameters), Hold(Exclusive(network))));
        Works(network);
    }

    [Fact]
    public void AtTheEndOfAStepOrACall()
    {
        using var network = Network();
        foreach (var step in new[] { true, false })
        {
            var (entered, held, thrown) = (false, false, (Exception?)null);
            var thread = new Thread(() =>
            {
                var frame = step ? EnterStep(network) : network.Enter(1, 16);
                Volatile.Write(ref entered, true);
                // Not asleep: the first wait of this thread is the one for the lock.
                while (!Volatile.Read(ref held))
                    Thread.SpinWait(10);
                thrown = Record.Exception(() =>
                {
                    if (step)
                        network.ExitStep(frame);
                    else
                        network.Exit(frame);
                });
                thrown ??= Record.Exception(() => Thread.Sleep(1));
            });
            thread.Start();
            while (!Volatile.Read(ref entered))
                Thread.Yield();
            lock (Gate(network))
            {
                Volatile.Write(ref held, true);
                while ((thread.ThreadState & ThreadState.WaitSleepJoin) == 0)
                    Thread.Yield();
                thread.Interrupt();
                Thread.Sleep(20);
            }
            Assert.True(thread.Join(Patience));
            // It ended, and the interrupt came at the next wait.
            Assert.IsType<ThreadInterruptedException>(thrown);
            Works(network);
        }
    }

    [Fact]
    public void WhileDisposing()
    {
        var first = Network(14);
        var frame = first.Enter(1, 0);
        var members = new Thread[14];
        frame.Run((f, worker, _) =>
        {
            members[worker] = Thread.CurrentThread;
            f.Barrier();
        }, default);
        first.Exit(frame);
        foreach (var member in members[1..])
        {
            // Nobody ends a worker by this.
            member.Interrupt();
        }
        frame = first.Enter(1, 0);
        frame.Run((f, _, _) => f.Barrier(), default);
        first.Exit(frame);
        Assert.IsType<ThreadInterruptedException>(Interrupted(first.Dispose, Hold(TeamsLock(null))));
        Assert.All(members[1..], member => Assert.True(member.Join(Patience)));

        var second = Network();
        Assert.IsType<ThreadInterruptedException>(Interrupted(second.Dispose, Hold(Gate(second))));
        Assert.Throws<ObjectDisposedException>(() => second.Enter(1, 0));
    }

    [Fact]
    public void WhileATeamIsRented()
    {
        using var network = Network(2);
        // The team is asked for by the first call that shares its work.
        Assert.IsType<ThreadInterruptedException>(Interrupted(() => Region(network, (_, _, _) => { }), Hold(TeamsLock(null))));
        Works(network);
        Region(network, (_, _, _) => { });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhileWorkersWaitForEachOther(bool atBarrier)
    {
        using var network = Network(2);
        var ended = 0;
        Exception? thrown = null;
        var (caller, waits) = ((Thread?)null, false);
        caller = new Thread(() =>
        {
            Region(network, (frame, worker, workers) =>
            {
                if (worker == workers - 1 && workers == 2)
                {
                    // The other worker waits: it spins, yields, and sleeps.
                    SpinWait.SpinUntil(() => (caller!.ThreadState & ThreadState.WaitSleepJoin) != 0, Patience);
                    caller!.Interrupt();
                    Volatile.Write(ref waits, true);
                    Thread.Sleep(20);
                }
                if (atBarrier)
                    frame.Barrier();
                Interlocked.Increment(ref ended);
            });
            Assert.Equal(2, ended);
            thrown = Record.Exception(() => Thread.Sleep(1));
        });
        caller.Start();
        Assert.True(caller.Join(Patience));
        Assert.True(waits);
        Assert.IsType<ThreadInterruptedException>(thrown);
        Works(network);
    }

    [Fact]
    public void AtAnyTime()
    {
        using var network = Network(2);
        var file = new MemoryStream();
        SafeTensors.Save(file, network.Parameters);
        var bytes = file.ToArray();
        var (done, wrong, rounds, interrupts) = (false, (Exception?)null, 0, 0);
        ThreadStart work = () =>
        {
            while (!Volatile.Read(ref done))
            {
                try
                {
                    var frame = network.EnterStep(1, 64, new Adam(0.1f));
                    try
                    {
                        frame.Run((f, _, _) =>
                        {
                            f.Barrier();
                            f.Barrier();
                        }, default);
                    }
                    finally
                    {
                        network.ExitStep(frame);
                    }
                    SafeTensors.Save(new MemoryStream(), network.Parameters);
                    SafeTensors.Load(new MemoryStream(bytes), network.Parameters);
                    Interlocked.Increment(ref rounds);
                }
                catch (ThreadInterruptedException)
                {
                    Interlocked.Increment(ref interrupts);
                }
                catch (InvalidOperationException e) when (e.Message.Contains("still running", StringComparison.Ordinal))
                {
                    // Two threads step, and a network takes one step at a time.
                }
                catch (Exception e)
                {
                    wrong = e;
                    return;
                }
            }
        };
        Thread[] threads = [new(work), new(work), new(() =>
        {
            while (!Volatile.Read(ref done))
            {
                try
                {
                    network.Exit(network.Enter(1, 64));
                    _ = network.Parameters;
                }
                catch (ThreadInterruptedException)
                {
                    Interlocked.Increment(ref interrupts);
                }
            }
        })];
        Array.ForEach(threads, thread => thread.Start());
        var random = new Random(11);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        // On a busy machine it takes longer until enough has happened.
        for (var i = 1; wrong is null && (watch.ElapsedMilliseconds < 500 || Volatile.Read(ref rounds) < 20 || Volatile.Read(ref interrupts) < 20); i++)
        {
            Assert.True(watch.Elapsed < Patience, $"{rounds} rounds and {interrupts} interrupts");
            threads[random.Next(threads.Length)].Interrupt();
            if (i % 20 == 0)
                Thread.Sleep(2);
            Thread.SpinWait(random.Next(20_000));
        }
        Volatile.Write(ref done, true);
        Assert.All(threads, thread => Assert.True(thread.Join(Patience)));
        Assert.Null(wrong);
        Works(network);
        var workers = 0;
        for (var i = 0; i < 1000 && workers != 2; i++)
            Region(network, (_, _, count) => workers = count);
        Assert.Equal(2, workers);
    }

    private static void Region(NetworkState network, ParallelBody body)
    {
        var frame = network.Enter(1, 0);
        try
        {
            frame.Run(body, default);
        }
        finally
        {
            network.Exit(frame);
        }
    }
}
