using System.Runtime.InteropServices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Gpu;

/// <summary>A kernel in the driver.</summary>
internal sealed unsafe class LoadedKernel : IDisposable
{
    private readonly nint module, function;
    private readonly int threads, sharedBytes;

    public LoadedKernel(CudaAccelerator device, string ptx, string method, int threads, int sharedBytes)
    {
        Driver.MakeCurrent(device);
        (this.threads, this.sharedBytes) = (threads, sharedBytes);
        Driver.Check(CudaAPI.CurrentAPI.LoadModule(out module, ptx, out var log), $"{method} cannot be loaded ({log?.Trim('\0', '\n')})");
        Driver.Check(CudaAPI.CurrentAPI.GetModuleFunction(out function, module, ProductKernel.EntryPoint(method)), method);
        if (sharedBytes > 0)
        {
            Driver.AllowSharedBytes(function, sharedBytes);
        }
    }

    /// <summary>Puts a launch into a stream.</summary>
    public void Launch(CudaStream stream, int blocks, int parts, int batch, params ReadOnlySpan<Argument> views)
    {
        var copies = stackalloc Argument[views.Length];
        var pointers = stackalloc void*[views.Length + 1];
        for (var i = 0; i < views.Length; i++)
        {
            copies[i] = views[i];
            pointers[i] = copies + i;
        }
        pointers[views.Length] = &batch;
        Driver.Check(CudaAPI.CurrentAPI.LaunchKernel(function, blocks, parts, 1, threads, 1, 1, sharedBytes, stream.StreamPtr, (nint)pointers, 0), "A launch");
    }

    public void Dispose() => _ = CudaAPI.CurrentAPI.DestroyModule(module);

    /// <summary>A view as kernels take it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Argument(nint pointer, long length)
    {
        public readonly nint Pointer = pointer;

        public readonly long Length = length;

        public static Argument Of(MemoryBuffer buffer) => new(buffer.NativePtr, buffer.Length);
    }
}
