using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using ILGPU;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Driver;

namespace NetGen.Cuda.Host;

/// <summary>A device in use: the driver's context, and the kernels loaded into it. All networks and buffers on a device share one.</summary>
internal partial class CudaSession : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<(MethodInfo Kernel, CudaWork Work), CudaKernel> kernels = [];
    private readonly PtxCache cache;
    private readonly int device;
    private readonly nint context;

    /// <param name="driver">The driver.</param>
    /// <param name="name">The device, in messages.</param>
    /// <param name="device">The driver's handle of it.</param>
    /// <param name="cache">Kernels that were compiled before; null: the user's.</param>
    public CudaSession(IDriver driver, string name, int device, PtxCache? cache = null)
    {
        this.cache = cache ?? PtxCache.Default;
        Driver = driver;
        Name = name;
        this.device = device;
        Check(driver.DevicePrimaryCtxRetain(out context, device), "Opening the device");
    }

    public IDriver Driver { get; }

    /// <summary>The driver's context.</summary>
    public nint Handle => context;

    /// <summary>The device, in messages.</summary>
    public string Name { get; }

    /// <summary>Makes the context the calling thread's, until the result is disposed; what was current before is current again then.</summary>
    public Current Enter()
    {
        Check(Driver.CtxPushCurrent(context), "Using the device");
        return new Current(Driver);
    }

    /// <summary>The same for giving back what a network had: after a kernel has failed the driver refuses every call, and that is no error of who cleans up.</summary>
    public Current EnterToFree() => new(Driver.CtxPushCurrent(context) == DriverResult.Success ? Driver : null);

    /// <summary>The grid of a launch.</summary>
    public virtual KernelConfig Configure(CudaSize size) => size.OnGpu;

    /// <summary>A kernel, which is compiled and loaded when it is asked for first.</summary>
    /// <exception cref="NotSupportedException">It cannot be compiled.</exception>
    public CudaKernel Find(MethodInfo method, CudaSize size)
    {
        lock (gate)
        {
            if (!kernels.TryGetValue((method, size.Work), out var loaded))
            {
                kernels.Add((method, size.Work), loaded = Load(method, size));
            }
            return loaded;
        }
    }

    /// <summary>Launches a kernel.</summary>
    public unsafe void Launch(CudaKernel kernel, CudaSize size, ReadOnlySpan<CudaArgument> arguments, nint stream)
    {
        kernel.Check(arguments);
        var grid = Configure(size);
        // The driver takes the address of each argument.
        var bytes = stackalloc byte[arguments.Length * CudaArgument.Size];
        var addresses = stackalloc void*[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            addresses[i] = bytes + (i * CudaArgument.Size);
            arguments[i].CopyTo(new Span<byte>(addresses[i], CudaArgument.Size));
        }
        var (blocks, threads) = (grid.GridDim, grid.GroupDim);
        Check(
            Driver.LaunchKernel(
                kernel.Function, (uint)blocks.X, (uint)blocks.Y, (uint)blocks.Z, (uint)threads.X, (uint)threads.Y, (uint)threads.Z, (uint)size.Work.SharedBytes, stream, addresses, null),
            "A launch");
    }

    /// <summary>Memory of the device, of at least one byte.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="what">What it is for, as the beginning of a sentence.</param>
    /// <exception cref="OutOfMemoryException">There is not as much; the message has the numbers.</exception>
    public nint Allocate(long bytes, string what)
    {
        var result = Driver.MemAlloc(out var memory, (nuint)Math.Max(1, bytes));
        if (result == DriverResult.OutOfMemory)
        {
            Check(Driver.MemGetInfo(out var free, out var total), "Asking for the free memory");
            throw new OutOfMemoryException(
                $"{what} needs {Gigabytes((ulong)bytes)} on {Name}; of its {Gigabytes(total)} only {Gigabytes(free)} are free. Take a smaller batch, or close what else uses the device.");
        }
        Check(result, $"{what}: allocating {Gigabytes((ulong)bytes)}");
        return memory;
    }

    /// <summary>Page-locked memory of the host.</summary>
    public nint AllocateHost(long bytes, string what)
    {
        // CU_MEMHOSTALLOC_PORTABLE: it is page-locked for all devices.
        const uint portable = 1;
        var result = Driver.MemHostAlloc(out var memory, (nuint)Math.Max(1, bytes), portable);
        if (result == DriverResult.OutOfMemory)
        {
            throw new OutOfMemoryException($"{what} needs {Gigabytes((ulong)bytes)} of page-locked memory for {Name}, and the system does not give as much.");
        }
        Check(result, $"{what}: allocating {Gigabytes((ulong)bytes)} of page-locked memory");
        return memory;
    }

    /// <summary>Throws what the driver says, if it is not that all is well.</summary>
    /// <param name="result">What it says.</param>
    /// <param name="what">What was done, as the beginning of a sentence.</param>
    public void Check(DriverResult result, string what)
    {
        if (result == DriverResult.Success)
        {
            return;
        }
        // A kernel that has failed takes the context with it, and the driver gives a process no other one.
        var end = (int)result is 700 or 702 or 710 or (>= 714 and <= 719)
            ? " A kernel has failed, and no network can use the device any more in this process: this is a bug of NetGen unless a label is out of range; please report it."
            : "";
        throw new DriverException(result, $"{what} failed on {Name}: {Driver.Describe(result)}.{end}");
    }

    public virtual void Dispose()
    {
        using (EnterToFree())
        {
            foreach (var kernel in kernels.Values)
            {
                Unload(kernel);
            }
            kernels.Clear();
        }
        _ = Driver.DevicePrimaryCtxRelease(device);
    }

    /// <summary>Compiles a kernel and brings it to the driver. The context is current.</summary>
    protected virtual unsafe CudaKernel Load(MethodInfo method, CudaSize size)
    {
        var ptx = cache.Get(method, size.Work.Threads, size.Work.Resident, KernelCompiler.Compile);
        const int longest = 8192;
        var log = stackalloc byte[longest];
        log[0] = 0;
        var names = stackalloc JitOption[] { JitOption.ErrorLogBuffer, JitOption.ErrorLogBufferSizeBytes };
        var values = stackalloc nint[] { (nint)log, longest };
        nint module;
        fixed (byte* image = Encoding.UTF8.GetBytes(ptx + '\0'))
        {
            var result = Driver.ModuleLoadDataEx(out module, image, 2, names, values);
            Check(result, result == DriverResult.Success ? "" : $"Loading {method.Name} ({Marshal.PtrToStringUTF8((nint)log)?.Trim()})");
        }
        try
        {
            Check(Driver.ModuleGetFunction(out var function, module, EntryPoint().Match(ptx).Groups[1].Value), $"Finding {method.Name}");
            if (size.Work.SharedBytes > 0)
            {
                Check(
                    Driver.FuncSetAttribute(function, FunctionAttribute.MaxDynamicSharedSizeBytes, size.Work.SharedBytes),
                    string.Create(CultureInfo.InvariantCulture, $"Giving {method.Name} {size.Work.SharedBytes} bytes of shared memory"));
            }
            return new CudaKernel(method, module, function);
        }
        catch
        {
            _ = Driver.ModuleUnload(module);
            throw;
        }
    }

    protected virtual void Unload(CudaKernel kernel) => _ = Driver.ModuleUnload(kernel.Module);

    private static string Gigabytes(ulong bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.###} GiB");

    [GeneratedRegex(@"\.visible \.entry (\w+)")]
    private static partial Regex EntryPoint();

    /// <summary>While it lives the context is current.</summary>
    public readonly ref struct Current(IDriver? driver)
    {
        public void Dispose() => _ = driver?.CtxPopCurrent(out _);
    }
}
