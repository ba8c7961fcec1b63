using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Samples that are made while a network is trained, for they are more than memory holds, or other ones in each epoch. <c>Fit</c> takes one
/// in place of a <see cref="Dataset"/>.
/// </summary>
/// <remarks>
/// What can give any sample by its number derives from <see cref="IndexedSource"/>, which shuffles, makes batches on threads of its own and
/// goes on in the middle of an epoch; <see cref="SampleStream"/> reads from the beginning to the end.
/// </remarks>
/// <example>
/// <code>
/// SampleSource source = train.AsSource();                       // or a SampleStream, or a class of yours
/// network.Fit(source, new FitOptions { Epochs = 3 }, new Adam(1e-3f));
/// </code>
/// </example>
public abstract class SampleSource
{
    /// <summary>The number of samples in an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>The columns, of no sample: their names, types and shapes.</summary>
    public abstract Dataset Columns { get; }

    /// <summary>Begins an epoch.</summary>
    /// <param name="order">Which samples, in which order.</param>
    public abstract SampleReader Read(EpochOrder order);

    /// <summary>Where a sample comes from, for messages: <c>row 17</c>, or its file.</summary>
    /// <param name="sample">Its number in the source.</param>
    public virtual string Place(int sample) => Invariant($"row {sample}");

    /// <summary>For example <c>50000 samples (image: Float [32, 32, 3]; label: Label [])</c>.</summary>
    public override string ToString() => Invariant($"{Count} samples ({string.Join("; ", (object[])Columns.Columns.ToArray())})");
}
