using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>Fit of a network with several objectives makes the steps that a loop over batches would make, and can be interrupted.</summary>
public sealed class SeveralObjectivesTests : IDisposable
{
    private const int Samples = 44, BatchSize = 8, Batches = 6, Epochs = 3;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        new("Gan",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer generator = Sequential(Dense(6), Tanh, Dropout(0.1f), Dense(5)), critic = Sequential(Dense(7), Tanh, Dense(1));

                public Tensor Forward([Shape(4)] Tensor noise) => generator(noise);

                [Objective(Updates = [nameof(generator)])]
                public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-critic(Forward(noise))));

                [Objective(Updates = [nameof(critic)])]
                public Tensor CriticLoss(Tensor noise, [Shape(5)] Tensor real) =>
                    Mean(Softplus(critic(Forward(noise)))) + Mean(Softplus(-critic(real)));
            }
            """),
        new("Tasks",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer body = Sequential(Dense(8), Tanh), colours = Dense(3), sizes = Dense(2);

                public Tensor Forward([Shape(4)] Tensor noise) => colours(body(noise));

                [Objective]
                public Tensor ColourLoss(Tensor noise, Labels label) => CrossEntropy(Forward(noise), label);

                [Objective]
                public Tensor SizeLoss(Tensor noise, Labels size) => CrossEntropy(sizes(body(noise)), size);

                [Objective]
                public Tensor BothLoss(Tensor noise, Labels label) => CrossEntropy(Forward(noise), label) + 0.1f * L2(body);
            }
            """),
    ]));

    private readonly string root = Directory.CreateTempSubdirectory("netgen-objectives-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Fit_makes_the_steps_of_a_loop()
    {
        using ICompiledNetwork fitted = Compiled.Value["Gan"].Create(seed: 1), looped = Compiled.Value["Gan"].Create(seed: 1);
        FitOptions options = new() { Epochs = Epochs, BatchSize = BatchSize, Shuffle = false };
        History history = Network(fitted).Fit(
            Data(), options,
            new ObjectiveSteps<Adam>("CriticLoss", new Adam(0.01f, beta1: 0.5f)),
            new ObjectiveSteps<Sgd>("GeneratorLoss", step => new Sgd(0.1f / step)) { Every = 5 });

        IMultiObjective network = Network(looped);
        Assert.Equal(["GeneratorLoss", "CriticLoss"], network.Objectives.ToArray().Select(objective => objective.Name));
        Batch forGenerator = new(network.Objectives[0].Columns, BatchSize), forCritic = new(network.Objectives[1].Columns, BatchSize);
        (double critic, double generator, int samples) = (0, 0, 0);
        for (int step = 1; step <= Epochs * Batches; step++)
        {
            int start = (step - 1) % Batches * BatchSize, count = Math.Min(BatchSize, Samples - start);
            if (start == 0)
                (critic, generator, samples) = (0, 0, 0);
            forCritic.Fill(Data(), start, count);
            critic += network.StepBatch(1, forCritic, new Adam(0.01f, beta1: 0.5f), default).Loss * (double)count;
            if (step % 5 != 0)
                continue;
            forGenerator.Fill(Data(), start, count);
            generator += network.StepBatch(0, forGenerator, new Sgd(0.1f / step), default).Loss * (double)count;
            samples += count;
        }

        Agreement.Same(Weights(looped), Weights(fitted), "weights");
        EpochResult last = history.Last!;
        Assert.Equal(["CriticLoss", "GeneratorLoss"], last.Losses.Keys);
        Assert.Equal((float)(critic / Samples), (float)last.Losses["CriticLoss"]);
        Assert.Equal((float)(generator / samples), (float)last.Losses["GeneratorLoss"]);
        Assert.Equal((float)last.Losses["CriticLoss"] + (float)last.Losses["GeneratorLoss"], last.Loss);
    }

    /// <summary>In the middle of an epoch, on other threads, in a network of another seed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData((2 * 5) + 3)]
    public void A_training_goes_on_with_the_same_bits(int interrupted)
    {
        FitOptions options = new()
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Seed = 3,
            ValidationFraction = 0.2,
            Schedule = Schedule.Cosine(),
            ReduceOnPlateau = new(patience: 1) { LossOf = "CriticLoss" },
            EarlyStopping = new(patience: 3, Metric.Loss) { LossOf = "GeneratorLoss", HigherIsBetter = true },
            Average = WeightAverage.Exponential(0.9),
        };
        (float[] expected, History whole) = Train(options, threads: 1, seed: 1);
        FitOptions kept = options with { Checkpoints = new(Path.Combine(root, $"{interrupted}")) { EveryEpochs = 0 } };
        Assert.Equal(StopReason.Requested, Train(kept with { Callbacks = [new StopAt(interrupted)] }, threads: 2, seed: 1).History.Stopped);
        (float[] actual, History parts) = Train(kept, threads: 3, seed: 77);

        Agreement.Same(expected, actual, $"weights, interrupted after batch {interrupted}");
        Assert.Equal(whole.Epochs.Select(epoch => epoch with { Seconds = 0 }), parts.Epochs.Select(epoch => epoch with { Seconds = 0 }));
        Assert.Equal((whole.Stopped, whole.BestEpoch), (parts.Stopped, parts.BestEpoch));

        static (float[] Weights, History History) Train(FitOptions options, int threads, ulong seed)
        {
            using ICompiledNetwork network = Compiled.Value["Gan"].Create(seed, threads);
            History history = Network(network).Fit(
                Data(), options,
                new ObjectiveSteps<Adam>("CriticLoss", new Adam(0.01f)),
                // What the critic lost in its last step has to be known after an interruption too.
                new ObjectiveSteps<Sgd>("GeneratorLoss", new Sgd(0.05f, momentum: 0.9f)) { When = fit => fit.TotalSteps > 0 && fit.LossOf("CriticLoss") < 1.39f });
            return (Weights(network), history);
        }
    }

    [Fact]
    public void A_checkpoint_is_of_its_objectives()
    {
        FitOptions options = new() { BatchSize = BatchSize, Checkpoints = new(Path.Combine(root, "other")) };
        using ICompiledNetwork network = Compiled.Value["Gan"].Create();
        Network(network).Fit(Data(), options, new ObjectiveSteps<Adam>("CriticLoss", new Adam(0.01f)));
        Refused("it is of a training with the objectives CriticLoss, and this one has GeneratorLoss, CriticLoss.", () => Network(network).Fit(Data(), options));
        Refused(
            "it is of a training with the optimizer NetGen.Adam, and this one has NetGen.Sgd.",
            () => Network(network).Fit(Data(), options, new ObjectiveSteps<Sgd>("CriticLoss", new Sgd(0.01f))));
        // Its weights can be read by any network of the class.
        using ICompiledNetwork other = Compiled.Value["Gan"].Create(seed: 5);
        other.Network.Load(Directory.GetFiles(Path.Combine(root, "other")).Single());
        Agreement.Same(Weights(network), Weights(other), "weights");

        static void Refused(string text, Action fit) => Assert.Contains(text, Assert.Throws<InvalidDataException>(fit).Message);
    }

    [Fact]
    public void Evaluate_says_the_loss_and_the_accuracy_of_each()
    {
        using ICompiledNetwork network = Compiled.Value["Tasks"].Create();
        IMultiObjective tasks = Network(network);
        History history = tasks.Fit(Data(), new FitOptions { Epochs = 40, BatchSize = BatchSize, ValidationData = Data() }, new Adam(0.02f));
        Evaluation evaluation = tasks.Evaluate(Data(), batchSize: 7, TestContext.Current.CancellationToken);

        Assert.Equal(["ColourLoss", "SizeLoss", "BothLoss"], evaluation.Losses.Keys);
        Assert.Equal(evaluation.Losses.Values.Sum(), evaluation.Loss, 1e-5);
        // Two of them classify the same.
        Assert.Equal(["label in ColourLoss", "size", "label in BothLoss"], evaluation.Accuracies.Keys);
        Assert.Equal(evaluation.Accuracies["label in ColourLoss"], evaluation.Accuracies["label in BothLoss"]);
        Assert.True(evaluation.Accuracies["size"] > 0.9f, evaluation.ToString());
        Assert.Equal(evaluation.Accuracies, history.Last!.ValidationAccuracies);
        Assert.Equal(evaluation.Losses["SizeLoss"], history.Last.ValidationLosses["SizeLoss"], 1e-5);
        Assert.Contains(", val_SizeLoss ", history.Last.ToString());

        Evaluation metric = tasks.Evaluate(Data(), [new CustomMetric("samples", data => data.Count)], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Samples, metric.Metrics["samples"]);
    }

    [Fact]
    public void One_objective_is_evaluated_with_its_own_columns()
    {
        using ICompiledNetwork network = Compiled.Value["Tasks"].Create();
        IMultiObjective tasks = Network(network);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Evaluation all = tasks.Evaluate(Data(), cancellationToken: cancellation);
        ObjectiveSpec size = tasks.Objectives[1];
        Dataset own = new([.. size.Columns.ToArray().Select(column => Data()[column.Name])]);
        Assert.NotEqual(own.Columns.Length, Data().Columns.Length);

        Evaluation one = tasks.Evaluate("SizeLoss", own, cancellationToken: cancellation);

        Assert.Equal((all.Losses["SizeLoss"], all.Accuracies["size"]), ((double)one.Loss, one.Accuracies.Values.Single()));
        var unknown = Assert.Throws<ArgumentException>(() => tasks.Evaluate("Weight", own, cancellationToken: cancellation));
        Assert.Contains("has no objective 'Weight'; it has ColourLoss, SizeLoss, BothLoss.", unknown.Message);
    }

    [Fact]
    public void Logs_have_a_column_and_a_rate_for_each()
    {
        string path = Path.Combine(root, "log.csv");
        using ICompiledNetwork network = Compiled.Value["Gan"].Create();
        Network(network).Fit(
            Data(), new FitOptions { BatchSize = BatchSize, ValidationData = Data(), Callbacks = [new CsvLog(path)] },
            new ObjectiveSteps<Adam>("CriticLoss", new Adam(0.01f)), new ObjectiveSteps<Sgd>("GeneratorLoss", new Sgd(0.25f)));
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(
            "epoch,loss,CriticLoss,GeneratorLoss,val_loss,val_CriticLoss,val_GeneratorLoss,learning_rate of CriticLoss,learning_rate of GeneratorLoss,seconds", lines[0]);
        Assert.Contains(",0.00999999978,0.25,", lines[1]);
    }

    [Fact]
    public void A_step_on_several_objectives_allocates_nothing()
    {
        using ICompiledNetwork network = Compiled.Value["Gan"].Create(threads: 1);
        Allocations counted = new();
        Network(network).Fit(
            Data(), new FitOptions { Epochs = 3, BatchSize = 2, Callbacks = [counted] },
            new ObjectiveSteps<Adam>("CriticLoss", new Adam(0.01f)), new ObjectiveSteps<Adam>("GeneratorLoss", new Adam(0.01f)) { Every = 2 });
        Assert.Equal((Samples / 2 - 2, 0), (counted.Steps, counted.Bytes));
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        using ICompiledNetwork network = Compiled.Value["Gan"].Create();
        IMultiObjective gan = Network(network);
        ObjectiveSteps critic = new ObjectiveSteps<Adam>("CriticLoss", new Adam(0.01f));
        FitOptions options = new() { ValidationFraction = 0.2 };
        Refused("No objective is named; Net has GeneratorLoss, CriticLoss.", () => gan.Fit(Data(), options, (ObjectiveSteps[])[]));
        Refused("Net has no objective 'Critic'; it has GeneratorLoss, CriticLoss.", () => gan.Fit(Data(), options, new ObjectiveSteps<Adam>("Critic", new Adam(0.01f))));
        Refused("The objective 'CriticLoss' is named twice; its steps are stated once.", () => gan.Fit(Data(), options, critic, critic));
        Refused(
            "Early stopping watches ValidationLoss, and Net is trained on several objectives: GeneratorLoss, CriticLoss. Say which by LossOf.",
            () => gan.Fit(Data(), options with { EarlyStopping = new(3) }));
        Refused(
            "Early stopping watches the loss of 'Critic', and Net is trained on GeneratorLoss, CriticLoss.",
            () => gan.Fit(Data(), options with { EarlyStopping = new(3) { LossOf = "Critic" } }));
        Refused(
            "The choice of the best checkpoints watches ValidationLoss, and Net is trained on several objectives",
            () => gan.Fit(Data(), options with { Checkpoints = new(root) { KeepBest = 1 } }));
        Refused(
            "The data set does not fit the network: the names differ",
            () => gan.Fit(new Dataset(Data()["noise"]), options));
        Refused("Rprop has no learning rate that a schedule could change.", () => gan.Fit(Data(), options with { Schedule = Schedule.Cosine() }, critic, new ObjectiveSteps<Rprop>("GeneratorLoss", Rprop.Default)));
        Assert.Contains("expected at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new ObjectiveSteps<Adam>("CriticLoss", new Adam()) { Every = 0 }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObjectiveSteps<Adam>("CriticLoss", new Adam(-1)));

        static void Refused(string text, Action fit) => Assert.StartsWith(text, Assert.Throws<ArgumentException>(fit).Message);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_training_and_is_named()
    {
        using ICompiledNetwork network = Compiled.Value["Gan"].Create();
        History history = Network(network).Fit(
            Data(), new FitOptions { BatchSize = BatchSize, Epochs = 9 },
            new ObjectiveSteps<Sgd>("CriticLoss", step => new Sgd(step < 4 ? 0.01f : 3e38f)), new ObjectiveSteps<Adam>("GeneratorLoss", new Adam(0.01f)));
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.Matches("^The loss of step . on (Generator|Critic)Loss of epoch . was not finite. ", history.Advice);
        Assert.All(Weights(network), weight => Assert.True(float.IsFinite(weight)));
    }

    private static IMultiObjective Network(ICompiledNetwork network) => (IMultiObjective)network.Network;

    private static Dataset Data()
    {
        Random random = new(4);
        float[] noise = [.. Enumerable.Range(0, Samples * 4).Select(_ => random.NextSingle() - 0.5f)];
        float[] real = [.. Enumerable.Range(0, Samples * 5).Select(_ => random.NextSingle())];
        int[] label = [.. Enumerable.Range(0, Samples).Select(i => noise[4 * i] > 0 ? 0 : noise[4 * i + 1] > 0 ? 1 : 2)];
        int[] size = [.. Enumerable.Range(0, Samples).Select(i => noise[4 * i + 2] > 0 ? 0 : 1)];
        return new(new DataColumn("noise", noise, 4), new DataColumn("real", real, 5), new DataColumn("label", label), new DataColumn("size", size));
    }

    private static float[] Weights(ICompiledNetwork network) => [.. network.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private sealed class StopAt(int step) : StepCallback
    {
        public override void OnStepEnd(FitContext fit)
        {
            if (fit.TotalSteps == step)
                fit.Stop();
        }
    }

    /// <summary>What the training thread allocates from the end of one step to the end of the next, in the last epoch.</summary>
    private sealed class Allocations : StepCallback
    {
        private long before;

        public int Steps { get; private set; }

        public long Bytes { get; private set; }

        public override void OnStepEnd(FitContext fit)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (fit.Epoch == 3 && fit.Step > 2)
            {
                Steps++;
                Bytes += now - before;
            }

            before = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
