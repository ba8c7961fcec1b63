using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace Comparison;

public sealed class PeerLayoutTests
{
    /// <summary>Weight files are in PyTorch's order. Only the dense layer behind Flatten is not as there: its inputs are turned as well.</summary>
    [Fact]
    public void Weights_are_turned_as_in_weight_files()
    {
        using var network = new Probe(seed: 3);
        var file = SavedTensors(network);
        var turned = PeerLayout.Parameters(Probe.Architecture, [.. network.Parameters.Select(p => p.Values.ToArray())]);

        Assert.Equal(file["features.0.weight"], turned[0]);
        Assert.Equal(file["features.0.bias"], turned[1]);
        Assert.Equal(file["classifier.1.bias"], turned[3]);
        Assert.Equal(file["classifier.3.weight"], turned[4]);
        Assert.Equal(5, turned.Length);
    }

    /// <summary>The same sum of products, from turned images and turned weights.</summary>
    [Fact]
    public void A_dense_layer_gives_the_same_from_a_turned_image()
    {
        var image = new ImageShape(2, 3, 4);
        const int Outputs = 5, Samples = 2;
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(-9, 9))];
        var (x, weight) = (Numbers(Samples * image.Length), Numbers(image.Length * Outputs));
        var architecture = new Architecture(image, [new DenseSpec(image, Outputs, Bias: false)], Objective.None);

        var (turnedX, turnedWeight) = (PeerLayout.Images(x, image), PeerLayout.Parameters(architecture, [weight])[0]);

        Assert.NotEqual(x, turnedX);
        for (var sample = 0; sample < Samples; sample++)
        {
            for (var output = 0; output < Outputs; output++)
            {
                var here = Enumerable.Range(0, image.Length).Sum(i => x[(sample * image.Length) + i] * weight[(i * Outputs) + output]);
                var there = Enumerable.Range(0, image.Length).Sum(i => turnedX[(sample * image.Length) + i] * turnedWeight[(output * image.Length) + i]);
                Assert.Equal(here, there);
            }
        }
    }

    [Fact]
    public void Other_parameters_than_described_are_an_error()
    {
        Assert.Throws<InvalidOperationException>(() => PeerLayout.Parameters(Probe.Architecture, [new float[5], [], [], [], []]));
        using var network = new Probe();
        float[][] values = [.. network.Parameters.Select(p => p.Values.ToArray())];
        Assert.Throws<InvalidOperationException>(() => PeerLayout.Parameters(Probe.Architecture, [.. values, []]));
    }

    private static Dictionary<string, float[]> SavedTensors(Probe network)
    {
        var path = Path.GetTempFileName();
        try
        {
            network.Save(path);
            var bytes = File.ReadAllBytes(path);
            var header = (int)BitConverter.ToInt64(bytes);
            return JsonDocument.Parse(bytes.AsMemory(8, header)).RootElement.EnumerateObject()
                .Where(tensor => tensor.Name != "__metadata__")
                .ToDictionary(tensor => tensor.Name, tensor =>
                {
                    var offsets = tensor.Value.GetProperty("data_offsets");
                    return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + header)[offsets[0].GetInt32()..offsets[1].GetInt32()]).ToArray();
                });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
