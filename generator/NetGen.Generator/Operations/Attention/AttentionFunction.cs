using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Attention;

/// <summary>Attention(q, k, v, heads, bias, causal, window, alibi, softCap, scale, dropout), and what layers make of it.</summary>
internal static class AttentionFunction
{
    public static IEnumerable<TensorFunction> All { get; } = [new("Attention", Apply)];

    /// <summary>causal, window, alibi, softCap.</summary>
    public static AttentionOptions Options(CallArguments arguments, bool isCausal) => new(
        isCausal || arguments.Is("causal"), arguments.IntAtLeast("window", 0, 0), arguments.Is("alibi"),
        arguments.AtLeast("softCap", 0, 0));

    /// <summary>The probability of dropping a weight.</summary>
    public static float Dropout(CallArguments arguments, float otherwise = 0)
    {
        var p = arguments.FiniteOr("dropout", otherwise);
        return p is >= 0 and < 1
            ? p
            : throw new LanguageException("NG0301",
                Text.Invariant($"'dropout' is the probability of dropping a weight, from 0 to below 1; it is {p}."), "dropout");
    }

    /// <summary>1/√size, or what the call says.</summary>
    public static float Scale(float scale, int size) => scale != 0 ? scale : (float)(1 / Math.Sqrt(size));

    /// <summary>Of operands whose sizes fit.</summary>
    public static Value Apply(GraphBuilder graph, AttentionShape shape, float dropout, params Value[] operands)
    {
        if (shape.OfSteps)
            operands = [.. operands, graph.Spans(operands[0].Type.Rows), graph.Spans(operands[1].Type.Rows)];
        if (shape.OfSteps && shape.Options.Window > 0 && operands[0].Type.Rows != operands[1].Type.Rows)
            throw new LanguageException("NG0402",
                $"A window is of rows of one sequence; q has the steps of '{operands[0].Type.Rows}', k of '{operands[1].Type.Rows}'.",
                    "window");
        if (shape.Options.Window > 0 && shape.Queries != shape.Keys)
        {
            throw new LanguageException("NG0402", Text.Invariant(
                $"A window is of rows of one sequence; here are {shape.Queries} rows of queries and {shape.Keys} of keys."), "window");
        }
        if (dropout > 0 && !operands.Take(3).Any(o => o.Type.Batched))
            throw new LanguageException("NG0401",
                "Attention with dropout is over the rows of a sample; these operands are the same for all samples.", "q");
        return graph.Apply(
            dropout > 0 ? new Attention(shape, dropout, RandomOperation.NextStream(graph)) : new Attention(shape), operands);
    }

    private static Value Apply(GraphBuilder graph, CallArguments arguments)
    {
        var (q, k, v) = (arguments.NumberTensor("Attention", "q"), arguments.NumberTensor("Attention", "k"),
            arguments.NumberTensor("Attention", "v"));
        foreach (var (name, operand) in new[] { ("q", q), ("k", k), ("v", v) })
        {
            if (operand.Type.Rank < 2 && !(operand.Type.HasSteps() && operand.Type.Rank == 1))
            {
                throw new LanguageException(
                    "NG0401", $"Attention reads rows, [.., rows, heads · size]; {name} is {(operand.Type.Rank == 0 ? "a single number" : operand.Type.Shape)}.", name);
            }
        }
        if (!new[] { q, k, v }.Any(o => o.Type.Batched))
            throw new LanguageException("NG0401", "Attention is over the rows of a sample; these operands are the same for all samples.",
                "q");
        var heads = arguments.Has("heads") ? arguments.IntAtLeast("heads", 1) : 1;
        var (width, keyWidth) = (Width(q), Width(k));
        if (width % heads != 0)
            throw new LanguageException("NG0301", Text.Invariant($"Rows of {width} numbers do not divide into {heads} heads."), "heads");
        var size = width / heads;
        if (keyWidth % size != 0 || heads % (keyWidth / size) != 0)
        {
            throw new LanguageException("NG0402", Text.Invariant(
                $"Attention: queries of {heads} heads of {size} numbers read keys with as many heads, or with a divisor of that; k is {k.Type.Shape}."), "k");
        }
        if (!v.Type.Dims.Equals(k.Type.Dims))
            throw new LanguageException("NG0402",
                $"Attention: each key has a value of its size; k is {k.Type.Shape}, v is {v.Type.Shape}.", "v");
        if (!Before(q).SequenceEqual(Before(k)))
            throw new LanguageException("NG0402", $"Attention: q, {q.Type.Shape}, and k, {k.Type.Shape}, differ before their rows.", "k");
        var ofSteps = new[] { q, k, v }.Count(o => o.Type.HasSteps());
        if (ofSteps is 1 or 2 || v.Type.Rows != k.Type.Rows && ofSteps > 0)
            throw new LanguageException("NG0414",
                "Attention over sequences of any length: q has the steps of one, k and v both those of one.", ofSteps == 3 ? "v" : "k");
        if (ofSteps > 0 && arguments.Has("bias") && arguments.IsTensor("bias"))
            throw new LanguageException("NG0402",
                "Attention over sequences of any length has no bias: it would be as large as the longest.", "bias");
        var shape = new AttentionShape(
            Rows(q), Rows(k), heads, keyWidth / size, size, Scale(arguments.FiniteOr("scale", 0), size),
            Options(arguments, isCausal: false))
        {
            OfSteps = ofSteps > 0,
        };
        return arguments.Has("bias") && arguments.IsTensor("bias")
            ? Apply(graph, shape, Dropout(arguments), q, k, v, Bias(arguments, shape))
            : Apply(graph, shape, Dropout(arguments), q, k, v);
    }

    private static Value Bias(CallArguments arguments, AttentionShape shape)
    {
        var bias = arguments.NumberTensor("Attention", "bias");
        var dims = bias.Type.Dims;
        int[] most = [shape.Heads, shape.Queries, shape.Keys];
        var fits = dims.Count is >= 1 and <= 3 && dims[dims.Count - 1] == shape.Keys
            && Enumerable.Range(1, dims.Count).All(i => dims[dims.Count - i] == most[3 - i] || dims[dims.Count - i] == 1);
        return fits
            ? bias
            : throw new LanguageException("NG0402", Text.Invariant(
                $"Attention: a bias is [keys], [rows, keys] or [heads, rows, keys], with 1 for what is the same for all; of [{shape.Heads}, {shape.Queries}, {shape.Keys}] here. It is {bias.Type.Shape}."),
                "bias");
    }

    /// <summary>The rows of a sequence; of one of any length the most.</summary>
    public static int Rows(Value x) => x.Type.HasSteps() ? x.Type.Rows.Longest : x.Type.Dims[x.Type.Rank - 2];

    private static int Width(Value x) => x.Type.Dims[x.Type.Rank - 1];

    private static IEnumerable<int> Before(Value x) => x.Type.Dims.Take(x.Type.Rank - 2);
}
