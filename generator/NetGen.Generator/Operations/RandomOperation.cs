using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations;

/// <summary>
/// An operation that draws random numbers. An element's number is a function of seed, step, stream and the element's dense index, so it can be
/// computed again anywhere instead of being kept.
/// </summary>
/// <param name="Stream">Which numbers: those of different streams are independent.</param>
internal abstract record RandomOperation(uint Stream) : Operation, IRandomNumbers
{
    public uint? Drawn => Stream;

    /// <summary>Every call draws its own numbers.</summary>
    public static uint NextStream(GraphBuilder graph) => (uint)graph.Nodes.Count(n => n.Operation is IRandomNumbers { Drawn: not null }) + 1;
}
