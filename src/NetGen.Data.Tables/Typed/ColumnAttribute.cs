namespace NetGen.Data;

/// <summary>What becomes of a column of a <see cref="TableAttribute"/>, where that is not to be what its values suggest.</summary>
/// <param name="column">The name of the column in the file.</param>
/// <param name="use">What becomes of it.</param>
/// <example>
/// <code>
/// [Table("people.csv", Label = "left"), Column("city", ColumnUse.Ignore)]
/// public sealed partial class People;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ColumnAttribute(string column, ColumnUse use) : Attribute
{
    /// <summary>The name of the column in the file.</summary>
    public string Column => column;

    /// <summary>What becomes of it.</summary>
    public ColumnUse Use => use;
}
