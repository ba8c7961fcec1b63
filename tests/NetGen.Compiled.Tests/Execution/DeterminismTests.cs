using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>The same seed, data and machine give the same bits: with any number of threads, beside other work, in any order of batches.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("Mlp")]
    [InlineData("Cnn")]
    [InlineData("Branches")]
    [InlineData("LayerTwice")]
    public void Twenty_steps_give_the_same_weights_for_any_number_of_threads(string name)
    {
        var compiled = WholeNetworks.Get(name);
        var expected = Train(compiled, threads: 1);
        foreach (var threads in new[] { 2, 3, 4 })
            Agreement.Same(expected, Train(compiled, threads), $"{name}, {threads} threads");
    }

    [Fact]
    public void Networks_trained_at_the_same_time_do_not_disturb_each_other()
    {
        var compiled = WholeNetworks.Get("Cnn");
        var expected = Train(compiled, threads: 1);
        var results = new float[4][];
        RunAtOnce(results.Length, i => results[i] = Train(compiled, threads: 2));
        for (var i = 0; i < results.Length; i++)
            Agreement.Same(expected, results[i], $"network {i}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Concurrent_predictions_are_those_of_one_thread(int threads)
    {
        var compiled = WholeNetworks.Get("Cnn");
        using var network = compiled.Create(threads: threads);
        var batches = Enumerable.Range(0, 8).Select(i => 1 + (5 * i % 9)).ToArray();
        var inputs = batches.Select((batch, i) => compiled.Inputs("Forward", batch, i)).ToArray();
        var expected = batches.Select((batch, i) => Predict(network, inputs[i], batch)).ToArray();
        RunAtOnce(batches.Length, i =>
        {
            for (var round = 0; round < 10; round++)
                Agreement.Same(expected[i], Predict(network, inputs[i], batches[i]), $"caller {i}, round {round}");
        });
    }

    [Fact]
    public void A_network_can_be_used_in_another_s_progress_report_and_in_a_parallel_loop()
    {
        var compiled = WholeNetworks.Get("Cnn");
        using var other = compiled.Create(threads: 2);
        var image = compiled.Inputs("Forward", 3, 1);
        var expected = Predict(other, image, 3);
        var alone = Fit(compiled, threads: 1, () => { });
        var reports = 0;
        var nested = Fit(compiled, threads: 2, () =>
        {
            reports++;
            Parallel.For(0, 8, i => Agreement.Same(expected, Predict(other, image, 3), $"loop {i}"));
        });
        Agreement.Same(alone, nested, "the weights");
        Assert.True(reports > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_sample_s_result_does_not_depend_on_the_rest_of_its_batch(int threads)
    {
        var compiled = WholeNetworks.Get("Cnn");
        using var network = compiled.Create(threads: threads);
        var image = (float[])compiled.Inputs("Forward", 1, 1)[0];
        var expected = Predict(network, [image], 1);
        // From 8 samples for each worker on, workers can take samples of their own, in blocks.
        foreach (var batch in new[] { 2, 3, 5, 8, 13, 16, 24, 33, 48, 200, 1501 })
        {
            var others = (float[])compiled.Inputs("Forward", batch, batch)[0];
            foreach (var place in new[] { 0, batch / 2, batch - 1 })
            {
                var images = others.ToArray();
                image.CopyTo(images, place * image.Length);
                var results = Predict(network, [images], batch);
                Agreement.Same(expected, results.AsSpan(place * 10, 10).ToArray(), $"sample {place} of {batch}");
            }
        }
    }

    [Fact]
    public void An_objective_over_a_large_batch_is_that_of_its_samples()
    {
        var compiled = WholeNetworks.Get("Cnn");
        using var network = compiled.Create(threads: 2);
        var inputs = compiled.Inputs("Loss", 150, 1);
        var (images, labels) = ((float[])inputs[0], (int[])inputs[1]);
        var each = Enumerable.Range(0, 150).Select(i => network.Loss(
            "Loss", [images.AsSpan(i * images.Length / 150, images.Length / 150).ToArray(), new[] { labels[i] }]));

        // Objective.Mean adds in double.
        Assert.Equal((float)each.Average(l => (double)l), network.Loss("Loss", inputs), 1e-6f);
    }

    /// <summary>Twenty steps whose batches grow and shrink, as the last of an epoch does.</summary>
    private static float[] Train(CompiledNetwork compiled, int threads)
    {
        using var network = compiled.Create(seed: 7, threads);
        for (var step = 0; step < 20; step++)
        {
            var batch = step % 5 == 4 ? 3 : 8 + (step % 2);
            network.Step("Loss", compiled.Inputs("Loss", batch, step), new Adam(1e-3f));
        }
        return network.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
    }

    private static float[] Fit(CompiledNetwork compiled, int threads, Action report)
    {
        using var network = compiled.Create(seed: 7, threads);
        var inputs = compiled.Inputs("Loss", 40, 1);
        var data = new Dataset(new DataColumn("image", (float[])inputs[0], 20, 20, 1), new DataColumn("label", (int[])inputs[1]));
        var options = new FitOptions { Epochs = 2, BatchSize = 9, Progress = new Report(report), ProgressInterval = TimeSpan.Zero };
        ((ITrainable)network.Network).Fit(data, options, new Adam(1e-3f));
        return network.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
    }

    private static float[] Predict(ICompiledNetwork network, Array[] inputs, int batch)
    {
        var result = new float[batch * 10];
        network.Predict("Forward", inputs, result);
        return result;
    }

    // Progress<T> would report on another thread.
    private sealed class Report(Action action) : IProgress<FitProgress>
    {
        void IProgress<FitProgress>.Report(FitProgress value) => action();
    }

    private static void RunAtOnce(int count, Action<int> action)
    {
        var failures = new List<Exception>();
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                action(i);
            }
            catch (Exception e)
            {
                lock (failures)
                    failures.Add(e);
            }
        })).ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
