using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>How many threads a tile is launched with.</summary>
public sealed class CudaLaunchTests
{
    [Theory]
    [InlineData(2, 1, "CudaSize.Tiles(B, rows: 128, across: 2, threads: 128, resident: 1, sharedBytes: 65536)")]
    [InlineData(3, 4, "CudaSize.Tiles(B, rows: 128, across: 2, parts: 4, threads: 128, resident: 1, sharedBytes: 98304)")]
    public void What_a_kernel_may_not_declare_it_asks_for(int stages, int parts, string expected)
    {
        var tile = new MatMulTile(TilePrecision.TensorFloat32, 2, 2, 64, 64, 4, 32, stages, parts, 1);
        var program = Compiler.CudaPrograms(Compiled.Model(
            "[Network] public sealed partial class Net { private readonly Layer layer = Dense(200); public Tensor Forward([Shape(64)] Tensor x) => layer(x); }"))[0].Program;
        var group = Assert.Single(program.Groups);
        var launch = CudaLaunch.Of(program.Graph, group with { Body = (CudaContraction)group.Body! with { Tile = tile } });
        Assert.Equal(expected, launch.Size);
        Assert.Equal(parts == 1 ? (0, 0) : (200 * parts, 0), launch.Parts);
    }
}
