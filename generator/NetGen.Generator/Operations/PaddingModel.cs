namespace NetGen.Generator.Operations;

/// <summary>
/// NetGen.Padding as read: Kind is "Valid", "Same", "Causal" or "Explicit"; Amount is the zeros on each side of an explicit one.
/// </summary>
internal sealed record PaddingModel(string Kind, int Amount = 0)
{
    /// <summary>Of images of one row: there are columns of padding, and no rows.</summary>
    public bool IsOfSequence { get; init; }
}
