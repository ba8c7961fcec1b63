namespace NetGen.Generator.Graph;

/// <summary>The graph of what sessions do with new steps, while it is made (<see cref="Operation.InSession"/>).</summary>
/// <param name="graph">The graph.</param>
/// <param name="spans">Of the new steps of each session: where they begin, how many they are, and the position of the first.</param>
/// <param name="memory">The address of each session's memory, in two numbers.</param>
internal sealed class SessionContext(GraphBuilder graph, Value spans, Value memory)
{
    /// <summary>Numbers of an address.</summary>
    public const int AddressWidth = 2;

    private const int Line = 16;

    public GraphBuilder Graph { get; } = graph;

    public Value Spans { get; } = spans;

    public Value Memory { get; } = memory;

    /// <summary>How many floats a session needs.</summary>
    public long Floats { get; private set; }

    /// <summary>A place in the memory of a session for so many floats, from the start of a cache line.</summary>
    public int Reserve(long floats)
    {
        var place = checked((int)Floats);
        Floats += (floats + Line - 1) / Line * Line;
        return place;
    }
}
