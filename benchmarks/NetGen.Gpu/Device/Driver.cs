using System.Globalization;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace Gpu;

/// <summary>NVIDIA's driver: found, asked for a device, and called where ILGPU has no method for it.</summary>
internal static partial class Driver
{
    private const string Library = "cuda";

    private const int MaximumDynamicSharedBytes = 8, ClockRate = 13;

    private static readonly Lazy<nint> Handle = new(() =>
    {
        string[] names = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1", "libcuda.so"];
        nint handle = 0;
        if (!names.Any(name => NativeLibrary.TryLoad(name, out handle)))
        {
            throw new GpuException($"There is no NVIDIA driver here ({names[0]} cannot be loaded).");
        }
        // ILGPU asks for "cuda", which only the toolkit's link answers to.
        foreach (var assembly in new[] { typeof(Context).Assembly, typeof(Driver).Assembly })
        {
            try
            {
                NativeLibrary.SetDllImportResolver(assembly, (library, _, _) => library is "cuda" or "nvcuda" ? handle : 0);
            }
            catch (InvalidOperationException)
            {
                // NetGen.Cuda was asked for a device before, and has set its own for ILGPU.
            }
        }
        return handle;
    });

    /// <summary>A context with the devices of the driver.</summary>
    /// <exception cref="GpuException">There is no driver or no device, or it is too old.</exception>
    public static (Context Context, CudaAccelerator Device, Version Version) Open(int index)
    {
        _ = Handle.Value;
        Check(CudaAPI.CurrentAPI.GetDriverVersion(out var version), "The driver does not answer");
        var context = Context.Create(builder => builder.Cuda(_ => true));
        var devices = context.GetCudaDevices();
        if (index >= devices.Count)
        {
            var count = devices.Count;
            context.Dispose();
            throw new GpuException(count == 0
                ? "The NVIDIA driver sees no GPU."
                : string.Create(CultureInfo.InvariantCulture, $"--device {index}: there are {count} GPUs, counted from 0."));
        }
        var device = context.CreateCudaAccelerator(index);
        if (device.Architecture.Major < 8)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"{device.Name} is of compute capability {device.Architecture.Major}.{device.Architecture.Minor}; 8.0 or later is needed.");
            device.Dispose();
            context.Dispose();
            throw new GpuException(message);
        }
        return (context, device, new Version(version.Major, version.Minor));
    }

    /// <summary>Lets a kernel have more than 48 KB of shared memory.</summary>
    public static void AllowSharedBytes(nint function, int bytes) => Check((CudaError)SetAttribute(function, MaximumDynamicSharedBytes, bytes), $"{bytes} bytes of shared memory");

    public static void Check(CudaError error, string what)
    {
        if (error != CudaError.CUDA_SUCCESS)
        {
            throw new GpuException($"{what}: {error}.");
        }
    }

    /// <summary>
    /// Makes a device's context the thread's. ILGPU does that only where it believes another one of its own to be current; its compiler
    /// leaves none.
    /// </summary>
    public static void MakeCurrent(CudaAccelerator device) => Check((CudaError)SetCurrent(device.NativePtr), "The context");

    /// <summary>The highest clock of a device's multiprocessors.</summary>
    public static int ClockKilohertz(int device)
    {
        Check((CudaError)GetAttribute(out var value, ClockRate, device), "The clock");
        return value;
    }

    /// <summary>What goes into a stream from now on is noted instead of done.</summary>
    public static void BeginCapture(nint stream)
    {
        const int Relaxed = 2;
        Check((CudaError)BeginCapture(stream, Relaxed), "The capture of a graph");
    }

    /// <summary>A graph of what was noted, ready to be launched; <see cref="DestroyGraph"/> must follow.</summary>
    public static nint EndCapture(nint stream)
    {
        Check((CudaError)EndCapture(stream, out var graph), "The capture of a graph");
        var error = (CudaError)Instantiate(out var ready, graph, 0);
        _ = DestroyNotes(graph);
        Check(error, "A graph");
        return ready;
    }

    public static void LaunchGraph(nint graph, nint stream) => Check((CudaError)Launch(graph, stream), "The launch of a graph");

    public static void DestroyGraph(nint graph) => _ = Destroy(graph);

    [LibraryImport(Library, EntryPoint = "cuCtxSetCurrent")]
    private static partial int SetCurrent(nint context);

    [LibraryImport(Library, EntryPoint = "cuFuncSetAttribute")]
    private static partial int SetAttribute(nint function, int attribute, int value);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetAttribute")]
    private static partial int GetAttribute(out int value, int attribute, int device);

    [LibraryImport(Library, EntryPoint = "cuStreamBeginCapture_v2")]
    private static partial int BeginCapture(nint stream, int mode);

    [LibraryImport(Library, EntryPoint = "cuStreamEndCapture")]
    private static partial int EndCapture(nint stream, out nint graph);

    [LibraryImport(Library, EntryPoint = "cuGraphInstantiateWithFlags")]
    private static partial int Instantiate(out nint ready, nint graph, ulong flags);

    [LibraryImport(Library, EntryPoint = "cuGraphLaunch")]
    private static partial int Launch(nint ready, nint stream);

    [LibraryImport(Library, EntryPoint = "cuGraphExecDestroy")]
    private static partial int Destroy(nint ready);

    [LibraryImport(Library, EntryPoint = "cuGraphDestroy")]
    private static partial int DestroyNotes(nint graph);
}
