using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// What becomes of a row of scores before the softmax: c·tanh(s/c), plus a bias, less slope·distance; and which weights are kept behind it.
/// </summary>
internal readonly ref struct ScoreChanges<V>
    where V : struct, IVector<V>
{
    private readonly ref readonly float bias;
    private readonly float softCap, slope, dropped;
    private readonly int distance;
    private readonly bool hasBias;
    private readonly PhiloxKey key;
    private readonly uint element;

    [MethodImpl(Jit.Kernel)]
    public ScoreChanges(in AttentionOperands operands, in AttentionShape shape, nint place, int head, int row, int from)
    {
        (softCap, slope, dropped, hasBias) = (shape.SoftCap, shape.Slope(head), shape.Dropped, operands.HasBias);
        distance = row + shape.FirstRow - from;
        if (hasBias)
        {
            var sample = place / shape.Outer;
            bias = ref Unsafe.Add(ref operands.Bias, (sample * shape.BiasSample) + (head * shape.BiasHead) + (row * shape.BiasRow) + from);
        }
        key = operands.Key;
        element = (uint)((((((((shape.Sequence + place) * shape.Heads) + head) * shape.ScoreRows) + row) * shape.ScoreColumns) + from));
        Any = softCap > 0 || hasBias || slope != 0;
    }

    /// <summary>Scores are changed at all.</summary>
    public bool Any { get; }

    /// <summary>
    /// The scores of the keys from the j-th of the block on, of which there are so many; and what d(changed)/d(score) is.
    /// </summary>
    // A call of its own: inside of the loop over a row the JIT would inline this, and no more of what every row needs.
    [MethodImpl(Jit.Kernel)]
    public V Apply(V s, int j, int count, out V derivative)
    {
        derivative = V.Broadcast(1f);
        if (softCap > 0)
        {
            var bounded = VectorMath.Tanh(s / V.Broadcast(softCap));
            derivative -= bounded * bounded;
            s = bounded * V.Broadcast(softCap);
        }
        if (hasBias)
        {
            ref readonly var from = ref Unsafe.Add(ref Unsafe.AsRef(in bias), j);
            s += count >= V.Count ? V.Load(in from) : V.LoadPartial(in from, count);
        }
        if (slope != 0)
            s -= V.Abs(V.Broadcast(distance - j) - V.LaneIndex) * V.Broadcast(slope);
        return s;
    }

    /// <summary>1 / (1 − p) where the weight of a key is kept, else 0.</summary>
    [MethodImpl(Jit.Kernel)]
    public V Kept(int j) => V.Select(Philox.AtLeast<V>(key, element + (uint)j, dropped), V.Broadcast(1f / (1f - dropped)), V.Zero);
}
