using System.Buffers;
using System.Runtime.CompilerServices;

namespace NetGen.Cuda.Host;

/// <summary>A page-locked buffer as memory, for columns of a data set.</summary>
internal sealed unsafe class PinnedOwner<T>(PinnedBuffer<T> buffer) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan() => buffer.Span;

    public override MemoryHandle Pin(int elementIndex = 0) => new(Unsafe.AsPointer(ref buffer.Span[elementIndex]), pinnable: this);

    /// <summary>It never moves.</summary>
    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => buffer.Dispose();
}
