namespace NetGen;

/// <summary>What a column of data holds.</summary>
public enum ColumnType
{
    /// <summary>Real numbers: images, measurements, targets of a regression.</summary>
    Float,

    /// <summary>Integers that name classes (<see cref="Labels"/>), or words and other rows of a table (<see cref="Indices"/>).</summary>
    Label,
}
