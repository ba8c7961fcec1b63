using System.Reflection;
using System.Runtime.InteropServices;
using NetGen.Cuda.Driver;
using Xunit;

namespace NetGen.Cuda.Tests.Host;

/// <summary>NVIDIA's own library, where there is one: it needs no GPU for this.</summary>
public sealed class NvidiaDriverTests
{
    [Fact]
    public void It_has_every_function_that_is_called()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad(NvidiaDriver.FileName, out var library), $"There is no {NvidiaDriver.FileName} here.");
        // What the interface's documentation names is what is imported, and the library exports it.
        var imported = typeof(NvidiaDriver).GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Select(method => method.Name).Where(name => name.StartsWith("cu", StringComparison.Ordinal)).ToArray();
        Assert.True(imported.Length >= typeof(IDriver).GetMethods().Length, string.Join(", ", imported));
        Assert.All(imported, name => Assert.True(NativeLibrary.TryGetExport(library, name, out _), name));
    }

    [Fact]
    public void It_answers()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad(NvidiaDriver.FileName, out _), $"There is no {NvidiaDriver.FileName} here.");
        var devices = Cuda.Host.DeviceList.Installed;
        if (devices.Find(0, out var problem) is null)
        {
            Assert.Matches("^There is no CUDA device: the NVIDIA driver (is installed but sees no GPU|answers CUDA_ERROR_)|^The NVIDIA driver is too old", problem);
        }
    }
}
