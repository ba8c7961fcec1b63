namespace NetGen.Generator.Operations;

/// <summary>An operation that draws random numbers, itself or inside of what it computes.</summary>
internal interface IRandomNumbers
{
    /// <summary>Which numbers: those of different streams are independent. null: it draws none after all.</summary>
    uint? Drawn { get; }
}
