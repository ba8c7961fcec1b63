namespace NetGen.Runtime;

/// <summary>How many rows a tile has, as a type: what a tile does not have is not compiled.</summary>
internal interface IRows
{
    /// <summary>1 to 16.</summary>
    static abstract int Count { get; }
}
