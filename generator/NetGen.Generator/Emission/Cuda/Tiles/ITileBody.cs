namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>What threads do with a tile of both operands in shared memory. Writes C#; names of the kernel around it: <c>tile</c>, <c>stage</c>, <c>thread</c>.</summary>
internal interface ITileBody
{
    /// <summary>What comes before the loop: the sums, and where the thread reads.</summary>
    void Declare(Formula thread);

    /// <summary>Adds the products of the tiles that begin at <c>tile[stage]</c> to the sums.</summary>
    void Step();

    /// <summary>Which results of the block's tile are in which of the thread's variables, as runs of neighbouring columns.</summary>
    IEnumerable<(Formula Row, Formula Column, string[] Values)> Results(Formula thread);
}
