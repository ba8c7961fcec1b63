using System.Runtime.InteropServices;
using static System.FormattableString;

namespace NetGen.Reinforcement;

/// <summary>The steps of whole episodes, each with what it led to: what a policy is trained with that has just made them.</summary>
/// <example>
/// <code>
/// var episodes = new EpisodeBuffer(environment.Count, discount: 0.99f);
/// episodes.Add(environment.Step(actions));
/// ReadOnlySpan&lt;float> returns = episodes.Returns;               // of the episodes that have ended
/// </code>
/// </example>
public sealed class EpisodeBuffer
{
    private readonly float discount;
    private readonly Steps[] playing;
    private readonly Steps done = new();

    /// <summary>An empty buffer.</summary>
    /// <param name="environments">How many environments there are.</param>
    /// <param name="discount">γ, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public EpisodeBuffer(int environments, float discount)
    {
        OutOfRange.ThrowIfLess(environments, 1);
        this.discount = Share.Checked(discount, nameof(discount));
        playing = new Steps[environments];
        for (int i = 0; i < environments; i++)
            playing[i] = new();
    }

    /// <summary>How many episodes have ended.</summary>
    public int Count { get; private set; }

    /// <summary>What was seen in all of their steps, [T, n], one episode after the other. The memory holds until the next call.</summary>
    public ReadOnlySpan<float> Observations => CollectionsMarshal.AsSpan(done.Observations);

    /// <summary>What was done: [T].</summary>
    public ReadOnlySpan<int> Actions => CollectionsMarshal.AsSpan(done.Actions);

    /// <summary>The discounted sum of the rewards from that step on, [T]; nothing comes behind an episode that was cut off.</summary>
    public ReadOnlySpan<float> Returns => CollectionsMarshal.AsSpan(done.Rewards);

    /// <summary>Takes one step of all environments.</summary>
    /// <exception cref="ArgumentException">The step is of another number of environments.</exception>
    public void Add(EnvironmentStep step)
    {
        if (step.Actions.Length != playing.Length)
        {
            throw new ArgumentException(
                Invariant($"The step is of {step.Actions.Length} environments; expected {playing.Length}."), nameof(step));
        }

        int length = step.Observations.Length / playing.Length;
        for (int i = 0; i < playing.Length; i++)
        {
            Steps steps = playing[i];
            steps.Observations.AddRange(step.Observations.Slice(i * length, length));
            steps.Actions.Add(step.Actions[i]);
            steps.Rewards.Add(step.Rewards[i]);
            if (step.Ends[i] == EpisodeEnd.None)
                continue;
            Span<float> rewards = CollectionsMarshal.AsSpan(steps.Rewards);
            Reinforcement.Returns.Discounted(rewards, discount, rewards);
            done.AddRange(steps);
            steps.Clear();
            Count++;
        }
    }

    /// <summary>Forgets all steps, those of episodes that have not ended too: what comes next of those is an episode of its own.</summary>
    public void Clear()
    {
        foreach (Steps steps in playing)
            steps.Clear();
        done.Clear();
        Count = 0;
    }

    private sealed class Steps
    {
        public List<float> Observations { get; } = [];

        public List<int> Actions { get; } = [];

        public List<float> Rewards { get; } = [];

        public void AddRange(Steps others)
        {
            Observations.AddRange(others.Observations);
            Actions.AddRange(others.Actions);
            Rewards.AddRange(others.Rewards);
        }

        public void Clear()
        {
            Observations.Clear();
            Actions.Clear();
            Rewards.Clear();
        }
    }
}
