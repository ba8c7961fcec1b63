namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// The rows of a tile where some neighbouring rows of the left operand together are one result, as the pixels of a pooling's window are: they are
/// permuted so that a thread has all rows of a window. Its rows lie <see cref="MatMulTile.RowStep"/> apart, and each of these
/// steps goes to the next row of the window.
/// </summary>
internal static class WindowRows
{
    /// <summary>Rows that a window takes of a tile: as many as the next power of two, so that windows divide what threads have.</summary>
    public static int Padded(int rows)
    {
        var padded = 1;
        while (padded < rows)
            padded *= 2;
        return padded;
    }

    /// <summary>Whether windows of so many rows divide the rows of a thread.</summary>
    public static bool Fit(MatMulTile tile, int window) => tile.WarpRows / tile.RowStep % window == 0;

    /// <summary>Which row of the tile's windows, counted through, lies at a row of the tile.</summary>
    public static Formula Index(MatMulTile tile, int window, Formula row)
    {
        if (window == 1)
            return row;
        var (lane, step) = (row % tile.RowStep, row % tile.WarpRows / tile.RowStep);
        var result = (row / tile.WarpRows * (tile.WarpRows / window)) + (step / window * tile.RowStep) + lane;
        return (result * window) + (step % window);
    }
}
