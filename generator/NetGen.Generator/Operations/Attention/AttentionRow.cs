using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;

namespace NetGen.Generator.Operations.Attention;

/// <summary>A row of queries of a head and its weights: the reference meaning, by plain loops in double.</summary>
internal sealed class AttentionRow
{
    private readonly AttentionShape shape;
    private readonly AttentionPlace at;
    private readonly bool[] isShared;

    private AttentionRow(AttentionShape shape, AttentionPlace at, bool[] isShared)
    {
        (this.shape, this.at, this.isShared) = (shape, at, isShared);
        (Begin, End) = shape.KeysOf(at.Row, Keys);
        (Scores, Weights, Kept, Derivative) = (new double[Keys], new double[Keys], new double[Keys], new double[Keys]);
    }

    private int Queries => at.Sequence?.Queries ?? shape.Queries;

    private int Keys => at.Sequence?.Keys ?? shape.Keys;

    /// <summary>The keys that the row reads.</summary>
    public int Begin { get; }

    public int End { get; }

    /// <summary>s, by key.</summary>
    public double[] Scores { get; }

    /// <summary>p, by key.</summary>
    public double[] Weights { get; }

    /// <summary>What dropout multiplies the weight of a key with.</summary>
    public double[] Kept { get; }

    /// <summary>d(score)/d(scale·q·k).</summary>
    public double[] Derivative { get; }

    public double LogSum { get; private set; }

    /// <summary>The first number of the row's queries, and of the same in a gradient, which every sample has.</summary>
    public int Query => Start(0, at.Row, isShared[0]) + (at.Head * shape.Size);

    public int QueryGradient => Start(0, at.Row, shared: false) + (at.Head * shape.Size);

    /// <summary>Of the result.</summary>
    public int Result => (((FirstQuery + at.Row) * shape.Heads) + at.Head) * shape.Size;

    /// <summary>Of log Σ exp(s).</summary>
    public int Sum => (FirstQuery * shape.Heads) + (at.Head * Queries) + at.Row;

    /// <summary>The rows before the sequence.</summary>
    private int FirstQuery => at.Sequence?.Start ?? at.Place * shape.Queries;

    /// <summary>The first number of a key.</summary>
    public int Key(int key) => Start(1, key, isShared[1]) + (at.Head / shape.Group * shape.Size);

    /// <summary>The same in a gradient; that of values lies alike.</summary>
    public int KeyGradient(int key) => Start(1, key, shared: false) + (at.Head / shape.Group * shape.Size);

    /// <summary>The first number of a value.</summary>
    public int Value(int key) => Start(2, key, isShared[2]) + (at.Head / shape.Group * shape.Size);

    public static AttentionRow Of(AttentionShape shape, ReferenceCall call, int first, AttentionPlace at, double dropped, uint stream)
    {
        var row = new AttentionRow(shape, at, [.. Enumerable.Range(first, 3).Select(i => !call.InputType(i).Batched)]);
        // Behind the values of a gradient are the bias, y and the sums; of a result the bias.
        var hasBias = !shape.OfSteps && call.InputCount - first - (first == 0 ? 0 : 2) > 3;
        for (var j = row.Begin; j < row.End; j++)
        {
            var product = Enumerable.Range(0, shape.Size).Sum(i =>
                call.Input(first)[row.Query + i] * call.Input(first + 1)[row.Key(j) + i]);
            var score = shape.Scale * product;
            row.Derivative[j] = 1;
            if (shape.Options.SoftCap > 0)
            {
                var bounded = Math.Tanh(score / shape.Options.SoftCap);
                score = shape.Options.SoftCap * bounded;
                row.Derivative[j] = 1 - (bounded * bounded);
            }
            if (hasBias)
            {
                var bias = Indexing.BroadcastIndex(
                    (((((at.Sample * shape.Heads) + at.Head) * shape.Queries) + at.Row) * shape.Keys) + j,
                    call.Type with { Rows = RowSpace.Samples, Dims = new[] { shape.Heads, shape.Queries, shape.Keys }.ToEquatableArray() },
                        call.InputType(first + 3));
                score += call.Input(first + 3)[bias];
            }
            row.Scores[j] = score - (shape.Slope(at.Head) * Math.Abs(at.Row - j));
            var element = (((((long)at.Place * shape.Heads) + at.Head) * shape.ScoreRows) + at.Row) * shape.ScoreColumns;
            row.Kept[j] = dropped == 0 ? 1 : call.Environment.Uniform(stream, element + j) >= dropped ? 1 / (1 - dropped) : 0;
        }
        row.Normalize();
        return row;
    }

    private void Normalize()
    {
        var largest = Scores.Skip(Begin).Take(End - Begin).Max();
        var sum = Scores.Skip(Begin).Take(End - Begin).Sum(s => Math.Exp(s - largest));
        LogSum = largest + Math.Log(sum);
        for (var j = Begin; j < End; j++)
            Weights[j] = Math.Exp(Scores[j] - LogSum);
    }

    /// <summary>Where a row of an operand begins.</summary>
    private int Start(int operand, int row, bool shared)
    {
        var width = shape.IsPacked ? shape.PackedWidth : (operand == 0 ? shape.Heads : shape.KeyHeads) * shape.Size;
        var before = !shape.IsPacked || operand == 0 ? 0 : operand == 1 ? shape.Heads * shape.Size
            : (shape.Heads + shape.KeyHeads) * shape.Size;
        var rows = operand == 0 ? shape.Queries : shape.Keys;
        var first = at.Sequence is { } steps ? operand == 0 ? steps.Start : steps.KeyStart : ((shared ? 0 : at.Sample * at.Outer) + at.Index) * rows;
        return ((first + row) * width) + before;
    }
}
