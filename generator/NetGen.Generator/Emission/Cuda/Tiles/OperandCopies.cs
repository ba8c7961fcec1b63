using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// Writes a thread's copies of an operand's next tile. What does not exist becomes zeros, by copies that read nothing (and point to the view's begin); there is no branch.
/// </summary>
/// <param name="code">Where to.</param>
/// <param name="name">Prefix of local names.</param>
/// <param name="operand">Where numbers are in global memory.</param>
/// <param name="chunks">Where they go.</param>
/// <param name="tile">Who copies.</param>
/// <param name="firstChunk">Where the operand's tile begins in a stage.</param>
/// <param name="index">The row of the left operand, or the column of the right one, that lies at one of the tile.</param>
/// <param name="extent">Rows of the left operand, columns of the right one.</param>
/// <param name="depth">k of both.</param>
internal sealed class OperandCopies(
    CodeWriter code, string name, MatMulOperand operand, OperandTile chunks, MatMulTile tile, int firstChunk, Func<Formula, Formula> index, Formula extent, Formula depth)
{
    private static readonly Formula K = Formula.Variable("k");

    private readonly List<Copied> copies = [];

    /// <summary>Copies that make up a chunk.</summary>
    private int Pieces => chunks.PerChunk / operand.Vector;

    private int PieceBytes => operand.Vector * chunks.ElementBytes;

    /// <summary>What is the same for all tiles: places in shared memory, where the first tile is in global memory, and which indices exist.</summary>
    /// <param name="thread">Its number.</param>
    public void Declare(Formula thread)
    {
        PlaceNames to = new(code, $"{name}To"), from = new(code, $"{name}From"), exists = new(code, $"{name}Exists"), edges = new(code, $"{name}Edge");
        for (var number = 0; number < chunks.Copies(tile.Threads); number++)
        {
            var (row, chunk) = chunks.Copied(thread, tile.Threads, number);
            var target = to.Name(chunks.Position(row, chunk) + firstChunk);
            for (var piece = 0; piece < Pieces; piece++)
            {
                var along = (chunk * chunks.PerChunk) + (piece * operand.Vector);
                var ofOperand = index(operand.KIsContiguous ? row : along);
                var k = K + (operand.KIsContiguous ? along : row);
                // What depends on the tile is computed in the loop, and all else here.
                var (inLoop, before) = (operand.AtIndex(ofOperand) + operand.AtK(k)).SplitBy("k");
                var source = from.Name(before);
                // The same of where it is in an image. Numbers are sums of what depends on the index and what depends on k.
                var inside = operand.Inside?.Invoke(ofOperand, k).Select(edge =>
                {
                    var (ofTile, ofThread) = edge.Number.SplitBy("k");
                    var (edgeName, edgeOffset) = edges.Name(ofThread);
                    return (Formula.Variable(edgeName) + ofTile + edgeOffset, edge.Limit);
                }).ToArray() ?? [];
                copies.Add(new Copied(
                    number, piece, target, source, inLoop, inside,
                    extent.Constant % chunks.Extent == 0 ? null : exists.Name(Exists(ofOperand, extent)).Name,
                    depth.Constant % tile.Depth == 0 ? null : Exists(k, depth)));
            }
        }
    }

    /// <summary>The copies of the tile that begins at <c>k</c>.</summary>
    /// <param name="stage">C# text: where the stage begins.</param>
    public void Copy(string stage)
    {
        var written = new Dictionary<string, string>();
        foreach (var number in copies.GroupBy(copy => copy.Number))
        {
            // Of the last copies there may be fewer than threads.
            var isPartial = chunks.IsPartial(tile.Threads, number.Key);
            if (isPartial)
                code.Open($"if (thread < {Text(chunks.Chunks - (number.Key * tile.Threads))})");
            foreach (var copy in number)
            {
                var from = (Formula.Variable(copy.Source.Name) + Named(copy.InLoop, "At", isPartial) + copy.Source.Offset).ToString();
                var bytes = Text(PieceBytes);
                var masks = new[] { copy.IndexExists, copy.KExists is { } k ? Named(k, "KExists", isPartial).ToString() : null }.Where(mask => mask is not null)
                    .Concat(copy.Inside.Select(edge => Named(IsInside(Named(edge.Number, "In", isPartial), edge.Limit), "Inside", isPartial).ToString()));
                if (string.Join(" & ", masks) is { Length: > 0 } exists)
                    (from, bytes) = ($"({from}) & {exists}", $"{exists} & {bytes}");
                var target = $"ref tile[{(stage == "0" ? "" : $"{stage} + ")}{copy.Target.Name}], {Text(copy.Target.Offset)}{(Pieces == 1 ? "" : $", {Text(copy.Piece)}")}";
                code.Line($"PtxMemory.CopyAsync{Text(PieceBytes)}({target}, ref {operand.View}[{from}], {bytes});");
            }
            if (isPartial)
                code.Close();
        }

        // Copies along the same k share what depends on it.
        Formula Named(Formula formula, string kind, bool isInBlock)
        {
            var text = formula.ToString();
            if (!text.Contains(' '))
                return formula;
            if (isInBlock)
                return Formula.Variable($"({text})");
            if (!written.TryGetValue(text, out var known))
            {
                known = name + kind + written.Count.ToString(CultureInfo.InvariantCulture);
                code.Line($"var {known} = {text};");
                written.Add(text, known);
            }
            return Formula.Variable(known);
        }
    }

    /// <summary>All bits set where a number is smaller than a limit; else none.</summary>
    private static Formula Exists(Formula number, Formula limit) => Formula.Variable($"({number - limit}) >> 31");

    /// <summary>All bits set where a number is not negative and smaller than a limit; else none.</summary>
    private static Formula IsInside(Formula number, int limit) => Formula.Variable($"(({number} - {Text(limit)}) & ~{number}) >> 31");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="Number">Which of the thread's copies of chunks.</param>
    /// <param name="Piece">Which piece of the chunk.</param>
    /// <param name="Target">In the stage: a name and a constant.</param>
    /// <param name="Source">In the view, without what depends on the tile: a name and a constant.</param>
    /// <param name="InLoop">What of the source depends on the tile.</param>
    /// <param name="Inside">Numbers that have to be from 0 to below a limit.</param>
    /// <param name="IndexExists">The name of a mask, or null: all do.</param>
    /// <param name="KExists">A mask, or null: all do.</param>
    private sealed record Copied(int Number, int Piece, (string Name, int Offset) Target, (string Name, int Offset) Source, Formula InLoop, (Formula Number, int Limit)[] Inside, string? IndexExists, Formula? KExists);
}
