using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>How large a product's tiles are at most.</summary>
/// <param name="Rows">Rows; with a pooling, windows.</param>
/// <param name="Vectors">Vectors of columns.</param>
/// <param name="Repeat">So many tiles, one below the other, are computed before anything is done with their sums.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TileShape(int Rows, int Vectors, int Repeat = 1);
