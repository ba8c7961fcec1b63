namespace Comparison;

/// <summary>One comparison.</summary>
internal sealed record Row
{
    /// <summary>Network, batch and pass: <c>cnn/32/step</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>Who NetGen is compared with; null where it is measured alone.</summary>
    public required string? Peer { get; init; }

    /// <summary>Of NetGen, and at most of the peer.</summary>
    public required int Threads { get; init; }

    /// <summary>What the peer's documentation leaves open, as it was fastest.</summary>
    public required string? Setting { get; init; }

    /// <summary>Seconds.</summary>
    public required Statistics NetGen { get; init; }

    /// <summary>Seconds.</summary>
    public required Statistics? PeerTime { get; init; }

    /// <summary>Operations of a framework that leaves nothing out.</summary>
    public required long Flops { get; init; }

    /// <summary>The FMA peak of <see cref="Threads"/>.</summary>
    public required double Peak { get; init; }

    /// <summary>The least time by <see cref="Roofline"/>, in seconds.</summary>
    public required double Bound { get; init; }

    /// <summary>How many times as fast as the peer NetGen is, by the medians.</summary>
    public double? Ratio => PeerTime?.Median / NetGen.Median;

    /// <summary>NetGen's part of the peak by the nominal operations, those that it leaves out included.</summary>
    public double Share => Flops / NetGen.Median / Peak;

    /// <summary>How near NetGen is to <see cref="Bound"/>.</summary>
    public double OfBound => Bound / NetGen.Median;

    /// <summary>The peer's part of the peak.</summary>
    public double? PeerShare => Flops / PeerTime?.Median / Peak;
}
