namespace NetGen;

/// <summary>Training and evaluation with sources of samples.</summary>
public static partial class Training
{
    /// <summary>Trains a network with samples that are made while it is trained: read from files, changed at random.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source"> The samples, in the columns of the objective. Each epoch begins with <see cref="SampleSource.Read"/>; each
    /// batch is looked at before its step, as data sets are before the training.
    /// </param>
    /// <param name="options">How; null: one epoch in batches of 32. To validate with, there are <see cref="FitOptions.ValidationData"/>
    /// and <see cref="FitOptions.ValidationSource"/>.</param>
    /// <param name="optimizer">The rule that makes new weights: <c>new Adam(1e-3f)</c>.</param>
    /// <exception cref="InvalidDataException">A sample cannot be read; the network keeps what it has learned from those before
    /// it.</exception>
    /// <exception cref="InvalidOperationException">The source gives fewer samples than it has said, or what a data set may not have
    /// either.</exception>
    /// <inheritdoc cref="Fit{TOptimizer}(ITrainable, Dataset, FitOptions?, in TOptimizer)"/>
    public static History Fit<TOptimizer>(this ITrainable network, SampleSource source, FitOptions? options, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        optimizer.Validate();
        return new TrainingRun(network, [new ObjectiveRun<TOptimizer>(network, optimizer, null)], source, options ?? new()).Run();
    }

    /// <summary>Trains a network with samples that are made while it is trained, and an optimizer that changes from step to step.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The samples, in the columns of the objective.</param>
    /// <param name="options">How; null: one epoch in batches of 32.</param>
    /// <param name="schedule">Gives the optimizer of step 1, 2, … of this training; there are ⌈samples / batch size⌉ steps in an
    /// epoch.</param>
    /// <inheritdoc cref="Fit{TOptimizer}(ITrainable, SampleSource, FitOptions?, in TOptimizer)"/>
    public static History Fit<TOptimizer>(this ITrainable network, SampleSource source, FitOptions? options, Func<long, TOptimizer> schedule)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new TrainingRun(network, [new ObjectiveRun<TOptimizer>(network, TOptimizer.Default, schedule)], source, options ?? new()).Run();
    }

    /// <summary>
    /// The loss, and the accuracies if the objective classifies something, over one reading of a source; the network does not change.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The samples, in the columns of the objective, in their own order.</param>
    /// <param name="batchSize">How many samples to compute at once; the result does not depend on it, except in the last bits.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or a label or a target is out of
    /// range.</exception>
    /// <exception cref="InvalidDataException">A sample cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static Evaluation Evaluate(this ITrainable network, SampleSource source, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ObjectiveMeans means = new(new ObjectiveSpec("", network.Columns.ToArray(), network.Accuracies.ToArray(), network.SmallestBatch));
        return Evaluate(network, means, (_, batch, correct) => network.EvaluateBatch(batch, correct), source, batchSize, cancellationToken);
    }

    private delegate BatchResult OfBatch(int objective, Batch batch, Span<double> correct);

    /// <summary>One reading of a source: each objective sees each batch.</summary>
    private static Evaluation Evaluate(
        INetwork network, ObjectiveMeans means, OfBatch evaluate, SampleSource source, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        FitOptions.CheckBatchSize(batchSize, nameof(batchSize));
        if (source.Count == 0)
            throw new ArgumentException("The data have no samples.", nameof(source));

        int size = Math.Min(batchSize, source.Count);
        Batch[] batches = Array.ConvertAll(means.Objectives, objective => new Batch(objective.Columns, size));
        using SampleReader reader = source.Read(new EpochOrder { BatchSize = size, CancellationToken = cancellationToken, Device = network.Device });
        for (int done = 0; done < source.Count; done += batches[0].Count)
        {
            Dataset next = reader.Next();
            for (int i = 0; i < batches.Length; i++)
            {
                DataCheck.Training(means.Objectives[i].Columns, next, nameof(source), allowNotFinite: true, reader.Place);
                batches[i].Fill(next, 0, next.Count);
                means[i].Add(evaluate(i, batches[i], means[i].OfBatch));
            }
        }

        return new(means.Loss, means.Accuracies) { Losses = means.Losses };
    }
}
