using NetGen.Generator.Graph;

namespace NetGen.Generator.Optimization;

/// <summary>One step of the way: a pure function from graph to graph, which ends early where nobody wants its result any more.</summary>
/// <param name="Name">What it is called in dumps.</param>
/// <param name="Run">The function.</param>
/// <param name="Target">Where what it makes is faster.</param>
internal sealed record Pass(string Name, Func<TensorGraph, CancellationToken, TensorGraph> Run, PassTarget Target = PassTarget.All)
{
    /// <summary>
    /// The fewest samples for which its result is faster than what it was made of, which is kept for fewer; null, or a null result: for any
    /// batch.
    /// </summary>
    public Func<TensorGraph, int?>? SmallestBatch { get; init; }
}

/// <summary>What a pass is for.</summary>
internal enum PassTarget
{
    All,
    Cpu,
    Cuda,
}
