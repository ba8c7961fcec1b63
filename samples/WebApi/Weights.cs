using NetGen;
using NetGen.Data;
using NetGen.Metrics;

namespace WebApi;

/// <summary>Weights to begin with: one epoch on the images inside NetGen.Data.</summary>
internal static class Weights
{
    public static void Train(string path, ulong seed)
    {
        var mnist = Mnist.Load(new MnistOptions { Download = false });
        using var network = new MnistCnn(seed);
        network.Fit(mnist.Train.ToDataset(), new FitOptions { BatchSize = 32, Seed = seed }, new Adam(1e-3f));
        // With how inputs and predictions are distributed in training, so that the service sees where they drift.
        network.Save(path, DriftReference.Of(network, mnist.Train.ToDataset()));
    }
}
