namespace NetGen;

/// <summary>When a <see cref="Schedule"/> changes the learning rate.</summary>
public enum ScheduleUnit
{
    /// <summary>From step to step.</summary>
    Step,

    /// <summary>From epoch to epoch.</summary>
    Epoch,
}
