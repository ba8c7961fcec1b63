using System.Globalization;

namespace NetGen.Reinforcement;

/// <summary>How often an action is a random one: a straight line from one share to another, and then the same.</summary>
/// <example>
/// <code>
/// var epsilon = new EpsilonSchedule(start: 1, end: 0.02f, steps: 10_000);
/// Policy.EpsilonGreedy(values, epsilon.At(step), seed: 1, step, actions);
/// </code>
/// </example>
public readonly record struct EpsilonSchedule
{
    private readonly float start, end;
    private readonly long steps;

    /// <summary>A line.</summary>
    /// <param name="start">The share at step 0, from 0 to 1.</param>
    /// <param name="end">The share from step <paramref name="steps"/> on, from 0 to 1.</param>
    /// <param name="steps">How long it is, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public EpsilonSchedule(float start, float end, long steps)
    {
        OutOfRange.ThrowIfLess(steps, 1L);
        (this.start, this.end, this.steps) = (Share.Checked(start, nameof(start)), Share.Checked(end, nameof(end)), steps);
    }

    /// <summary>The share at a step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 0.</exception>
    public float At(long step)
    {
        OutOfRange.ThrowIfLess(step, 0L);
        return step >= steps ? end : float.Lerp(start, end, (float)((double)step / steps));
    }

    /// <summary>For example <c>from 1 to 0.05 in 10000 steps</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"from {start} to {end} in {steps} steps");
}
