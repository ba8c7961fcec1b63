using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetGen.Cuda;

/// <summary>Elements in a device's memory: what a kernel takes as an ArrayView, which is an address and a length as well.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential)]
public readonly struct CudaView<T>
    where T : unmanaged
{
    // The order is the kernel's.
    private readonly nint address;
    private readonly long length;

    internal CudaView(nint address, long length)
    {
        this.address = address;
        this.length = length;
    }

    /// <summary>How many elements.</summary>
    public long Length => length;

    internal nint Address => address;
}
