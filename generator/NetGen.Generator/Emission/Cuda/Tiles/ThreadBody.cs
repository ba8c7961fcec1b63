using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary><see cref="TilePrecision.Float32"/>: each thread has a small matrix of sums, each a chain of fused multiply-adds in the order of k.</summary>
internal sealed class ThreadBody(CodeWriter code, MatMulTile tile, OperandTile left, OperandTile right) : ITileBody
{
    private const string Components = "XYZW";

    private readonly Operand a = new(code, "a", left, tile.ThreadRows, (thread, i) => ThreadMap.Row(tile, left.KIsContiguous, thread, i), 0);
    private readonly Operand b = new(code, "b", right, tile.ThreadColumns, (thread, i) => ThreadMap.Column(tile, right.KIsContiguous, thread, i), left.Chunks);

    public void Declare(Formula thread)
    {
        code.Line($"// Where this thread reads: {tile.ThreadRows} rows and {tile.ThreadColumns} columns; and its sums.");
        a.Declare(thread, tile.Depth);
        b.Declare(thread, tile.Depth);
        for (var i = 0; i < tile.ThreadRows; i++)
        {
            code.Line(right.KIsContiguous
                ? $"float {string.Join(", ", Enumerable.Range(0, tile.ThreadColumns).Select(j => $"{Sum(i, j)} = 0f"))};"
                : $"Float4 {string.Join(", ", Enumerable.Range(0, tile.ThreadColumns / ThreadMap.Vector).Select(j => $"{Sum(i, j * ThreadMap.Vector)} = default"))};");
        }
    }

    public void Step()
    {
        a.Begin();
        b.Begin();
        for (var k = 0; k < tile.Depth; k += ThreadMap.Vector)
        {
            // A row of the left operand is used up before the next one is read, where it comes with all of its four k.
            if (left.KIsContiguous)
            {
                for (var i = 0; i < tile.ThreadRows; i++)
                {
                    if (!right.KIsContiguous)
                    {
                        Rows(i, k);
                        continue;
                    }
                    for (var l = 0; l < ThreadMap.Vector; l++)
                        Row(i, k + l);
                }
            }
            else
            {
                for (var l = 0; l < ThreadMap.Vector; l++)
                {
                    for (var i = 0; i < tile.ThreadRows; i++)
                        Row(i, k + l);
                }
            }
        }

        // One k of a row and of all columns.
        void Row(int i, int k)
        {
            var x = a.Value(i, k);
            for (var j = 0; j < tile.ThreadColumns; j += right.KIsContiguous ? 1 : ThreadMap.Vector)
            {
                code.Line(right.KIsContiguous
                    ? $"{Sum(i, j)} = PtxArithmetic.MultiplyAdd({x}, {b.Value(j, k)}, {Sum(i, j)});"
                    : $"{Sum(i, j)} = PtxArithmetic.MultiplyAdd4({x}, {b.Run(j, k)}, {Sum(i, j)});");
            }
        }

        // Four k of a row and of all columns.
        void Rows(int i, int k)
        {
            var x = a.Run(i, k);
            for (var j = 0; j < tile.ThreadColumns; j += ThreadMap.Vector)
                code.Line($"{Sum(i, j)} = PtxArithmetic.MultiplyAdd16({x}, {string.Join(", ", Enumerable.Range(k, ThreadMap.Vector).Select(l => b.Run(j, l)))}, {Sum(i, j)});");
        }
    }

    public IEnumerable<(Formula Row, Formula Column, string[] Values)> Results(Formula thread)
    {
        var run = right.KIsContiguous ? 1 : ThreadMap.Vector;
        for (var i = 0; i < tile.ThreadRows; i++)
        {
            for (var j = 0; j < tile.ThreadColumns; j += run)
            {
                yield return (
                    ThreadMap.Row(tile, left.KIsContiguous, thread, i), ThreadMap.Column(tile, right.KIsContiguous, thread, j),
                    right.KIsContiguous ? [Sum(i, j)] : Components.Select(component => $"{Sum(i, j)}.{component}").ToArray());
            }
        }
    }

    private static string Sum(int i, int j) => $"c{Text(i)}_{Text(j)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An operand's numbers, four at a time, read where they are first used.</summary>
    private sealed class Operand(CodeWriter code, string name, OperandTile chunks, int count, Func<Formula, int, Formula> index, int firstChunk)
    {
        private readonly PlaceNames names = new(code, $"{name}From");
        private readonly Dictionary<(int Index, int K), (string Name, int Offset)> places = [];
        private readonly HashSet<string> read = [];

        public void Declare(Formula thread, int depth)
        {
            for (var k = 0; k < depth; k += chunks.KIsContiguous ? ThreadMap.Vector : 1)
            {
                for (var i = 0; i < count; i += chunks.KIsContiguous ? 1 : ThreadMap.Vector)
                    places.Add((i, k), names.Name(ThreadMap.Position(chunks, index(thread, i), k) + firstChunk));
            }
        }

        public void Begin()
        {
            read.Clear();
            foreach (var place in names.All)
                code.Line($"ref var {place}Now = ref tile[stage + {place}];");
        }

        /// <summary>A number.</summary>
        public string Value(int i, int k) => chunks.KIsContiguous
            ? $"{Run(i, k / ThreadMap.Vector * ThreadMap.Vector)}.{Components[k % ThreadMap.Vector]}"
            : $"{Run(i / ThreadMap.Vector * ThreadMap.Vector, k)}.{Components[i % ThreadMap.Vector]}";

        /// <summary>The four numbers that lie side by side from one on.</summary>
        public string Run(int i, int k)
        {
            var vector = $"{name}{Text(i)}_{Text(k)}";
            if (read.Add(vector))
            {
                var (place, offset) = places[(i, k)];
                code.Line($"var {vector} = PtxMemory.LoadShared(ref {place}Now, {Text(offset)});");
            }
            return vector;
        }
    }
}
