using Xunit;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>Every kernel of the sample networks and of a network around each kind of operation: what it is as PTX and what the assembler makes of it. No device is needed.</summary>
public sealed class KernelTests
{
    public static TheoryData<string> OperationNames => [.. Operations.Names];

    public static TheoryData<string> TiledNames => [.. TiledNetworks.Names];

    public static TheoryData<string> SampleNames => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(OperationNames))]
    public void Kernels_of_operations_keep_the_rules(string name) => Kernels.CheckText(Operations.Get(name));

    [Theory]
    [MemberData(nameof(TiledNames))]
    public void Kernels_of_tiles_keep_the_rules(string name) => Kernels.CheckText(TiledNetworks.Get(name));

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Kernels_of_the_samples_keep_the_rules_with_every_optimizer(string name) => Kernels.CheckText(Samples.Get(name), allOptimizers: true);

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void The_assembler_spills_nothing(string name)
    {
        var kernels = Kernels.Of(Samples.Get(name));
        Assert.NotEmpty(kernels);
        foreach (var (kernel, work) in kernels)
        {
            var resources = Assembler.Assemble(Kernels.Ptx(kernel, work));
            Assert.True((resources.SpillBytes, resources.StackBytes) == (0, 0), $"{kernel.Name}: {resources}");
            Assert.InRange(resources.Registers, 1, 128);
            Assert.InRange(resources.SharedBytes, 0, 48 * 1024);
        }
    }
}
