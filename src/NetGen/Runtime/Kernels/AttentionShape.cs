using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>
/// The sizes of an attention. Queries are [outer, queries, heads · size], keys and values [outer, keys, keyHeads · size]; packed, all
/// three are one operand whose rows have a query, a key and a value behind each other.
/// </summary>
/// <param name="queries">Rows of queries.</param>
/// <param name="keys">Rows of keys and values.</param>
/// <param name="heads">Heads of queries.</param>
/// <param name="keyHeads">Heads of keys and values, each read by heads / keyHeads heads of queries (Ainslie et al. 2023).</param>
/// <param name="size">Numbers of a head.</param>
/// <param name="scale">What products of queries and keys are multiplied with: the bits of a float.</param>
/// <param name="outer">Attentions of a sample.</param>
/// <param name="packed">1: one operand has queries, keys and values.</param>
/// <param name="shared">Bits 0, 1, 2: the queries, keys, values are the same for all samples.</param>
/// <param name="causal">1: row i reads keys 0 to i.</param>
/// <param name="window">Above 0: of these, the last so many (not causal: those less than so many rows away).</param>
/// <param name="slopes">1: a key d rows away is worth slope · d less, with a slope for each head (ALiBi: Press et al. 2022).</param>
/// <param name="softCap">s becomes c·tanh(s/c): the bits of c; 0: it does not.</param>
/// <param name="biasSample">Floats of a bias from one sample to the next; 0: all have one.</param>
/// <param name="biasHead">The same from head to head.</param>
/// <param name="biasRow">The same from row to row.</param>
/// <param name="dropped">The probability that a weight is 0: the bits of a float.</param>
/// <param name="longest">Rows of the longest sequence, where spans say how many each has, instead of queries and keys.</param>
/// <param name="memory">Where keys and values are in a session's memory.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionShape(
    int queries, int keys, int heads, int keyHeads, int size, int scale, int outer = 1, int packed = 0, int shared = 0, int causal = 0,
    int window = 0, int slopes = 0, int softCap = 0, int biasSample = 0, int biasHead = 0, int biasRow = 0, int dropped = 0, int longest = 0,
    int memory = 0)
{
    internal readonly int Heads = heads, KeyHeads = keyHeads, Size = size, Outer = outer, Window = window;
    internal readonly int Shared = shared, BiasSample = biasSample, BiasHead = biasHead, BiasRow = biasRow;
    internal readonly float Scale = BitConverter.Int32BitsToSingle(scale), SoftCap = BitConverter.Int32BitsToSingle(softCap);
    internal readonly float Dropped = BitConverter.Int32BitsToSingle(dropped);
    internal readonly bool IsPacked = packed != 0, IsCausal = causal != 0, HasSlopes = slopes != 0;

    /// <summary>Rows of queries of a sequence.</summary>
    internal int Queries { get; init; } = queries;

    /// <summary>Rows of keys and values of a sequence.</summary>
    internal int Keys { get; init; } = keys;

    /// <summary>Which of all sequences it is of, where they have any lengths.</summary>
    internal nint Sequence { get; init; }

    /// <summary>The first row of queries is so many rows behind the first key.</summary>
    internal int FirstRow { get; init; }

    /// <summary>Queries may be packed; keys and values lie apart.</summary>
    internal bool HasKeysApart { get; init; }

    /// <summary>Where keys, and behind them values, are in a session's memory.</summary>
    internal int Memory => memory;

    internal int Longest => longest;

    /// <summary>By how many rows and keys the scores are counted whose weights are dropped.</summary>
    internal int ScoreRows => Longest > 0 ? Longest : Queries;

    internal int ScoreColumns => Longest > 0 ? Longest : Keys;

    /// <summary>Floats from a row of queries to the next.</summary>
    internal nint QueryStride => IsPacked ? Packed : (nint)Heads * Size;

    /// <summary>The same of keys, and of values.</summary>
    internal nint KeyStride => IsPacked && !HasKeysApart ? Packed : (nint)KeyHeads * Size;

    /// <summary>The first key, and the first value, in a packed row.</summary>
    internal nint FirstKey => IsPacked && !HasKeysApart ? (nint)Heads * Size : 0;

    internal nint FirstValue => IsPacked && !HasKeysApart ? (nint)(Heads + KeyHeads) * Size : 0;

    private nint Packed => (nint)(Heads + (2 * KeyHeads)) * Size;

    /// <summary>Where the rows of a sample's attention begin, of an operand with so many rows.</summary>
    internal nint Rows(int operand, nint sample, nint outer, int rows, nint stride) =>
        ((Shared >> operand & 1) != 0 ? outer : (sample * Outer) + outer) * rows * stride;

    /// <summary>The keys, from begin to before end, that some rows of queries read.</summary>
    internal (int Begin, int End) KeysOf(int row, int rows)
    {
        row += FirstRow;
        var end = IsCausal ? Math.Min(Keys, row + rows) : Window > 0 ? Math.Min(Keys, row + rows + Window - 1) : Keys;
        return (Window > 0 ? Math.Max(0, row - Window + 1) : 0, end);
    }

    /// <summary>
    /// Of H heads: 2^(−8/n), its square, …, for the largest power n of two up to H; for the others those of 2n heads in between.
    /// </summary>
    internal float Slope(int head)
    {
        if (!HasSlopes)
            return 0f;
        var power = 1;
        while (power * 2 <= Heads)
            power *= 2;
        return (float)(head < power ? Math.Pow(2, -8.0 * (head + 1) / power) : Math.Pow(2, -4.0 * ((2 * (head - power)) + 1) / power));
    }
}
