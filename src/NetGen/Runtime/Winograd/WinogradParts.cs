using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>Only one row of a matrix.</summary>
internal readonly struct RowOf<T, TRow> : IWinogradMatrix
    where T : struct, IWinogradMatrix
    where TRow : struct, IRowNumber
{
    public static int Rows => 1;

    public static int Columns => T.Columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
        where V : struct, IVector<V>
    {
        T.Apply(x0, x1, x2, x3, x4, out var t0, out var t1, out var t2, out var t3, out var t4);
        y0 = TRow.Number switch { 0 => t0, 1 => t1, 2 => t2, 3 => t3, _ => t4 };
        y1 = y2 = y3 = y4 = V.Zero;
    }
}

/// <summary>A number that the JIT knows.</summary>
internal interface IRowNumber
{
    static abstract int Number { get; }
}

internal readonly struct Row0 : IRowNumber
{
    public static int Number => 0;
}

internal readonly struct Row1 : IRowNumber
{
    public static int Number => 1;
}

internal readonly struct Row2 : IRowNumber
{
    public static int Number => 2;
}

internal readonly struct Row3 : IRowNumber
{
    public static int Number => 3;
}

internal readonly struct Row4 : IRowNumber
{
    public static int Number => 4;
}

/// <summary>Where the numbers of a tile come from.</summary>
internal interface ITileSource
{
    /// <summary>They are the gradient before a max pooling whose windows are the tiles, given by that behind it and the place of each maximum.</summary>
    static abstract bool IsPooled { get; }

    /// <param name="from">The number.</param>
    /// <param name="gradient">The gradient of the window's maximum.</param>
    /// <param name="position">Its place in the window.</param>
    /// <param name="place">This number's place in the window.</param>
    static abstract V Load<V>(ref readonly float from, V gradient, V position, int place) where V : struct, IVector<V>;
}

internal readonly struct Stored : ITileSource
{
    public static bool IsPooled => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref readonly float from, V gradient, V position, int place)
        where V : struct, IVector<V> => V.Load(in from);
}

internal readonly struct Pooled : ITileSource
{
    public static bool IsPooled => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref readonly float from, V gradient, V position, int place)
        where V : struct, IVector<V> => V.Select(V.Equal(position, V.Broadcast(place)), gradient, V.Zero);
}
