using System.ComponentModel;

namespace NetGen.Cuda.Kernels;

/// <summary>NetGen.Runtime.AttentionShape, as kernels read it.</summary>
/// <param name="queries">Rows of queries.</param>
/// <param name="keys">Rows of keys and values.</param>
/// <param name="heads">Heads of queries.</param>
/// <param name="keyHeads">Heads of keys and values.</param>
/// <param name="size">Numbers of a head.</param>
/// <param name="scale">What products of queries and keys are multiplied with: the bits of a float.</param>
/// <param name="outer">Attentions of a sample.</param>
/// <param name="packed">1: one operand has queries, keys and values.</param>
/// <param name="shared">Bits 0, 1, 2: the queries, keys, values are the same for all samples.</param>
/// <param name="causal">1: row i reads keys 0 to i.</param>
/// <param name="window">Above 0: no keys that are so many rows away or more.</param>
/// <param name="slopes">1: farther keys are worth less.</param>
/// <param name="softCap">s becomes c·tanh(s/c): the bits of c; 0: it does not.</param>
/// <param name="biasSample">Floats of a bias from one sample to the next.</param>
/// <param name="biasHead">The same from head to head.</param>
/// <param name="biasRow">The same from row to row.</param>
/// <param name="dropped">The probability that a weight is 0: the bits of a float.</param>
/// <param name="bias">1: there is a bias.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionShape(
    int queries, int keys, int heads, int keyHeads, int size, int scale, int outer = 1, int packed = 0, int shared = 0, int causal = 0,
    int window = 0, int slopes = 0, int softCap = 0, int biasSample = 0, int biasHead = 0, int biasRow = 0, int dropped = 0, int bias = 0)
{
    internal readonly int Queries = queries, Keys = keys, Heads = heads, KeyHeads = keyHeads, Size = size, Outer = outer, IsPacked = packed;
    internal readonly int Shared = shared, IsCausal = causal, Window = window, HasSlopes = slopes, HasBias = bias;
    internal readonly int BiasSample = biasSample, BiasHead = biasHead, BiasRow = biasRow;
    internal readonly float Scale = BitConverter.Int32BitsToSingle(scale), SoftCap = BitConverter.Int32BitsToSingle(softCap);
    internal readonly float Dropped = BitConverter.Int32BitsToSingle(dropped);

    /// <summary>Floats from a row of queries to the next.</summary>
    internal int QueryStride => IsPacked != 0 ? (Heads + (2 * KeyHeads)) * Size : Heads * Size;

    /// <summary>The same of keys, and of values.</summary>
    internal int KeyStride => IsPacked != 0 ? (Heads + (2 * KeyHeads)) * Size : KeyHeads * Size;

    /// <summary>The first key of a row, and the first value.</summary>
    internal int FirstKey => IsPacked != 0 ? Heads * Size : 0;

    internal int FirstValue => IsPacked != 0 ? (Heads + KeyHeads) * Size : 0;

    /// <summary>The first key that a row reads.</summary>
    internal int Begin(int row) => Window > 0 && row >= Window ? row - Window + 1 : 0;

    /// <summary>Behind the last.</summary>
    internal int End(int row)
    {
        var end = IsCausal != 0 ? row + 1 : Window > 0 ? row + Window : Keys;
        return end < Keys ? end : Keys;
    }

    /// <summary>Where the rows of an attention begin, of an operand with so many rows.</summary>
    internal int Rows(int operand, int place, int rows, int stride) =>
        ((Shared >> operand & 1) != 0 ? place % Outer : place) * rows * stride;
}
