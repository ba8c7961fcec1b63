using System.Globalization;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime.Execution;

public sealed class CachesTests
{
    [Fact]
    public void TheSecondLevelIsAsTheSystemSays()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cache";
        var known = !Directory.Exists(Folder) ? null : Directory.GetDirectories(Folder, "index*").FirstOrDefault(cache => Read(cache, "level") == "2");
        if (known is null || !System.Runtime.Intrinsics.X86.X86Base.IsSupported)
        {
            Assert.InRange(Caches.Level2, 64 * 1024, 64 * 1024 * 1024);
            return;
        }
        Assert.Equal($"{Caches.Level2 / 1024}K", Read(known, "size"));
    }

    private static string Read(string folder, string name) => File.ReadAllText(Path.Combine(folder, name)).Trim().ToString(CultureInfo.InvariantCulture);
}
