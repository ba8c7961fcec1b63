using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// The part of <c>total</c> independent pieces of work that is one worker's: contiguous, and the same split for the same numbers.
/// Pieces never share a result, so results do not depend on the number of workers.
/// </summary>
internal readonly ref struct WorkRange
{
    public readonly int Start;

    public readonly int End;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WorkRange(int total, int worker, int workers)
    {
        Start = (int)((long)total * worker / workers);
        End = (int)((long)total * (worker + 1) / workers);
    }
}
