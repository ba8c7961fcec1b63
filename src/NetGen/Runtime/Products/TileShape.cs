namespace NetGen.Runtime;

/// <summary>
/// How large the tiles of a product are at most: the compiler's choice for one kind of processor. All are made equally large.
/// </summary>
/// <param name="Rows">Rows; with a pooling, windows.</param>
/// <param name="Vectors">Vectors of columns, 1 to 4.</param>
internal readonly record struct TileShape(int Rows, int Vectors);
