using Xunit;

namespace NetGen.Data.Tests.Sources;

public sealed class SourceTests
{
    private static readonly Dataset Data = TinyData.Of(100);

    private static readonly FitOptions Options = new() { Epochs = 3, BatchSize = 16, Seed = 5 };

    /// <summary>What is done between is seen, and may fail.</summary>
    private sealed class Watched(Dataset data, Action<int> see) : IndexedSource
    {
        private readonly IndexedSource source = data.AsSource();

        public override int Count => source.Count;

        public override Dataset Columns => source.Columns;

        public override string Place(int sample) => $"file {sample}.png";

        public override void Load(int sample, SampleTarget target, ref SampleRandom random)
        {
            source.Load(sample, target, ref random);
            random.AddNormal(target.Floats(0), 0.1f);
            if (random.Chance(0.5f))
                target.Floats(0)[random.Next(36)] = random.Uniform(-1, 1) + random.Normal();
            see(sample);
        }
    }

    private static float[] Trained(SampleSource source, FitOptions? options = null)
    {
        using Tiny network = new(seed: 1);
        Assert.Equal(StopReason.Completed, network.Fit(source, options ?? Options, new Adam(0.01f)).Stopped);
        return TinyData.Weights(network);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_data_set_as_a_source_trains_to_the_same_bits(bool shuffle)
    {
        FitOptions options = Options with { Shuffle = shuffle };
        using Tiny network = new(seed: 1);
        network.Fit(Data, options, new Adam(0.01f));
        Assert.Equal(TinyData.Weights(network), Trained(Data.AsSource(), options));
    }

    [Fact]
    public void The_number_of_threads_makes_no_difference()
    {
        float[] none = Trained(new Watched(Data, _ => { }) { Workers = 0 });
        Assert.Equal(none, Trained(new Watched(Data, _ => { })));
        Assert.Equal(none, Trained(new Watched(Data, _ => { }) { Workers = 1 }));
        Assert.Equal(none, Trained(new Watched(Data, sample => Thread.SpinWait(sample * 37 % 1000)) { Workers = 3, Ahead = 5 }));
        Assert.Equal(none, Trained(new Watched(Data, _ => { }) { Workers = 8, Ahead = 1 }));
        Assert.NotEqual(none, Trained(Data.AsSource()));
        Assert.NotEqual(none, Trained(new Watched(Data, _ => { }), Options with { Seed = 6 }));
    }

    [Fact]
    public void An_image_is_another_one_in_each_epoch_and_the_same_in_the_same()
    {
        Watched source = new(Data, _ => { });
        Assert.Equal(Read(source, epoch: 1), Read(source, epoch: 1));
        Assert.NotEqual(Read(source, epoch: 1), Read(source, epoch: 2));
        // It does not depend on the size of the batch.
        Assert.Equal(Read(source, epoch: 1), Read(source, epoch: 1, batchSize: 7));

        static float[] Read(SampleSource source, int epoch, int batchSize = 20)
        {
            using SampleReader reader = source.Read(new() { Epoch = epoch, Seed = 3, BatchSize = batchSize });
            List<float> all = [];
            while (all.Count < source.Count * 36)
                all.AddRange(reader.Next()["image"].Floats.Span);
            return [.. all];
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void A_training_goes_on_in_the_middle_of_an_epoch_with_the_same_bits(int stopAt)
    {
        Watched source = new(Data, _ => { });
        Assert.Equal(Trained(source), Resumed(source, stopAt));
        Assert.Equal(Trained(Stream()), Resumed(Stream(), stopAt));
    }

    private static float[] Resumed(SampleSource source, int stopAt)
    {
        string folder = Directory.CreateTempSubdirectory("netgen-sources-").FullName;
        try
        {
            FitOptions options = Options with { Checkpoints = new(folder) };
            using (Tiny first = new(seed: 1))
                Assert.Equal(StopReason.Requested, first.Fit(source, options with { Callbacks = [new StopAfter(stopAt)] }, new Adam(0.01f)).Stopped);
            using Tiny second = new(seed: 99);
            Assert.Equal(StopReason.Completed, second.Fit(source, options, new Adam(0.01f)).Stopped);
            return TinyData.Weights(second);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class StopAfter(int steps) : StepCallback
    {
        public override void OnStepEnd(FitContext fit)
        {
            if (fit.TotalSteps == steps)
                fit.Stop();
        }
    }

    [Fact]
    public void No_more_than_was_said_is_made_ahead()
    {
        int loaded = 0;
        Watched source = new(Data, _ => Interlocked.Increment(ref loaded)) { Workers = 2, Ahead = 2 };
        using SampleReader reader = source.Read(new() { BatchSize = 10 });
        reader.Next();
        Thread.Sleep(100);
        // One in use, two ahead.
        Assert.Equal(30, Volatile.Read(ref loaded));
        reader.Next();
        Thread.Sleep(100);
        Assert.Equal(40, Volatile.Read(ref loaded));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(2)]
    public void What_goes_wrong_with_a_sample_comes_through(int? workers)
    {
        using Tiny network = new(seed: 1);
        Watched source = new(Data, sample =>
        {
            if (sample % 50 == 5)
                throw new InvalidDataException($"file {sample}.png: damaged.");
        })
        {
            Workers = workers,
        };
        Assert.Equal("file 55.png: damaged.", Assert.Throws<InvalidDataException>(() => network.Fit(source, Options, new Adam(0.01f))).Message);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named_by_its_place()
    {
        float[] images = Data["image"].Floats.ToArray();
        images[36 * 41 + 8] = float.NaN;
        Dataset broken = new(new DataColumn("image", images, 6, 6, 1), Data["label"]);
        using Tiny network = new(seed: 1);
        string message = Assert.Throws<ArgumentException>(() => network.Fit(new Watched(broken, _ => { }), Options, new Adam(0.01f))).Message;
        Assert.StartsWith("'image' is NaN in file 41.png at [1, 2, 0]", message, StringComparison.Ordinal);

        History history = network.Fit(new Watched(broken, _ => { }), Options with { AllowNotFiniteData = true }, new Adam(0.01f));
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.Contains("'image' is NaN in file 41.png", history.Advice, StringComparison.Ordinal);

        int[] labels = Data["label"].Labels.ToArray();
        labels[7] = 3;
        Dataset wrong = new(Data["image"], new DataColumn("label", labels));
        message = Assert.Throws<ArgumentOutOfRangeException>(() => network.Fit(new Watched(wrong, _ => { }), Options, new Adam(0.01f))).Message;
        Assert.StartsWith("'label' is 3 in file 7.png", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_a_training_that_waits_for_samples()
    {
        using Tiny network = new(seed: 1);
        using CancellationTokenSource cancel = new();
        SampleStream stream = SampleStream.Of(100, Data, Never);
        cancel.CancelAfter(100);
        Assert.Equal(StopReason.Canceled, network.Fit(stream, Options with { CancellationToken = cancel.Token }, new Adam(0.01f)).Stopped);

        async IAsyncEnumerable<Dataset> Never([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            yield return Data.Take(20);
            await Task.Delay(Timeout.Infinite, token);
        }
    }

    [Fact]
    public void What_sources_cannot_do_is_said()
    {
        using Tiny network = new(seed: 1);
        Assert.Contains("set ValidationData", Wrong(Options with { ValidationFraction = 0.1 }), StringComparison.Ordinal);
        Assert.Contains("SimilarLengths is for a Dataset", Wrong(Options with { SimilarLengths = true }), StringComparison.Ordinal);
        Dataset sequences = new(DataColumn.Sequences("tokens", [[1, 2], [3]]));
        Assert.Contains("'tokens' has sequences", Assert.Throws<NotSupportedException>(() => sequences.AsSource().Read(new() { BatchSize = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("the data set has", Assert.Throws<ArgumentException>(() => network.Fit(new Dataset(Data["label"]).AsSource(), Options, new Adam(0.01f))).Message, StringComparison.Ordinal);

        string Wrong(FitOptions options) => Assert.Throws<ArgumentException>(() => network.Fit(Data.AsSource(), options, new Adam(0.01f))).Message;
    }

    [Fact]
    public void A_source_is_evaluated_and_validates()
    {
        using Tiny network = new(seed: 1);
        History history = network.Fit(Data.AsSource(), Options with { ValidationData = TinyData.Of(30, 2) }, new Adam(0.01f));
        Assert.NotNull(history.Last!.ValidationLoss);
        Assert.Equal(network.Evaluate(Data, 16), network.Evaluate(Data.AsSource(), 16));
    }

    [Fact]
    public void A_source_validates_as_its_data_set_does()
    {
        Dataset validation = TinyData.Of(30, 2);
        FitOptions options = Options with { EarlyStopping = new EarlyStopping(patience: 2) };
        History bySource = Run(options with { ValidationSource = validation.AsSource() }), byData = Run(options with { ValidationData = validation });
        Assert.Equal(byData.Epochs.Select(epoch => epoch.ValidationLoss), bySource.Epochs.Select(epoch => epoch.ValidationLoss));
        Assert.Equal(byData.Epochs.Select(epoch => epoch.ValidationAccuracy), bySource.Epochs.Select(epoch => epoch.ValidationAccuracy));
        Assert.Equal((byData.BestEpoch, byData.RestoredEpoch), (bySource.BestEpoch, bySource.RestoredEpoch));

        static History Run(FitOptions options)
        {
            using Tiny network = new(seed: 1);
            return network.Fit(Data.AsSource(), options, new Adam(0.01f));
        }
    }

    [Fact]
    public void What_is_wrong_with_a_sample_of_the_validation_is_named_by_its_place()
    {
        float[] images = Data["image"].Floats.ToArray();
        images[36 * 41 + 8] = float.NaN;
        Watched broken = new(new(new DataColumn("image", images, 6, 6, 1), Data["label"]), _ => { });
        using Tiny network = new(seed: 1);
        string message = Assert.Throws<ArgumentException>(() => network.Fit(Data, Options with { ValidationSource = broken }, new Adam(0.01f))).Message;
        Assert.StartsWith("'image' is NaN in file 41.png", message, StringComparison.Ordinal);
        Assert.Contains("of the validation data", message, StringComparison.Ordinal);

        using CancellationTokenSource cancel = new();
        Watched cancels = new(Data, _ => cancel.Cancel());
        History history = network.Fit(Data, Options with { ValidationSource = cancels, CancellationToken = cancel.Token }, new Adam(0.01f));
        Assert.Equal((StopReason.Canceled, 1, true), (history.Stopped, history.Epochs.Count, history.Last!.IsPartial));
    }

    [Fact]
    public void What_a_source_of_the_validation_cannot_do_is_said()
    {
        FitOptions options = Options with { ValidationSource = Data.AsSource() };
        Assert.StartsWith("Both ValidationSource and ValidationData are set; set one.", Wrong(options with { ValidationData = Data }), StringComparison.Ordinal);
        Assert.StartsWith("Both ValidationSource and ValidationFraction are set; set one.", Wrong(options with { ValidationFraction = 0.1 }), StringComparison.Ordinal);
        Assert.StartsWith("Metrics see all samples of the validation at once", Wrong(options with { Metrics = [new("one", _ => 1)] }), StringComparison.Ordinal);
        Assert.Contains("the data set has", Wrong(Options with { ValidationSource = new Dataset(Data["label"]).AsSource() }), StringComparison.Ordinal);

        static string Wrong(FitOptions options)
        {
            using Tiny network = new(seed: 1);
            return Assert.Throws<ArgumentException>(() => network.Fit(Data, options, new Adam(0.01f))).Message;
        }
    }

    [Fact]
    public void Several_objectives_train_with_a_source_to_the_same_bits()
    {
        FitOptions options = Options with { ValidationSource = TinyData.Of(30, 2).AsSource() };
        using TwoTasks byData = new(seed: 1), bySource = new(seed: 1), withSteps = new(seed: 1);
        History first = byData.Fit(Data, options, new Adam(0.01f)), second = bySource.Fit(Data.AsSource(), options, new Adam(0.01f));
        History third = withSteps.Fit(
            Data.AsSource(), options, new ObjectiveSteps<Adam>(nameof(TwoTasks.ClassLoss), new Adam(0.01f)), new ObjectiveSteps<Adam>(nameof(TwoTasks.CodeLoss), new Adam(0.01f)));
        Assert.Equal(TinyData.Weights(byData), TinyData.Weights(bySource));
        Assert.Equal(TinyData.Weights(byData), TinyData.Weights(withSteps));
        Assert.Equal(first.Epochs.Select(epoch => epoch.ValidationLosses["CodeLoss"]), second.Epochs.Select(epoch => epoch.ValidationLosses["CodeLoss"]));
        Assert.Equal(first.Last!.Losses["ClassLoss"], third.Last!.Losses["ClassLoss"]);
        Assert.Equal(byData.Evaluate(Data, 16), bySource.Evaluate(Data.AsSource(), 16));
    }

    [Fact]
    public void Several_objectives_go_on_with_a_source_in_the_middle_of_an_epoch()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-sources-").FullName;
        try
        {
            using TwoTasks whole = new(seed: 1), first = new(seed: 1), second = new(seed: 99);
            Watched source = new(Data, _ => { });
            whole.Fit(source, Options, new Adam(0.01f));
            FitOptions options = Options with { Checkpoints = new(folder) };
            Assert.Equal(StopReason.Requested, first.Fit(source, options with { Callbacks = [new StopAfter(9)] }, new Adam(0.01f)).Stopped);
            Assert.Equal(StopReason.Completed, second.Fit(source, options, new Adam(0.01f)).Stopped);
            Assert.Equal(TinyData.Weights(whole), TinyData.Weights(second));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Streams.
    private static SampleStream Stream(int window = 30, int count = 100) => SampleStream.OfParts(count, Data, ["a", "b", "c"], Part, window);

    private static IEnumerable<Dataset> Part(string name)
    {
        (int start, int count) = name switch { "a" => (0, 20), "b" => (20, 50), _ => (70, 30) };
        for (int i = 0; i < count; i += 10)
            yield return Data.Slice(start + i, 10);
    }

    private static List<int> Order(SampleStream stream, int epoch, bool shuffle = true, int first = 0)
    {
        using SampleReader reader = stream.Read(new() { Epoch = epoch, Seed = 1, Shuffle = shuffle, BatchSize = 16, FirstBatch = first });
        List<int> order = [];
        for (int batch = first; batch < 7; batch++)
        {
            ReadOnlyMemory<float> images = reader.Next()["image"].Floats;
            for (int i = 0; i < images.Length; i += 36)
                order.Add(Data["image"].Floats.Span.IndexOf(images.Span.Slice(i, 36)) / 36);
        }

        return order;
    }

    [Fact]
    public void A_stream_gives_each_sample_once_in_an_order_of_its_own()
    {
        List<int> one = Order(Stream(), 1);
        Assert.Equal(Enumerable.Range(0, 100), one.Order());
        Assert.Equal(one, Order(Stream(), 1));
        Assert.NotEqual(one, Order(Stream(), 2));
        Assert.Equal(Enumerable.Range(0, 100), Order(Stream(), 1, shuffle: false));
        // From the middle of the epoch on it is the same.
        Assert.Equal(one[48..], Order(Stream(), 1, first: 3));
        // Of 20 epochs no two begin with the same part everywhere.
        Assert.Equal(3, Enumerable.Range(1, 20).Select(epoch => Order(Stream(window: 1), epoch)[0]).Distinct().Count());
    }

    [Fact]
    public void A_stream_has_as_many_samples_as_was_said()
    {
        Assert.Equal("a and 2 more ended after 100 samples; 105 were said to be there.", Assert.Throws<InvalidDataException>(() => Order(Stream(count: 105), 1)).Message);
        Assert.Equal("a and 2 more goes on after 90 samples, as many as were said to be there.", Assert.Throws<InvalidDataException>(() => Order(Stream(count: 90), 1)).Message);
        SampleStream other = SampleStream.OfParts(20, Data, ["a"], _ => [new Dataset(Data["label"])]);
        Assert.Contains("The block from row 0 of a on has the columns (label: Label [])", Assert.Throws<InvalidDataException>(() => Order(other, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_number_in_a_stream_is_named_by_part_and_row()
    {
        float[] images = Data["image"].Floats.ToArray();
        images[36 * 75] = float.PositiveInfinity;
        Dataset broken = new(new DataColumn("image", images, 6, 6, 1), Data["label"]);
        SampleStream stream = SampleStream.OfParts(100, Data, ["a.csv", "b.csv"], name => [broken.Slice(name == "a.csv" ? 0 : 50, 50)]);
        using Tiny network = new(seed: 1);
        Assert.Contains("row 25 of b.csv at [0, 0, 0]", Assert.Throws<ArgumentException>(() => network.Fit(stream, Options, new Adam(0.01f))).Message, StringComparison.Ordinal);
    }

    private sealed record Picture(float[] Pixels, int Answer);

    [Fact]
    public async Task Objects_become_columns_and_streams()
    {
        Picture[] pictures = [.. Enumerable.Range(0, 100).Select(i => new Picture(Data["image"].Floats.Slice(i * 36, 36).ToArray(), Data["label"].Labels.Span[i]))];
        SampleType<Picture> type = new SampleType<Picture>().Floats("image", p => p.Pixels, 6, 6, 1).Label("label", p => p.Answer);
        Dataset data = type.DatasetOf(pictures);
        Assert.Equal(Data.ToString(), data.ToString());
        Assert.Equal(Data["image"].Floats.ToArray(), data["image"].Floats.ToArray());
        Assert.Equal(Data["label"].Labels.ToArray(), (await type.DatasetOfAsync(pictures.ToAsyncEnumerable()))["label"].Labels.ToArray());

        FitOptions options = Options with { Shuffle = false };
        using Tiny network = new(seed: 1);
        network.Fit(Data, options, new Adam(0.01f));
        Assert.Equal(TinyData.Weights(network), Trained(SampleStream.Of(100, type, _ => pictures.ToAsyncEnumerable()), options));
        Assert.Contains("'image' has 1 values", Assert.Throws<ArgumentException>(() => type.DatasetOf([new([1], 0)])).Message, StringComparison.Ordinal);
    }
}
