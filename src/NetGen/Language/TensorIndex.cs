namespace NetGen;

/// <summary>
/// What a tensor is indexed by along one axis, in the source text of a network: a place (<c>0</c>, <c>^1</c>), whose axis disappears, or a range of places
/// (<c>1..3</c>, <c>..</c>). It is written as C#'s numbers, indices and ranges and stands for none at run time.
/// </summary>
public readonly struct TensorIndex
{
    /// <summary>A place, counted from 0.</summary>
    public static implicit operator TensorIndex(int place) => throw NotExecuted.Error("An index of a tensor");

    /// <summary>A place, from the end where it is written so: <c>^1</c> is the last.</summary>
    public static implicit operator TensorIndex(Index place) => throw NotExecuted.Error("An index of a tensor");

    /// <summary>From a place to before another: <c>1..3</c> are two places, <c>..</c> all.</summary>
    public static implicit operator TensorIndex(Range places) => throw NotExecuted.Error("An index of a tensor");
}
