namespace NetGen;

/// <summary>One run of a cross-validation.</summary>
public sealed class FoldRun
{
    internal FoldRun(int number, Split split, ulong seed, Device device) => (Number, Split, Seed, Device) = (number, split, seed, device);

    /// <summary>Which one it is: 0, 1, …</summary>
    public int Number { get; }

    /// <summary>What it trains with and is tested by.</summary>
    public Split Split { get; }

    /// <summary>A seed of its own, for weights and the order of samples.</summary>
    public ulong Seed { get; }

    /// <summary>Where it computes: its share of the processor's cores.</summary>
    public Device Device { get; }
}
