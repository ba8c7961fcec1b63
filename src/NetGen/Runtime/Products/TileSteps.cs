using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Tiles of one size that are computed one after the other by one call: where sums have few terms, they share what a call costs.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="A">Floats of the left operand from one to the next.</param>
/// <param name="B">The same of the right operand.</param>
/// <param name="Sums">The same of the result.</param>
/// <param name="Adds">The sums begin with what the result holds, not with zero.</param>
/// <param name="Pools">Each four rows are a window, and the result is the largest of its sums.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TileSteps(int Count, nint A, nint B, nint Sums, bool Adds = false, bool Pools = false)
{
    /// <summary>One tile.</summary>
    internal static TileSteps One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(1, 0, 0, 0);
    }
}
