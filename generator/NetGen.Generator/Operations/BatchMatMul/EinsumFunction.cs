using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.BatchMatMul;

/// <summary>
/// Einsum("ij,jk->ik", a, b): a letter for each axis of a sample; the axes of a letter that the result has not are summed over. Pair by
/// pair from the left, as products of matrices where something is summed and element by element where not. Before that a letter that an
/// operand has twice is its diagonal, and "..." are letters that the pattern has not, counted from the last axis.
/// </summary>
internal static class EinsumFunction
{
    public static readonly TensorFunction Function = new("Einsum", (g, a) => Apply(g, a.String("pattern"), a.Tensors("tensors")));

    /// <summary>"..." while the pattern is read.</summary>
    private const char Rest = '…';

    /// <summary>A tensor with a letter for each axis.</summary>
    private readonly record struct Lettered(Value Value, string Letters)
    {
        public int Length(char letter) => Value.Type.Dims[Letters.IndexOf(letter)];
    }

    private static Value Apply(GraphBuilder graph, string pattern, IReadOnlyList<Value> tensors)
    {
        var (operands, result) = Read(graph, pattern, tensors);
        var sum = Reduced(graph, operands[0], Needed(0));
        for (var i = 1; i < operands.Length; i++)
            sum = Pair(graph, sum, Reduced(graph, operands[i], sum.Letters + Needed(i)), Needed(i));
        return Arranged(graph, Reduced(graph, sum, result), result).Value;

        // What the operands behind one and the result read.
        string Needed(int i) => string.Concat(operands.Skip(i + 1).Select(o => o.Letters)) + result;
    }

    private static (Lettered[] Operands, string Result) Read(GraphBuilder graph, string pattern, IReadOnlyList<Value> tensors)
    {
        var text = pattern.Replace(" ", "").Replace("...", Rest.ToString());
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        var parts = (arrow < 0 ? text : text[..arrow]).Split(',');
        // Where no result is named it has, as in NumPy, what occurs once, in the order of the alphabet, behind what the pattern does not
        // name.
        var result = arrow < 0
            ? (parts.Any(part => part.Contains(Rest)) ? Rest.ToString() : "")
                + string.Concat(parts.SelectMany(part => part).Where(letter => letter != Rest).GroupBy(letter => letter).Where(same => same.Count() == 1).Select(same => same.Key).OrderBy(letter => letter))
            : text[(arrow + 2)..];
        if (parts.Concat([result]).SelectMany(part => part).FirstOrDefault(letter => letter is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or Rest)) is var other and not '\0')
            throw Wrong($"'{other}' in '{pattern}' is no letter; each axis of a sample has one, and the batch has none.");
        if (parts.Concat([result]).Any(part => part.Count(letter => letter == Rest) > 1))
            throw Wrong($"'...' stands twice in an operand, or in the result, of '{pattern}'.");
        if (parts.Length != tensors.Count)
            throw Wrong($"'{pattern}' has {parts.Length} operands; the call has {tensors.Count} tensors.");
        var rest = Letters(parts, tensors);
        var operands = new Lettered[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            Numbers.Check("Einsum", "tensors", tensors[i].Type);
            var unnamed = tensors[i].Type.Rank - Named(parts[i]);
            if (unnamed < 0 || (unnamed > 0 && !parts[i].Contains(Rest)))
                throw Wrong($"'{Shown(parts[i])}' has {Named(parts[i])} letters; operand {i + 1} is {tensors[i].Type.Shape}, with {tensors[i].Type.Rank} axes per sample (the batch is not counted).", "NG0401");
            operands[i] = Diagonal(graph, new Lettered(tensors[i], parts[i].Replace(Rest.ToString(), rest.Substring(rest.Length - unnamed))), i);
        }
        operands = Broadcast(graph, operands, rest);
        var lengths = new Dictionary<char, (int Length, int Operand)>();
        for (var i = 0; i < operands.Length; i++)
        {
            foreach (var letter in operands[i].Letters)
            {
                var length = operands[i].Length(letter);
                if (lengths.TryGetValue(letter, out var known) && known.Length != length)
                    throw Wrong($"'{(rest.Contains(letter) ? "..." : letter.ToString())}' of '{pattern}' has {known.Length} places in operand {known.Operand + 1} and {length} in operand {i + 1}.", "NG0402");
                lengths[letter] = (length, i);
            }
        }
        result = result.Replace(Rest.ToString(), rest);
        if (result.Distinct().Count() != result.Length)
            throw Wrong($"The result '{result}' names an axis twice.");
        if (result.FirstOrDefault(letter => !lengths.ContainsKey(letter)) is var unknown and not '\0')
            throw Wrong($"The result has '{unknown}', which no operand has.");
        return (operands, result);
    }

    private static int Named(string part) => part.Count(letter => letter != Rest);

    private static string Shown(string part) => part.Replace(Rest.ToString(), "...");

    /// <summary>Letters that the pattern has not, for the most axes that an operand leaves to "...".</summary>
    private static string Letters(string[] parts, IReadOnlyList<Value> tensors)
    {
        var most = parts.Select((part, i) => part.Contains(Rest) ? tensors[i].Type.Rank - Named(part) : 0).Max();
        var free = Enumerable.Range('A', 26).Concat(Enumerable.Range('a', 26)).Select(c => (char)c).Where(letter => !parts.Any(part => part.Contains(letter))).ToArray();
        return most <= free.Length
            ? new string(free, 0, Math.Max(0, most))
            : throw Wrong($"The pattern and the {most} axes of '...' need more than 52 letters.");
    }

    /// <summary>One axis for a letter that stands twice: the elements whose places along both are the same.</summary>
    private static Lettered Diagonal(GraphBuilder graph, Lettered x, int operand)
    {
        while (x.Letters.GroupBy(letter => letter).FirstOrDefault(same => same.Count() > 1)?.Key is { } letter)
        {
            var (first, second) = (x.Letters.IndexOf(letter), x.Letters.IndexOf(letter, x.Letters.IndexOf(letter) + 1));
            var (n, other) = (x.Value.Type.Dims[first], x.Value.Type.Dims[second]);
            if (n != other)
                throw Wrong($"'{letter}' is two axes of operand {operand + 1}, of {n} and {other} places; a diagonal is of as many.", "NG0402");
            // Both behind all others: [.., n·n], and n more make it n rows of n + 1, whose first column is the diagonal.
            var around = Enumerable.Range(0, x.Letters.Length).Where(axis => axis != first && axis != second).ToArray();
            int[] before = [.. around.Select(axis => x.Value.Type.Dims[axis])];
            var flat = graph.Reshape(graph.Permute(x.Value, [.. around, first, second]), [.. before, n * n]);
            var rows = graph.Reshape(graph.Apply(new PadAxis(before.Length, 0, n), flat), [.. before, n, n + 1]);
            var diagonal = graph.Reshape(graph.Slice(rows, before.Length + 1, 0, 1), [.. before, n]);
            x = new(diagonal, string.Concat(around.Select(axis => x.Letters[axis])) + letter);
        }
        return x;
    }

    /// <summary>Axes of "..." of size 1 that are longer elsewhere are left out: products repeat what has not the axis.</summary>
    private static Lettered[] Broadcast(GraphBuilder graph, Lettered[] operands, string rest) => [.. operands.Select(x =>
    {
        bool IsRepeated(char letter) => rest.Contains(letter) && x.Length(letter) == 1 && operands.Any(other => other.Letters.Contains(letter) && other.Length(letter) > 1);
        var kept = string.Concat(x.Letters.Where(letter => !IsRepeated(letter)));
        return kept == x.Letters ? x : new Lettered(graph.Reshape(x.Value, [.. kept.Select(x.Length)]), kept);
    })];

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
