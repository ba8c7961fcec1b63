namespace NetGen.Generator.Lowering;

/// <summary>A body that loops over products say, whatever else computes it.</summary>
internal interface ILoopBody
{
    /// <summary>The loops; null: this one is something else.</summary>
    ContractionBody? Loops { get; }
}
