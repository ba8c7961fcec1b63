using NetGen.AspNetCore.Observation;

namespace NetGen.AspNetCore.Serving;

/// <summary>A network with the weights of a file. They never change: other weights come with another network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Version">Which weights it has.</param>
/// <param name="Drift">Compares what comes with the training; null: the file does not say how that was.</param>
internal sealed record LoadedNetwork(IPredictor Network, WeightsVersion Version, DriftMonitor? Drift);
