namespace NetGen.Metrics;

/// <summary>How the measures of several classes become one.</summary>
public enum Averaging
{
    /// <summary>All answers are counted together: a class weighs as much as it has samples.</summary>
    Micro,

    /// <summary>The mean over the classes: each weighs the same.</summary>
    Macro,

    /// <summary>The mean over the classes, each weighed by its samples.</summary>
    Weighted,
}
