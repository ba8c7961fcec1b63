using System.Diagnostics;
using System.Runtime.InteropServices;
using AgainstTorch;

namespace Comparison;

/// <summary>
/// Loads libtorch's binding; where the system's libstdc++ is too old for it, prepares it first (debian12.sh says how).
/// </summary>
internal static partial class NativeTorch
{
    private const int TrimThreshold = -1, MapThreshold = -3;

    /// <summary>The binding is there afterwards.</summary>
    /// <param name="keepMemory">The C library's allocator keeps what libtorch frees.</param>
    /// <exception cref="DllNotFoundException">It cannot be loaded; the message says what to do.</exception>
    public static void Load(bool keepMemory)
    {
        var native = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        var binding = Path.Combine(native, "libLibTorchSharp.so");
        if (!OperatingSystem.IsLinux() || !File.Exists(binding))
        {
            return;
        }
        // A step frees and allocates the same tensors again and again; by default the large ones go back to the system each time.
        if (keepMemory && (SetAllocator(MapThreshold, 1 << 30) == 0 || SetAllocator(TrimThreshold, int.MaxValue) == 0))
        {
            throw new NotSupportedException("The C library's allocator cannot be told to keep memory.");
        }
        // The binding finds its neighbours by its own path only once they are loaded.
        NativeLibrary.Load(Path.Combine(native, "libtorch.so"));
        if (NativeLibrary.TryLoad(binding, out _))
        {
            return;
        }
        var script = Path.Combine(AppContext.BaseDirectory, "debian12.sh");
        using var process = Process.Start(new ProcessStartInfo("bash", [script, AppContext.BaseDirectory]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new DllNotFoundException($"libtorch's binding does not load, and `bash {script} {AppContext.BaseDirectory}` failed with {process.ExitCode}; it needs g++ and python3.");
        }
        NativeLibraries.Load();
        NativeLibrary.Load(binding);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);
}
