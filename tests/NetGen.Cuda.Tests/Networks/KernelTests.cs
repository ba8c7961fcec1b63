using NetGen.Generator;
using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Planning;
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
    public void Kernels_of_the_samples_keep_the_rules(string name) => Kernels.CheckText(Samples.Get(name), allOptimizers: name.EndsWith("_Float32", StringComparison.Ordinal));

    [Fact]
    public void Kernels_of_every_precision_keep_the_rules()
    {
        foreach (var name in PrecisionNetworks.Names)
            Kernels.CheckText(PrecisionNetworks.Get(name, Precision.BFloat16));
    }

    /// <summary>What the networks of this name are there for.</summary>
    [Fact]
    public void The_networks_of_tiles_have_all_kinds_of_them()
    {
        var tiles = (from name in TiledNetworks.Names
                     from program in Compiler.CudaPrograms(TiledNetworks.Get(name).Model)
                     from kernel in program.Program.Groups
                     where kernel.Body is CudaContraction { Tile: not null }
                     select (Product: (CudaContraction)kernel.Body!, Operation: program.Program.Graph[kernel.Results[0]].Operation, program.Kind, kernel)).ToArray();
        Assert.Contains(tiles, t => t.Product.Parts > 1 && t.Product.IsBatched && t.Kind == ProgramKind.Predict);
        Assert.Contains(tiles, t => t.Product.Parts > 1 && t.Product.IsBatched && t.kernel.Origin.IsGradient);
        Assert.Contains(tiles, t => t.Product.Parts > 1 && !t.Product.IsBatched);
        Assert.Contains(tiles, t => t.Product.Parts > 1 && t.Product.Terms.Any(l => l.Bound is not null));
        Assert.Contains(tiles, t => t.Product.Parts == 1 && t.Product.Terms.Any(l => l.Bound is not null));
        foreach (var pixels in new[] { 4, 6, 9 })
            Assert.Contains(tiles, t => t.Product.WindowOffsets.Count == pixels && t.kernel.Results.Count == 2);
        foreach (var vector in new[] { 1, 2, 4 })
            Assert.Contains(tiles, t => CudaProduct.Left(t.Product, "", t.Product.Tile!.Precision).Vector == vector);
    }
}
