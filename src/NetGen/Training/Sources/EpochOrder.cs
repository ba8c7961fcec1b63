namespace NetGen;

/// <summary>Which samples of a <see cref="SampleSource"/> are wanted, and in which order: all that an epoch depends on.</summary>
/// <remarks>Two readings of one order give the same bits, in any process and on any number of threads: so a training goes on from a
/// checkpoint in the middle of an epoch.</remarks>
/// <example>
/// <code>
/// var order = new EpochOrder { Epoch = 1, Seed = 3, Shuffle = true, BatchSize = 32 };
/// using SampleReader reader = train.AsSource().Read(order);
/// </code>
/// </example>
public sealed record EpochOrder
{
    /// <summary>The epoch: 1, 2, …; 0 outside of a training.</summary>
    public int Epoch { get; init; }

    /// <summary>The seed of the training.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether each epoch has another random order.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The samples of a batch; the last one has what is left.</summary>
    public required int BatchSize { get; init; }

    /// <summary>How many batches were taken before: those are not wanted.</summary>
    public int FirstBatch { get; init; }

    /// <summary>Ends the waiting for samples.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Where the network computes that the batches are for; null: who reads has none.</summary>
    internal Device? Device { get; init; }

    /// <summary>
    /// How many threads of the processor the network computes on, between whose steps there is time; 0: on none, as on a GPU.
    /// </summary>
    internal int Threads => (Device as CpuDevice)?.Threads ?? 0;

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Epoch = {Epoch}, Seed = {Seed}, Shuffle = {Shuffle}, BatchSize = {BatchSize}, FirstBatch = {FirstBatch}");
        return true;
    }
}
