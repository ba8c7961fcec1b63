namespace NetGen;

/// <summary>What a column of data holds.</summary>
public enum ColumnType
{
    /// <summary>Real numbers: images, measurements, targets of a regression.</summary>
    Float,

    /// <summary>Integers that name classes, words or other rows of a table.</summary>
    Label,
}
