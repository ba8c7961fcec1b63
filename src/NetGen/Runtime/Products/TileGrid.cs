using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// A worker's share of the tiles of a product, one after the other: which rows and columns each has, and its sums. The tiles are as equal
/// as they can be, so rows and columns that full tiles would leave over cost their share and no more.
/// </summary>
/// <example>
/// <code>
/// var tiles = new TileGrid&lt;V&gt;(new(14, 2), new RowLoops(batch, 784), columns: 128, worker, workers);
/// while (tiles.Next())
/// {
///     tiles.Sum(ref x, ref Unsafe.Add(ref weight, tiles.Column), new SumLoops(784, 1, 128));
///     // tiles.Sums is [tiles.Rows, tiles.Width]
/// }
/// </code>
/// </example>
internal ref struct TileGrid<V>
    where V : struct, IVector<V>
{
    private readonly RowLoops rows;
    private readonly int height, vectors, columnVectors, rowTiles, columnTiles;
    private readonly bool panels;
    private int rowTile, columnTile;
    private nint left, start;
    private bool isBroken;
    private RowOffsets offsets, brokenOffsets;
    private TileSums sums;

    /// <summary>The tiles of a worker.</summary>
    /// <param name="shape">Their largest size.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="worker">This worker.</param>
    /// <param name="workers">All workers.</param>
    /// <param name="outer">How many such products there are, each with other operands.</param>
    /// <param name="panels">All rows of some columns before the next columns, for columns that are packed first; else all columns of some
    /// rows.</param>
    /// <param name="widest">The most vectors of a tile whose rows are few.</param>
    public TileGrid(
        TileShape shape, RowLoops rows, int columns, int worker, int workers, int outer = 1, bool panels = false,
        int widest = SumTile.MostVectors)
    {
        this.rows = rows;
        this.panels = panels;
        columnVectors = (columns + V.Count - 1) / V.Count;
        var most = shape.Vectors;
        // Where one tile has all rows a wider one reads no more of the right operand, and has the sums that hide a multiply-add's latency.
        while (most < widest && rows.Count * rows.Window <= SumTile.MostRows<V>(most + 1)
            && (nint)outer * Tiles(columnVectors, most + 1) >= workers)
            most++;
        columnTiles = Tiles(columnVectors, most);
        vectors = Tiles(columnVectors, columnTiles);
        rowTiles = Tiles(rows.Count, shape.Rows);
        height = rowTiles == 0 ? 0 : Tiles(rows.Count, rowTiles);
        // Equal sizes may need fewer tiles: 6 vectors in 4 tiles of at most 2 are 3.
        columnTiles = Tiles(columnVectors, vectors);
        rowTiles = rowTiles == 0 ? 0 : Tiles(rows.Count, height);
        var (begin, end) = Partition.Items((nint)outer * rowTiles * columnTiles, worker, workers);
        left = end - begin;
        if (left <= 0)
            return;
        var (first, second) = panels ? (rowTiles, columnTiles) : (columnTiles, rowTiles);
        var (inner, middle) = ((int)(begin % first), (int)(begin / first % second));
        (rowTile, columnTile) = panels ? (inner, middle) : (middle, inner);
        Outer = begin / first / second;
        // Next() goes one step on.
        if (panels)
            rowTile--;
        else
            columnTile--;
    }

    /// <summary>The product that the tile belongs to.</summary>
    public nint Outer { get; private set; }

    /// <summary>The tile's first row.</summary>
    public int Row { get; private set; }

    /// <summary>Its rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Its first column.</summary>
    public nint Column { get; private set; }

    /// <summary>Floats in a row of its sums: whole vectors.</summary>
    public int Width { get; private set; }

    /// <summary>It has other columns than the tile before it, or there is none.</summary>
    public bool IsNewPanel { get; private set; }

    /// <summary>[Rows, Width]; with windows [Rows, window, Width].</summary>
    [UnscopedRef]
    public ref float Sums => ref sums[0];

    /// <summary>Floats of the widest tile's columns.</summary>
    public readonly int PanelWidth => vectors * V.Count;

    [UnscopedRef]
    private ref nint Offsets => ref isBroken ? ref brokenOffsets[0] : ref offsets[0];

    private static int Tiles(int all, int most) => (all + most - 1) / most;

    /// <summary>Goes to the next tile; false after the last.</summary>
    public bool Next()
    {
        if (--left < 0)
            return false;
        IsNewPanel = false;
        if (panels)
        {
            if (++rowTile >= rowTiles)
            {
                rowTile = 0;
                columnTile++;
                IsNewPanel = true;
            }
            if (columnTile >= columnTiles)
            {
                columnTile = 0;
                Outer++;
            }
        }
        else
        {
            if (++columnTile >= columnTiles)
            {
                columnTile = 0;
                rowTile++;
            }
            if (rowTile >= rowTiles)
            {
                rowTile = 0;
                Outer++;
            }
        }
        return Place();
    }

    private bool Place()
    {
        var row = rowTile * height;
        if (Rows == 0)
            IsNewPanel = true;
        if (Rows == 0 || row != Row)
        {
            Row = row;
            if (Rows == 0)
                rows.Fill(ref offsets[0], height, int.MaxValue);
            Rows = Math.Min(height, rows.Count - row);
            // Rows at equal distances have the same offsets from the tile's first, in every tile.
            (start, var run) = rows.At(row);
            isBroken = run < Rows;
            if (isBroken)
                rows.Fill(ref brokenOffsets[0], Rows, run);
        }
        var vector = columnTile * vectors;
        Column = (nint)vector * V.Count;
        Width = Math.Min(vectors, columnVectors - vector) * V.Count;
        return true;
    }

    /// <summary>Computes the tile: <see cref="SumTile.Run{V}"/>.</summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sum(ref float a, ref float b, in SumLoops terms) =>
        SumTile.Run<V>(Rows * rows.Window, Width / V.Count, ref Unsafe.Add(ref a, start), ref Offsets, ref b, in terms, ref sums[0], Width);

    /// <summary>
    /// Computes the tile straight into the product's result, where nothing else is to be done with it and columns are whole vectors.
    /// </summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    /// <param name="result">The result, at row 0 and column 0.</param>
    /// <param name="stride">Floats from one row of it to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sum(ref float a, ref float b, in SumLoops terms, ref float result, nint stride) => SumTile.Run<V>(
        Rows, Width / V.Count, ref Unsafe.Add(ref a, start), ref Offsets, ref b, in terms,
        ref Unsafe.Add(ref result, (Row * stride) + Column), stride);

    /// <summary>Computes the tile of a pooled gradient: <see cref="SumTile.Spread{V}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spread(ref float a, ref float b, ref byte positions, in SumLoops terms, in SumLoops window) =>
        SumTile.Spread<V>(Rows, Width / V.Count, ref Unsafe.Add(ref a, start), ref Offsets, ref b, ref positions,
            in terms, in window, ref sums[0], Width);

    [InlineArray(16)]
    private struct RowOffsets
    {
        private nint first;
    }

    [InlineArray(SumTile.MostFloats)]
    private struct TileSums
    {
        private float first;
    }
}
