namespace NetGen;

public static partial class Training
{
    /// <summary>
    /// Trains a network on all its objectives, a step on each with each batch, with <see cref="Adam"/>'s usual hyper-parameters.
    /// </summary>
    /// <inheritdoc cref="Fit(IMultiObjective, Dataset, FitOptions?, ReadOnlySpan{ObjectiveSteps})"/>
    public static History Fit(this IMultiObjective network, Dataset data, FitOptions? options = null) => network.Fit(data, options, Adam.Default);

    /// <summary>
    /// Trains a network on all its objectives, a step on each with each batch, with the usual hyper-parameters of an optimizer.
    /// </summary>
    /// <inheritdoc cref="Fit(IMultiObjective, Dataset, FitOptions?, ReadOnlySpan{ObjectiveSteps})"/>
    public static History Fit<TOptimizer>(this IMultiObjective network, Dataset data, FitOptions? options = null)
        where TOptimizer : struct, IOptimizer<TOptimizer> => network.Fit(data, options, TOptimizer.Default);

    /// <summary>Trains a network on all its objectives, in their order a step on each with each batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples, in the columns of all objectives.</param>
    /// <param name="options">How; null: one epoch in batches of 32.</param>
    /// <param name="optimizer">The rule that makes new weights, with a state for each objective.</param>
    /// <inheritdoc cref="Fit(IMultiObjective, Dataset, FitOptions?, ReadOnlySpan{ObjectiveSteps})"/>
    public static History Fit<TOptimizer>(this IMultiObjective network, Dataset data, FitOptions? options, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new TrainingRun(network, Runs(network, optimizer), data, options ?? new()).Run();
    }

    /// <summary>
    /// Trains a network on all its objectives with samples that are made while it is trained: read from files, changed at random.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The samples, in the columns of all objectives.</param>
    /// <param name="options">How; null: one epoch in batches of 32. To validate with, there are <see cref="FitOptions.ValidationData"/>
    /// and <see cref="FitOptions.ValidationSource"/>.</param>
    /// <param name="optimizer">The rule that makes new weights, with a state for each objective.</param>
    /// <exception cref="InvalidDataException">A sample cannot be read; the network keeps what it has learned from those before
    /// it.</exception>
    /// <inheritdoc cref="Fit(IMultiObjective, Dataset, FitOptions?, ReadOnlySpan{ObjectiveSteps})"/>
    public static History Fit<TOptimizer>(this IMultiObjective network, SampleSource source, FitOptions? options, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new TrainingRun(network, Runs(network, optimizer), source, options ?? new()).Run();
    }

    /// <summary>Trains a network on several objectives with samples that are made while it is trained.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The samples, in the columns of all objectives that are trained on.</param>
    /// <param name="options">How; null: one epoch in batches of 32.</param>
    /// <param name="objectives">What is trained, in the order of the steps with one batch.</param>
    /// <example>
    /// <code>
    /// gan.Fit(stream, new FitOptions { Epochs = 20 },
    ///     new ObjectiveSteps&lt;Adam&gt;(nameof(Gan.CriticLoss), new Adam(2e-4f)), new ObjectiveSteps&lt;Adam&gt;(nameof(Gan.GeneratorLoss), new Adam(1e-4f)));
    /// </code>
    /// </example>
    /// <exception cref="InvalidDataException">A sample cannot be read; the network keeps what it has learned from those before
    /// it.</exception>
    /// <inheritdoc cref="Fit(IMultiObjective, Dataset, FitOptions?, ReadOnlySpan{ObjectiveSteps})"/>
    public static History Fit(this IMultiObjective network, SampleSource source, FitOptions? options, params ReadOnlySpan<ObjectiveSteps> objectives) =>
        new TrainingRun(network, Runs(network, objectives), source, options ?? new()).Run();

    /// <summary>Trains a network on several objectives, each with an optimizer of its own and with the batches that it asks for.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data"> The samples. Each objective finds its columns by their names; if not all names are the same, by position. An
    /// epoch takes each sample once; its last batch may be shorter.
    /// </param>
    /// <param name="options">How; null: one epoch in batches of 32.</param>
    /// <param name="objectives"> What is trained, in the order of the steps with one batch. An objective of the network that is not among
    /// them is neither trained nor validated.
    /// </param>
    /// <returns>The losses of all epochs, those of each objective by its name, and why the training ended. Cancellation is no exception: it
    /// is one of the reasons.</returns>
    /// <exception cref="ArgumentException"> No objective is named, one twice, or one that the network has not; the data do not fit an
    /// objective, a number in them is not finite (the message names column and row), or the options do not fit together. Nothing was
    /// trained.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"> A label or a target in the data (the message names column and row), an option or a
    /// hyper-parameter is out of range; nothing was trained.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Early stopping watches an accuracy, which no objective has, or a weight is not finite; nothing was trained.
    /// </exception>
    public static History Fit(this IMultiObjective network, Dataset data, FitOptions? options, params ReadOnlySpan<ObjectiveSteps> objectives) =>
        new TrainingRun(network, Runs(network, objectives), data, options ?? new()).Run();

    /// <summary>All objectives, with one rule.</summary>
    private static ObjectiveRun[] Runs<TOptimizer>(IMultiObjective network, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        optimizer.Validate();
        ObjectiveRun[] objectives = new ObjectiveRun[network.Objectives.Length];
        for (int i = 0; i < objectives.Length; i++)
            objectives[i] = new ObjectiveRun<TOptimizer>(network, i, null, optimizer, null);
        return objectives;
    }

    private static ObjectiveRun[] Runs(IMultiObjective network, ReadOnlySpan<ObjectiveSteps> objectives)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (objectives.IsEmpty)
            throw new ArgumentException($"No objective is named; {network.Name} has {Names(network)}.", nameof(objectives));
        List<ObjectiveRun> runs = [];
        foreach (ObjectiveSteps steps in objectives)
        {
            ArgumentNullException.ThrowIfNull(steps, nameof(objectives));
            runs.Add(steps.Begin(network, IndexOf(network, steps.Objective, nameof(objectives))));
            if (runs.Count(run => run.Spec.Name == steps.Objective) > 1)
                throw new ArgumentException($"The objective '{steps.Objective}' is named twice; its steps are stated once.", nameof(objectives));
        }

        return [.. runs];
    }

    /// <summary>
    /// The losses of all objectives, their accuracies, and metrics of the caller's over a data set; the network does not change.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples, in the columns of all objectives.</param>
    /// <param name="metrics">What else is computed with the data: <see cref="Evaluation.Metrics"/>. An exception of it comes
    /// through.</param>
    /// <param name="batchSize">How many samples to compute at once; the result does not depend on it, except in the last bits.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <inheritdoc cref="Evaluate(IMultiObjective, Dataset, int, CancellationToken)"/>
    public static Evaluation Evaluate(
        this IMultiObjective network, Dataset data, IReadOnlyList<CustomMetric> metrics, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        CustomMetric.Check(metrics, nameof(metrics));
        Evaluation evaluation = network.Evaluate(data, batchSize, cancellationToken);
        return evaluation with { Metrics = MetricValues.Of(metrics, data) };
    }

    /// <summary>
    /// The losses of all objectives (<see cref="Evaluation.Losses"/>) and their accuracies over a data set; the network does not change.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples, in the columns of all objectives.</param>
    /// <param name="batchSize">How many samples to compute at once; the result does not depend on it, except in the last bits.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or a label or a target in the data is out of
    /// range.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static Evaluation Evaluate(this IMultiObjective network, Dataset data, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Evaluate(network, [.. Enumerable.Range(0, network.Objectives.Length)], data, batchSize, cancellationToken);
    }

    /// <summary>
    /// The losses of all objectives and their accuracies over one reading of a source; the network does not change.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The samples, in the columns of all objectives, in their own order.</param>
    /// <param name="batchSize">How many samples to compute at once; the result does not depend on it, except in the last bits.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <exception cref="InvalidDataException">A sample cannot be read.</exception>
    /// <inheritdoc cref="Evaluate(IMultiObjective, Dataset, int, CancellationToken)"/>
    public static Evaluation Evaluate(this IMultiObjective network, SampleSource source, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Evaluate(network, new ObjectiveMeans(network.Objectives.ToArray()), network.EvaluateBatch, source, batchSize, cancellationToken);
    }

    /// <summary>
    /// The loss of one objective and its accuracies over a data set, which needs the columns of no other; the network does not change.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="objective">The objective's name.</param>
    /// <param name="data">The samples, in the columns of the objective.</param>
    /// <param name="batchSize">How many samples to compute at once; the result does not depend on it, except in the last bits.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <exception cref="ArgumentException">There is no such objective, the data do not fit it, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or a label or a target in the data is out of
    /// range.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static Evaluation Evaluate(
        this IMultiObjective network, string objective, Dataset data, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(objective);
        return Evaluate(network, [IndexOf(network, objective, nameof(objective))], data, batchSize, cancellationToken);
    }

    private static Evaluation Evaluate(IMultiObjective network, int[] chosen, Dataset data, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        FitOptions.CheckBatchSize(batchSize, nameof(batchSize));
        if (data.Count == 0)
            throw new ArgumentException("The data have no samples.", nameof(data));

        ObjectiveSpec[] all = network.Objectives.ToArray(), objectives = [.. chosen.Select(index => all[index])];
        ObjectiveMeans means = new(objectives);
        for (int i = 0; i < objectives.Length; i++)
        {
            DataCheck.Ranges(objectives[i].Columns, data, nameof(data));
            Batch batch = new(objectives[i].Columns, Math.Min(batchSize, data.Count));
            for (int start = 0; start < data.Count; start += batch.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                batch.Fill(data, start, Math.Min(batch.Capacity, data.Count - start));
                means[i].Add(network.EvaluateBatch(chosen[i], batch, means[i].OfBatch));
            }
        }

        return new(means.Loss, means.Accuracies) { Losses = means.Losses };
    }

    private static int IndexOf(IMultiObjective network, string objective, string parameter)
    {
        ReadOnlySpan<ObjectiveSpec> all = network.Objectives;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Name == objective)
                return i;
        }

        throw new ArgumentException($"{network.Name} has no objective '{objective}'; it has {Names(network)}.", parameter);
    }

    private static string Names(IMultiObjective network) => string.Join(", ", network.Objectives.ToArray().Select(objective => objective.Name));
}
