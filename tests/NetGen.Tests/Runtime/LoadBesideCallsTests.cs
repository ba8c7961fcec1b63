using System.Runtime.InteropServices;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>A call sees the weights before a load or those after it, never some of both.</summary>
public sealed class LoadBesideCallsTests : IDisposable
{
    private const int Weights = 4096;
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-load-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static NetworkState Network() => new(new ParameterLayout([new("w", [Weights], 0, Initializer.Constant(1))], Weights, "Net"), 0, Device.Cpu(1));

    private string FileOf(float value)
    {
        using var network = Network();
        network.Weights.Fill(value);
        var path = Path.Combine(folder, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        network.Save(path);
        return path;
    }

    private static Span<float> Seen(CallFrame frame) => MemoryMarshal.CreateSpan(ref frame.Weights, Weights);

    [Fact]
    public void ACallKeepsTheWeightsThatItBeganWith()
    {
        using var network = Network();
        var before = network.Enter(1, 0);
        network.Load(FileOf(2));
        var after = network.Enter(1, 0);
        Assert.All(Seen(before).ToArray(), w => Assert.Equal(1, w));
        Assert.All(Seen(after).ToArray(), w => Assert.Equal(2, w));
        network.Exit(before);
        network.Exit(after);
        Assert.Equal(2, network.Parameters["w"].Values[5]);

        // The next call on the first one's frame has the new ones too.
        var again = network.Enter(1, 0);
        Assert.Equal(2, again.Weights);
        network.Exit(again);
    }

    [Fact]
    public void NoneOfManyCallsSeesTwoFiles()
    {
        using var network = Network();
        string[] files = [FileOf(2), FileOf(3)];
        var (mixed, done) = (0, false);
        var callers = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                var frame = network.Enter(1, 0);
                var seen = Seen(frame);
                if (seen.ContainsAnyExcept(seen[0]))
                    Interlocked.Increment(ref mixed);
                network.Exit(frame);
            }
        })).ToArray();
        Array.ForEach(callers, caller => caller.Start());
        for (var i = 0; i < 300; i++)
            network.Load(files[i % 2]);
        Volatile.Write(ref done, true);
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal(0, mixed);
    }

    [Fact]
    public void AFileThatDoesNotFitChangesNothing()
    {
        using var network = Network();
        var path = Path.Combine(folder, "other");
        using (var other = new NetworkState(new ParameterLayout([new("w", [2], 0, Initializer.Zeros)], 16, "Other"), 0, Device.Cpu(1)))
            other.Save(path);
        var start = network.Weights;
        Assert.Throws<InvalidDataException>(() => network.Load(path));
        Assert.True(start == network.Weights);
    }

    [Fact]
    public void ALoadWaitsForAStepAndTheNextStepGoesOnFromIt()
    {
        using var network = Network();
        var path = FileOf(4);
        var step = network.EnterStep(1, 0, new Sgd(0.1f));
        var load = new Thread(() => network.Load(path));
        load.Start();
        Assert.False(load.Join(30));
        step.Weights = 42;
        var beside = network.Enter(1, 0);
        Assert.Equal(42, beside.Weights);
        network.Exit(beside);
        network.ExitStep(step);
        load.Join();
        step = network.EnterStep(1, 0, new Sgd(0.1f));
        Assert.Equal(4, step.Weights);
        network.ExitStep(step);
    }

    [Fact]
    public void WhatIsSavedIsAlikeWhileTheNetworkTrains()
    {
        using var network = Network();
        var path = Path.Combine(folder, "saved");
        var done = false;
        var trainer = new Thread(() =>
        {
            for (var i = 2; !Volatile.Read(ref done); i++)
            {
                var frame = network.EnterStep(1, 0, new Sgd(0.1f));
                Seen(frame).Fill(i);
                network.ExitStep(frame);
            }
        });
        trainer.Start();
        using var read = Network();
        for (var i = 0; i < 100; i++)
        {
            // By the network, and by its parameters: both wait for the step.
            if (i % 2 == 0)
                network.Save(path);
            else
                SafeTensors.Save(path, network.Parameters);
            read.Load(path);
            Assert.False(read.Weights.ContainsAnyExcept(read.Weights[0]));
        }
        Volatile.Write(ref done, true);
        trainer.Join();
    }

    [Fact]
    public void ADisposedNetworkLoadsNothing()
    {
        var path = FileOf(4);
        var network = Network();
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.Load(path));
        Assert.Throws<ObjectDisposedException>(() => network.Save(path));
    }
}
