using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// Writes a <see cref="MatMulKernel"/> as C#: an explicitly grouped ILGPU kernel in straight lines, since ILGPU unrolls no loop and keeps no array in registers.
/// Tiles of both operands come into shared memory by asynchronous copies, several stages ahead of the sums; there is one barrier per tile. The text uses the names
/// ILGPU and NetGen.Cuda.Kernels.
/// </summary>
internal sealed class MatMulKernelEmitter
{
    private readonly CodeWriter code;
    private readonly MatMulKernel kernel;
    private readonly MatMulTile tile;
    private readonly OperandCopies leftCopies, rightCopies;
    private readonly ITileBody body;
    private readonly Formula thread;

    private MatMulKernelEmitter(CodeWriter code, MatMulKernel kernel)
    {
        (this.code, this.kernel, tile) = (code, kernel, kernel.Tile);
        thread = Formula.Variable("thread", tile.Threads);
        var (left, right) = (OperandTile.Of(tile, true, kernel.Left.KIsContiguous), OperandTile.Of(tile, false, kernel.Right.KIsContiguous));
        leftCopies = new OperandCopies(
            code, "left", kernel.Left, left, tile, 0, row => (Formula.Variable("firstRow") * kernel.Window) + WindowRows.Index(tile, kernel.Window, row),
            kernel.Rows * kernel.Window, kernel.Depth);
        rightCopies = new OperandCopies(code, "right", kernel.Right, right, tile, left.Chunks, column => Formula.Variable("firstColumn") + column, kernel.Columns, kernel.Depth);
        body = tile.Precision == TilePrecision.Float32 ? new ThreadBody(code, tile, left, right) : new TensorBody(code, tile, left, right);
    }

    private int StageChunks => tile.StageBytes / OperandTile.ChunkBytes;

    /// <summary>Writes the kernel's method.</summary>
    /// <exception cref="ArgumentException">The kernel is none; see <see cref="MatMulKernel.Verify"/>.</exception>
    public static void Emit(CodeWriter code, MatMulKernel kernel)
    {
        kernel.Verify();
        new MatMulKernelEmitter(code, kernel).Emit();
    }

    private void Emit()
    {
        code.Open(kernel.Header);
        Place();
        code.Line();
        code.Line("// Where this thread's copies come from and go to.");
        leftCopies.Declare(thread);
        rightCopies.Declare(thread);
        code.Line();
        body.Declare(thread);
        code.Line();
        Loop();
        code.Line();
        if (tile.Parts == 1)
            kernel.Preparation?.Invoke(code);
        Results();
        code.Close();
    }

    /// <summary>The block's tile of the result and its part of the sum.</summary>
    private void Place()
    {
        code.Line(tile.SharedBytes <= TileRules.StaticSharedBytes
            ? $"var tile = SharedMemory.Allocate<Float4>({Text(tile.Stages * StageChunks)}); // {tile.Stages} stages of {tile.Rows} x {tile.Depth} and {tile.Depth} x {tile.Columns}"
            : $"var tile = SharedMemory.GetDynamic<Float4>(); // {Text(tile.SharedBytes)} bytes: {tile.Stages} stages of {tile.Rows} x {tile.Depth} and {tile.Depth} x {tile.Columns}");
        code.Line("var thread = Group.IdxX;");
        code.Line("var block = Grid.IdxX;");
        var (row, column) = TileOrder.Tile(
            Formula.Variable("block"), Formula.Tiles(kernel.Rows, kernel.TileRows), Formula.Tiles(kernel.Columns, tile.Columns).Constant!.Value, Name);
        code.Line($"var firstRow = {row * kernel.TileRows};");
        code.Line($"var firstColumn = {column * tile.Columns};");

        var tiles = Formula.Tiles(kernel.Depth, tile.Depth);
        if (tile.Parts == 1)
        {
            code.Line("var begin = 0;");
            code.Line($"var end = {tiles};");
            return;
        }
        code.Line("var part = Grid.IdxY;");
        var all = Name("tiles", tiles);
        var perPart = Name("tilesPerPart", Formula.Tiles(all, tile.Parts));
        // Of a short sum the last parts may be empty: their results are zeros.
        code.Line($"var begin = {Formula.Minimum(Formula.Variable("part") * perPart, all)};");
        code.Line($"var end = {Formula.Minimum(Formula.Variable("begin") + perPart, all)};");
    }

    private void Loop()
    {
        // How many tiles of k there are, if that is known; what is known not to be is not written.
        var known = tile.Parts == 1 ? Formula.Tiles(kernel.Depth, tile.Depth).Constant : null;
        for (var stage = 0; stage < tile.Stages - 1; stage++)
        {
            if (known is null)
                code.Open($"if (begin{Plus(stage)} < end)");
            else if (stage < known)
                code.Open();
            if (!(stage >= known))
            {
                Copies(Formula.Variable("begin") + stage, Text(stage * StageChunks));
                code.Close();
            }
            code.Line("PtxMemory.CommitCopies();");
        }
        code.Open("for (var now = begin; now < end; now++)");
        code.Line("// This tile has come, for all threads; and all are done with the one whose place the next one takes.");
        code.Line($"PtxMemory.WaitCopies({Text(tile.Stages - 2)});");
        code.Line("Group.Barrier();");
        if (!(tile.Stages > known))
        {
            code.Line($"var ahead = now{Plus(tile.Stages - 1)};");
            code.Open("if (ahead < end)");
            code.Line($"var place = {Stage(Formula.Variable("ahead") - Formula.Variable("begin"))};");
            Copies(Formula.Variable("ahead"), "place");
            code.Close();
        }
        code.Line("PtxMemory.CommitCopies();");
        code.Line();
        code.Line($"var stage = {Stage(Formula.Variable("now") - Formula.Variable("begin"))};");
        body.Step();
        code.Close();
    }

    private Formula Stage(Formula number) => number % tile.Stages * StageChunks;

    private void Copies(Formula number, string place)
    {
        code.Line($"var k = {number * tile.Depth};");
        leftCopies.Copy(place);
        rightCopies.Copy(place);
    }

    private void Results()
    {
        var (rowsAreWhole, columnsAreWhole) = (kernel.Rows.Constant % kernel.TileRows == 0, kernel.Columns % tile.Columns == 0);
        var rows = body.Results(thread).GroupBy(run => run.Row.ToString(), StringComparer.Ordinal).Select(row => row.ToArray()).ToArray();
        for (var first = 0; first < rows.Length; first += kernel.Window)
        {
            var line = rows[first];
            code.Open();
            code.Line($"var row = {Formula.Variable("firstRow") + (WindowRows.Index(tile, kernel.Window, line[0].Row) / kernel.Window)};");
            if (!rowsAreWhole)
                code.Open($"if (row < {kernel.Rows})");
            for (var run = 0; run < line.Length; run++)
            {
                var width = kernel.RunOf(line[run].Values.Length);
                for (var i = 0; i < line[run].Values.Length; i += width)
                {
                    code.Open();
                    code.Line($"var column = {Formula.Variable("firstColumn") + line[run].Column + i};");
                    if (!columnsAreWhole)
                        code.Open($"if (column < {Text(kernel.Columns)})");
                    Result(new ResultRun("row", "column", rows.Skip(first).Take(kernel.Window).SelectMany(r => r[run].Values.Skip(i).Take(width)).ToArray(), width));
                    if (!columnsAreWhole)
                        code.Close();
                    code.Close();
                }
            }
            if (!rowsAreWhole)
                code.Close();
            code.Close();
        }
    }

    private void Result(ResultRun run)
    {
        if (tile.Parts == 1)
        {
            kernel.Epilogue(code, run);
            return;
        }
        code.Line($"var partRow = {Formula.Variable("part") * kernel.Rows + Formula.Variable("row")};");
        MatMulKernel.Store(kernel.Partials!, kernel.Columns)(code, run with { Row = "partRow" });
    }

    private Formula Name(string name, Formula formula)
    {
        if (formula.Constant is not null)
            return formula;
        code.Line($"var {name} = {formula};");
        return Formula.Variable(name, formula.Below);
    }

    private static string Plus(int number) => number == 0 ? "" : $" + {Text(number)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
