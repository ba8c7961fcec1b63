using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Loops;

namespace NetGen.Generator.Planning;

/// <summary>
/// How much a program computes, to decide whether another core is worth waking for it: per sample, and once whatever the batch is. The
/// unit is a multiply-add, of which a core with 512-bit vectors makes 16 a cycle.
/// </summary>
internal sealed record WorkEstimate(long PerSample, long Once)
{
    /// <summary>The same of each step of sequences.</summary>
    public EquatableArray<StepWork> PerStep { get; init; }

    /// <summary>
    /// About 10 µs of one core at 100 GFLOP/s. To hand a part to a worker that spins and to wait for it takes 1 to 3 µs, and so does each
    /// barrier.
    /// </summary>
    public const long WorthSharing = 500_000;

    /// <summary>
    /// A weight comes from the second or third level of the caches at 80 to 100 bytes/ns (measured on Zen 4): as long as two multiply-adds,
    /// however many samples it is for.
    /// </summary>
    private const long OfWeight = 2;

    /// <summary>Adam's square root and division take 16 cycles for a vector of 16 weights.</summary>
    private const long OfUpdate = 16;

    /// <summary>Whatever else is done to an element: loaded, computed and stored in some 8 cycles for a vector of 16.</summary>
    private const long OfElement = 8;

    public static WorkEstimate Of(FusedProgram program)
    {
        long once = 0;
        var work = new Dictionary<RowSpace, long> { [RowSpace.Samples] = 0 };
        foreach (var group in program.Groups)
        {
            if (group.Body is not RuntimeCallBody { ReadsRows: true })
                once += OfWeight * group.Operands.Select(o => program.Graph[program.Root(o)]).Where(n => n.Operation is Weight).Sum(n => n.Type.Count);
            once += OfUpdate * group.Updates(program.Graph).Count() * group.Space.Count;
            var rows = group.Spaces(program.Graph).FirstOrDefault(space => space.IsSteps) ?? RowSpace.Samples;
            void Add(long each) => work[rows] = (work.TryGetValue(rows, out var known) ? known : 0) + each;
            if (group.Body is ILoopBody { Loops: { } contraction })
                Add(contraction.MultiplyAdds);
            else if (group.Body is WinogradBody winograd)
                Add(winograd.MultiplyAdds);
            else if (group.Body is StepLoopBody loop)
                Add(loop.MultiplyAdds + (OfElement * group.Space.Count));
            else if (group.Space.Batched)
                Add(OfElement * group.Space.Count);
            else
                once += OfElement * group.Space.Count;
        }
        return new WorkEstimate(work[RowSpace.Samples], once) { PerStep = work.Where(w => w.Key.IsSteps).Select(w => new StepWork(w.Key, w.Value)).ToEquatableArray() };
    }

    /// <summary>The smallest batch that is shared among the workers.</summary>
    public long SmallestShared => Once >= WorthSharing ? 1 : (WorthSharing - Once + PerSample - 1) / Math.Max(1, PerSample);
}

/// <summary>What is computed for each step of the sequences of an input.</summary>
internal sealed record StepWork(RowSpace Rows, long Work);
