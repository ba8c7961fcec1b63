using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Reinforcement;

/// <summary>The latest transitions of which a training draws batches at random (Lin 1992). All memory is taken at once.</summary>
/// <example>
/// <code>
/// var replay = new ReplayBuffer(capacity: 50_000, observationLength: 4, seed: 1);
/// var batch = new Transitions(count: 128, observationLength: 4);
/// if (replay.Count > 0)
///     replay.Sample(batch);
/// </code>
/// </example>
public sealed class ReplayBuffer
{
    private const uint SampleStream = 0x5245_504C;

    private readonly float[] observations, nextObservations, rewards, discounts;
    private readonly int[] actions;
    private readonly ulong seed;
    private long added, sampled;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">How many transitions it keeps; then each new one takes the place of the oldest.</param>
    /// <param name="observationLength">The numbers that are seen of a state.</param>
    /// <param name="seed">Decides what is drawn: with the same transitions the same batches.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public ReplayBuffer(int capacity, int observationLength, ulong seed = 0)
    {
        OutOfRange.ThrowIfLess(capacity, 1);
        OutOfRange.ThrowIfLess(observationLength, 1);
        this.seed = seed;
        ObservationLength = observationLength;
        (actions, rewards, discounts) = (new int[capacity], new float[capacity], new float[capacity]);
        observations = new float[checked(capacity * observationLength)];
        nextObservations = new float[observations.Length];
    }

    /// <summary>The most transitions.</summary>
    public int Capacity => actions.Length;

    /// <summary>The numbers that are seen of a state.</summary>
    public int ObservationLength { get; }

    /// <summary>The transitions that are there.</summary>
    public int Count => (int)Math.Min(added, Capacity);

    /// <summary>Keeps one transition.</summary>
    /// <param name="observation">What was seen.</param>
    /// <param name="action">What was done.</param>
    /// <param name="reward">What it was worth.</param>
    /// <param name="nextObservation">What was seen then.</param>
    /// <param name="discount">How much the value of what was seen then counts: γ, and 0 where the task was over.</param>
    /// <exception cref="ArgumentException">An observation has another length.</exception>
    public void Add(ReadOnlySpan<float> observation, int action, float reward, ReadOnlySpan<float> nextObservation, float discount)
    {
        CheckLength(observation, nameof(observation));
        CheckLength(nextObservation, nameof(nextObservation));
        int place = (int)(added++ % Capacity);
        observation.CopyTo(observations.AsSpan(place * ObservationLength));
        nextObservation.CopyTo(nextObservations.AsSpan(place * ObservationLength));
        (actions[place], rewards[place], discounts[place]) = (action, reward, discount);
    }

    /// <summary>Fills a batch with transitions at random, each as likely as any other; one may come several times.</summary>
    /// <exception cref="ArgumentException">The batch is of observations of another length.</exception>
    /// <exception cref="InvalidOperationException">There is no transition yet.</exception>
    public void Sample(Transitions batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.ObservationLength != ObservationLength)
        {
            throw new ArgumentException(
                Invariant($"The batch is for observations of {batch.ObservationLength} numbers, not {ObservationLength}."), nameof(batch));
        }

        if (added == 0)
            throw new InvalidOperationException("The buffer has no transition yet.");
        PhiloxKey key = Philox.Key(seed, sampled++, SampleStream);
        for (int i = 0; i < batch.Count; i++)
        {
            int place = (int)(((ulong)Philox.Bits(key, (uint)i) * (uint)Count) >> 32);
            Range from = (place * ObservationLength)..((place + 1) * ObservationLength);
            observations.AsSpan(from).CopyTo(batch.Observations.AsSpan(i * ObservationLength));
            nextObservations.AsSpan(from).CopyTo(batch.NextObservations.AsSpan(i * ObservationLength));
            (batch.Actions[i], batch.Rewards[i], batch.Discounts[i]) = (actions[place], rewards[place], discounts[place]);
        }
    }

    private void CheckLength(ReadOnlySpan<float> observation, string name)
    {
        if (observation.Length != ObservationLength)
            throw new ArgumentException(Invariant($"'{name}' has {observation.Length} numbers; expected {ObservationLength}."), name);
    }
}
