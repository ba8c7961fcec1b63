using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// The transforms of convolutions by Winograd's algorithm (<see cref="WinogradF2"/>, <see cref="WinogradF3"/>): Y = T X Tᵀ of the numbers
/// of each tile, a vector of channels at a time. Between them stand matrix products, which are kernels like any other.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WinogradKernels
{
    /// <summary>Rows and columns that tiles beside each other share: those of a kernel, less one.</summary>
    private const int Overlap = 2;

    /// <summary>y[e, k] = (T x[·, k] Tᵀ)ₑ for a worker's share of the k: a convolution's weights, or their gradient.</summary>
    /// <param name="x">[numbers, elements]</param>
    /// <param name="y">[numbers, elements]</param>
    /// <param name="elements">Whole vectors of any width.</param>
    /// <param name="worker">This worker.</param>
    /// <param name="workers">All workers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<V, T>(ref float x, ref float y, int elements, int worker, int workers)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix
    {
        var (begin, end) = Partition.Elements(elements, worker, workers);
        Elements<V, T>(ref Unsafe.Add(ref x, begin), elements, ref Unsafe.Add(ref y, begin), elements, (int)(end - begin));
    }

    /// <summary>The same of one vector of elements, for what is done with them at once.</summary>
    /// <param name="x">The first element of the first number.</param>
    /// <param name="elements">Floats from one number to the next.</param>
    /// <param name="y">[numbers, V.Count]</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<V, T>(ref float x, int elements, ref float y)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix => Elements<V, T>(ref x, elements, ref y, V.Count, V.Count);

    /// <summary>The results of tiles in the place of the products that they are made of: m[e] = (T m Tᵀ)ₑ.</summary>
    /// <param name="m">Matrices of products. The first of them become those of the results.</param>
    /// <param name="matrix">Floats from one matrix to the next.</param>
    /// <param name="elements">Of a matrix: whole vectors of any width.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Results<V, T>(ref float m, nint matrix, int elements)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix => Elements<V, T>(ref m, matrix, ref m, matrix, elements);

    /// <summary>v[e, tile, c] = (T x Tᵀ)ₑ of the pixels x of each tile.</summary>
    /// <param name="x">Images.</param>
    /// <param name="shape">Their tiles.</param>
    /// <param name="v">[numbers, samples, tiles, channels]</param>
    /// <param name="samples">Images that there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tiles<V, T>(ref float x, in WinogradShape shape, ref float v, int samples)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix => EachTile<V, T, T, Stored>(ref x, ref Unsafe.NullRef<byte>(), in shape, ref v, samples);

    /// <summary>The same of the gradient before a max pooling whose windows are the tiles.</summary>
    /// <param name="dy">The gradient behind it.</param>
    /// <param name="index">The place of each maximum in its window.</param>
    /// <param name="shape">Tiles of one pixel.</param>
    /// <param name="v">[numbers, samples, tiles, channels]</param>
    /// <param name="samples">Images that there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tiles<V, T>(ref float dy, ref byte index, in WinogradShape shape, ref float v, int samples)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix => EachTile<V, T, T, Pooled>(ref dy, ref index, in shape, ref v, samples);

    /// <summary>v[j, tile, c] = (T x Tᵀ)ᵢⱼ for one row i of the numbers.</summary>
    /// <param name="row">i</param>
    /// <param name="x">Images.</param>
    /// <param name="shape">Their tiles.</param>
    /// <param name="v">[columns, samples, tiles, channels]</param>
    /// <param name="samples">Images that there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowOfTiles<V, T>(nint row, ref float x, in WinogradShape shape, ref float v, int samples)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix => OneRow<V, T, Stored>(row, ref x, ref Unsafe.NullRef<byte>(), in shape, ref v, samples);

    /// <summary>The same of the gradient before a max pooling whose windows are the tiles.</summary>
    /// <param name="row">i</param>
    /// <param name="dy">The gradient behind it.</param>
    /// <param name="index">The place of each maximum in its window.</param>
    /// <param name="shape">Tiles of one pixel.</param>
    /// <param name="v">[columns, samples, tiles, channels]</param>
    /// <param name="samples">Images that there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowOfTiles<V, T>(nint row, ref float dy, ref byte index, in WinogradShape shape, ref float v, int samples)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix => OneRow<V, T, Pooled>(row, ref dy, ref index, in shape, ref v, samples);

    /// <summary>The tiles T m Tᵀ, which overlap, added up to images.</summary>
    /// <param name="m">[numbers, samples, tiles, channels]. It becomes the tiles.</param>
    /// <param name="shape">The tiles of the images.</param>
    /// <param name="sums">The images.</param>
    /// <param name="samples">Images that there are.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Sums<V, T>(ref float m, in WinogradShape shape, ref float sums, int samples)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix
    {
        Elements<V, T>(ref m, shape.Matrix, ref m, shape.Matrix, (int)(samples * shape.Tiles));
        ref var pixel = ref sums;
        for (nint s = 0; s < samples; s++)
        {
            for (nint y = 0; y < shape.Height; y++)
            {
                // A pixel is of the last tile that begins at it or before, and where that shares it of the one before that too.
                var ty = Math.Min(y / shape.Step, shape.TilesY - 1);
                var i = y - (ty * shape.Step);
                var above = i < Overlap && ty > 0;
                for (nint x = 0; x < shape.Width; x++)
                {
                    var tx = Math.Min(x / shape.Step, shape.TilesX - 1);
                    var j = x - (tx * shape.Step);
                    var before = j < Overlap && tx > 0;
                    ref var own = ref Unsafe.Add(
                        ref m, (((i * T.Rows) + j) * shape.Matrix) + (s * shape.Tiles) + (((ty * shape.TilesX) + tx) * shape.Channels));
                    var toBefore = (shape.Step * shape.Matrix) - shape.Channels;
                    var toAbove = (shape.Step * T.Rows * shape.Matrix) - ((nint)shape.TilesX * shape.Channels);
                    for (var c = 0; c < shape.Channels; c += V.Count)
                    {
                        var sum = V.Load(in own);
                        if (before)
                            sum = V.Load(in Unsafe.Add(ref own, toBefore)) + sum;
                        if (above)
                        {
                            var other = V.Load(in Unsafe.Add(ref own, toAbove));
                            if (before)
                                other = V.Load(in Unsafe.Add(ref own, toAbove + toBefore)) + other;
                            sum = other + sum;
                        }
                        sum.Store(ref pixel);
                        own = ref Unsafe.Add(ref own, V.Count);
                        pixel = ref Unsafe.Add(ref pixel, V.Count);
                    }
                }
            }
        }
    }

    /// <summary>The largest of each window of a tile's results, in the place of results.</summary>
    /// <param name="m">[results, samples, tiles, channels]; the first matrices become those of the windows.</param>
    /// <param name="shape">The tiles of the pooled images: a tile has as many windows as it has of their pixels.</param>
    /// <param name="samples">Images that there are.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Max<V>(ref float m, in WinogradShape shape, int samples)
        where V : struct, IVector<V>
    {
        var (rows, columns, matrix) = (shape.Height / shape.TilesY, shape.Width / shape.TilesX, shape.Matrix);
        var (height, width, line) = (shape.Step / rows, shape.Step / columns, shape.Step * matrix);
        var elements = samples * shape.Tiles;
        ref var to = ref m;
        // A window's maximum comes to where no window behind it reads.
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                ref var from = ref Unsafe.Add(ref m, (i * height * line) + (j * width * matrix));
                if (height == 2 && width == 2)
                {
                    for (nint e = 0; e < elements; e += V.Count)
                    {
                        ref var at = ref Unsafe.Add(ref from, e);
                        var largest = V.Max(V.Load(in at), V.Load(in Unsafe.Add(ref at, matrix)));
                        largest = V.Max(largest, V.Load(in Unsafe.Add(ref at, line)));
                        V.Max(largest, V.Load(in Unsafe.Add(ref at, line + matrix))).Store(ref Unsafe.Add(ref to, e));
                    }
                }
                else
                {
                    for (nint e = 0; e < elements; e += V.Count)
                    {
                        ref var at = ref Unsafe.Add(ref from, e);
                        var largest = V.Load(in at);
                        for (nint y = 0; y < height; y++)
                        {
                            for (nint x = 0; x < width; x++)
                                largest = V.Max(largest, V.Load(in Unsafe.Add(ref at, (y * line) + (x * matrix))));
                        }
                        largest.Store(ref Unsafe.Add(ref to, e));
                    }
                }
                to = ref Unsafe.Add(ref to, matrix);
            }
        }
    }

    /// <summary>The same, with the place of each maximum in its window.</summary>
    /// <param name="m">[results, samples, tiles, channels]; the first matrices become those of the windows.</param>
    /// <param name="shape">The tiles of the pooled images.</param>
    /// <param name="index">The places, as the pooled images lie.</param>
    /// <param name="samples">Images that there are.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Max<V>(ref float m, in WinogradShape shape, ref byte index, int samples)
        where V : struct, IVector<V>
    {
        var (rows, columns, matrix) = (shape.Height / shape.TilesY, shape.Width / shape.TilesX, shape.Matrix);
        var (height, width, line) = (shape.Step / rows, shape.Step / columns, shape.Step * matrix);
        var (tilesY, tilesX, channels) = (shape.TilesY, shape.TilesX, shape.Channels);
        var square = height == 2 && width == 2;
        for (var window = 0; window < rows * columns; window++)
        {
            var (i, j) = (window / columns, window % columns);
            ref var from = ref Unsafe.Add(ref m, (i * height * line) + (j * width * matrix));
            ref var to = ref Unsafe.Add(ref m, window * matrix);
            for (nint s = 0; s < samples; s++)
            {
                for (nint ty = 0; ty < tilesY; ty++)
                {
                    ref var places = ref Unsafe.Add(
                        ref index, (s * shape.Sample) + (((ty * rows) + i) * shape.Row) + (j * (nint)shape.Pixel));
                    for (var tx = 0; tx < tilesX; tx++)
                    {
                        for (var c = 0; c < channels; c += V.Count)
                        {
                            var (largest, place) = (V.Load(in from), V.Zero);
                            if (square)
                            {
                                PoolKernels.Larger(ref largest, ref place, V.Load(in Unsafe.Add(ref from, matrix)), 1f);
                                PoolKernels.Larger(ref largest, ref place, V.Load(in Unsafe.Add(ref from, line)), 2f);
                                PoolKernels.Larger(ref largest, ref place, V.Load(in Unsafe.Add(ref from, line + matrix)), 3f);
                            }
                            else
                            {
                                // The first number is not larger than itself.
                                for (var e = 0; e < height * width; e++)
                                {
                                    var at = (e / width * line) + (e % width * matrix);
                                    PoolKernels.Larger(ref largest, ref place, V.Load(in Unsafe.Add(ref from, at)), e);
                                }
                            }
                            largest.Store(ref to);
                            place.StoreBytes(ref Unsafe.Add(ref places, c));
                            from = ref Unsafe.Add(ref from, V.Count);
                            to = ref Unsafe.Add(ref to, V.Count);
                        }
                        places = ref Unsafe.Add(ref places, (nint)columns * shape.Pixel);
                    }
                }
            }
        }
    }

    /// <summary>Zeros in some columns of matrices.</summary>
    /// <param name="sums">The first of them.</param>
    /// <param name="matrices">How many matrices there are.</param>
    /// <param name="rows">Of each.</param>
    /// <param name="columns">Those that become zeros.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    [MethodImpl(Jit.Kernel)]
    public static void Clear<V>(ref float sums, int matrices, int rows, int columns, int stride)
        where V : struct, IVector<V>
    {
        for (nint row = 0; row < (nint)matrices * rows; row++)
            CopyKernels.Clear<V>(ref Unsafe.Add(ref sums, row * stride), columns);
    }

    [MethodImpl(Jit.Kernel)]
    private static void OneRow<V, T, TSource>(nint row, ref float x, ref byte index, in WinogradShape shape, ref float v, int samples)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix
        where TSource : struct, ITileSource
    {
        switch (row)
        {
            case 0:
                EachTile<V, RowOf<T, Row0>, T, TSource>(ref x, ref index, in shape, ref v, samples);
                break;
            case 1:
                EachTile<V, RowOf<T, Row1>, T, TSource>(ref x, ref index, in shape, ref v, samples);
                break;
            case 2:
                EachTile<V, RowOf<T, Row2>, T, TSource>(ref x, ref index, in shape, ref v, samples);
                break;
            case 3:
                EachTile<V, RowOf<T, Row3>, T, TSource>(ref x, ref index, in shape, ref v, samples);
                break;
            default:
                EachTile<V, RowOf<T, Row4>, T, TSource>(ref x, ref index, in shape, ref v, samples);
                break;
        }
    }

    /// <summary>L x Rᵀ of all tiles: those of an image at a time or, where it is one tile, those of all samples.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void EachTile<V, L, R, TSource>(ref float x, ref byte index, in WinogradShape shape, ref float v, int samples)
        where V : struct, IVector<V>
        where L : struct, IWinogradMatrix
        where R : struct, IWinogradMatrix
        where TSource : struct, ITileSource
    {
        var (rows, tiles, tile, line, sample, row) = (
            shape.TilesY, shape.TilesX, (nint)shape.Step * shape.Pixel, shape.Step * shape.Row, shape.Sample, shape.Row);
        var (all, pixel, matrix, channels) = (shape.Tiles, shape.Pixel, shape.Matrix, shape.Channels);
        if (rows * tiles == 1)
            (samples, tiles, tile) = (1, samples, sample);
        for (nint s = 0; s < samples; s++)
        {
            Square<V, L, R, TSource>(
                ref Unsafe.Add(ref x, s * sample), ref Unsafe.Add(ref index, s * sample), row, pixel, tile, line,
                ref Unsafe.Add(ref v, s * all), matrix, rows, tiles, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Elements<V, T>(ref float x, nint xStep, ref float y, nint yStep, int elements)
        where V : struct, IVector<V>
        where T : struct, IWinogradMatrix => Square<V, T, T, Stored>(
            ref x, ref Unsafe.NullRef<byte>(), T.Columns * xStep, xStep, 0, 0, ref y, yStep, 1, 1, elements);

    /// <summary>
    /// L x Rᵀ of tiles: first the columns of x by L, then the rows of what they give by R. All of a tile is read before any of its numbers
    /// is written.
    /// </summary>
    /// <param name="from">The first number of the first tile.</param>
    /// <param name="index">Where the source is pooled: the first maximum's place.</param>
    /// <param name="row">Floats from one row of a tile's numbers to the next.</param>
    /// <param name="column">Floats from one column to the next.</param>
    /// <param name="tile">Floats from one tile to the one beside it.</param>
    /// <param name="line">Floats from one tile to the one below it.</param>
    /// <param name="to">The first number that the first tile becomes; those of the tiles lie one after the other.</param>
    /// <param name="matrix">Floats from one of a tile's results to the next, row by row.</param>
    /// <param name="lines">Tiles below each other.</param>
    /// <param name="tiles">Tiles beside each other.</param>
    /// <param name="channels">Behind each number: whole vectors.</param>
    [MethodImpl(Jit.Kernel)]
    private static void Square<V, L, R, TSource>(
        ref float from, ref byte index, nint row, nint column, nint tile, nint line, ref float to, nint matrix, int lines, int tiles,
        int channels)
        where V : struct, IVector<V>
        where L : struct, IWinogradMatrix
        where R : struct, IWinogradMatrix
        where TSource : struct, ITileSource
    {
        // The columns and rows are written out here: in methods of their own they would exceed what the JIT inlines into one so short.
        var (lRows, lColumns, rRows, rColumns, lanes) = (L.Rows, L.Columns, R.Rows, R.Columns, V.Count);
        var toRow = rRows * matrix;
        ref var y = ref to;
        for (nint t = 0, n = (nint)lines * tiles, beside = 0; t < n; t++)
        {
            if (beside == tiles)
            {
                from = ref Unsafe.Add(ref from, line - (beside * tile));
                index = ref Unsafe.Add(ref index, line - (beside * tile));
                beside = 0;
            }
            for (nint c = 0; c < channels; c += lanes)
            {
                ref var x = ref Unsafe.Add(ref from, c);
                var g = TSource.IsPooled ? V.Load(in x) : V.Zero;
                var p = TSource.IsPooled ? V.LoadBytes(in Unsafe.Add(ref index, c)) : V.Zero;
                L.Apply(
                    TSource.Load(in x, g, p, 0),
                    TSource.Load(in Unsafe.Add(ref x, row), g, p, rColumns),
                    lColumns > 2 ? TSource.Load(in Unsafe.Add(ref x, 2 * row), g, p, 2 * rColumns) : V.Zero,
                    lColumns > 3 ? TSource.Load(in Unsafe.Add(ref x, 3 * row), g, p, 3 * rColumns) : V.Zero,
                    lColumns > 4 ? TSource.Load(in Unsafe.Add(ref x, 4 * row), g, p, 4 * rColumns) : V.Zero,
                    out var t00, out var t10, out var t20, out var t30, out var t40);
                L.Apply(
                    TSource.Load(in Unsafe.Add(ref x, column), g, p, 1),
                    TSource.Load(in Unsafe.Add(ref x, row + column), g, p, rColumns + 1),
                    lColumns > 2 ? TSource.Load(in Unsafe.Add(ref x, (2 * row) + column), g, p, (2 * rColumns) + 1) : V.Zero,
                    lColumns > 3 ? TSource.Load(in Unsafe.Add(ref x, (3 * row) + column), g, p, (3 * rColumns) + 1) : V.Zero,
                    lColumns > 4 ? TSource.Load(in Unsafe.Add(ref x, (4 * row) + column), g, p, (4 * rColumns) + 1) : V.Zero,
                    out var t01, out var t11, out var t21, out var t31, out var t41);
                V t02, t12, t22, t32, t42, t03, t13, t23, t33, t43, t04, t14, t24, t34, t44;
                t02 = t12 = t22 = t32 = t42 = t03 = t13 = t23 = t33 = t43 = t04 = t14 = t24 = t34 = t44 = V.Zero;
                if (rColumns > 2)
                {
                    L.Apply(
                        TSource.Load(in Unsafe.Add(ref x, 2 * column), g, p, 2),
                        TSource.Load(in Unsafe.Add(ref x, row + (2 * column)), g, p, rColumns + 2),
                        lColumns > 2 ? TSource.Load(in Unsafe.Add(ref x, (2 * row) + (2 * column)), g, p, (2 * rColumns) + 2) : V.Zero,
                        lColumns > 3 ? TSource.Load(in Unsafe.Add(ref x, (3 * row) + (2 * column)), g, p, (3 * rColumns) + 2) : V.Zero,
                        lColumns > 4 ? TSource.Load(in Unsafe.Add(ref x, (4 * row) + (2 * column)), g, p, (4 * rColumns) + 2) : V.Zero,
                        out t02, out t12, out t22, out t32, out t42);
                }
                if (rColumns > 3)
                {
                    L.Apply(
                        TSource.Load(in Unsafe.Add(ref x, 3 * column), g, p, 3),
                        TSource.Load(in Unsafe.Add(ref x, row + (3 * column)), g, p, rColumns + 3),
                        lColumns > 2 ? TSource.Load(in Unsafe.Add(ref x, (2 * row) + (3 * column)), g, p, (2 * rColumns) + 3) : V.Zero,
                        lColumns > 3 ? TSource.Load(in Unsafe.Add(ref x, (3 * row) + (3 * column)), g, p, (3 * rColumns) + 3) : V.Zero,
                        lColumns > 4 ? TSource.Load(in Unsafe.Add(ref x, (4 * row) + (3 * column)), g, p, (4 * rColumns) + 3) : V.Zero,
                        out t03, out t13, out t23, out t33, out t43);
                }
                if (rColumns > 4)
                {
                    L.Apply(
                        TSource.Load(in Unsafe.Add(ref x, 4 * column), g, p, 4),
                        TSource.Load(in Unsafe.Add(ref x, row + (4 * column)), g, p, rColumns + 4),
                        lColumns > 2 ? TSource.Load(in Unsafe.Add(ref x, (2 * row) + (4 * column)), g, p, (2 * rColumns) + 4) : V.Zero,
                        lColumns > 3 ? TSource.Load(in Unsafe.Add(ref x, (3 * row) + (4 * column)), g, p, (3 * rColumns) + 4) : V.Zero,
                        lColumns > 4 ? TSource.Load(in Unsafe.Add(ref x, (4 * row) + (4 * column)), g, p, (4 * rColumns) + 4) : V.Zero,
                        out t04, out t14, out t24, out t34, out t44);
                }
                R.Apply(t00, t01, t02, t03, t04, out var y0, out var y1, out var y2, out var y3, out var y4);
                y0.Store(ref y);
                y1.Store(ref Unsafe.Add(ref y, matrix));
                if (rRows > 2)
                    y2.Store(ref Unsafe.Add(ref y, 2 * matrix));
                if (rRows > 3)
                    y3.Store(ref Unsafe.Add(ref y, 3 * matrix));
                if (rRows > 4)
                    y4.Store(ref Unsafe.Add(ref y, 4 * matrix));
                if (lRows > 1)
                {
                    R.Apply(t10, t11, t12, t13, t14, out y0, out y1, out y2, out y3, out y4);
                    y0.Store(ref Unsafe.Add(ref y, toRow));
                    y1.Store(ref Unsafe.Add(ref y, toRow + matrix));
                    if (rRows > 2)
                        y2.Store(ref Unsafe.Add(ref y, toRow + (2 * matrix)));
                    if (rRows > 3)
                        y3.Store(ref Unsafe.Add(ref y, toRow + (3 * matrix)));
                    if (rRows > 4)
                        y4.Store(ref Unsafe.Add(ref y, toRow + (4 * matrix)));
                }
                if (lRows > 2)
                {
                    R.Apply(t20, t21, t22, t23, t24, out y0, out y1, out y2, out y3, out y4);
                    y0.Store(ref Unsafe.Add(ref y, 2 * toRow));
                    y1.Store(ref Unsafe.Add(ref y, (2 * toRow) + matrix));
                    if (rRows > 2)
                        y2.Store(ref Unsafe.Add(ref y, (2 * toRow) + (2 * matrix)));
                    if (rRows > 3)
                        y3.Store(ref Unsafe.Add(ref y, (2 * toRow) + (3 * matrix)));
                    if (rRows > 4)
                        y4.Store(ref Unsafe.Add(ref y, (2 * toRow) + (4 * matrix)));
                }
                if (lRows > 3)
                {
                    R.Apply(t30, t31, t32, t33, t34, out y0, out y1, out y2, out y3, out y4);
                    y0.Store(ref Unsafe.Add(ref y, 3 * toRow));
                    y1.Store(ref Unsafe.Add(ref y, (3 * toRow) + matrix));
                    if (rRows > 2)
                        y2.Store(ref Unsafe.Add(ref y, (3 * toRow) + (2 * matrix)));
                    if (rRows > 3)
                        y3.Store(ref Unsafe.Add(ref y, (3 * toRow) + (3 * matrix)));
                    if (rRows > 4)
                        y4.Store(ref Unsafe.Add(ref y, (3 * toRow) + (4 * matrix)));
                }
                if (lRows > 4)
                {
                    R.Apply(t40, t41, t42, t43, t44, out y0, out y1, out y2, out y3, out y4);
                    y0.Store(ref Unsafe.Add(ref y, 4 * toRow));
                    y1.Store(ref Unsafe.Add(ref y, (4 * toRow) + matrix));
                    if (rRows > 2)
                        y2.Store(ref Unsafe.Add(ref y, (4 * toRow) + (2 * matrix)));
                    if (rRows > 3)
                        y3.Store(ref Unsafe.Add(ref y, (4 * toRow) + (3 * matrix)));
                    if (rRows > 4)
                        y4.Store(ref Unsafe.Add(ref y, (4 * toRow) + (4 * matrix)));
                }
                y = ref Unsafe.Add(ref y, lanes);
            }
            from = ref Unsafe.Add(ref from, tile);
            index = ref Unsafe.Add(ref index, tile);
            beside++;
        }
    }
}
