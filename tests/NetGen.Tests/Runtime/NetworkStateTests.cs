using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

public sealed class NetworkStateTests
{
    private static ParameterLayout Layout() => new(
        [
            new ParameterSpec("a", [3, 5], 0, Initializer.Uniform(-1, 1)),
            new ParameterSpec("b", [7], 16, Initializer.Constant(2)),
        ], 32, "Small");

    private static bool IsAligned(ref float start) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref start) % 64 == 0;

    [Fact]
    public void WeightsAreInitializedOnceAndAligned()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        var expected = new float[32];
        Layout().Initialize(expected, 7);
        Assert.Equal(expected, network.Weights.ToArray());
        var frame = network.Enter(1, 10);
        Assert.True(IsAligned(ref frame.Weights));
        Assert.True(IsAligned(ref frame.Workspace));
        frame.Weights = 5;
        network.Exit(frame);
        Assert.Equal(5, network.Parameters["a"].Values[0]);
        Assert.Same(network.Parameters, network.Parameters);
    }

    [Fact]
    public void ANetworkThatIsNotUsedCostsNothing()
    {
        var layout = new ParameterLayout([new ParameterSpec("big", [1 << 24], 0, Initializer.Uniform(-1, 1))], 1 << 24, "Big");
        var device = Device.Cpu();
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (new NetworkState(layout, 1, device))
        {
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    [Fact]
    public void ConcurrentCallsHaveTheirOwnWorkspace()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        var first = network.Enter(1, 100);
        var second = network.Enter(2, 200);
        Assert.NotSame(first, second);
        first.Workspace = 1;
        second.Workspace = 2;
        Assert.Equal((1f, 2f), (first.Workspace, second.Workspace));
        Assert.Equal((1, 2), (first.Batch, second.Batch));
        network.Exit(first);
        network.Exit(second);
        var third = network.Enter(1, 150);
        Assert.Same(second, third);
        Assert.Equal(2f, third.Workspace);
        network.Exit(third);
    }

    [Fact]
    public void AWorkspaceGrows()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        foreach (var floats in new[] { 0L, 1, 100, 50, 100_000 })
        {
            var frame = network.Enter(1, floats);
            Assert.True(IsAligned(ref frame.Workspace));
            for (var i = 0; i < floats; i++)
            {
                Unsafe.Add(ref frame.Workspace, i) = i;
            }
            network.Exit(frame);
        }
    }

    [Fact]
    public void SpansAreBoundInOrder()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        var floats = Enumerable.Range(0, 8).Select(i => new[] { (float)i, 0 }).ToArray();
        var frame = network.Enter(1, 0);
        frame.Run((f, _, _) =>
        {
            for (var i = 0; i < 8; i++)
            {
                if (i == 3)
                {
                    Assert.True(Unsafe.IsNullRef(ref f.Floats(i)));
                    continue;
                }
                Assert.Equal(i, f.Floats(i));
                Unsafe.Add(ref f.Floats(i), 1) = 10 + i;
            }
        }, Bytes(0), Bytes(1), Bytes(2), default, Bytes(4), Bytes(5), Bytes(6), Bytes(7));
        Assert.True(Unsafe.IsNullRef(ref frame.Floats(0)));
        network.Exit(frame);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(i == 3 ? 0 : 10 + i, floats[i][1]);
        }

        ReadOnlySpan<byte> Bytes(int i) => MemoryMarshal.AsBytes(floats[i].AsSpan());
    }

    [Fact]
    public void StepsAreCountedAndKeepTheOptimizersState()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        Assert.Equal(1, Step(new Counting(0.5f), out var state));
        Assert.True(IsAligned(ref state.Slot0));
        Assert.True(Unsafe.IsNullRef(ref state.Slot1));
        for (var i = 0; i < 32; i++)
        {
            Assert.Equal(0, Unsafe.Add(ref state.Slot0, i));
        }
        Assert.Equal(2, Step(new Counting(0.25f), out var second));
        Assert.Same(state, second);
        Assert.Equal((0.25f, 2L), (second.Prepared.Rate, second.Prepared.Step));

        // Another objective has its own state and count; the network's count goes on.
        Assert.Equal(3, Step(new Counting(1), out var other, objective: 2));
        Assert.NotSame(state, other);
        Assert.Equal(1, other.Prepared.Step);

        // Another type starts fresh.
        network.ExitStep(network.EnterStep(1, 0, new Stateless()));
        Assert.Equal(5, Step(new Counting(1), out var fresh));
        Assert.NotSame(state, fresh);
        Assert.Equal(1, fresh.Prepared.Step);

        var frame = network.Enter(1, 0);
        Assert.Equal((5L, 7UL, (object?)null), (frame.StepNumber, frame.Seed, frame.Optimizer));
        network.Exit(frame);

        long Step(Counting optimizer, out OptimizerState<Counting> state, int objective = 0)
        {
            var frame = network.EnterStep(1, 10, optimizer, objective);
            state = Assert.IsType<OptimizerState<Counting>>(frame.Optimizer);
            var number = frame.StepNumber;
            network.ExitStep(frame);
            return number;
        }
    }

    [Fact]
    public void WithoutMomentumSgdKeepsNothing()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        network.Weights.Fill(1);
        Assert.True(Unsafe.IsNullRef(ref Step(new Sgd(0.5f)).Slot0));
        Assert.Equal(0.5f, network.Weights[20]);
        // Momentum may come later: it begins with zeros.
        Assert.Equal(1, Step(new Sgd(0.5f, momentum: 0.5f)).Slot0);
        Assert.Equal(0, network.Weights[20]);
        // And go, and come back: meanwhile it is kept.
        Assert.Equal(1, Step(new Sgd(0.5f)).Slot0);
        Assert.Equal(1.5f, Step(new Sgd(0.5f, momentum: 0.5f)).Slot0);
        Assert.Equal(-1.25f, network.Weights[20]);

        OptimizerState<Sgd> Step(Sgd optimizer)
        {
            var frame = network.EnterStep(1, 0, optimizer);
            var state = (OptimizerState<Sgd>)frame.Optimizer!;
            for (var i = 0; i < 32; i += V128.Count)
            {
                OptimizerKernel.Apply(in state.Prepared, ref Unsafe.Add(ref frame.Weights, i), ref Unsafe.Add(ref state.Slot0, i), ref state.Slot1, V128.Broadcast(1));
            }
            network.ExitStep(frame);
            return state;
        }
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(2));
        ParallelBody body = (frame, worker, _) =>
        {
            var state = (OptimizerState<Counting>)frame.Optimizer!;
            if (worker == 0)
            {
                OptimizerKernel.Apply(in state.Prepared, ref frame.Weights, ref state.Slot0, ref state.Slot1, V512.Zero);
            }
        };
        Step(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Step(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var frame = network.EnterStep(1, 100, new Counting(1));
                frame.Run(body, default);
                network.ExitStep(frame);
            }
        }
    }

    [Fact]
    public void ASecondStepAtTheSameTimeIsRefused()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        var frame = network.EnterStep(1, 0, new Stateless());
        Assert.Contains("Small", Assert.Throws<InvalidOperationException>(() => network.EnterStep(1, 0, new Stateless())).Message);
        network.Exit(network.Enter(1, 0));
        network.ExitStep(frame);
        frame = network.EnterStep(1, 0, new Stateless());
        Assert.Equal(2, frame.StepNumber);
        network.ExitStep(frame);
    }

    [Fact]
    public void AWrongCallChangesNothing()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => network.EnterStep(1, 0, new Counting(-1))).Message);
        Assert.Contains("0", Assert.Throws<ArgumentOutOfRangeException>(() => network.EnterStep(0, 0, new Counting(1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Enter(1, -5));
        var exception = Assert.Throws<OutOfMemoryException>(() => network.EnterStep(1, 1L << 40, new Counting(1)));
        Assert.Contains("1099511627776", exception.Message);
        Assert.Contains("Small", exception.Message);
        Assert.Equal(0, network.Steps);
        var frame = network.EnterStep(1, 10, new Counting(1));
        Assert.Equal((1L, 1L), (frame.StepNumber, ((OptimizerState<Counting>)frame.Optimizer!).Prepared.Step));
        network.ExitStep(frame);
    }

    [Fact]
    public void SaveAndLoadWaitForAStep()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
            using var other = new NetworkState(Layout(), 8, Device.Cpu(1));
            var frame = network.EnterStep(1, 0, new Stateless());
            var save = new Thread(() => network.Save(path));
            save.Start();
            Assert.False(save.Join(30));
            frame.Weights = 42;
            network.ExitStep(frame);
            save.Join();
            other.Load(path);
            Assert.Equal(42, other.Parameters["a"].Values[0]);
            Assert.Equal(network.Weights.ToArray(), other.Weights.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ADisposedNetworkThrows()
    {
        var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        var running = network.Enter(1, 10);
        network.Dispose();
        running.Weights = running.Workspace;
        network.Exit(running);
        Assert.Contains("Small", Assert.Throws<ObjectDisposedException>(() => network.Enter(1, 10)).Message);
        Assert.Throws<ObjectDisposedException>(() => network.EnterStep(1, 10, new Stateless()));
        Assert.Throws<ObjectDisposedException>(() => network.EnterStep(1, 10, new Stateless()));
        Assert.Throws<ObjectDisposedException>(() => network.Parameters["a"].Values[0]);
        network.Dispose();
    }

    [Fact]
    public void PartialUpdatesLeaveTheRestAlone() => AllWidths(new PartialUpdates());

    private interface IWidthTest
    {
        void Run<V>() where V : struct, IVector<V>;
    }

    private static void AllWidths(IWidthTest test)
    {
        test.Run<V512>();
        test.Run<V256>();
        test.Run<V128>();
        test.Run<V1>();
    }

    private sealed class PartialUpdates : IWidthTest
    {
        public void Run<V>() where V : struct, IVector<V>
        {
            for (var count = 0; count <= V.Count; count++)
            {
                var weights = Enumerable.Repeat(10f, V.Count + 1).ToArray();
                var slots = Enumerable.Repeat(3f, V.Count + 1).ToArray();
                OptimizerKernel.ApplyPartial(new Counting(2), ref weights[0], ref slots[0], ref Unsafe.NullRef<float>(), V.Broadcast(1), count);
                for (var i = 0; i <= V.Count; i++)
                {
                    Assert.Equal(i < count ? (2f, 4f) : (10f, 3f), (weights[i], slots[i]));
                }
            }
        }
    }

    /// <summary>state += gradient; weight -= rate · state.</summary>
    private readonly record struct Counting(float Rate, long Step = 0) : IOptimizer<Counting>
    {
        public static Counting Default => new(1);

        public static int StateSlots => 1;

        public void Validate() => ArgumentOutOfRangeException.ThrowIfNegative(Rate);

        public Counting Prepare(long step) => this with { Step = step };

        public static V Update<V>(in Counting prepared, V weight, V gradient, ref V state0, ref V state1) where V : struct, IVector<V>
        {
            state0 += gradient;
            return weight - (V.Broadcast(prepared.Rate) * state0);
        }
    }

    private readonly record struct Stateless : IOptimizer<Stateless>
    {
        public static Stateless Default => default;

        public static int StateSlots => 0;

        public void Validate()
        {
        }

        public Stateless Prepare(long step) => this;

        public static V Update<V>(in Stateless prepared, V weight, V gradient, ref V state0, ref V state1) where V : struct, IVector<V> =>
            weight - gradient;
    }

    /// <summary>Beside a step nothing changes; afterwards all of it.</summary>
    [Fact]
    public void AStateIsRestoredWholeOrNotAtAll()
    {
        using var network = new NetworkState(Layout(), 7, Device.Cpu(1));
        IWeightStore store = network;
        var before = network.Weights.ToArray();
        var other = new AlignedFloats(32, cleared: true, "other weights");
        other.Span.Fill(3);
        var state = new StepState(
            9, 40, 30, other, [new AlignedFloats(32, cleared: true, "slot"), new AlignedFloats(32, cleared: true, "slot")]);

        using var stepping = new ManualResetEventSlim();
        using var ends = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            var frame = network.EnterStep(1, 10, new Adam(1e-3f));
            stepping.Set();
            ends.Wait();
            network.ExitStep(frame);
        });
        thread.Start();
        stepping.Wait(TestContext.Current.CancellationToken);
        try
        {
            Assert.Throws<InvalidOperationException>(() => store.Restore<Adam>(state));
            Assert.Equal(before, network.Weights.ToArray());
            Assert.Equal((7ul, 1L), (network.Seed, network.Steps));
        }
        finally
        {
            ends.Set();
            thread.Join();
        }

        store.Restore<Adam>(state);

        Assert.Equal(other.Span.ToArray(), network.Weights.ToArray());
        Assert.Equal((9ul, 40L), (network.Seed, network.Steps));
        Assert.Equal(30, store.Capture<Adam>()!.OptimizerSteps);
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.Restore<Adam>(state));
    }
}
