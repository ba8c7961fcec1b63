using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>The emitted kernels compute what they say, to the bit: on ILGPU's CPU accelerator, thread by thread, with the meanings of the intrinsics.</summary>
public sealed class CpuRunTests
{
    public static TheoryData<string> Names => [.. CpuProducts.All.Select(product => product.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_are_right(string name) => Assert.Equal("right", CpuRun.Result(CpuProducts.All.Single(product => product.Name == name)));
}
