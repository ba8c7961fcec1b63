namespace NetGen.Data;

/// <summary>What a column of a <see cref="Table"/> holds.</summary>
public enum ValueKind
{
    /// <summary>Numbers, kept in double precision.</summary>
    Number,

    /// <summary>Texts, such as the names of categories; each different text is kept once.</summary>
    Text,

    /// <summary>Points in time, without a zone.</summary>
    Date,
}
