using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Cuda.Host;
using static System.FormattableString;

namespace NetGen.Cuda;

/// <summary>
/// Memory of a GPU: <see cref="CudaDevice.Allocate{T}(long)"/> gives it, and a network on the same device computes on it without a way
/// through the host. Not for two threads at once. What is not disposed is given back when the collector finds it.
/// </summary>
/// <example>
/// <code>
/// using CudaBuffer&lt;float> buffer = device.Allocate&lt;float>(1000);
/// buffer.Upload(numbers);
/// buffer.Download(numbers);
/// </code>
/// </example>
public sealed class CudaBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly DeviceMemory memory;

    internal CudaBuffer(CudaDevice device, long length)
    {
        Length = length;
        memory = new DeviceMemory(device, length * Unsafe.SizeOf<T>(), $"A buffer of {typeof(T).Name}");
    }

    /// <summary>How many elements.</summary>
    public long Length { get; }

    /// <summary>Where they lie.</summary>
    public CudaDevice Device => memory.Device;

    /// <summary>Copies elements to the device, and waits until they are there.</summary>
    /// <param name="source">Any number up to <see cref="Length"/>; from page-locked memory (<see cref="PinnedBuffer{T}"/>) it is
    /// faster.</param>
    /// <param name="offset">Where in the buffer the first goes, in elements.</param>
    /// <exception cref="ArgumentException">They reach over the end; nothing is copied.</exception>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    public void Upload(ReadOnlySpan<T> source, long offset = 0)
    {
        Check(source.Length, offset, nameof(source));
        memory.Upload(MemoryMarshal.AsBytes(source), offset * Unsafe.SizeOf<T>());
    }

    /// <summary>Copies elements from the device.</summary>
    /// <param name="target">Receives any number up to <see cref="Length"/>; to page-locked memory it is faster.</param>
    /// <param name="offset">Where in the buffer the first is, in elements.</param>
    /// <exception cref="ArgumentException">They reach over the end; nothing is copied.</exception>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    public void Download(Span<T> target, long offset = 0)
    {
        Check(target.Length, offset, nameof(target));
        memory.Download(MemoryMarshal.AsBytes(target), offset * Unsafe.SizeOf<T>());
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => memory.Dispose();

    /// <summary>The address, for a call on a device.</summary>
    /// <exception cref="ArgumentException">The buffer is another device's.</exception>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    internal nint AddressOn(CudaDevice device, string name)
    {
        ObjectDisposedException.ThrowIf(memory.IsDisposed, this);
        if (device != Device)
        {
            throw new ArgumentException($"{name} is memory of {Device}, and the network computes on {device}. Allocate it from the network's device.", name);
        }
        return memory.Address;
    }

    private void Check(int count, long offset, string name)
    {
        if (offset < 0 || count > Length - offset)
        {
            throw new ArgumentException(Invariant($"{name} has {count} elements; from element {offset} on the buffer has {Math.Max(0, Length - Math.Max(0, offset))}."), name);
        }
    }
}
