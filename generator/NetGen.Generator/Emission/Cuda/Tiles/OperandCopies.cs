using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>Writes a thread's copies of an operand's next tile. What does not exist becomes zeros, by copies that read less than they write; there is no branch.</summary>
internal sealed class OperandCopies
{
    private readonly CodeWriter code;
    private readonly string name;
    private readonly MatMulOperand operand;
    private readonly OperandTile chunks;
    private readonly MatMulTile tile;
    private readonly int firstChunk;
    private readonly Formula depth;
    private readonly Formula extent;
    private readonly bool indexIsGuarded, kIsGuarded;
    private readonly List<(Formula Row, Formula Chunk, string Base, int Offset)> copies = [];

    /// <param name="code">Where to.</param>
    /// <param name="name">Prefix of local names.</param>
    /// <param name="operand">Where numbers are in global memory.</param>
    /// <param name="chunks">Where they go.</param>
    /// <param name="tile">Who copies.</param>
    /// <param name="firstChunk">Where the operand's tile begins in a stage.</param>
    /// <param name="extent">Rows of the left operand, columns of the right one.</param>
    /// <param name="depth">k of both.</param>
    public OperandCopies(CodeWriter code, string name, MatMulOperand operand, OperandTile chunks, MatMulTile tile, int firstChunk, Formula extent, Formula depth)
    {
        (this.code, this.name, this.operand, this.chunks, this.tile, this.firstChunk, this.extent, this.depth) = (code, name, operand, chunks, tile, firstChunk, extent, depth);
        indexIsGuarded = extent.Constant % chunks.Extent != 0 || extent.Constant is null;
        kIsGuarded = depth.Constant % tile.Depth != 0 || depth.Constant is null;
    }

    private int Count => chunks.Copies(tile.Threads);

    /// <summary>Copies that make up a chunk.</summary>
    private int Pieces => chunks.PerChunk / operand.Vector;

    private int PieceBytes => operand.Vector * chunks.ElementBytes;

    /// <summary>What is the same for all tiles: places in shared memory, indices and whether they exist.</summary>
    /// <param name="thread">Its number.</param>
    /// <param name="first">C# text: the first index of the block's tile.</param>
    public void Declare(Formula thread, string first)
    {
        var places = new PlaceNames(code, $"{name}To");
        for (var copy = 0; copy < Count; copy++)
        {
            var (row, chunk) = chunks.Copied(thread, tile.Threads, copy);
            var (place, offset) = places.Name(chunks.Position(row, chunk) + firstChunk);
            copies.Add((row, chunk, place, offset));
            if (!operand.KIsContiguous && copy > 0 && chunk.ToString() == copies[0].Chunk.ToString())
                continue;
            // Rows are indices: each copy has its own. Or chunks are: then all copies mostly have the same.
            for (var piece = 0; piece < (operand.KIsContiguous ? 1 : Pieces); piece++)
            {
                var index = Formula.Variable(first) + (operand.KIsContiguous ? row : (chunk * chunks.PerChunk) + (piece * operand.Vector));
                if (piece == 0)
                    code.Line($"var {IndexName(copy)} = {operand.AtIndex(index)};");
                if (indexIsGuarded)
                    code.Line($"var {IndexExists(copy, piece)} = ({index} - {Limit(extent)}) >> 31;");
            }
        }
    }

    /// <summary>The copies of the tile that begins at <c>k</c>.</summary>
    /// <param name="stage">C# text: where the stage begins.</param>
    public void Copy(string stage)
    {
        var written = new Dictionary<string, string>();
        for (var copy = 0; copy < Count; copy++)
        {
            var (row, chunk, place, offset) = copies[copy];
            var isPartial = chunks.IsPartial(tile.Threads, copy);
            if (isPartial)
                code.Open($"if (thread < {Text(chunks.Chunks - (copy * tile.Threads))})");
            var indexCopy = operand.KIsContiguous || chunk.ToString() != copies[0].Chunk.ToString() ? copy : 0;
            for (var piece = 0; piece < Pieces; piece++)
            {
                var k = Formula.Variable("k") + (operand.KIsContiguous ? (chunk * chunks.PerChunk) + (piece * operand.Vector) : row);
                var atK = isPartial ? operand.AtK(k).ToString() : Shared(operand.AtK(k).ToString(), $"{name}K{Text(copy)}{Piece(piece, operand.KIsContiguous)}");
                var exists = new List<string>();
                if (indexIsGuarded)
                    exists.Add(IndexExists(indexCopy, operand.KIsContiguous ? 0 : piece));
                if (kIsGuarded)
                {
                    var test = $"({k} - {Limit(depth)}) >> 31";
                    exists.Add(isPartial ? $"({test})" : Shared(test, $"{name}KExists{Text(copy)}{Piece(piece, operand.KIsContiguous)}"));
                }
                exists.Add(Text(PieceBytes));
                var at = $"{IndexName(indexCopy)} + {Parenthesized(atK)}{(piece > 0 && !operand.KIsContiguous ? $" + {Text(piece * operand.Vector)}" : "")}";
                var target = $"ref tile[{stage} + {place}], {Text(offset)}{(Pieces == 1 ? "" : $", {Text(piece)}")}";
                code.Line($"PtxMemory.CopyAsync{Text(PieceBytes)}({target}, ref {operand.View}[{at}], {string.Join(" & ", exists)});");
            }
            if (isPartial)
                code.Close();
        }

        // Copies along the same k (or of the same row) share what depends on it.
        string Shared(string text, string wanted)
        {
            if (!written.TryGetValue(text, out var known))
            {
                code.Line($"var {wanted} = {text};");
                written.Add(text, known = wanted);
            }
            return known;
        }
    }

    private string IndexName(int copy) => $"{name}At{Text(copy)}";

    private string IndexExists(int copy, int piece) => $"{name}Exists{Text(copy)}{Piece(piece, !operand.KIsContiguous)}";

    private string Piece(int piece, bool matters) => matters && Pieces > 1 ? $"_{Text(piece)}" : "";

    private static string Limit(Formula formula) => formula.Constant is null ? $"({formula})" : formula.ToString();

    private static string Parenthesized(string text) => text.Contains(' ') ? $"({text})" : text;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
