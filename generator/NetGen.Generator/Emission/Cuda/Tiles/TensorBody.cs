using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// <see cref="TilePrecision.TensorFloat32"/> and <see cref="TilePrecision.BFloat16"/>: a warp's tensor cores multiply fragments of 16 rows, 8 columns and 32 bytes of
/// k, and add to the sums in its threads' registers.
/// </summary>
internal sealed class TensorBody : ITileBody
{
    private static readonly string[] Components = ["X", "Y", "Z", "W"];

    private readonly CodeWriter code;
    private readonly MatMulTile tile;
    private readonly OperandTile left, right;
    private readonly int stepDepth, fragmentsDown, fragmentsAcross;
    private readonly PlaceNames names;
    private readonly Dictionary<(string Operand, int Fragment, int K, int Part), (string Name, int Offset)> places = [];

    public TensorBody(CodeWriter code, MatMulTile tile, OperandTile left, OperandTile right)
    {
        (this.code, this.tile, this.left, this.right) = (code, tile, left, right);
        stepDepth = FragmentMap.StepDepth(tile.ElementBytes);
        (fragmentsDown, fragmentsAcross) = (tile.WarpRows / FragmentMap.Rows, tile.WarpColumns / FragmentMap.Columns);
        names = new PlaceNames(code, "from");
    }

    private string Multiply => tile.Precision == TilePrecision.BFloat16 ? "PtxMatrix.MultiplyAddBFloat16" : "PtxMatrix.MultiplyAddTensorFloat32";

    private bool HasWords => left.Reading == OperandReading.Words || right.Reading == OperandReading.Words;

    public void Declare(Formula thread)
    {
        code.Line($"// Where this thread reads for its warp's {tile.WarpRows} rows and {tile.WarpColumns} columns; and its sums.");
        var lane = Lane(thread);
        for (var k = 0; k < tile.Depth; k += stepDepth)
        {
            for (var i = 0; i < fragmentsDown; i++)
            {
                var first = FirstRow(thread) + (i * FragmentMap.Rows);
                if (left.Reading == OperandReading.Matrices)
                {
                    Add("a", i, k, 0, FragmentMap.LeftMatrices(left, lane, first, k));
                    continue;
                }
                for (var register = 0; register < 4; register++)
                    Add("a", i, k, register, FragmentMap.Word(left, lane, first, register % 2, k + (register / 2 * stepDepth / 2)));
            }
            for (var j = 0; j < fragmentsAcross; j += 2)
            {
                var first = FirstColumn(thread) + (j * FragmentMap.Columns);
                if (right.Reading == OperandReading.Matrices)
                {
                    Add("b", j, k, 0, FragmentMap.RightMatrices(right, lane, first, k) + left.Chunks);
                    continue;
                }
                for (var register = 0; register < 4; register++)
                    Add("b", j, k, register, FragmentMap.Word(right, lane, first, register / 2, k + (register % 2 * stepDepth / 2)) + left.Chunks);
            }
        }
        if (HasWords)
        {
            code.Line("var words = tile.Cast<float>();");
            code.Line($"var word = {FragmentMap.WordInChunk(lane)};");
        }
        for (var i = 0; i < fragmentsDown; i++)
        {
            for (var j = 0; j < fragmentsAcross; j++)
                code.Line($"var {Sum(i, j)} = default(Float4);");
        }
    }

    public void Step()
    {
        foreach (var group in places.GroupBy(place => (place.Value.Name, Reading(place.Key.Operand))))
        {
            var (name, reading) = group.Key;
            code.Line(reading == OperandReading.Words
                ? $"ref var {name}Word = ref words[((stage + {name}) * 4) + word];"
                : $"ref var {name}Row = ref tile[stage + {name}];");
        }
        for (var k = 0; k < tile.Depth; k += stepDepth)
        {
            for (var i = 0; i < fragmentsDown; i++)
                Load("a", i, k);
            for (var j = 0; j < fragmentsAcross; j += 2)
                Load("b", j, k);
            for (var i = 0; i < fragmentsDown; i++)
            {
                for (var j = 0; j < fragmentsAcross; j++)
                {
                    var registers = Components.Select((component, register) => Register("a", i, k, register))
                        .Concat(new[] { 0, 1 }.Select(register => Register("b", j / 2 * 2, k, register + (j % 2 * 2))));
                    code.Line($"{Sum(i, j)} = {Multiply}({Sum(i, j)}, {string.Join(", ", registers)});");
                }
            }
        }
    }

    public IEnumerable<(Formula Row, Formula Column, string[] Values)> Results(Formula thread)
    {
        var lane = Lane(thread);
        for (var i = 0; i < fragmentsDown; i++)
        {
            for (var register = 0; register < 4; register += 2)
            {
                for (var j = 0; j < fragmentsAcross; j++)
                {
                    yield return (
                        FirstRow(thread) + (i * FragmentMap.Rows) + FragmentMap.ResultRow(lane, register),
                        FirstColumn(thread) + (j * FragmentMap.Columns) + FragmentMap.ResultColumn(lane, register),
                        Components.Skip(register).Take(2).Select(component => $"{Sum(i, j)}.{component}").ToArray());
                }
            }
        }
    }

    private static Formula Lane(Formula thread) => thread % MatMulTile.WarpThreads;

    private static string Sum(int i, int j) => $"c{Text(i)}_{Text(j)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Formula FirstRow(Formula thread) => thread / MatMulTile.WarpThreads / tile.WarpsAcross * tile.WarpRows;

    private Formula FirstColumn(Formula thread) => thread / MatMulTile.WarpThreads % tile.WarpsAcross * tile.WarpColumns;

    private OperandReading Reading(string operand) => (operand == "a" ? left : right).Reading;

    private void Add(string operand, int fragment, int k, int part, Formula place) => places.Add((operand, fragment, k, part), names.Name(place));

    /// <summary>Four registers: a fragment of the left operand, or two of the right one.</summary>
    private void Load(string operand, int fragment, int k)
    {
        if (Reading(operand) == OperandReading.Matrices)
        {
            var (name, offset) = places[(operand, fragment, k, 0)];
            var transposed = (operand == "a" ? left : right).KIsContiguous ? "" : "Transposed";
            code.Line($"var {operand}{Text(fragment)}_{Text(k)} = PtxMatrix.LoadMatrices{transposed}(ref {name}Row, {Text(offset)});");
        }
        if (tile.Precision != TilePrecision.TensorFloat32)
            return;
        for (var register = 0; register < 4; register++)
        {
            var source = $"{operand}{Text(fragment)}_{Text(k)}.{Components[register]}";
            if (Reading(operand) == OperandReading.Words)
            {
                var (name, offset) = places[(operand, fragment, k, register)];
                source = $"PtxMemory.LoadSharedWord(ref {name}Word, {Text(offset)})";
            }
            code.Line($"var {Register(operand, fragment, k, register)} = PtxMatrix.RoundToTensorFloat32({source});");
        }
    }

    private string Register(string operand, int fragment, int k, int register) => tile.Precision == TilePrecision.BFloat16
        ? $"{operand}{Text(fragment)}_{Text(k)}.{Components[register]}"
        : $"{operand}{Text(fragment)}_{Text(k)}{Components[register].ToLowerInvariant()}";
}
