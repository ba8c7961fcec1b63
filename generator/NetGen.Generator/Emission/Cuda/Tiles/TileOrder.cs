namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// In which order blocks take the tiles of a result. Blocks that run at the same time shall read the same rows and columns, so that these come from the second-level
/// cache: blocks go down a band of tile rows before they go on to the next tile column.
/// </summary>
internal static class TileOrder
{
    /// <summary>Tile rows of a band: with 8, the 132 tiles that an H100 has under way at a time read 8 tile rows and some 17 tile columns.</summary>
    public const int Band = 8;

    /// <summary>The tile row and column of a block.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="down">Tiles from top to bottom.</param>
    /// <param name="across">Tiles from left to right: a constant.</param>
    /// <param name="name">Gives a formula a name, so that it is computed once.</param>
    public static (Formula Row, Formula Column) Tile(Formula block, Formula down, int across, Func<string, Formula, Formula> name)
    {
        if (across == 1)
            return (block, 0);
        if (down.Is(1))
            return (0, block);
        if (down.Constant <= Band)
            return (block % down, block / down);
        var first = name("band", block / (Band * across)) * Band;
        var inBand = name("inBand", block % (Band * across));
        // The last band may be lower.
        var height = down.Constant % Band == 0 ? Band : name("height", Formula.Minimum(down - first, Band));
        return (first + (inBand % height), inBand / height);
    }
}
