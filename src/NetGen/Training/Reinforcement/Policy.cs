using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Reinforcement;

/// <summary>
/// Actions by what a network says of them: a number for each action, [B, actions], to one action for each of B. Random ones are functions
/// of seed and step, so that a training can be made again.
/// </summary>
/// <example><code>Policy.Greedy(values, actions);                               // the best action of each environment</code></example>
public static class Policy
{
    private const uint EpsilonStream = 0x4550_5349, SampleStream = 0x5341_4D50;

    /// <summary>The action with the largest number, the first of equal ones.</summary>
    /// <param name="values">[B, actions]: values or logits.</param>
    /// <param name="actions">Receives the actions: [B].</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Greedy(ReadOnlySpan<float> values, Span<int> actions)
    {
        int count = ActionCount(values, actions);
        for (int i = 0; i < actions.Length; i++)
            actions[i] = Largest(values.Slice(i * count, count));
    }

    /// <summary>With probability ε any action, each as likely, and otherwise the one with the largest number.</summary>
    /// <param name="values">[B, actions]: values.</param>
    /// <param name="epsilon">ε, from 0 to 1.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="step">Others in each step.</param>
    /// <param name="actions">Receives the actions: [B].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not from 0 to 1.</exception>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void EpsilonGreedy(ReadOnlySpan<float> values, float epsilon, ulong seed, long step, Span<int> actions)
    {
        Share.Checked(epsilon, nameof(epsilon));
        int count = ActionCount(values, actions);
        PhiloxKey key = Philox.Key(seed, step, EpsilonStream);
        for (int i = 0; i < actions.Length; i++)
        {
            actions[i] = Philox.Uniform(key, 2 * (uint)i) < epsilon
                ? (int)(((ulong)Philox.Bits(key, 4 * (uint)i + 3) * (uint)count) >> 32)
                : Largest(values.Slice(i * count, count));
        }
    }

    /// <summary>An action with the probability softmax(logits) that a policy gives it.</summary>
    /// <param name="logits">[B, actions].</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="step">Others in each step.</param>
    /// <param name="actions">Receives the actions: [B].</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Sampled(ReadOnlySpan<float> logits, ulong seed, long step, Span<int> actions)
    {
        int count = ActionCount(logits, actions);
        PhiloxKey key = Philox.Key(seed, step, SampleStream);
        for (int i = 0; i < actions.Length; i++)
        {
            // The largest of logit + Gumbel's noise, −ln(−ln u), is distributed as softmax says.
            double largest = double.NegativeInfinity;
            actions[i] = 0;
            for (int action = 0; action < count; action++)
            {
                double u = (Philox.Bits(key, (uint)(i * count + action)) + 0.5) / 4294967296.0;
                double noisy = logits[i * count + action] - Math.Log(-Math.Log(u));
                if (noisy > largest)
                    (largest, actions[i]) = (noisy, action);
            }
        }
    }

    private static int Largest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }

        return largest;
    }

    private static int ActionCount(ReadOnlySpan<float> values, Span<int> actions)
    {
        if (actions.IsEmpty || values.IsEmpty || values.Length % actions.Length != 0)
        {
            throw new ArgumentException(
                Invariant($"There are {values.Length} numbers to choose {actions.Length} actions by; expected some, and as many for each."),
                nameof(actions));
        }

        return values.Length / actions.Length;
    }
}
