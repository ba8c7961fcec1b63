using NetGen.Generator.Common;

namespace NetGen.Generator.Tables;

/// <summary>What a column holds; the names are those of NetGen.Data.ValueKind.</summary>
internal enum ColumnKind
{
    Number,
    Text,
    Date,
}

/// <summary>NetGen.Data.ColumnUse, by the same numbers.</summary>
internal enum ColumnUse
{
    Ignore,
    AsIs,
    Standardize,
    MinMax,
    Robust,
    Log1p,
    Category,
    Calendar,
}

/// <summary>A column that the network or the label is made of.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Property">In the type of the rows.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Use">What becomes of it.</param>
/// <param name="HasMissing">Whether a value is missing in the file.</param>
/// <param name="About">What its property's documentation says.</param>
internal sealed record ColumnModel(string Name, string Property, ColumnKind Kind, ColumnUse Use, bool HasMissing, string About)
{
    /// <summary>The categories in order, with the one of missing values; of one that is none nothing.</summary>
    public EquatableArray<string> Categories { get; init; }

    /// <summary>The category of missing values, where there are some.</summary>
    public string? MissingAs { get; init; }

    /// <summary>Whether numbers that are categories need 64 bits.</summary>
    public bool IsLong { get; init; }

    /// <summary>How many numbers the network gets of it.</summary>
    public int Width(bool hasRare) => Use switch
    {
        ColumnUse.Category => Categories.Count + (hasRare ? 1 : 0),
        ColumnUse.Calendar => 5,
        _ => HasMissing ? 2 : 1,
    };
}

/// <summary>A file as a table: all that its class is written from.</summary>
/// <param name="Declaration">What the attributes say.</param>
/// <param name="FileName">The name of the file.</param>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="Features">The columns of the features in order.</param>
/// <param name="Label">The column that is predicted.</param>
internal sealed record TableModel(
    TableDeclaration Declaration, string FileName, int Rows, EquatableArray<ColumnModel> Features, ColumnModel Label)
{
    private const int Rare = 2;

    public bool HasRare => Declaration.OnUnknown == Rare;

    public int FeatureCount => Features.Sum(column => column.Width(HasRare));
}

/// <summary>What is wrong, and of what in the attributes (the key of a place).</summary>
internal sealed record TableError(string Id, string Message, string Key);

/// <summary>A file as a declaration has it read.</summary>
internal sealed record TableRead(string Table, string Path, TableModel? Model, EquatableArray<TableError> Errors);
