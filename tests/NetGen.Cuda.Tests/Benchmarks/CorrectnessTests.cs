using Gpu;
using Xunit;

namespace NetGen.Cuda.Tests.Benchmarks;

/// <summary>The bounds of the GPU benchmark's checks: the processor is within them, and a network with a small fault is not.</summary>
public sealed class CorrectnessTests
{
    private static readonly NetworkCase Network = NetworkCase.All.Single(network => network.Name == "assorted");

    /// <summary>An object of its own, by which a network that is checked is told from those it is compared with.</summary>
    private readonly Device subject = Device.Cpu(1);

    private readonly Dictionary<string, Agreement> found = [];

    [Fact]
    public void The_processor_agrees_with_itself()
    {
        var check = Check(run => run);
        check.Forward(3);
        check.Training(3);
        check.Training(4, 1);
        check.SameBits(3, 1);
        check.SaveAndLoad(3);
        check.ComeAndGo(3, rounds: 8, free: () => 1000);
        Assert.All(found, pair => Assert.True(pair.Value is { Holds: true, LargestError: 0 }, $"{pair}"));
        Assert.Equal(
            [
                "assorted/3/check/float32/adam", "assorted/3/check/float32/gradients", "assorted/3/check/float32/loss", "assorted/3/check/float32/momentum",
                "assorted/3/check/float32/predictions", "assorted/3/check/float32/same-bits", "assorted/3/check/float32/save-and-load",
                "assorted/3/memory/float32",
                "assorted/4/check-changing/float32/adam", "assorted/4/check-changing/float32/gradients", "assorted/4/check-changing/float32/momentum",
            ],
            found.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>A bound that nothing can break tests nothing: those of the same network with sums of a million terms would be as wide as this.</summary>
    [Fact]
    public void Bounds_are_narrow()
    {
        var check = Check(run => run);
        check.Forward(32);
        check.Training(32);
        var predictions = new float[32 * Network.Outputs];
        using var run = Network.Create(1, Device.Cpu());
        run.Predict(Samples.Create(Network, 32, 32), predictions);
        Assert.InRange(found["assorted/32/check/float32/predictions"].Bound, 0, 1e-3 * predictions.Max(MathF.Abs));
    }

    /// <summary>A device whose weights are off by some units in the last place, as if it had rounded otherwise, is right.</summary>
    [Theory]
    [InlineData("mlp/float32", 128)]
    [InlineData("cnn/float32", 8)]
    [InlineData("cnn/float32", 128)]
    [InlineData("tabular/float32", 128)]
    [InlineData("assorted/float32", 32)]
    public void Roundings_hold(string title, int batch)
    {
        var network = NetworkCase.All.Single(each => each.Title == title);
        var check = Check(
            run =>
            {
                var random = new Random(99);
                foreach (var parameter in run.Network.Parameters)
                {
                    foreach (ref var value in parameter.Values)
                        value *= 1 + (random.Next(-4, 5) * MathF.ScaleB(1, -23));
                }
                return run;
            },
            network);
        check.Forward(batch);
        check.Training(batch);
        Assert.All(found, pair => Assert.True(pair.Value.Holds, $"{pair}"));
        // A loss is one number, which may be the same by chance.
        Assert.All(found.Where(pair => !pair.Key.EndsWith("/loss", StringComparison.Ordinal)), pair => Assert.True(pair.Value.LargestError > 0, $"{pair}"));
    }

    [Theory]
    [InlineData(1.001f)]
    [InlineData(float.NaN)]
    public void One_prediction_that_is_off_is_found(float factor)
    {
        var check = Check(run => run with
        {
            Predict = (samples, result) =>
            {
                run.Predict(samples, result);
                var largest = Array.IndexOf(result, result.MaxBy(MathF.Abs));
                result[largest] *= factor;
            },
        });
        check.Forward(32);
        Assert.False(found["assorted/32/check/float32/predictions"].Holds);
        Assert.True(found["assorted/32/check/float32/loss"].Holds);
    }

    /// <summary>One bias of all, which stays what it is.</summary>
    [Fact]
    public void A_weight_that_is_not_trained_is_found()
    {
        var check = Check(run => run with { Adam = (samples, optimizer) => Frozen(run, () => run.Adam(samples, optimizer)), Sgd = (samples, optimizer) => Frozen(run, () => run.Sgd(samples, optimizer)) });
        check.Training(8);
        Assert.False(found["assorted/8/check/float32/gradients"].Holds);
        Assert.False(found["assorted/8/check/float32/adam"].Holds);
        Assert.False(found["assorted/8/check/float32/momentum"].Holds);

        static float Frozen(NetworkRun run, Func<float> step)
        {
            var before = run.Values();
            var loss = step();
            before[^1].CopyTo(run.Network.Parameters[run.Network.Parameters.Count - 1].Values);
            return loss;
        }
    }

    [Fact]
    public void Steps_that_differ_from_time_to_time_are_found()
    {
        var count = 0;
        Check(run => run with
        {
            Adam = (samples, optimizer) => run.Adam(samples, new Adam(optimizer.LearningRate * (1 + (++count * 1e-6f)))),
        }).SameBits(3, 1, 3);
        Assert.False(found["assorted/3/check/float32/same-bits"].Holds);
    }

    [Fact]
    public void Memory_that_is_not_given_back_is_found()
    {
        var free = 1L << 30;
        var weights = 0L;
        Check(run =>
        {
            weights = run.Network.Parameters.TotalLength * sizeof(float);
            free -= weights;
            return run;
        }).ComeAndGo(1, rounds: 20, free: () => free);
        Assert.Equal(15 * weights, found["assorted/1/memory/float32"].LargestError);
        Assert.False(found["assorted/1/memory/float32"].Holds);
    }

    private Correctness Check(Func<NetworkRun, NetworkRun> fault, NetworkCase? of = null)
    {
        var network = of ?? Network;
        return new(
            network with { Create = (seed, device) => ReferenceEquals(device, subject) ? fault(network.Create(seed, device)) : network.Create(seed, device) },
            subject, (name, agreement) => found[name] = agreement);
    }
}
