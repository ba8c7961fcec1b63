using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>How a network is trained.</summary>
public sealed record FitOptions
{
    /// <summary>How often the training sees all samples; 1 by default.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The samples in one step; 32 by default. The last step of an epoch may have fewer.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// The share of the data, in [0, 1), that is held back for validation: its last samples, before any shuffling, as in Keras.
    /// Data that are sorted by class must be shuffled first (<see cref="Dataset.Shuffle"/>).
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>Data to validate with after each epoch, instead of a <see cref="ValidationFraction"/>.</summary>
    public Dataset? ValidationData { get; init; }

    /// <summary>
    /// Samples to validate with after each epoch that are read anew each time, in their own order: more than memory holds.
    /// <see cref="Metrics"/> of the caller's need <see cref="ValidationData"/>, all of which they see at once.
    /// </summary>
    /// <example><code>network.Fit(stream, new FitOptions { Epochs = 3, ValidationSource = SampleStream.OfParts(count, columns, heldBack, BlocksOf) }, new Adam(1e-3f));</code></example>
    public SampleSource? ValidationSource { get; init; }

    /// <summary>
    /// Whether numbers in the data may be NaN or infinite. False by default: before the first step all data, those of the validation too,
    /// are read once, at the speed of memory, and a number that is not finite is refused by its column and row. True saves that time.
    /// Labels and targets out of range are always refused.
    /// </summary>
    public bool AllowNotFiniteData { get; init; }

    /// <summary>Whether each epoch takes the samples in another random order. True by default.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Whether sequences of similar length come into one batch: of the shuffled samples each 64 batches' worth is sorted by length, and
    /// the batches of these
    /// follow in a random order. Only where samples are sequences, and are shuffled. False by default.
    /// </summary>
    public bool SimilarLengths { get; init; }

    /// <summary>The seed of the shuffling: the same seed gives the same orders.</summary>
    public ulong Seed { get; init; }

    /// <summary>Ends the training when it no longer helps; null trains all epochs.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>How the learning rate changes: what the optimizer's own is multiplied with; null: it stays.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Makes the learning rate smaller when the training no longer helps; multiplies what <see cref="Schedule"/> says.</summary>
    public ReduceOnPlateau? ReduceOnPlateau { get; init; }

    /// <summary>
    /// The mean of the weights over steps or epochs that is validated, watched by early stopping, seen by callbacks between two epochs, and
    /// given to the network in the end; null: the weights of the last step. On another device than the processor a mean over steps brings
    /// the weights to the host after each.
    /// </summary>
    public WeightAverage? Average { get; init; }

    /// <summary>Numbers of the caller's, computed with the validation data after each epoch: <see cref="EpochResult.Metrics"/>.</summary>
    public IReadOnlyList<CustomMetric> Metrics { get; init; } = [];

    /// <summary>Code of the caller's that runs at certain points of the training.</summary>
    public IReadOnlyList<FitCallback> Callbacks { get; init; } = [];

    /// <summary>Writes all that the training is made of to files, and goes on from the last one; null: neither.</summary>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>Where progress is reported, on the training thread.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>
    /// The least time between two reports inside an epoch; 50 ms by default. Zero reports every batch. A device that keeps the data makes
    /// as many steps at once as fit into half of it, up to 10 ms.
    /// </summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Ends the training between two batches (on a device that keeps the data, some milliseconds later); the network keeps what it has
    /// learned.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    internal bool Validates => ValidationFraction > 0 || ValidationData is not null || ValidationSource is not null;

    internal void Validate()
    {
        if (Epochs < 1)
            throw OutOfRange.Of(
                nameof(Epochs), Epochs, Invariant($"The number of epochs is {Epochs}; expected at least 1."));
        CheckBatchSize(BatchSize, nameof(BatchSize));
        if (!(ValidationFraction >= 0 && ValidationFraction < 1))
            throw OutOfRange.Of(nameof(ValidationFraction), ValidationFraction, string.Create(CultureInfo.InvariantCulture, $"The validation fraction is {ValidationFraction}; expected a number in [0, 1)."));
        if (ValidationFraction > 0 && ValidationData is not null)
            throw new ArgumentException($"Both {nameof(ValidationFraction)} and {nameof(ValidationData)} are set; set one.", nameof(ValidationData));
        if (ValidationSource is not null && (ValidationFraction > 0 || ValidationData is not null))
        {
            throw new ArgumentException(
                $"Both {nameof(ValidationSource)} and {(ValidationFraction > 0 ? nameof(ValidationFraction) : nameof(ValidationData))} are set; set one.", nameof(ValidationSource));
        }

        if (ValidationData is { Count: 0 })
            throw new ArgumentException("The validation data have no samples.", nameof(ValidationData));
        if (ValidationSource is { Count: <= 0 })
            throw new ArgumentException("The source of the validation has no samples.", nameof(ValidationSource));
        if (ProgressInterval < TimeSpan.Zero)
            throw OutOfRange.Of(nameof(ProgressInterval), ProgressInterval, "The interval between reports is negative.");
        EarlyStopping?.Validate();
        ReduceOnPlateau?.Validate();
        Checkpoints?.Validate();
        CustomMetric.Check(Metrics, nameof(Metrics));
        if (Metrics.Count > 0 && ValidationSource is not null)
        {
            throw new ArgumentException(
                $"Metrics see all samples of the validation at once, and a {nameof(ValidationSource)} has them batch by batch; set {nameof(ValidationData)}.", nameof(Metrics));
        }

        if (Metrics.Count > 0 && !Validates)
            throw new ArgumentException($"Metrics are computed with the validation data, but there is neither a {nameof(ValidationFraction)} nor {nameof(ValidationData)}.", nameof(Metrics));
        ArgumentNullException.ThrowIfNull(Callbacks);
        foreach (FitCallback callback in Callbacks)
            ArgumentNullException.ThrowIfNull(callback, nameof(Callbacks));
    }

    internal static void CheckBatchSize(int batchSize, string name)
    {
        if (batchSize < 1)
            throw OutOfRange.Of(name, batchSize, Invariant($"The batch size is {batchSize}; expected at least 1."));
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Epochs = {Epochs}, BatchSize = {BatchSize}, ValidationFraction = {ValidationFraction}, "
            + $"ValidationData = {ValidationData}, ValidationSource = {ValidationSource}, AllowNotFiniteData = {AllowNotFiniteData}, Shuffle = {Shuffle}, SimilarLengths = {SimilarLengths}, "
            + $"Seed = {Seed}, EarlyStopping = {EarlyStopping}, Schedule = {Schedule}, ReduceOnPlateau = {ReduceOnPlateau}, "
            + $"Average = {Average}, Metrics = {Metrics}, Callbacks = {Callbacks}, Checkpoints = {Checkpoints}, Progress = {Progress}, "
            + $"ProgressInterval = {ProgressInterval}, CancellationToken = {CancellationToken}");
        return true;
    }
}
