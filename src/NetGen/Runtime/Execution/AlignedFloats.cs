using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Runtime;

/// <summary>A block of floats that starts at a multiple of 64 bytes and never moves. The garbage collector frees it.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int Alignment = 64;
    // Before the block, to align it, and as much behind it: a tile reads whole vectors past the last column.
    private const int Slack = 2 * Alignment / sizeof(float);

    private readonly float[] array;
    private readonly float* start;

    /// <summary>Allocates a block.</summary>
    /// <param name="length">In floats.</param>
    /// <param name="cleared">Whether the floats are 0 at first; otherwise they are arbitrary.</param>
    /// <param name="what">What the block is for, for the message: "The workspace of …".</param>
    /// <exception cref="OutOfMemoryException">There is not that much memory, or the length is above 2³¹ − 73.</exception>
    public AlignedFloats(long length, bool cleared, string what)
    {
        try
        {
            array = length > Array.MaxLength - Slack
                ? throw new OutOfMemoryException()
                : cleared
                    ? GC.AllocateArray<float>((int)length + Slack, pinned: true)
                    : GC.AllocateUninitializedArray<float>((int)length + Slack, pinned: true);
        }
        catch (OutOfMemoryException exception)
        {
            throw new OutOfMemoryException(
                FormattableString.Invariant($"{what} needs {length} floats ({length / 268435456.0:0.###} GiB); one block has at most {Array.MaxLength - Slack}, and as much as the process may have."),
                exception);
        }
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        start = (float*)((address + Alignment - 1) & -Alignment);
        Length = (int)length;
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The first float. The block must be kept reachable while the reference is in use.</summary>
    public ref float Start => ref *start;

    /// <summary>All floats, as a span that keeps the block alive.</summary>
    public Span<float> Span => array.AsSpan((int)(start - (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array))), Length);
}
