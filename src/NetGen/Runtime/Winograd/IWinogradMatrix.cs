using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>A small matrix T of constants, of at most 5 rows and columns, by what it makes of a vector: y = T x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWinogradMatrix
{
    /// <summary>Numbers that there are of y.</summary>
    static abstract int Rows { get; }

    /// <summary>Numbers that there are of x.</summary>
    static abstract int Columns { get; }

    /// <summary>y = T x, in each lane: the terms whose constants are 1 and −1 first, then a multiply-add for each other one.</summary>
    static abstract void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
        where V : struct, IVector<V>;
}
