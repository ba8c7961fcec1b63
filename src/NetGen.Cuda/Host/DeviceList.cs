using System.Globalization;
using System.Runtime.InteropServices;
using NetGen.Cuda.Driver;

namespace NetGen.Cuda.Host;

/// <summary>The devices of a driver; what is missing is said in full.</summary>
/// <param name="load">Gives the driver, or null where none is installed.</param>
internal sealed class DeviceList(Func<IDriver?> load)
{
    private const string Instead = "Device.Cpu() computes on the processor.";

    /// <summary>Compute capability 8.0 (2020): the first with the minimum and maximum that pass NaN on.</summary>
    private static readonly Version LeastCapability = new(8, 0);

    /// <summary>The first driver that knows the PTX of <see cref="Compilation.KernelCompiler"/>.</summary>
    private static readonly Version LeastDriver = new(11, 8);

    private readonly Lock gate = new();

    private (IReadOnlyList<CudaDevice?> Devices, string Problem)? found;

    /// <summary>This machine's.</summary>
    public static DeviceList Installed { get; } = new(NvidiaDriver.Load);

    /// <summary>The first device that can be used; null where there is none.</summary>
    public CudaDevice? First => All().Devices.FirstOrDefault(device => device is not null);

    /// <summary>A device, or an exception that says why there is none.</summary>
    public CudaDevice Device(int index) => Find(index, out var problem) ?? throw new InvalidOperationException(problem);

    /// <summary>A device, or null and what is in the way.</summary>
    public CudaDevice? Find(int index, out string problem)
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
    private (IReadOnlyList<CudaDevice?> Devices, string Problem) All()
    {
        lock (gate)
        {
            return found ??= Search();
        }
    }

    private (IReadOnlyList<CudaDevice?> Devices, string Problem) Search()
    {
        if (load() is not { } driver)
        {
            return ([], $"There is no CUDA device: the NVIDIA driver ({NvidiaDriver.FileName}) is not installed. Install NVIDIA's driver, in a container run it with --gpus all; the CUDA toolkit is not needed. {Instead}");
        }
        try
        {
            var noGpu = $"There is no CUDA device: the NVIDIA driver is installed but sees no GPU (CUDA_VISIBLE_DEVICES may hide it). {Instead}";
            // The version first: an old driver may refuse to start on a new GPU.
            var answer = driver.DriverGetVersion(out var number);
            var version = new Version(number / 1000, number % 1000 / 10);
            if (answer == DriverResult.Success && version < LeastDriver)
            {
                return ([], $"The NVIDIA driver is too old: it is for CUDA {version}, and NetGen needs {LeastDriver} or later. Install a newer driver. {Instead}");
            }
            var count = 0;
            answer = answer == DriverResult.Success ? driver.Init() : answer;
            answer = answer == DriverResult.Success ? driver.DeviceGetCount(out count) : answer;
            if (answer is not (DriverResult.Success or DriverResult.NoDevice))
            {
                return ([], $"There is no CUDA device: the NVIDIA driver answers {driver.Describe(answer)}. {Instead}");
            }
            return Describe(driver, count, noGpu);
        }
        catch (Exception e) when (e is DriverException or DllNotFoundException or EntryPointNotFoundException)
        {
            return ([], $"The NVIDIA driver cannot be used: {e.Message} {Instead}");
        }
    }

    private static unsafe (IReadOnlyList<CudaDevice?> Devices, string Problem) Describe(IDriver driver, int count, string noGpu)
    {
        const int longest = 256;
        var (devices, problem) = (new List<CudaDevice?>(), noGpu);
        var text = stackalloc byte[longest];
        for (var i = 0; i < count; i++)
        {
            Check(driver.DeviceGet(out var device, i));
            Check(driver.DeviceGetName(text, longest, device));
            Check(driver.DeviceTotalMem(out var memory, device));
            Check(driver.DeviceGetAttribute(out var major, DeviceAttribute.ComputeCapabilityMajor, device));
            Check(driver.DeviceGetAttribute(out var minor, DeviceAttribute.ComputeCapabilityMinor, device));
            var name = string.Create(CultureInfo.InvariantCulture, $"cuda:{i} ({Marshal.PtrToStringUTF8((nint)text)})");
            if (new Version(major, minor) < LeastCapability)
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"{name} is too old: its compute capability is {major}.{minor}, and NetGen needs {LeastCapability} (Ampere, 2020) or later. {Instead}");
                devices.Add(null);
                continue;
            }
            devices.Add(new CudaDevice(i, name, (long)memory, () => new CudaSession(driver, name, device)));
        }
        return (devices, problem);

        void Check(DriverResult result)
        {
            if (result != DriverResult.Success)
            {
                throw new DriverException(result, $"it answers {driver.Describe(result)}.");
            }
        }
    }
}
