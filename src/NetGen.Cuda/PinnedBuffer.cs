using System.Runtime.CompilerServices;
using NetGen.Cuda.Host;

namespace NetGen.Cuda;

/// <summary>
/// Page-locked memory of the host: <see cref="CudaDevice.AllocatePinned{T}(int)"/> gives it. A network on the device copies from it and to
/// it without a copy in between. There is little of it in a system: take it for batches, not for data sets.
/// </summary>
/// <example>
/// <code>
/// using PinnedBuffer&lt;float> inputs = device.AllocatePinned&lt;float>(32 * 784);
/// pixels.CopyTo(inputs.Span);
/// </code>
/// </example>
public sealed unsafe class PinnedBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly PinnedMemory memory;

    internal PinnedBuffer(CudaDevice device, int length)
    {
        Length = length;
        memory = new PinnedMemory(device, (long)length * Unsafe.SizeOf<T>(), $"A buffer of {typeof(T).Name}");
    }

    /// <summary>How many elements.</summary>
    public int Length { get; }

    /// <summary>The elements; zeros at first. Not to be used after <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(memory.IsDisposed, this);
            return new((void*)memory.Address, Length);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => memory.Dispose();
}
