namespace NetGen;

/// <summary>The training of one member of an ensemble.</summary>
public sealed class EnsembleRun
{
    internal EnsembleRun(int number, ulong seed, Device device) => (Number, Seed, Device) = (number, seed, device);

    /// <summary>Which one it is: 0, 1, …</summary>
    public int Number { get; }

    /// <summary>A seed of its own, for weights and the order of samples.</summary>
    public ulong Seed { get; }

    /// <summary>Where it computes: its share of the processor's cores.</summary>
    public Device Device { get; }
}
