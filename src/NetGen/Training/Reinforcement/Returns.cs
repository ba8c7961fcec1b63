using static System.FormattableString;

namespace NetGen.Reinforcement;

/// <summary>What rewards sum to.</summary>
/// <example>
/// <code>
/// Returns.Discounted(rewards, discount: 0.99f, returns);
/// Returns.Standardized(returns, advantages);
/// </code>
/// </example>
public static class Returns
{
    /// <summary>Gₜ = rₜ + γ·Gₜ₊₁: what each step of one episode led to.</summary>
    /// <param name="rewards">The rewards in order.</param>
    /// <param name="discount">γ, from 0 to 1.</param>
    /// <param name="returns">Receives as many numbers; may be the same memory.</param>
    /// <param name="last">The value of the state behind the last step: 0 where the task was over.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="discount"/> is not from 0 to 1.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Discounted(ReadOnlySpan<float> rewards, float discount, Span<float> returns, float last = 0)
    {
        Share.Checked(discount, nameof(discount));
        CheckLength(rewards, returns);
        for (int i = rewards.Length - 1; i >= 0; i--)
            returns[i] = last = rewards[i] + discount * last;
    }

    /// <summary>
    /// (Gₜ − mean) / standard deviation: how much better than on average, in units that do not depend on the rewards. Where all are equal,
    /// 0.
    /// </summary>
    /// <param name="returns">The returns of all steps that are trained with.</param>
    /// <param name="advantages">Receives as many numbers; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Standardized(ReadOnlySpan<float> returns, Span<float> advantages)
    {
        CheckLength(returns, advantages);
        double sum = 0, squares = 0;
        foreach (float value in returns)
            sum += value;
        double mean = sum / returns.Length;
        foreach (float value in returns)
            squares += (value - mean) * (value - mean);
        double deviation = Math.Sqrt(squares / returns.Length);
        for (int i = 0; i < returns.Length; i++)
            advantages[i] = deviation > 0 ? (float)((returns[i] - mean) / deviation) : 0;
    }

    /// <summary>
    /// Plays one episode in each environment, from now on; those that have ended before the others begin again, which counts no more.
    /// </summary>
    /// <param name="environment">The environments; best after <see cref="IVectorEnvironment.Reset"/>.</param>
    /// <param name="choose">Chooses the actions.</param>
    /// <returns>The sum of the rewards in each: [B].</returns>
    public static double[] OfEpisodes(IVectorEnvironment environment, ActionChoice choose)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(choose);
        double[] sums = new double[environment.Count];
        bool[] over = new bool[environment.Count];
        int[] actions = new int[environment.Count];
        for (int playing = environment.Count; playing > 0;)
        {
            choose(environment.Observations, actions);
            EnvironmentStep step = environment.Step(actions);
            for (int i = 0; i < over.Length; i++)
            {
                if (over[i])
                    continue;
                sums[i] += step.Rewards[i];
                over[i] = step.Ends[i] != EpisodeEnd.None;
                playing -= over[i] ? 1 : 0;
            }
        }

        return sums;
    }

    private static void CheckLength(ReadOnlySpan<float> given, Span<float> result)
    {
        if (result.Length != given.Length)
            throw new ArgumentException(Invariant($"There are {given.Length} numbers, and room for {result.Length}."), nameof(result));
    }
}
