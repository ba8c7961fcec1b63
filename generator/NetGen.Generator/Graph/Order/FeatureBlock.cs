namespace NetGen.Generator.Graph.Order;

/// <summary>
/// Elements that lie in memory as [Positions, Channels] and that PyTorch has as [Channels, Positions]; the same as
/// NetGen.FeatureBlock at run time.
/// </summary>
internal readonly record struct FeatureBlock(int Positions, int Channels)
{
    public int Count => Positions * Channels;

    /// <summary>Whether both orders are the same.</summary>
    public bool IsPlain => Positions == 1 || Channels == 1;
}
