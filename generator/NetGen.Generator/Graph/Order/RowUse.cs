namespace NetGen.Generator.Graph.Order;

/// <summary>
/// What an operation is to tensors [positions, channels] as rows. PyTorch has an image and what its convolutions over sequences read with channels
/// first, and rows as they are here; what lies between, it transposes.
/// </summary>
internal enum RowUse
{
    /// <summary>Nothing is said.</summary>
    None,

    /// <summary>Rows of the result are made of those of the operands: elementwise functions, norms, products at positions.</summary>
    Keeps,

    /// <summary>Operands and result are rows in PyTorch: attention, recurrent layers, rows of a table.</summary>
    Takes,
}
