namespace NetGen.AspNetCore.Serving;

/// <summary>A network with the weights of a file. They never change: other weights come with another network.</summary>
internal sealed record LoadedNetwork(IPredictor Network, WeightsVersion Version);
