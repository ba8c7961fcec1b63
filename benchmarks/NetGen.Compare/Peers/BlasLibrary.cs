using System.Runtime.InteropServices;

namespace Comparison;

/// <summary>A library of matrix products with C's interface of BLAS (cblas), loaded when it is asked for.</summary>
internal sealed unsafe partial class BlasLibrary
{
    private const int RowMajor = 101, NotTransposed = 111, Transposed = 112;

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> product;
    private readonly nint setThreads;
    private readonly bool wideThreads;

    private BlasLibrary(nint library, string setThreads, bool wideThreads)
    {
        product = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        this.setThreads = NativeLibrary.GetExport(library, setThreads);
        this.wideThreads = wideThreads;
    }

    /// <summary>As the library calls itself and the kernels that it chose.</summary>
    public required string Version { get; init; }

    /// <summary>Its number of threads from here on.</summary>
    public void SetThreads(int count)
    {
        if (wideThreads)
        {
            ((delegate* unmanaged<nint, void>)setThreads)(count);
        }
        else
        {
            ((delegate* unmanaged<int, void>)setThreads)(count);
        }
    }

    /// <summary>y[rows, outputs] = x[rows, inputs] · w, where w is [inputs, outputs], or [outputs, inputs] if it is transposed.</summary>
    public void Product(int rows, int inputs, int outputs, float[] x, float[] w, bool transposed, float[] y)
    {
        fixed (float* a = x, b = w, c = y)
        {
            product(
                RowMajor, NotTransposed, transposed ? Transposed : NotTransposed, rows, outputs, inputs, 1, a, inputs,
                b, transposed ? inputs : outputs, 0, c, outputs);
        }
    }

    /// <summary>OpenBLAS, with the kernels for this processor's registers.</summary>
    /// <exception cref="DllNotFoundException">It is not installed.</exception>
    public static BlasLibrary OpenBlas()
    {
        // Versions before 0.3.22 do not know Zen 4 and Zen 5, and take the kernels of 256 bits there.
        Choose("OPENBLAS_CORETYPE", "SkylakeX");
        var library = Load(OpenBlasName, "libopenblas0-pthread");
        return new BlasLibrary(library, "openblas_set_num_threads", wideThreads: false)
        {
            Version = $"OpenBLAS {Text(library, "openblas_get_config").Split(' ')[1]}, kernels for {Text(library, "openblas_get_corename")}",
        };
    }

    /// <summary>BLIS, with the kernels for this processor's registers.</summary>
    /// <exception cref="DllNotFoundException">It is not installed.</exception>
    public static BlasLibrary Blis()
    {
        // Number 0 are the kernels of Skylake-X; versions before 1.0 do not know Zen 4 and Zen 5, and take portable ones there.
        Choose("BLIS_ARCH_TYPE", "0");
        var library = Load(BlisName, "libblis4-pthread");
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(library, "bli_init"))();
        var kernels = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "bli_arch_query_id"))();
        var name = ((delegate* unmanaged<int, nint>)NativeLibrary.GetExport(library, "bli_arch_string"))(kernels);
        return new BlasLibrary(library, "bli_thread_set_num_threads", wideThreads: true)
        {
            Version = $"BLIS {Text(library, "bli_info_get_version_str")}, kernels for {Marshal.PtrToStringUTF8(name)}",
        };
    }

    private const string OpenBlasName = "libopenblas.so.0", BlisName = "libblis.so.4";

    /// <summary>Whether it is installed, without loading it: it reads its choice of kernels when it is loaded.</summary>
    public static bool HasOpenBlas => IsInstalled(OpenBlasName);

    /// <inheritdoc cref="HasOpenBlas"/>
    public static bool HasBlis => IsInstalled(BlisName);

    private static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/lib/x86_64-linux-gnu").Any(folder => File.Exists(Path.Combine(folder, name)));

    private static nint Load(string name, string package) =>
        NativeLibrary.TryLoad(name, out var library)
            ? library
            : throw new DllNotFoundException($"{name} is not installed (Debian: apt-get install {package}).");

    /// <summary>Chooses kernels with 512 bits where the processor has them and the peers are not held to less.</summary>
    private static void Choose(string variable, string wide)
    {
        // The C library's environment: .NET's own is a copy that native code does not see.
        if (Machine.HasAvx512 && !Width.IsHeld && SetVariable(variable, wide, 1) != 0)
        {
            throw new NotSupportedException($"{variable} cannot be set.");
        }
    }

    private static string Text(nint library, string function) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, function))()) ?? "";

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
