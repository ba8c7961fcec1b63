using System.Globalization;
using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>The samples that have something in common, and how good predictions are for them.</summary>
/// <typeparam name="TKey">What they have in common.</typeparam>
public sealed class Slice<TKey>
{
    internal Slice(TKey key, int[] rows, double value) => (Key, Rows, Value) = (key, rows, value);

    /// <summary>What they have in common.</summary>
    public TKey Key { get; }

    /// <summary>Which samples they are.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The measure over them.</summary>
    public double Value { get; }

    /// <summary>For example <c>north: 0.8125 (160 samples)</c>.</summary>
    public override string ToString() => Convert.ToString(Key, CultureInfo.InvariantCulture) + Invariant($": {Value:G4} ({Rows.Count} samples)");
}
