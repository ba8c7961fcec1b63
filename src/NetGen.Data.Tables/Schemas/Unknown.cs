namespace NetGen.Data;

/// <summary>What becomes of a category that was not among the rows for training.</summary>
public enum Unknown
{
    /// <summary>It is an error, which names it.</summary>
    Error,

    /// <summary>It is none of the categories: all zeros for a one-hot, −1 for an ordinal. An index, which has no place for it, cannot have this.</summary>
    None,

    /// <summary>It goes with the rare ones, which have a place of their own behind all others, also where there were no rare ones in training.</summary>
    Rare,
}
