using NetGen.Generator.Optimization;

namespace NetGen.Generator.Planning;

/// <summary>How much a program computes, to decide whether another core is worth waking for it.</summary>
internal static class WorkEstimate
{
    /// <summary>
    /// About 20 µs of one core at 100 GFLOP/s: what it takes to wake a parked thread (10 to 40 µs measured). Below, one core alone is
    /// done first.
    /// </summary>
    public const long WorthSharing = 1_000_000;

    /// <summary>Multiply-adds of the contractions for one sample, at least 1; everything else is small beside them.</summary>
    public static long MultiplyAddsPerSample(FusedProgram program) => Math.Max(1, program.Groups.Sum(group =>
        group.Body is ContractionBody body
            ? body.All.Sum(part => part.Outer.Concat(part.Rows).Concat(part.Window).Concat(part.Reduce)
                .Aggregate((long)part.Columns, (product, loop) => product * (loop.Extent ?? 1)))
            : group.Space.Batched ? group.Space.Count : 0));
}
