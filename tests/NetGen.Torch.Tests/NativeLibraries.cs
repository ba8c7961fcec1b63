using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AgainstTorch;

/// <summary>What debian12.sh built, if it ran, must be there before libtorch's binding is loaded, and be seen by it.</summary>
internal static partial class NativeLibraries
{
    private const int Now = 2, Global = 0x100;

    [ModuleInitializer]
    internal static void Load()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "libios_init.so");
        if (File.Exists(library) && Open(library, Now | Global) == 0)
            throw new DllNotFoundException(library);
    }

    [DllImport("libc", EntryPoint = "dlopen")]
    private static extern nint Open(string file, int flags);
}
