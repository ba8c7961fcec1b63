using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using NetGen.Cuda.Kernels;
using NetGen.Runtime;

namespace NetGen.Cuda;

/// <summary>An argument of a launch, as it lies in memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CudaArgument
{
    /// <summary>As many bytes as the largest has, the shape of an attention, and a multiple of 16.</summary>
    internal const int Size = 80;

    private readonly Bytes bytes;

    private CudaArgument(Type type, in Bytes bytes)
    {
        Type = type;
        this.bytes = bytes;
    }

    /// <summary>Of the kernel's parameter.</summary>
    internal Type Type { get; }

    /// <summary>Floats.</summary>
    public static implicit operator CudaArgument(CudaView<float> view) => Of(typeof(ArrayView<float>), view);

    /// <summary>Integers.</summary>
    public static implicit operator CudaArgument(CudaView<int> view) => Of(typeof(ArrayView<int>), view);

    /// <summary>Numbers of 16 bits.</summary>
    public static implicit operator CudaArgument(CudaView<ushort> view) => Of(typeof(ArrayView<ushort>), view);

    /// <summary>Bytes.</summary>
    public static implicit operator CudaArgument(CudaView<byte> view) => Of(typeof(ArrayView<byte>), view);

    /// <summary>Keys of random numbers.</summary>
    public static implicit operator CudaArgument(CudaView<PhiloxKey> view) => Of(typeof(ArrayView<PhiloxKey>), view);

    /// <summary>A number.</summary>
    public static implicit operator CudaArgument(int number) => Of(typeof(int), number);

    /// <summary>The windows of a pooling.</summary>
    public static implicit operator CudaArgument(PoolWindows windows) => Of(typeof(PoolWindows), windows);

    /// <summary>The sizes of an attention.</summary>
    public static implicit operator CudaArgument(Kernels.AttentionShape shape) => Of(typeof(Kernels.AttentionShape), shape);

    /// <summary>The sizes of a recurrent layer.</summary>
    public static implicit operator CudaArgument(Kernels.RecurrenceShape shape) => Of(typeof(Kernels.RecurrenceShape), shape);

    /// <summary>Copies the bytes.</summary>
    internal void CopyTo(Span<byte> target) => MemoryMarshal.Write(target, in bytes);

    private static CudaArgument Of<T>(Type type, T value)
        where T : unmanaged
    {
        var bytes = default(Bytes);
        Unsafe.As<Bytes, T>(ref bytes) = value;
        return new CudaArgument(type, in bytes);
    }

    [InlineArray(Size / sizeof(long))]
    private struct Bytes
    {
        private long first;
    }
}
