using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Testing;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>The text of small kernels, to be read; docs/cuda.md quotes from it.</summary>
public sealed class KernelTextTests
{
    [Fact]
    public void Product() => Snapshot.Verify(EmittedKernels.Text(
        new Product("product", new MatMulTile(TilePrecision.Float32, 1, 1, 32, 16, 4, 8, 3, 1, 6), 64, 16, 36, true, false)));

    [Fact]
    public void Fragments() => Snapshot.Verify(EmittedKernels.Text(
        new Product("fragments", new MatMulTile(TilePrecision.BFloat16, 1, 2, 16, 16, 4, 32, 3, 2, 6), 64, 64, 256, true, false)));
}
