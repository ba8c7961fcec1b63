using System.Globalization;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace NetGen.Cuda.Host;

/// <summary>The driver and its devices; what is missing is said in full.</summary>
internal static class CudaDriver
{
    /// <summary>Compute capability 8.0 (2020): the first with the minimum and maximum that pass NaN on.</summary>
    private static readonly Version LeastCapability = new(8, 0);

    /// <summary>The first driver that knows the PTX of <see cref="Compilation.KernelCompiler"/>.</summary>
    private static readonly Version LeastDriver = new(11, 8);

    private static readonly Lock Gate = new();

    private const int MaximumDynamicSharedBytes = 8;

    private static (IReadOnlyList<CudaDevice?> Devices, string Problem)? found;

    private static nint driver;

    private delegate CudaError SetFunctionAttribute(nint function, int attribute, int value);

    /// <summary>A device, or an exception that says why there is none.</summary>
    public static CudaDevice Device(int index) => Find(index, out var problem) ?? throw new InvalidOperationException(problem);

    /// <summary>The first device that can be used; null where there is none.</summary>
    public static CudaDevice? First => All().Devices.FirstOrDefault(device => device is not null);

    /// <summary>Lets a loaded kernel have more than 48 KB of shared memory.</summary>
    /// <exception cref="InvalidOperationException">The GPU has not so much.</exception>
    public static void AllowSharedBytes(nint function, int bytes, string kernel)
    {
        var setAttribute = Marshal.GetDelegateForFunctionPointer<SetFunctionAttribute>(NativeLibrary.GetExport(driver, "cuFuncSetAttribute"));
        if (setAttribute(function, MaximumDynamicSharedBytes, bytes) is var error and not CudaError.CUDA_SUCCESS)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{kernel} needs {bytes} bytes of shared memory, and the driver answers {error}."));
        }
    }

    /// <summary>A device, or null and what is in the way.</summary>
    public static CudaDevice? Find(int index, out string problem)
    {
        var (devices, why) = All();
        if (index < devices.Count && devices[index] is { } device)
        {
            problem = "";
            return device;
        }
        problem = devices.Count == 0 || index < devices.Count
            ? why
            : string.Create(CultureInfo.InvariantCulture, $"There is no CUDA device {index}; this machine has {devices.Count}, counted from 0.");
        return null;
    }

    /// <summary>All devices, null for those that cannot be used, and what is in the way.</summary>
    private static (IReadOnlyList<CudaDevice?> Devices, string Problem) All()
    {
        lock (Gate)
        {
            return found ??= Search();
        }
    }

    private static (IReadOnlyList<CudaDevice?> Devices, string Problem) Search()
    {
        const string instead = "Device.Cpu() computes on the processor.";
        if (!LoadDriver())
        {
            var library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
            return ([], $"There is no CUDA device: the NVIDIA driver ({library}) is not installed. Install NVIDIA's driver, in a container run it with --gpus all; the CUDA toolkit is not needed. {instead}");
        }
        try
        {
            if (CudaAPI.CurrentAPI.GetDriverVersion(out var answer) is var error and not CudaError.CUDA_SUCCESS)
            {
                return ([], $"There is no CUDA device: the NVIDIA driver answers {error}. {instead}");
            }
            var version = new Version(answer.Major, answer.Minor);
            if (version < LeastDriver)
            {
                return ([], $"The NVIDIA driver is too old: it is for CUDA {version}, and NetGen needs {LeastDriver} or later. Install a newer driver. {instead}");
            }
            using var context = Context.Create(builder => builder.Cuda(_ => true));
            var devices = new List<CudaDevice?>();
            var problem = $"There is no CUDA device: the NVIDIA driver is installed but sees no GPU (CUDA_VISIBLE_DEVICES may hide it). {instead}";
            foreach (var each in context.GetCudaDevices())
            {
                var index = devices.Count;
                var name = string.Create(CultureInfo.InvariantCulture, $"cuda:{index} ({each.Name})");
                if (each.Architecture is not { } architecture || new Version(architecture.Major, architecture.Minor) < LeastCapability)
                {
                    problem = $"{name} is too old: its compute capability is {each.Architecture?.ToString() ?? "unknown"}, and NetGen needs {LeastCapability} (Ampere, 2020) or later. {instead}";
                    devices.Add(null);
                    continue;
                }
                devices.Add(new CudaDevice(index, name, each.MemorySize, () => GpuSession.Open(index)));
            }
            return (devices, problem);
        }
        catch (Exception e) when (e is CudaException or NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            return ([], $"The NVIDIA driver cannot be used: {e.Message} {instead}");
        }
    }

    /// <summary>
    /// Finds the driver's library. ILGPU asks for "cuda", which only the toolkit's link libcuda.so answers to; a machine with nothing but the driver
    /// has libcuda.so.1.
    /// </summary>
    private static bool LoadDriver()
    {
        // Windows' subsystem for Linux has the driver in a folder of its own, where ILGPU finds it.
        const string subsystem = "/usr/lib/wsl/lib";
        if (Directory.Exists(subsystem))
        {
            return NativeLibrary.TryLoad(Path.Combine(subsystem, "libcuda.so.1"), out driver);
        }
        string[] names = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so"];
        if (!names.Any(name => NativeLibrary.TryLoad(name, out driver)))
        {
            return false;
        }
        try
        {
            NativeLibrary.SetDllImportResolver(
                typeof(Context).Assembly, (library, _, _) => library is "cuda" or "nvcuda" ? driver : 0);
        }
        catch (InvalidOperationException)
        {
            // The program has set one of its own for ILGPU.
        }
        return true;
    }
}
