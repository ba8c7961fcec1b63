using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// Writes the kernel that follows one whose sums are cut into parts: adds the parts up, from the first to the last, and does the epilogue. There are no atomic
/// additions, so a result has the same bits each time.
/// </summary>
internal static class SplitSumEmitter
{
    public const int Threads = 256;

    /// <summary>Results that a thread makes.</summary>
    public static int Width(MatMulKernel kernel) => kernel.RunOf(4);

    /// <summary>How many blocks the grid has.</summary>
    public static Formula Blocks(MatMulKernel kernel) => Formula.Tiles(kernel.Rows * (kernel.Columns / Width(kernel)), Threads);

    /// <summary>Writes the kernel's method.</summary>
    /// <param name="header">C# text of the method's declaration, without a body.</param>
    public static void Emit(CodeWriter code, string header, MatMulKernel kernel)
    {
        kernel.Verify();
        var width = Width(kernel);
        code.Open(header);
        code.Line("var run = Grid.GlobalIndex.X;");
        code.Open($"if (run < {kernel.Rows * (kernel.Columns / width)})");
        code.Line($"var row = {Formula.Variable("run") / (kernel.Columns / width)};");
        code.Line($"var column = {Formula.Variable("run") % (kernel.Columns / width) * width};");
        code.Line($"var place = {Formula.Variable("run") * width};");
        code.Line($"var part = {kernel.Rows * kernel.Columns};");
        var names = Enumerable.Range(0, width).Select(i => $"c{Text(i)}").ToArray();
        for (var part = 0; part < kernel.Parts; part++)
        {
            var at = Formula.Variable("place") + (Formula.Variable("part") * part);
            for (var i = 0; i < width; i++)
            {
                if (width == 4 && i == 0)
                    code.Line($"var p{Text(part)} = PtxMemory.LoadReadOnly4(ref {kernel.Partials}[{at}]);");
                var value = width == 4 ? $"p{Text(part)}.{"XYZW"[i]}" : $"PtxMemory.LoadReadOnly(ref {kernel.Partials}[{at + i}])";
                code.Line(part == 0 ? $"var {names[i]} = {value};" : $"{names[i]} = PtxArithmetic.Add({names[i]}, {value});");
            }
        }
        kernel.Preparation?.Invoke(code);
        kernel.Epilogue(code, new ResultRun("row", "column", names, width));
        code.Close();
        code.Close();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
