using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Testing;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Emitted kernels down to PTX and, where there is an assembler, to machine code. No GPU is needed.</summary>
public sealed partial class KernelPtxTests
{
    public static TheoryData<string> Names => [.. EmittedKernels.All.Select(product => product.Name)];

    public static TheoryData<string> Cut => [.. EmittedKernels.All.Where(product => product.Tile.Parts > 1).Select(product => product.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void PTX_keeps_all_in_registers_and_no_branch_is_taken_for_uniform(string name)
    {
        var ptx = EmittedKernels.Ptx(name);
        Assert.DoesNotContain(".extern .func", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.DoesNotMatch(Call(), ptx);
        Assert.DoesNotMatch(DivergentAsUniform(), ptx);
        // Without a rounding the assembler may fuse a product with a sum.
        Assert.DoesNotMatch(Unrounded(), ptx);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PTX_has_copies_barriers_and_reads_in_the_order_of_the_text(string name)
    {
        var text = EmittedKernels.Text(EmittedKernels.Find(name));
        var method = text[text.IndexOf($"void {name}(", StringComparison.Ordinal)..];
        var end = method.IndexOf($"void {name}_sum(", StringComparison.Ordinal);
        InstructionOrder.Check(end < 0 ? method : method[..end], EmittedKernels.Ptx(name));
    }

    [Theory]
    [MemberData(nameof(Cut))]
    public void The_sum_of_parts_is_in_order_and_without_atomics(string name)
    {
        var product = EmittedKernels.Find(name);
        var ptx = EmittedKernels.SumPtx(product);
        Assert.DoesNotContain("atom.", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain("red.", ptx, StringComparison.Ordinal);
        Assert.Equal((product.Tile.Parts - 1) * SplitSumEmitter.Width(product.Kernel), Regex.Count(ptx, @"add\.rn\.f32"));
        Assert.Contains("ld.global.nc", ptx, StringComparison.Ordinal);
    }

    /// <summary>No spill, no stack; registers as many as let as many blocks onto a multiprocessor as the model counts on; shared memory as the tile says.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_assembler_keeps_the_budget(string name)
    {
        var tile = EmittedKernels.Find(name).Tile;
        var (resources, _) = EmittedKernels.Assemble(name);
        Assert.Equal((0, 0), (resources.SpillBytes, resources.StackBytes));
        Assert.InRange(resources.Registers, 1, Math.Min(GpuModel.RegistersOfThread, GpuModel.Registers / (tile.Threads * tile.BlocksPerMultiprocessor)));
        Assert.Equal(tile.SharedBytes <= TileRules.StaticSharedBytes ? tile.SharedBytes : 0, resources.SharedBytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Machine_code_has_the_instructions_of_the_tile_and_no_others_of_their_kind(string name)
    {
        var product = EmittedKernels.Find(name);
        var tile = product.Tile;
        var (_, code) = EmittedKernels.Assemble(name);
        Assert.Equal(0, Count(code, "LDL") + Count(code, "STL"));
        OperandTile left = OperandTile.Of(tile, true, product.LeftKIsContiguous), right = OperandTile.Of(tile, false, product.RightKIsContiguous);


        // What a step computes. The assembler may have unrolled the loop: then there is a multiple of everything in it.
        int unrolled;
        if (tile.Precision == TilePrecision.Float32)
        {
            unrolled = Times(tile.Accumulators * tile.Depth, Count(code, "FFMA"));
            Assert.Equal(unrolled * (tile.ThreadRows + tile.ThreadColumns) * tile.Depth / ThreadMap.Vector, Regex.Count(code, @"\bLDS(\.U)?\.128"));
            Assert.Equal(0, Count(code, "HMMA"));
        }
        else
        {
            int down = tile.WarpRows / FragmentMap.Rows, across = tile.WarpColumns / FragmentMap.LoadedColumns, steps = tile.Depth / FragmentMap.StepDepth(tile.ElementBytes);
            unrolled = Times(2 * down * across * steps, Regex.Count(code, tile.Precision == TilePrecision.BFloat16 ? @"HMMA\.16816\.F32\.BF16" : @"HMMA\.1688\.F32\.TF32"));
            Assert.Equal(
                unrolled * steps * ((left.Reading == OperandReading.Matrices ? down : 0) + (right.Reading == OperandReading.Matrices ? across : 0)),
                Regex.Count(code, @"LDSM\.16\.MT?88\.4"));
            Assert.Equal(0, Count(code, "FFMA"));
        }

        // The copies of all stages but one stand ahead of the loop, and those of one in it; unless there are fewer tiles, or no loop is left: then each tile is copied once.
        var tiles = tile.Parts > 1 || product.DepthIsDynamic ? int.MaxValue : (product.Depth + tile.Depth - 1) / tile.Depth;
        var copies = (unrolled == tiles || tiles < tile.Stages ? tiles : tile.Stages - 1 + unrolled)
            * ((left.Copies(tile.Threads) * left.PerChunk / product.Kernel.Left.Vector) + (right.Copies(tile.Threads) * right.PerChunk / product.Kernel.Right.Vector));
        Assert.Equal(copies, Count(code, "LDGSTS"));
        if (product.Kernel.Left.Vector * tile.ElementBytes == OperandTile.ChunkBytes && product.Kernel.Right.Vector * tile.ElementBytes == OperandTile.ChunkBytes)
            Assert.Equal(copies, Regex.Count(code, @"LDGSTS\.E\.BYPASS\.128"));

        static int Times(int one, int all)
        {
            Assert.Equal(0, all % one);
            Assert.InRange(all / one, 1, 16);
            return all / one;
        }
    }

    /// <summary>What the assembler of the stated version says of each kernel, to be seen when it changes.</summary>
    [Fact]
    public void Resources()
    {
        if (!Assembler.IsOfVersion())
            Assert.Skip($"The numbers are those of ptxas {Assembler.Version}.");
        var table = new StringBuilder($"ptxas {Assembler.Version}, sm_90\n\nkernel                      tile               threads  registers  spills  shared  FFMA  HMMA  LDS.128  LDSM  LDGSTS  STG.128  STG.64\n");
        foreach (var product in EmittedKernels.All)
        {
            var (resources, code) = EmittedKernels.Assemble(product.Name);
            var shared = product.Tile.SharedBytes <= TileRules.StaticSharedBytes ? resources.SharedBytes : product.Tile.SharedBytes;
            table.Append(CultureInfo.InvariantCulture, $"{product.Name,-27} {product.Tile,-18} {product.Tile.Threads,7}  {resources.Registers,9}  {resources.SpillBytes,6}  {shared,6}");
            table.Append(CultureInfo.InvariantCulture, $"  {Count(code, "FFMA"),4}  {Count(code, "HMMA"),4}  {Regex.Count(code, @"\bLDS(\.U)?\.128"),7}  {Count(code, "LDSM"),4}  {Count(code, "LDGSTS"),6}");
            table.Append(CultureInfo.InvariantCulture, $"  {Regex.Count(code, @"STG\.E\.128"),7}  {Regex.Count(code, @"STG\.E\.64"),6}\n");
        }
        Snapshot.Verify(table.ToString());
    }

    /// <summary>The same over all kinds of tiles, some minutes: what <see cref="TileModel.RegistersOf"/> promises.</summary>
    [Theory(Explicit = true)]
    [InlineData("Float32")]
    [InlineData("TensorFloat32")]
    [InlineData("BFloat16")]
    public void No_tile_spills(string precision)
    {
        var products = TileCases.All().Where(x => x.Tile.Precision.ToString() == precision && x.Tile.WarpsDown == 2 && x.Tile.WarpsAcross == 2 && x.Tile.Stages == 3)
            .Select((x, i) => new Product($"tile_{i}", x.Tile, 4096, 4096, 4100, x.Left, x.Right, RowsAreDynamic: x.Left)).ToArray();
        var wrong = new List<string>();
        foreach (var batch in products.Chunk(20))
        {
            var methods = KernelText.Compile(EmittedKernels.Text(batch));
            foreach (var product in batch)
            {
                var resources = Assembler.Assemble(Compilation.KernelCompiler.Compile(methods[product.Name], product.Tile.Threads, product.Tile.BlocksPerMultiprocessor));
                if (resources.SpillBytes + resources.StackBytes > 0)
                    wrong.Add($"{product.Tile}, thread {product.Tile.ThreadRows} x {product.Tile.ThreadColumns}, {product.LeftKIsContiguous}, {product.RightKIsContiguous}, {product.Tile.BlocksPerMultiprocessor} blocks: {resources}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {products.Length} tiles:\n{string.Join("\n", wrong)}");
    }

    private static int Count(string code, string instruction) => Regex.Count(code, $@"\b{instruction}\b");

    [GeneratedRegex(@"\bcall(\.uni)?\b")]
    private static partial Regex Call();

    [GeneratedRegex(@"@!?%p\d+ bra\.uni")]
    private static partial Regex DivergentAsUniform();

    [GeneratedRegex(@"\b(add|sub|mul|mad|div|sqrt)\.f32\b")]
    private static partial Regex Unrounded();
}
