using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Attention;

/// <summary>
/// The sizes and options of an attention: NetGen.Runtime.AttentionShape has them again. Of a sample queries are [.., Queries, Heads ·
/// Size], keys and values [.., Keys, KeyHeads · Size].
/// </summary>
/// <param name="Queries">Rows of queries.</param>
/// <param name="Keys">Rows of keys and values.</param>
/// <param name="Heads">Heads of queries.</param>
/// <param name="KeyHeads">Heads of keys and values, each read by Heads / KeyHeads heads of queries (Ainslie et al. 2023).</param>
/// <param name="Size">Numbers of a head.</param>
/// <param name="Scale">What products of queries and keys are multiplied with.</param>
/// <param name="Options">What else is done with the scores.</param>
internal sealed record AttentionShape(int Queries, int Keys, int Heads, int KeyHeads, int Size, float Scale, AttentionOptions Options)
{
    /// <summary>One operand has queries, keys and values, in this order in each row.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Over the rows' steps, of sequences of any length: the spans of queries and of keys are the last operands.</summary>
    public bool OfSteps { get; init; }

    /// <summary>How many heads of queries read one of keys.</summary>
    public int Group => Heads / KeyHeads;

    /// <summary>Floats of a packed row.</summary>
    public int PackedWidth => (Heads + (2 * KeyHeads)) * Size;

    /// <summary>Attentions of a sample: the axes before the rows.</summary>
    public static int Outer(TensorType rows) => rows.Rank < 2 ? 1 : rows.Dims.Take(rows.Rank - 2).Aggregate(1, (product, dim) => product * dim);

    /// <summary>The keys, from begin to before end, that a row of queries reads.</summary>
    /// <param name="row">Which.</param>
    /// <param name="keys">How many there are.</param>
    public (int Begin, int End) KeysOf(int row, int keys) => (
        Options.Window > 0 ? Math.Max(0, row - Options.Window + 1) : 0,
        Options.IsCausal ? Math.Min(keys, row + 1) : Options.Window > 0 ? Math.Min(keys, row + Options.Window) : keys);

    /// <summary>
    /// By how many rows and keys the scores are counted whose weights are dropped: sequences of any length as the longest.
    /// </summary>
    public int ScoreRows => OfSteps ? Math.Max(Queries, Keys) : Queries;

    public int ScoreColumns => OfSteps ? Math.Max(Queries, Keys) : Keys;

    /// <summary>ALiBi's slope of a head, as NetGen.Runtime.AttentionShape says.</summary>
    public double Slope(int head)
    {
        if (!Options.HasSlopes)
            return 0;
        var power = 1;
        while (power * 2 <= Heads)
            power *= 2;
        return (float)(head < power ? Math.Pow(2, -8.0 * (head + 1) / power) : Math.Pow(2, -4.0 * ((2 * (head - power)) + 1) / power));
    }

    /// <summary>The arguments of the run-time struct that are not its defaults.</summary>
    /// <param name="operands">Queries, keys, values, and a bias where there is one.</param>
    /// <param name="dropped">The probability that a weight is 0.</param>
    public IReadOnlyList<(string Name, int Value)> Arguments(IReadOnlyList<TensorType> operands, float dropped)
    {
        List<(string Name, int Value)> arguments =
        [
            ("queries", OfSteps ? 0 : Queries), ("keys", OfSteps ? 0 : Keys), ("heads", Heads), ("keyHeads", KeyHeads), ("size", Size), ("scale", Bits(Scale)),
        ];
        void Add(string name, int value, int otherwise = 0)
        {
            if (value != otherwise)
                arguments.Add((name, value));
        }
        Add("outer", Outer(operands.Take(3).First(o => o.Batched)), 1);
        Add("packed", IsPacked ? 1 : 0);
        Add("longest", OfSteps ? Math.Max(Queries, Keys) : 0);
        Add("shared", operands.Take(3).Select((o, i) => o.Batched ? 0 : 1 << i).Sum());
        Add("causal", Options.IsCausal ? 1 : 0);
        Add("window", Options.Window);
        Add("slopes", Options.HasSlopes ? 1 : 0);
        Add("softCap", Options.SoftCap > 0 ? Bits(Options.SoftCap) : 0);
        if (operands.Count > 3 && !OfSteps)
        {
            var bias = operands[3];
            Add("biasSample", bias.Batched ? (int)bias.Count : 0);
            Add("biasHead", bias.Rank == 3 && bias.Dims[0] > 1 ? bias.Dims[1] * bias.Dims[2] : 0);
            Add("biasRow", bias.Rank > 1 && bias.Dims[bias.Rank - 2] > 1 ? Keys : 0);
        }
        Add("dropped", dropped > 0 ? Bits(dropped) : 0);
        return arguments;
    }

    private static int Bits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0);

    public override string ToString() =>
        Text.Invariant($"{Queries}×{Keys}, {Heads} heads of {Size}{(KeyHeads == Heads ? "" : $" to {KeyHeads}")}") + Options;
}

/// <param name="IsCausal">Row i reads keys 0 to i.</param>
/// <param name="Window">Above 0: of these the last so many; not causal, the rows less than so many away.</param>
/// <param name="HasSlopes">A key d rows away is worth slope·d less, with a slope for each head (ALiBi: Press et al. 2022).</param>
/// <param name="SoftCap">Above 0: a score s becomes c·tanh(s/c).</param>
internal sealed record AttentionOptions(bool IsCausal, int Window, bool HasSlopes, float SoftCap)
{
    public override string ToString() => (IsCausal ? ", causal" : "") + (Window > 0 ? Text.Invariant($", window {Window}") : "")
        + (HasSlopes ? ", ALiBi" : "") + (SoftCap > 0 ? ", soft cap " + Text.Literal(SoftCap) : "");
}
