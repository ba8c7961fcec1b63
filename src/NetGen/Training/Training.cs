namespace NetGen;

/// <summary>Trains and evaluates networks.</summary>
public static partial class Training
{
    /// <summary>Trains a network with <see cref="Adam"/>'s usual hyper-parameters.</summary>
    /// <inheritdoc cref="Fit{TOptimizer}(ITrainable, Dataset, FitOptions?, in TOptimizer)"/>
    public static History Fit(this ITrainable network, Dataset data, FitOptions? options = null) =>
        network.Fit(data, options, Adam.Default);

    /// <summary>Trains a network with the usual hyper-parameters of an optimizer: <c>net.Fit&lt;Sgd&gt;(data)</c>.</summary>
    /// <inheritdoc cref="Fit{TOptimizer}(ITrainable, Dataset, FitOptions?, in TOptimizer)"/>
    public static History Fit<TOptimizer>(this ITrainable network, Dataset data, FitOptions? options = null)
        where TOptimizer : struct, IOptimizer<TOptimizer> =>
        network.Fit(data, options, TOptimizer.Default);

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">
    /// The samples. Columns are found by their names; if not all names are the same, by position. An epoch takes each sample once;
    /// its last batch may be shorter.
    /// </param>
    /// <param name="options">How; null: one epoch in batches of 32.</param>
    /// <param name="optimizer">The rule that makes new weights: <c>new Adam(1e-3f)</c>.</param>
    /// <returns>The losses of all epochs, and why the training ended. Cancellation is no exception: it is one of the reasons.</returns>
    /// <exception cref="ArgumentException"> The data do not fit the network, a number in them is not finite (the message names column and
    /// row), or the options do not fit together; nothing was trained.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"> A label or a target in the data (the message names column and row), an option or a
    /// hyper-parameter is out of range; nothing was trained.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Early stopping watches an accuracy, which the objective does not have, or a weight is not finite; nothing was trained.
    /// </exception>
    public static History Fit<TOptimizer>(this ITrainable network, Dataset data, FitOptions? options, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        optimizer.Validate();
        return new TrainingRun(network, [new ObjectiveRun<TOptimizer>(network, optimizer, null)], data, options ?? new()).Run();
    }

    /// <summary>
    /// Trains a network with an optimizer that changes from step to step: <c>net.Fit(data, options, step =&gt; new Adam(1e-3f / step))</c>.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples.</param>
    /// <param name="options">How; null: one epoch in batches of 32.</param>
    /// <param name="schedule">Gives the optimizer of step 1, 2, … of this training; there are ⌈samples / batch size⌉ steps in an
    /// epoch.</param>
    /// <inheritdoc cref="Fit{TOptimizer}(ITrainable, Dataset, FitOptions?, in TOptimizer)"/>
    public static History Fit<TOptimizer>(this ITrainable network, Dataset data, FitOptions? options, Func<long, TOptimizer> schedule)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        return new TrainingRun(network, [new ObjectiveRun<TOptimizer>(network, TOptimizer.Default, schedule)], data, options ?? new()).Run();
    }

    /// <summary>
    /// The loss, the accuracies if the objective classifies something, and metrics of the caller's over a data set; the network does not
    /// change.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples, in the columns of the objective.</param>
    /// <param name="metrics">What else is computed with the data: <see cref="Evaluation.Metrics"/>. An exception of it comes
    /// through.</param>
    /// <param name="batchSize">How many samples to compute at once; the result does not depend on it, except in the last bits.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <inheritdoc cref="Evaluate(ITrainable, Dataset, int, CancellationToken)"/>
    public static Evaluation Evaluate(
        this ITrainable network, Dataset data, IReadOnlyList<CustomMetric> metrics, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        CustomMetric.Check(metrics, nameof(metrics));
        Evaluation evaluation = network.Evaluate(data, batchSize, cancellationToken);
        return evaluation with { Metrics = MetricValues.Of(metrics, data) };
    }

    /// <summary>The loss, and the accuracies if the objective classifies something, over a data set; the network does not change.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples, in the columns of the objective.</param>
    /// <param name="batchSize">How many samples to compute at once; the result does not depend on it, except in the last bits.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or a label or a target in the data is out of
    /// range.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static Evaluation Evaluate(this ITrainable network, Dataset data, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        FitOptions.CheckBatchSize(batchSize, nameof(batchSize));
        if (data.Count == 0)
            throw new ArgumentException("The data have no samples.", nameof(data));

        DataCheck.Ranges(network.Columns, data, nameof(data));
        Batch batch = new(network.Columns, Math.Min(batchSize, data.Count));
        RunningMean mean = new(network.Accuracies.ToArray());
        for (int start = 0; start < data.Count; start += batch.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Fill(data, start, Math.Min(batch.Capacity, data.Count - start));
            mean.Add(network.EvaluateBatch(batch, mean.OfBatch));
        }

        return new(mean.Loss, mean.Accuracies);
    }
}
