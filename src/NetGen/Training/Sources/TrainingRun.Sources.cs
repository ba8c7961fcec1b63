using static System.FormattableString;

namespace NetGen;

/// <summary>A training with a source of samples.</summary>
internal sealed partial class TrainingRun
{
    /// <summary>The samples of the step whose loss was not finite, out of a source; null: those of the data set.</summary>
    private Dataset? read;

    private Func<int, string>? placeOf;

    private static void CheckSource(SampleSource source, FitOptions options)
    {
        if (options.ValidationFraction > 0)
            throw new ArgumentException($"A source has no last samples to hold back for a {nameof(FitOptions.ValidationFraction)}; set {nameof(FitOptions.ValidationData)} or {nameof(FitOptions.ValidationSource)}.", nameof(options));
        if (options.SimilarLengths)
            throw new ArgumentException($"A source has an order of its own; {nameof(FitOptions.SimilarLengths)} is for a {nameof(Dataset)}.", nameof(options));
        CheckColumns(source, nameof(source));
    }

    /// <exception cref="ArgumentException">The source has samples in its columns, or none at all.</exception>
    private static void CheckColumns(SampleSource source, string name)
    {
        if (source.Columns.Count != 0)
            throw new ArgumentException(Invariant($"The columns of a source are of no sample; those of {source.GetType().Name} have {source.Columns.Count}."), name);
    }

    private SampleReader? Read(int epoch) => source?.Read(new EpochOrder
    {
        Epoch = epoch,
        Seed = options.Seed,
        Shuffle = options.Shuffle,
        BatchSize = batchSize,
        FirstBatch = made,
        CancellationToken = options.CancellationToken,
        Device = network.Device,
    });

    /// <summary>The samples to validate with out of a source: the same after each epoch.</summary>
    private SampleReader? ReadValidation(int size) => options.ValidationSource?.Read(new EpochOrder
    {
        BatchSize = size,
        CancellationToken = options.CancellationToken,
        Device = network.Device,
    });

    /// <summary>Takes the next batch of a source.</summary>
    /// <param name="from">The source.</param>
    /// <param name="reader">Where it is read.</param>
    /// <param name="batch">Which batch comes: 1, 2, …</param>
    /// <param name="count">The samples that it must have.</param>
    /// <returns>Null: somebody wants the training to end.</returns>
    /// <exception cref="InvalidOperationException">The source gives fewer samples than it has said, or more.</exception>
    private Dataset? Next(SampleSource from, SampleReader reader, int batch, int count)
    {
        Dataset next;
        try
        {
            next = reader.Next();
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            return null;
        }

        return next.Count == count
            ? next
            : throw new InvalidOperationException(Invariant($"{from.GetType().Name} gave {next.Count} samples in batch {batch} of {Batches(from.Count, batchSize)}; expected {count} of its {from.Count}."));
    }

    /// <exception cref="ArgumentException">The batch has other columns, or a number that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    private void Fill(ObjectiveRun objective, Batch batch, Dataset next, SampleReader reader, string name)
    {
        DataCheck.Training(objective.Spec.Columns, next, name, options.AllowNotFiniteData, reader.Place);
        batch.Fill(next, 0, next.Count);
    }

    /// <summary>Copies the samples of a step whose loss was not finite: what reads ahead writes others there.</summary>
    private void KeepBroken(Dataset? next, SampleReader? reader)
    {
        if (next is null)
            return;
        int[] all = Enumerable.Range(0, next.Count).ToArray();
        string[] places = Array.ConvertAll(all, reader!.Place);
        read = next.Select(all);
        placeOf = sample => places[sample];
    }
}
