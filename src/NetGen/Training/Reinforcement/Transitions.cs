namespace NetGen.Reinforcement;

/// <summary>
/// A batch of transitions that <see cref="ReplayBuffer.Sample"/> fills: what an objective is trained with. It is made once and filled for
/// each step.
/// </summary>
/// <example>
/// <code>
/// var batch = new Transitions(count: 128, environment.ObservationLength);
/// replay.Sample(batch);
/// Console.WriteLine(batch.Rewards[0]);
/// </code>
/// </example>
public sealed class Transitions
{
    /// <summary>Memory for a batch.</summary>
    /// <param name="count">The transitions: B, at least 1.</param>
    /// <param name="observationLength">The numbers that are seen of a state: n, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Transitions(int count, int observationLength)
    {
        OutOfRange.ThrowIfLess(count, 1);
        OutOfRange.ThrowIfLess(observationLength, 1);
        (Observations, NextObservations) = (new float[count * observationLength], new float[count * observationLength]);
        (Actions, Rewards, Discounts) = (new int[count], new float[count], new float[count]);
        ObservationLength = observationLength;
    }

    /// <summary>B.</summary>
    public int Count => Actions.Length;

    /// <summary>n.</summary>
    public int ObservationLength { get; }

    /// <summary>What was seen: [B, n].</summary>
    public float[] Observations { get; }

    /// <summary>What was done: [B].</summary>
    public int[] Actions { get; }

    /// <summary>What it was worth, over all steps of the transition: [B].</summary>
    public float[] Rewards { get; }

    /// <summary>What was seen at its end: [B, n].</summary>
    public float[] NextObservations { get; }

    /// <summary>
    /// How much the value of what was seen at its end counts, [B]: γ to the power of the number of steps, and 0 where the task was over. So
    /// the target of a value is <c>reward + discount * max(values of next)</c>, whatever the steps.
    /// </summary>
    public float[] Discounts { get; }
}
