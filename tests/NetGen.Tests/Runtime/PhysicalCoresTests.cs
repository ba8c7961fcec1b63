using System.Runtime.CompilerServices;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

public sealed class PhysicalCoresTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-cores-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private int Count(string allowed, params string[] siblings)
    {
        var status = Path.Combine(folder, "status");
        File.WriteAllText(status, $"Name:\tprogram\nCpus_allowed:\tff\nCpus_allowed_list:\t{allowed}\nMems_allowed:\t1\n");
        for (var i = 0; i < siblings.Length; i++)
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"cpu{i}", "topology")).FullName, "thread_siblings_list"), siblings[i] + "\n");
        }
        return PhysicalCores.CountOnLinux(status, folder);
    }

    [Fact]
    public void ThisMachineHasSome() => Assert.InRange(PhysicalCores.Count(), 1, Environment.ProcessorCount);

    [Fact]
    public void LinuxCountsDifferentListsOfSiblings()
    {
        Assert.Equal(4, Count("0-3", "0", "1", "2", "3"));
        Assert.Equal(2, Count("0-3", "0,2", "1,3", "0,2", "1,3"));
        Assert.Equal(2, Count("0-3", "0-1", "0-1", "2-3", "2-3"));
        // Bound to one processor of each core, to both of one core, to three.
        Assert.Equal(2, Count("0,2"));
        Assert.Equal(1, Count("2-3"));
        Assert.Equal(2, Count("0-2"));
    }

    [Fact]
    public void LinuxWithoutTheFilesIsNotCounted()
    {
        Assert.Equal(0, Count("0-1"));
        Assert.Equal(0, Count("all", "0"));
        Assert.Equal(0, PhysicalCores.CountOnLinux(Path.Combine(folder, "none"), folder));
    }

    [Fact]
    public void WindowsCountsCoresThatTheProcessMayUse()
    {
        PhysicalCores.ProcessorInformation[] entries =
        [
            new() { Mask = 0b0011, Relationship = PhysicalCores.ProcessorInformation.Core },
            new() { Mask = 0b1111, Relationship = 2 }, // a cache
            new() { Mask = 0b1100, Relationship = PhysicalCores.ProcessorInformation.Core },
        ];
        Assert.Equal(2, PhysicalCores.CountCores(entries, 0b1111));
        Assert.Equal(2, PhysicalCores.CountCores(entries, 0b0101));
        Assert.Equal(1, PhysicalCores.CountCores(entries, 0b1000));
        // SYSTEM_LOGICAL_PROCESSOR_INFORMATION has 32 bytes, 24 with pointers of 32 bits.
        Assert.Equal(nint.Size == 8 ? 32 : 24, Unsafe.SizeOf<PhysicalCores.ProcessorInformation>());
    }
}
