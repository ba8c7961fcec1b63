namespace NetGen.Data;

/// <summary>Encodes rows of one column.</summary>
internal abstract class RowEncoder
{
    /// <summary>The row that is being encoded: where an exception came from.</summary>
    internal int Row { get; private protected set; }

    /// <summary>Encodes rows, each into numbers that are 0 before.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="target">Where the numbers of the first row begin.</param>
    /// <param name="stride">How far those of a row are from those of the row before it.</param>
    /// <exception cref="CellException">The value of <see cref="Row"/> cannot be encoded.</exception>
    internal abstract void Encode(int start, int end, Span<float> target, int stride);
}
