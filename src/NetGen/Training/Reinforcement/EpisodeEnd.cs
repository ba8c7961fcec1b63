namespace NetGen.Reinforcement;

/// <summary>Whether an episode ends with a step.</summary>
public enum EpisodeEnd
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The task is over: the value of what comes behind is 0.</summary>
    Terminal,

    /// <summary>It was cut off, by a limit of time: the state has the value that it would have had.</summary>
    Truncated,
}
