using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using NetGen.Compiled.Tests.Harness;
using NetGen.Tests;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>A training that was interrupted and gone on with gives the bits of one that was not.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const int Epochs = 4, Batches = 7;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile([new("Only",
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(Dense(24), Relu, Dropout(0.3f), Dense(16), Tanh, Dropout(0.2f), Dense(4));

            public Tensor Forward([Shape(6)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """)]));

    private static readonly Lazy<CompiledNetwork> Network = new(() => Compiled.Value["Only"]);

    private readonly string root = Directory.CreateTempSubdirectory("netgen-checkpoints-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>Of Adam, after the first step, at an epoch's end, in its last batch, before the last step.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Batches)]
    [InlineData((2 * Batches) - 1)]
    [InlineData((3 * Batches) + 2)]
    [InlineData((Epochs * Batches) - 1)]
    public void A_training_goes_on_with_the_same_bits(int interrupted) => Check(new Adam(0.01f), Options(), interrupted);

    [Fact]
    public void Every_optimizer_goes_on_with_its_state()
    {
        Check(new Sgd(0.05f), Options(), 10);
        Check(new Sgd(0.05f, momentum: 0.9f, nesterov: true), Options(), 10);
        Check(new Sgd(0.05f, momentum: 0.9f, dampening: 0.5f), Options(), 10);
        Check(new AdamW(0.01f, weightDecay: 0.1f), Options(), 10);
        Check(new RmsProp(0.01f, momentum: 0.5f), Options(), 10);
        Check(new Adagrad(0.05f, learningRateDecay: 0.1f), Options(), 10);
        Check(new Nadam(0.01f), Options(), 10);
        Check(new Lion(0.01f), Options(), 10);
        Check(new Adadelta(0.5f), Options(), 10);
        Check(new AmsGrad(0.01f), Options(), 10);
        Check(new Lamb(0.01f), Options(), 10);
        Check(new Muon(0.01f), Options(), 10);
        Check(new Sgd(0.05f).Lookahead(every: 3), Options(), 10);
        // In the middle of a sum.
        Check(new AmsGrad(0.01f).StoreGradients() with { ClipNorm = 0.5f, Accumulate = 4 }, Options(), 10);
    }

    [Fact]
    public void A_mean_of_weights_goes_on()
    {
        FitOptions options = Options() with { Average = WeightAverage.Exponential(0.9) };
        Check(new Adam(0.01f), options, 10);
        Check(new Adam(0.01f), options with { EarlyStopping = new(patience: 1, "wave") }, Batches);
        Check(new Adam(0.01f), Options() with { Average = WeightAverage.Equal(fromEpoch: 2) }, (2 * Batches) + 3);
    }

    /// <summary>Weights of the best epoch, waited epochs, a reduced rate and metrics are part of it.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(21)]
    public void What_early_stopping_and_a_plateau_know_goes_on(int interrupted)
    {
        FitOptions options = Options() with
        {
            Epochs = 12,
            EarlyStopping = new(patience: 3, "wave"),
            ReduceOnPlateau = new(patience: 1, "wave") { Factor = 0.5, Cooldown = 1 },
        };
        (History history, _) = Check(new Adam(0.02f), options, interrupted);
        Assert.Equal((StopReason.EarlyStopping, 2, 5), (history.Stopped, history.BestEpoch, history.Epochs.Count));
    }

    [Fact]
    public void A_training_may_be_interrupted_again_and_again_and_by_a_callback()
    {
        (float[] expected, History whole) = Train(new Adam(0.01f), Options(), threads: 1);
        FitOptions options = Options() with { Checkpoints = new(Folder("again")) { EveryEpochs = 0 } };
        foreach (int step in (int[])[2, 5, 6, 7, 14, 20])
            Assert.Equal(StopReason.Requested, Train(new Adam(0.01f), options with { Callbacks = [new StopAt(step)] }, threads: 2, seed: step == 2 ? 1 : (ulong)step).History.Stopped);
        (float[] actual, History parts) = Train(new Adam(0.01f), options, threads: 1);
        Agreement.Same(expected, actual, "weights");
        Same(whole, parts);

        // It is at its end: there is nothing to do but to give the same weights and history.
        (float[] again, History done) = Train(new Adam(0.01f), options with { Callbacks = [new StopAt(1)] }, threads: 1, seed: 99);
        Agreement.Same(expected, again, "weights");
        Same(whole, done);
    }

    [Fact]
    public void A_device_that_keeps_the_data_would_stop_its_run_of_steps_at_a_checkpoint()
    {
        FitOptions options = Options() with { Checkpoints = new(Folder("steps")) { EverySteps = 5, EveryEpochs = 0, KeepLast = 100 } };
        Train(new Adam(0.01f), options, threads: 1);
        // And one at the end.
        Assert.Equal([5, 10, 15, 20, 25, 28], Steps("steps"));
    }

    [Fact]
    public void The_last_and_the_best_are_kept()
    {
        FitOptions options = Options() with
        {
            Epochs = 8,
            Metrics = [new CustomMetric("wave", _ => wave[waves++ % wave.Length])],
            EarlyStopping = new(patience: 100, "wave"),
            Checkpoints = new(Folder("best")) { KeepLast = 2, KeepBest = 2 },
        };
        // In two processes, so to speak: which were best is in the files.
        Train(new Adam(0.01f), options with { Epochs = 5 }, threads: 1);
        File.WriteAllText(Path.Combine(Folder("best"), "checkpoint-7.safetensors.mine"), "of the user");
        Train(new Adam(0.01f), options, threads: 1);
        // The metric is 0.1, 0.9, 0.3, 0.5, 0.2, 0.1, 0.9, 0.3: epochs 2 and 7 are best, 7 and 8 last.
        Assert.Equal([2 * Batches, 7 * Batches, 8 * Batches], Steps("best"));
        Assert.True(File.Exists(Path.Combine(Folder("best"), "checkpoint-7.safetensors.mine")));
    }

    [Fact]
    public void A_checkpoint_is_a_file_of_weights_too()
    {
        FitOptions options = Options() with { Checkpoints = new(Folder("file")) };
        (float[] expected, _) = Train(new Adam(0.01f), options, threads: 1);
        using ICompiledNetwork other = Network.Value.Create(seed: 5);
        other.Network.Load(Directory.GetFiles(Folder("file")).Max()!);
        Agreement.Same(expected, Weights(other), "weights");
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_a_step()
    {
        FitOptions options = Options() with { Checkpoints = new(Folder("other")) };
        Train(new Adam(0.01f), options with { Epochs = 2 }, threads: 1);
        Refused<InvalidDataException>("the BatchSize 8, and this one has 4.", new Adam(0.01f), options with { BatchSize = 4 });
        Refused<InvalidDataException>("the Seed 3, and this one has 4.", new Adam(0.01f), options with { Seed = 4 });
        Refused<InvalidDataException>("the Shuffle True, and this one has False.", new Adam(0.01f), options with { Shuffle = false });
        Refused<InvalidDataException>("the number of training samples 53, and this one has 40.", new Adam(0.01f), options with { ValidationFraction = 0.3334 });
        Refused<InvalidDataException>("the optimizer NetGen.Adam, and this one has NetGen.Sgd.", new Sgd(0.01f), options);
        Refused<InvalidDataException>("it has 2 epochs, and 1 are asked for.", new Adam(0.01f), options with { Epochs = 1 });
        Refused<InvalidDataException>("it is of a training without a mean of the weights (FitOptions.Average).", new Adam(0.01f), options with { Average = WeightAverage.Exponential() });
        Refused<InvalidOperationException>("has checkpoints of another training", new Adam(0.01f), options with { Checkpoints = options.Checkpoints! with { Resume = false } });

        string last = Directory.GetFiles(Folder("other")).Max()!;
        byte[] bytes = File.ReadAllBytes(last);
        File.WriteAllBytes(last, bytes[..^1]);
        Refused<InvalidDataException>($"The training cannot go on from {last}: ", new Adam(0.01f), options);
        using (ICompiledNetwork network = Network.Value.Create())
            network.Network.Save(last);
        Refused<InvalidDataException>("it has weights, and nothing of a training.", new Adam(0.01f), options);
        Refused<ArgumentOutOfRangeException>("KeepLast is 0; expected at least 1.", new Adam(0.01f), options with { Checkpoints = options.Checkpoints! with { KeepLast = 0 } });

        void Refused<TException>(string text, object optimizer, FitOptions wrong)
            where TException : Exception
        {
            using ICompiledNetwork network = Network.Value.Create(seed: 8);
            float[] before = Weights(network);
            var trainable = (ITrainable)network.Network;
            Exception thrown = Assert.Throws<TException>(() => optimizer is Adam adam ? trainable.Fit(Data(), wrong, adam) : trainable.Fit(Data(), wrong, (Sgd)optimizer));
            Assert.Contains(text, thrown.Message);
            Agreement.Same(before, Weights(network), "weights");
        }
    }

    [Fact]
    public void Weights_that_are_not_finite_are_in_no_checkpoint()
    {
        FitOptions options = Options() with { Callbacks = [new Breaks(at: 10)], Checkpoints = new(Folder("nan")) { EverySteps = 1 } };
        (_, History history) = Train(new Adam(0.01f), options, threads: 1);
        Assert.Equal((StopReason.WeightsNotFinite, 1), (history.Stopped, history.RestoredEpoch));
        Assert.Equal([8, 9], Steps("nan"));
    }

    /// <summary>Killed three times at some moment, in the midst of a file or not, and then left alone.</summary>
    [Fact]
    public async Task A_training_that_is_killed_goes_on_from_the_last_checkpoint()
    {
        string folder = Folder("killed"), result = Path.Combine(root, "result.safetensors"), image = Path.Combine(root, "Net.dll");
        File.WriteAllBytes(image, Compiled.Value.Image);
        Random random = new(11);
        for (int kill = 0; kill < 3; kill++)
        {
            int before = Last(folder);
            using Process process = Child.Start(nameof(CheckpointTests), nameof(Trains_in_a_process), $"{folder}|{result}|{image}|40");
            while (Last(folder) <= before && !process.HasExited)
                await Task.Delay(2, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(40), TestContext.Current.CancellationToken);
            Assert.False(process.HasExited, "The training ended before it could be killed.");
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(Last(folder), 3, Epochs * Batches - 1);
        using (Process process = Child.Start(nameof(CheckpointTests), nameof(Trains_in_a_process), $"{folder}|{result}|{image}|0"))
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        (float[] expected, _) = Train(new Adam(0.01f), Options(), threads: 1);
        using ICompiledNetwork network = Network.Value.Create();
        network.Network.Load(result);
        Agreement.Same(expected, Weights(network), "weights");

        static int Last(string folder) => Directory.Exists(folder)
            ? Directory.GetFiles(folder, "checkpoint-*.safetensors").Select(StepOf).DefaultIfEmpty().Max()
            : 0;
    }

    [Fact]
    public void Trains_in_a_process()
    {
        string[] arguments = Child.Argument().Split('|');
        int threads = 1 + Environment.ProcessId % 2;
        // Only who begins has to have the right seed.
        ulong seed = Directory.Exists(arguments[0]) ? (ulong)Environment.ProcessId : 1;
        Type adapter = Assembly.LoadFrom(arguments[2]).GetType($"Only.{Adapter.Name}", throwOnError: true)!;
        FitOptions options = Options() with
        {
            Checkpoints = new(arguments[0]) { EverySteps = 1 },
            // Slow enough to be killed inside.
            Callbacks = [new Slow(TimeSpan.FromMilliseconds(int.Parse(arguments[3], CultureInfo.InvariantCulture)))],
        };
        using var network = (ICompiledNetwork)Activator.CreateInstance(adapter, seed, Device.Cpu(threads))!;
        ((ITrainable)network.Network).Fit(Data(), options, new Adam(0.01f));
        network.Network.Save(arguments[1]);
    }

    private readonly double[] wave = [0.1, 0.9, 0.3, 0.5, 0.2, 0.1, 0.9, 0.3];

    private int waves;

    /// <summary>Seven batches of 53 samples, 7 to validate with.</summary>
    private static FitOptions Options() => new()
    {
        Epochs = Epochs,
        BatchSize = 8,
        Seed = 3,
        ValidationFraction = 0.1167,
        Schedule = Schedule.Cosine(end: 0.1).WithWarmUp(3),
        // A function of the data and the weights would do as well, and of the epoch it is simpler to foresee.
        Metrics = [new CustomMetric("wave", _ => 1)],
        ReduceOnPlateau = new(patience: 2),
    };

    private static Dataset Data()
    {
        Random random = new(4);
        float[] x = [.. Enumerable.Range(0, 60 * 6).Select(_ => random.NextSingle() - 0.5f)];
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => x[6 * i] > 0 ? x[6 * i + 1] > 0 ? 0 : 1 : x[6 * i + 2] > 0 ? 2 : 3)];
        return new(new DataColumn("x", x, 6), new DataColumn("label", labels));
    }

    private (History Whole, History Parts) Check<TOptimizer>(TOptimizer optimizer, FitOptions options, int interrupted)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        (float[] expected, History whole) = Train(optimizer, Waving(options), threads: 1);
        string folder = Folder($"{typeof(TOptimizer).Name} {HashCode.Combine(optimizer, options.Average)} {interrupted}");
        using CancellationTokenSource source = new();
        FitOptions first = options with
        {
            CancellationToken = source.Token,
            Callbacks = [new CancelAt(interrupted, source)],
            Checkpoints = new(folder) { EveryEpochs = 0 },
        };
        Assert.Equal(StopReason.Canceled, Train(optimizer, Waving(first), threads: 2).History.Stopped);
        // Another network, of another seed, on other threads.
        (float[] actual, History parts) = Train(optimizer, Waving(options with { Checkpoints = new(folder) }), threads: 3, seed: 77);
        Agreement.Same(expected, actual, $"{optimizer}, interrupted after step {interrupted}");
        Same(whole, parts);
        return (whole, parts);
    }

    /// <summary>With a metric that is a function of how many epochs there were.</summary>
    private FitOptions Waving(FitOptions options)
    {
        FitContext? context = null;
        return options with
        {
            Metrics = [new CustomMetric("wave", _ => wave[context!.Epochs.Count])],
            Callbacks = [.. options.Callbacks, new Remember(fit => context = fit)],
        };
    }

    private static (float[] Weights, History History) Train<TOptimizer>(TOptimizer optimizer, FitOptions options, int threads, ulong seed = 1)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        using ICompiledNetwork network = Network.Value.Create(seed, threads);
        History history = ((ITrainable)network.Network).Fit(Data(), options, optimizer);
        return (Weights(network), history);
    }

    private static float[] Weights(ICompiledNetwork network) => [.. network.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static void Same(History expected, History actual)
    {
        Assert.Equal(expected.Epochs.Select(epoch => epoch with { Seconds = 0 }), actual.Epochs.Select(epoch => epoch with { Seconds = 0 }));
        Assert.Equal((expected.Stopped, expected.BestEpoch, expected.RestoredEpoch), (actual.Stopped, actual.BestEpoch, actual.RestoredEpoch));
    }

    private string Folder(string name) => Path.Combine(root, name);

    private int[] Steps(string name) => [.. Directory.GetFiles(Folder(name), "*.safetensors").Select(StepOf).Order()];

    private static int StepOf(string file) => int.Parse(Path.GetFileNameWithoutExtension(file)["checkpoint-".Length..], CultureInfo.InvariantCulture);

    private sealed class CancelAt(int step, CancellationTokenSource source) : StepCallback
    {
        public override void OnStepEnd(FitContext fit)
        {
            if (fit.TotalSteps == step)
                source.Cancel();
        }
    }

    private sealed class StopAt(int step) : StepCallback
    {
        public override void OnStepEnd(FitContext fit)
        {
            if (fit.TotalSteps == step)
                fit.Stop();
        }
    }

    private sealed class Breaks(int at) : StepCallback
    {
        public override void OnStepEnd(FitContext fit)
        {
            if (fit.TotalSteps == at)
                fit.Network.Parameters[0].Values[0] = float.NaN;
        }
    }

    private sealed class Slow(TimeSpan time) : StepCallback
    {
        public override void OnStepEnd(FitContext fit) => Thread.Sleep(time);
    }

    private sealed class Remember(Action<FitContext> begin) : FitCallback
    {
        public override void OnBegin(FitContext fit) => begin(fit);
    }
}
