namespace NetGen;

/// <summary>A source that can give any sample by its number: pictures in files, samples that are changed at random.</summary>
/// <remarks>
/// Batches are made by several threads (<see cref="Workers"/>). What comes out depends on the order that is asked for alone, not on their
/// number.
/// <code>
/// public sealed class Noisy(Dataset data) : IndexedSource
/// {
///     public override int Count =&gt; data.Count;
///     public override Dataset Columns =&gt; data.Take(0);
///     public override void Load(int sample, SampleTarget target, ref SampleRandom random)
///     {
///         data["x"].Floats.Span.Slice(sample * 8, 8).CopyTo(target.Floats(0));
///         random.AddNormal(target.Floats(0), 0.1f);
///         target.Labels(1)[0] = data["label"].Labels.Span[sample];
///     }
/// }
/// </code>
/// </remarks>
public abstract class IndexedSource : SampleSource
{
    /// <summary>
    /// How many threads make batches ahead. With 0 each batch is made between two steps, on the network's own threads: on a processor,
    /// whose cores all compute, threads beside them would only disturb these. Null, the default, is 0 for networks on the processor, and
    /// otherwise one less than there are cores.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int? Workers
    {
        get;
        init
        {
            OutOfRange.ThrowIfLess(value ?? 0, 0);
            field = value;
        }
    }

    /// <summary>How many batches threads make ahead at most; 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Ahead
    {
        get;
        init
        {
            OutOfRange.ThrowIfLess(value, 1);
            field = value;
        }
    } = 2;

    /// <summary>Makes one sample. Several threads call it at once.</summary>
    /// <param name="sample">Its number, from 0 to below <see cref="SampleSource.Count"/>.</param>
    /// <param name="target">Receives its values.</param>
    /// <param name="random">The sample's own random numbers of this epoch.</param>
    public abstract void Load(int sample, SampleTarget target, ref SampleRandom random);

    /// <inheritdoc/>
    public sealed override SampleReader Read(EpochOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new IndexedReader(this, order);
    }

    /// <summary>Changes a whole batch, whose samples are made.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="count">How many.</param>
    /// <param name="random">The batch's own random numbers.</param>
    internal virtual void Finish(SampleBuffer batch, int count, ref SampleRandom random)
    {
    }
}
