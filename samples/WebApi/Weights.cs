using NetGen;
using NetGen.Data;

namespace WebApi;

/// <summary>Weights to begin with: one epoch on the images inside NetGen.Data.</summary>
internal static class Weights
{
    public static void Train(string path, ulong seed)
    {
        var mnist = Mnist.Load(new MnistOptions { Download = false });
        using var network = new MnistCnn(seed);
        network.Fit(mnist.Train.ToDataset(), new FitOptions { BatchSize = 32, Seed = seed }, new Adam(1e-3f));
        network.Save(path);
    }
}
