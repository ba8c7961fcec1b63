using NetGen.Cuda.Compilation;
using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;
namespace NetGen.Cuda.Tests.Tiles;
public sealed class Scratch
{
    [Fact]
    public void Go()
    {
        foreach (var (name, tile, l, r) in new[] {
            ("simt_nn", new MatMulTile(TilePrecision.Float32, 2, 4, 64, 32, 4, 16, 3, 1, 2), true, false),
            ("simt_nt", new MatMulTile(TilePrecision.Float32, 2, 4, 64, 32, 4, 16, 3, 1, 2), true, true),
            ("simt_tn", new MatMulTile(TilePrecision.Float32, 2, 4, 64, 32, 4, 16, 3, 1, 2), false, false),
            ("tf32_nn", new MatMulTile(TilePrecision.TensorFloat32, 2, 4, 64, 32, 4, 16, 3, 1, 2), true, false),
            ("tf32_nt", new MatMulTile(TilePrecision.TensorFloat32, 2, 4, 64, 32, 4, 16, 3, 1, 2), true, true),
            ("tf32_tn", new MatMulTile(TilePrecision.TensorFloat32, 2, 4, 64, 32, 4, 16, 3, 1, 2), false, false),
            ("bf16_nn", new MatMulTile(TilePrecision.BFloat16, 2, 4, 64, 32, 4, 32, 3, 1, 2), true, false),
            ("bf16_nt", new MatMulTile(TilePrecision.BFloat16, 2, 4, 64, 32, 4, 32, 3, 1, 2), true, true),
            ("bf16_tn", new MatMulTile(TilePrecision.BFloat16, 2, 4, 64, 32, 4, 32, 3, 1, 2), false, false),
            ("bf16_big", new MatMulTile(TilePrecision.BFloat16, 2, 4, 64, 64, 4, 32, 4, 1, 1), true, false),
        })
        {
            var e = tile.Precision == TilePrecision.BFloat16 ? "ushort" : "float";
            var kernel = new MatMulKernel($"public static void {name}(ArrayView<{e}> a, ArrayView<{e}> b, ArrayView<float> c, int m)", Formula.Variable("m"), 4096, 4096,
                MatMulOperand.Matrix("a", l, 4096, 4096, tile.Precision) with { Vector = l ? (e == "float" ? 4 : 8) : (e == "float" ? 1 : 2) }, MatMulOperand.Matrix("b", r, 4096, 4096, tile.Precision), tile, MatMulKernel.Store("c", 4096));
            if (!l) kernel = kernel with { Rows = 4096, Left = MatMulOperand.Matrix("a", l, 4096, 4096, tile.Precision) };
            var sw = System.Diagnostics.Stopwatch.StartNew();
            var text = KernelText.Class(code => MatMulKernelEmitter.Emit(code, kernel));
            File.WriteAllText($"/tmp/k/{name}.cs", text);
            var method = KernelText.Compile(text)[name];
            var t1 = sw.ElapsedMilliseconds;
            var ptx = KernelCompiler.Compile(method, tile.Threads, tile.BlocksPerMultiprocessor);
            var t2 = sw.ElapsedMilliseconds;
            File.WriteAllText($"/tmp/k/{name}.ptx", ptx);
            var res = Assembler.Assemble(ptx);
            Console.WriteLine($"{name} {res} lines {text.Split('\n').Length} ptx {ptx.Length} csharp {t1} ilgpu {t2-t1} ptxas {sw.ElapsedMilliseconds-t2}");
        }
    }
}
