using System.ComponentModel;
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
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TileGrid<V>
    where V : struct, IVector<V>
{
    /// <summary>Rows of the right operand that several tiles read one after the other.</summary>
    private const int TermsTogether = 256;

    /// <summary>Floats of some columns of the right operand that are read as a whole: a quarter of a small level-2 cache.</summary>
    private const int MostTogether = 32 * 1024;

    private readonly RowLoops rows;
    private readonly int columns, height, vectors, columnVectors, bandRows, bands, columnTiles;
    private readonly bool panels;
    private readonly ref float sums;
    private int band, columnTile, run;
    private nint left, start;
    private RowOffsets offsets;

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
    /// <param name="packed">Terms of the sum, where columns of a large matrix may be packed: <see cref="Panel"/> does it, if that pays. A
    /// single row reads such a matrix as it lies, in tiles of as many columns as there is room for sums.</param>
    [MethodImpl(Jit.Kernel)]
    public TileGrid(
        TileShape shape, RowLoops rows, int columns, int worker, int workers, int outer = 1, bool panels = false,
        int widest = SumTile.MostVectors, int packed = 0)
    {
        panels |= packed > 0 && PackKernels.Pays(shape.Rows, rows.Count, packed, columns);
        this.rows = rows;
        this.columns = columns;
        this.panels = panels;
        columnVectors = (columns + V.Count - 1) / V.Count;
        var most = shape.Vectors;
        // Where one tile has all rows a wider one reads no more of the right operand, and has the sums that hide a multiply-add's latency.
        while (most < widest && rows.Count * rows.Window <= SumTile.MostRows<V>(most + 1)
            && (nint)outer * Tiles(columnVectors, most + 1) >= workers)
            most++;
        // A single row reads each number of a large matrix once: as many columns at a time as there is room for sums.
        if (packed > 0 && rows.Count == 1 && rows.Window == 1)
            most = Math.Max(most, Tiles(columnVectors, Tiles(Tiles(columnVectors * V.Count, SumTile.MostFloats), workers) * workers));
        columnTiles = Tiles(columnVectors, most);
        vectors = Tiles(columnVectors, columnTiles);
        var rowTiles = Tiles(rows.Count, shape.Rows);
        height = rowTiles == 0 ? 0 : Tiles(rows.Count, rowTiles);
        // Equal sizes may need fewer tiles: 6 vectors in 4 tiles of at most 2 are 3.
        columnTiles = Tiles(columnVectors, vectors);
        rowTiles = rowTiles == 0 ? 0 : Tiles(rows.Count, height);
        // One band of tiles for each worker at least.
        var repeat = Math.Max(1, Math.Min(shape.Repeat, SumTile.MostFloats / Math.Max(1, height * rows.Window * vectors * V.Count)));
        while (repeat > 1 && workers > 1 && (nint)outer * Tiles(rowTiles, repeat) * columnTiles < 4 * workers)
            repeat--;
        bands = Tiles(rowTiles, repeat);
        bandRows = height * repeat;
        sums = ref TileSums.OfThread();
        var (begin, end) = Partition.Items((nint)outer * bands * columnTiles, worker, workers);
        left = end - begin;
        if (left <= 0)
            return;
        var (first, second) = panels ? (bands, columnTiles) : (columnTiles, bands);
        var (inner, middle) = ((int)(begin % first), (int)(begin / first % second));
        (band, columnTile) = panels ? (inner, middle) : (middle, inner);
        Outer = begin / first / second;
        // Next() goes one step on.
        if (panels)
            band--;
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
    public readonly ref float Sums => ref sums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tiles(int all, int most) => (all + most - 1) / most;

    /// <summary>Goes to the next tile; false after the last.</summary>
    [MethodImpl(Jit.Kernel)]
    public bool Next()
    {
        if (--left < 0)
            return false;
        IsNewPanel = false;
        if (panels)
        {
            if (++band >= bands)
            {
                band = 0;
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
                band++;
            }
            if (band >= bands)
            {
                band = 0;
                Outer++;
            }
        }
        return Place();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Place()
    {
        var row = band * bandRows;
        if (Rows == 0)
        {
            IsNewPanel = true;
            // Rows at equal distances have the same offsets from the tile's first, in every tile.
            rows.Fill(ref offsets[0], height, int.MaxValue);
        }
        if (Rows == 0 || row != Row)
        {
            Row = row;
            Rows = Math.Min(bandRows, rows.Count - row);
            (start, run) = rows.At(row);
        }
        var vector = columnTile * vectors;
        Column = (nint)vector * V.Count;
        Width = Math.Min(vectors, columnVectors - vector) * V.Count;
        return true;
    }

    /// <summary>
    /// The columns of the tile: where they are, or copied, with the rows of other columns left out, if the grid packs them.
    /// </summary>
    /// <param name="matrix">The right operand, at its first column.</param>
    /// <param name="terms">Its rows.</param>
    /// <param name="stride">Floats from one of them to the next.</param>
    /// <param name="scratch">The worker's memory for them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref float Panel(ref float matrix, int terms, int stride, ref float scratch)
    {
        if (!panels)
            return ref Unsafe.Add(ref matrix, Column);
        if (IsNewPanel)
            PackKernels.Panel<V>(ref Unsafe.Add(ref matrix, Column), stride, ref scratch, terms, Width);
        return ref scratch;
    }

    /// <summary>Floats from one row of <see cref="Panel"/> to the next.</summary>
    /// <param name="stride">The same in the right operand.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int PanelStride(int stride) => panels ? Width : stride;

    /// <summary>Computes the tile: <see cref="SumTile.Run{V}"/>.</summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sum(ref float a, ref float b, in SumLoops terms) => Run(ref a, ref b, in terms, ref sums, Width, TileSteps.One);

    /// <summary>
    /// Computes the tile straight into the product's result, where nothing else is to be done with it and columns are whole vectors.
    /// </summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    /// <param name="result">The result, at row 0 and column 0.</param>
    /// <param name="stride">Floats from one row of it to the next.</param>
    /// <param name="adds">Adds to what the result holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sum(ref float a, ref float b, in SumLoops terms, ref float result, nint stride, bool adds = false) =>
        Sum(ref a, ref b, in terms, ref result, stride, TileSteps.One with { Adds = adds });

    /// <summary>The same of several products of the same sizes, the tile of each.</summary>
    /// <param name="a">The left operand of the first, where the first term of row 0 is.</param>
    /// <param name="b">The right operand of the first, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    /// <param name="result">The result of the first, at row 0 and column 0.</param>
    /// <param name="stride">Floats from one row of it to the next.</param>
    /// <param name="products">The products.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sum(ref float a, ref float b, in SumLoops terms, ref float result, nint stride, TileSteps products) =>
        Run(ref a, ref b, in terms, ref Unsafe.Add(ref result, (Row * stride) + Column), stride, products);

    /// <summary>Computes the tile, the gradients of weights, and updates these.</summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    /// <param name="optimizer">The optimizer, prepared for this step.</param>
    /// <param name="weight">The weights, at row 0 and column 0.</param>
    /// <param name="slot0">Their first state.</param>
    /// <param name="slot1">Their second state.</param>
    /// <param name="stride">Floats from one row of weights to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TOptimizer>(
        ref float a, ref float b, in SumLoops terms, in TOptimizer optimizer, ref float weight, ref float slot0, ref float slot1, nint stride)
        where TOptimizer : struct, IOptimizer<TOptimizer> =>
        Update(ref a, ref b, in terms, in optimizer, ref weight, ref slot0, ref slot1, stride, ref Unsafe.NullRef<float>(), adds: false);

    /// <summary>The same, where the other samples' part of the gradients is known.</summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    /// <param name="optimizer">The optimizer, prepared for this step.</param>
    /// <param name="weight">The weights, at row 0 and column 0.</param>
    /// <param name="slot0">Their first state.</param>
    /// <param name="slot1">Their second state.</param>
    /// <param name="stride">Floats from one row of weights to the next.</param>
    /// <param name="others">The other samples' part, at row 0 and column 0.</param>
    /// <param name="adds">There is such a part.</param>
    [MethodImpl(Jit.Kernel)]
    public void Update<TOptimizer>(
        ref float a, ref float b, in SumLoops terms, in TOptimizer optimizer, ref float weight, ref float slot0, ref float slot1, nint stride,
        ref float others, bool adds)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var at = (Row * stride) + Column;
        var count = (int)Math.Min(Width, columns - Column);
        if (terms.IsOne && !adds && run >= Rows)
        {
            OptimizerKernel.ApplyRows<V, TOptimizer, SingleTerms>(
                in optimizer, ref Unsafe.Add(ref weight, at), ref Unsafe.Add(ref slot0, at), ref Unsafe.Add(ref slot1, at), Rows, count, stride,
                ref Unsafe.Add(ref a, start), rows.Stride, ref b, 0);
            return;
        }
        Run(ref a, ref b, in terms, ref sums, Width, TileSteps.One);
        if (adds)
            Add(ref Unsafe.Add(ref others, at), stride);
        OptimizerKernel.ApplyRows<V, TOptimizer, StoredSums>(
            in optimizer, ref Unsafe.Add(ref weight, at), ref Unsafe.Add(ref slot0, at), ref Unsafe.Add(ref slot1, at), Rows, count, stride,
            ref sums, 0, ref sums, Width);
    }

    [MethodImpl(Jit.Kernel)]
    private void Add(ref float others, nint stride)
    {
        ref var sum = ref sums;
        for (var row = 0; row < Rows; row++)
        {
            for (var n = 0; n < Width; n += V.Count)
                (V.Load(ref Unsafe.Add(ref sum, n)) + V.Load(ref Unsafe.Add(ref others, n))).Store(ref Unsafe.Add(ref sum, n));
            sum = ref Unsafe.Add(ref sum, Width);
            others = ref Unsafe.Add(ref others, stride);
        }
    }

    /// <summary>Computes the tile, and leaves the largest sum of each window: <see cref="Sums"/> is then [Rows, Width].</summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    [MethodImpl(Jit.Kernel)]
    public void Max(ref float a, ref float b, in SumLoops terms)
    {
        var window = rows.Window;
        Run(ref a, ref b, in terms, ref sums, Width, TileSteps.One with { Pools = window == 4 });
        if (window == 4)
            return;
        ref var from = ref sums;
        ref var to = ref sums;
        for (var row = 0; row < Rows; row++)
        {
            for (var n = 0; n < Width; n += V.Count)
            {
                var largest = V.Load(ref Unsafe.Add(ref from, n));
                for (var i = 1; i < window; i++)
                    largest = V.Max(largest, V.Load(ref Unsafe.Add(ref from, (i * Width) + n)));
                largest.Store(ref Unsafe.Add(ref to, n));
            }
            from = ref Unsafe.Add(ref from, window * Width);
            to = ref Unsafe.Add(ref to, Width);
        }
    }

    /// <summary>The same, with the place of each maximum in its window; of equal ones the first.</summary>
    /// <param name="a">The left operand, where the first term of row 0 is.</param>
    /// <param name="b">The right operand, where the first term of the tile's first column is.</param>
    /// <param name="terms">The loops of the sum.</param>
    /// <param name="positions">The places, at row 0 and column 0.</param>
    /// <param name="stride">From one row of them to the next.</param>
    [MethodImpl(Jit.Kernel)]
    public void Max(ref float a, ref float b, in SumLoops terms, ref byte positions, nint stride)
    {
        Run(ref a, ref b, in terms, ref sums, Width, TileSteps.One);
        PoolKernels.Maxima<V>(
            ref sums, rows.Window, Rows, Width, (int)Math.Min(Width, columns - Column), ref Unsafe.Add(ref positions, (Row * stride) + Column), stride);
    }

    /// <summary>Computes the tile of a pooled gradient: <see cref="SumTile.Spread{V}"/>.</summary>
    [MethodImpl(Jit.Kernel)]
    public void Spread(ref float a, ref float b, ref byte positions, in SumLoops terms, in SumLoops window)
    {
        Unsafe.SkipInit(out RowOffsets broken);
        for (var row = 0; row < Rows; row += height)
        {
            var high = Math.Min(height, Rows - row);
            var isBroken = EqualTiles(row, high, out var first, ref broken) == 0;
            SumTile.Spread<V>(
                high, Width / V.Count, ref Unsafe.Add(ref a, first), ref isBroken ? ref broken[0] : ref offsets[0], ref b, ref positions,
                in terms, in window, ref Unsafe.Add(ref sums, row * Width), Width);
        }
    }

    [MethodImpl(Jit.Kernel)]
    private void Run(ref float a, ref float b, in SumLoops terms, ref float to, nint stride, TileSteps products)
    {
        if (Width > SumTile.MostVectors * V.Count)
        {
            SumTile.Row<V>(ref Unsafe.Add(ref a, start), ref b, in terms, ref to, Width, products.Adds);
            return;
        }
        // Several tiles of rows read the same columns of b: so many rows of b at a time that they are in a cache from the second tile on.
        // Rows of a large matrix share few sets of it, so a small part counts as full. The sums wait where they will be in the end.
        if (Rows > height && products is { Count: 1, Pools: false } && terms.Count * Width > MostTogether)
        {
            for (var i = 0; i < terms.Extent0; i++)
            {
                for (var j = 0; j < terms.Extent1; j++)
                {
                    for (var k = 0; k < terms.Extent2; k += TermsTogether)
                    {
                        RunTiles(
                            ref Unsafe.Add(ref a, (i * terms.StrideA0) + (j * terms.StrideA1) + (k * terms.StrideA2)),
                            ref Unsafe.Add(ref b, (i * terms.StrideB0) + (j * terms.StrideB1) + (k * terms.StrideB2)),
                            new SumLoops(Math.Min(TermsTogether, terms.Extent2 - k), terms.StrideA2, terms.StrideB2), ref to, stride,
                            products with { Adds = products.Adds || (i | j | k) != 0 });
                    }
                }
            }
            return;
        }
        RunTiles(ref a, ref b, in terms, ref to, stride, products);
    }

    [MethodImpl(Jit.Kernel)]
    private void RunTiles(ref float a, ref float b, in SumLoops terms, ref float to, nint stride, TileSteps products)
    {
        Unsafe.SkipInit(out RowOffsets broken);
        var perRow = products.Pools ? stride : rows.Window * stride;
        for (var row = 0; row < Rows;)
        {
            var high = Math.Min(height, Rows - row);
            var count = EqualTiles(row, high, out var first, ref broken);
            ref var at = ref count == 0 ? ref broken[0] : ref offsets[0];
            count = products.Count == 1 ? Math.Max(count, 1) : 1;
            SumTile.Run<V>(
                high * rows.Window, Width / V.Count, ref Unsafe.Add(ref a, first), ref at, ref b, in terms, ref Unsafe.Add(ref to, row * perRow),
                stride, count == 1 ? products : new TileSteps(count, high * rows.Stride, 0, high * perRow, products.Adds, products.Pools));
            row += count * high;
        }
    }

    /// <summary>
    /// How many whole tiles of a height there are from a row of the tile on, all of their rows at equal distances; 0: not even one, and its
    /// rows' offsets are filled in.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EqualTiles(int row, int high, out nint first, ref RowOffsets broken)
    {
        (first, var equal) = row == 0 ? (start, run) : rows.At(Row + row);
        if (equal < high)
        {
            rows.Fill(ref broken[0], high, equal);
            return 0;
        }
        return Rows <= high ? 1 : Math.Min(equal, Rows - row) / high;
    }

    [InlineArray(16)]
    private struct RowOffsets
    {
        private nint first;
    }
}
