using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.BatchMatMul;

/// <summary>
/// Einsum("ij,jk->ik", a, b): a letter for each axis of a sample; the axes of a letter that the result has not are summed over. Pair by
/// pair from the left, as products of matrices where something is summed and element by element where not.
/// </summary>
internal static class EinsumFunction
{
    public static readonly TensorFunction Function = new("Einsum", (g, a) => Apply(g, a.String("pattern"), a.Tensors("tensors")));

    /// <summary>A tensor with a letter for each axis.</summary>
    private readonly record struct Lettered(Value Value, string Letters)
    {
        public int Length(char letter) => Value.Type.Dims[Letters.IndexOf(letter)];
    }

    private static Value Apply(GraphBuilder graph, string pattern, IReadOnlyList<Value> tensors)
    {
        var (operands, result) = Read(pattern, tensors);
        var sum = Reduced(graph, operands[0], Needed(0));
        for (var i = 1; i < operands.Length; i++)
            sum = Pair(graph, sum, Reduced(graph, operands[i], sum.Letters + Needed(i)), Needed(i));
        return Arranged(graph, Reduced(graph, sum, result), result).Value;

        // What the operands behind one and the result read.
        string Needed(int i) => string.Concat(operands.Skip(i + 1).Select(o => o.Letters)) + result;
    }

    private static (Lettered[] Operands, string Result) Read(string pattern, IReadOnlyList<Value> tensors)
    {
        var text = pattern.Replace(" ", "");
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        var parts = (arrow < 0 ? text : text[..arrow]).Split(',');
        // Where no result is named it has, as in NumPy, what occurs once, in the order of the alphabet.
        var result = arrow < 0
            ? string.Concat(parts.SelectMany(part => part).GroupBy(letter => letter).Where(same => same.Count() == 1).Select(same => same.Key).OrderBy(letter => letter))
            : text[(arrow + 2)..];
        if (parts.Concat([result]).SelectMany(part => part).FirstOrDefault(letter => letter is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z')) is var other and not '\0')
            throw Wrong($"'{other}' in '{pattern}' is no letter; each axis of a sample has one, and the batch has none.");
        if (parts.Length != tensors.Count)
            throw Wrong($"'{pattern}' has {parts.Length} operands; the call has {tensors.Count} tensors.");
        var lengths = new Dictionary<char, (int Length, int Operand)>();
        for (var i = 0; i < parts.Length; i++)
        {
            Numbers.Check("Einsum", "tensors", tensors[i].Type);
            if (parts[i].Length != tensors[i].Type.Rank)
                throw Wrong($"'{parts[i]}' has {parts[i].Length} letters; operand {i + 1} is {tensors[i].Type.Shape}, with {tensors[i].Type.Rank} axes per sample (the batch is not counted).", "NG0401");
            if (parts[i].Distinct().Count() != parts[i].Length)
                throw Wrong($"'{parts[i]}' names an axis twice; diagonals are not there.");
            for (var axis = 0; axis < parts[i].Length; axis++)
            {
                var (letter, length) = (parts[i][axis], tensors[i].Type.Dims[axis]);
                if (lengths.TryGetValue(letter, out var known) && known.Length != length)
                    throw Wrong($"'{letter}' of '{pattern}' has {known.Length} places in operand {known.Operand + 1} and {length} in operand {i + 1}.", "NG0402");
                lengths[letter] = (length, i);
            }
        }
        if (result.Distinct().Count() != result.Length)
            throw Wrong($"The result '{result}' names an axis twice.");
        if (result.FirstOrDefault(letter => !lengths.ContainsKey(letter)) is var unknown and not '\0')
            throw Wrong($"The result has '{unknown}', which no operand has.");
        return ([.. parts.Select((part, i) => new Lettered(tensors[i], part))], result);
    }

    private static LanguageException Wrong(FormattableString message, string code = "NG0301") =>
        new(code, "Einsum: " + FormattableString.Invariant(message), code == "NG0301" ? "pattern" : "tensors");

    /// <summary>Without the axes that nobody needs.</summary>
    private static Lettered Reduced(GraphBuilder graph, Lettered x, string needed)
    {
        int[] axes = [.. Enumerable.Range(0, x.Letters.Length).Where(axis => !needed.Contains(x.Letters[axis]))];
        return axes.Length == 0 ? x : new(graph.SumOf(x.Value, axes), string.Concat(x.Letters.Where(needed.Contains)));
    }

    private static Lettered Pair(GraphBuilder graph, Lettered a, Lettered b, string needed)
    {
        string shared = string.Concat(a.Letters.Where(b.Letters.Contains)), around = string.Concat(shared.Where(needed.Contains)), summed = string.Concat(shared.Where(letter => !needed.Contains(letter)));
        string rows = string.Concat(a.Letters.Where(letter => !shared.Contains(letter))), columns = string.Concat(b.Letters.Where(letter => !shared.Contains(letter)));
        if (summed.Length == 0)
        {
            // [around.., rows.., 1..] · [around.., 1.., columns..]
            var left = Arranged(graph, a, around + rows);
            var right = Arranged(graph, b, around + columns).Value;
            var wide = graph.Reshape(left.Value, [.. left.Value.Type.Dims, .. columns.Select(_ => 1)]);
            return new(graph.Multiply(wide, graph.Reshape(right, [.. around.Select(b.Length), .. rows.Select(_ => 1), .. columns.Select(b.Length)])), around + rows + columns);
        }
        int Of(string letters, Lettered of) => letters.Aggregate(1, (product, letter) => product * of.Length(letter));
        int[] before = [.. around.Select(a.Length)];
        var matrices = graph.Apply(
            new BatchMatMul(),
            graph.Reshape(Arranged(graph, a, around + rows + summed).Value, [.. before, Of(rows, a), Of(summed, a)]),
            graph.Reshape(Arranged(graph, b, around + summed + columns).Value, [.. before, Of(summed, a), Of(columns, b)]));
        return new(graph.Reshape(matrices, [.. before, .. rows.Select(a.Length), .. columns.Select(b.Length)]), around + rows + columns);
    }

    /// <summary>With the axes in this order.</summary>
    private static Lettered Arranged(GraphBuilder graph, Lettered x, string letters) =>
        new(graph.Permute(x.Value, [.. letters.Select(letter => x.Letters.IndexOf(letter))]), letters);
}
