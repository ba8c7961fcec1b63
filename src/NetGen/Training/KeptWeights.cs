using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// The weights of an earlier time of a training, to go back to: those of the best epoch, or the last that were finite. One copy, made at
/// most once in an epoch: a copy before each step would be a good part of a small step.
/// </summary>
internal sealed class KeptWeights
{
    private readonly INetwork network;

    /// <summary>Keeps the weights as they are before the training.</summary>
    /// <exception cref="InvalidOperationException">They are not finite.</exception>
    internal KeptWeights(INetwork network)
    {
        this.network = network;
        if (NotFinite() is { } broken)
        {
            throw new InvalidOperationException(
                $"{network.Name} cannot be trained: {broken} before the first step, and so would be all that is learned. "
                + "Load weights that are finite, or make a new network.");
        }

        Weights = new(network.Parameters.Layout.TotalFloats, cleared: false, $"A copy of the weights of {network.Name}");
        network.Parameters.Weights.CopyTo(Weights.Span);
    }

    /// <summary>The weights, gaps included.</summary>
    internal AlignedFloats Weights { get; }

    /// <summary>After which epoch they were the network's; 0: before the training.</summary>
    internal int Epoch { get; private set; }

    /// <summary>The network's first weight that is not finite now.</summary>
    internal NotFiniteWeight? NotFinite() => NotFiniteWeight.In(network.Parameters.Layout, network.Parameters.Weights);

    /// <summary>Keeps the weights as they are after an epoch.</summary>
    internal void Keep(int epoch)
    {
        network.Parameters.Weights.CopyTo(Weights.Span);
        Epoch = epoch;
    }

    /// <summary>Keeps other weights, of an epoch before a checkpoint.</summary>
    internal void Keep(AlignedFloats earlier, int epoch)
    {
        earlier.Span.CopyTo(Weights.Span);
        Epoch = epoch;
    }

    /// <summary>Gives the network the weights that it had.</summary>
    internal void Restore() => network.Parameters.Replace(Weights.Span);
}
