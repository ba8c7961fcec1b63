using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using NetGen;

namespace Comparison;

/// <summary>
/// NetGen's order of numbers to that of the peers. NetGen keeps images with channels last and weights with outputs last; the peers'
/// convolutions have channels first and outputs first. A dense layer after Flatten sees the pixels in the network's order, so its weights
/// move as well: then neither side has to turn an image around while it computes.
/// </summary>
internal static class PeerLayout
{
    /// <summary>All parameters of a network in the peers' order, weight before bias, by layer.</summary>
    public static float[][] Parameters(Architecture architecture, IReadOnlyList<float[]> values)
    {
        var turned = new List<float[]>();
        foreach (var layer in architecture.Layers)
        {
            for (var i = 0; i < layer.ParameterLengths.Count; i++)
            {
                var source = values[turned.Count];
                if (source.Length != layer.ParameterLengths[i])
                {
                    throw new InvalidOperationException($"Parameter {turned.Count} has {source.Length} numbers; {layer} needs {layer.ParameterLengths[i]}.");
                }
                turned.Add((layer, i) switch
                {
                    (ConvolutionSpec c, 0) => Weight(source, c.Kernel * c.Kernel, c.Input.Channels, c.Output.Channels),
                    (RecurrentSpec r, 0) => Weight(source, 1, r.Input.Channels, r.Gates),
                    (RecurrentSpec r, 1) => Weight(source, 1, r.Units, r.Gates),
                    (DenseSpec d, 0) => Weight(source, d.Input.Pixels, d.Input.Channels, d.Outputs),
                    _ => source,
                });
            }
        }
        return turned.Count == values.Count
            ? [.. turned]
            : throw new InvalidOperationException($"The network has {values.Count} parameters; its description has {turned.Count}.");
    }

    /// <summary>
    /// All that is learned, as weight files have them, which are in PyTorch's order of axes; for networks without a dense layer behind
    /// Flatten.
    /// </summary>
    public static float[][] AsInFiles(INetwork network)
    {
        using var file = new MemoryStream();
        SafeTensors.Save(file, network.Parameters);
        var bytes = file.ToArray();
        const int Length = sizeof(long);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var json = JsonDocument.Parse(bytes.AsMemory(Length, header));
        return [.. network.Parameters.Where(parameter => !parameter.IsState).Select(parameter =>
        {
            var offsets = json.RootElement.GetProperty(parameter.Name).GetProperty("data_offsets");
            return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(Length + header)[offsets[0].GetInt32()..offsets[1].GetInt32()]).ToArray();
        })];
    }

    /// <summary>[samples, height, width, channels] → [samples, channels, height, width].</summary>
    public static float[] Images(float[] values, ImageShape shape)
    {
        var turned = new float[values.Length];
        for (var start = 0; start < values.Length; start += shape.Length)
        {
            for (var pixel = 0; pixel < shape.Pixels; pixel++)
            {
                for (var channel = 0; channel < shape.Channels; channel++)
                {
                    turned[start + (channel * shape.Pixels) + pixel] = values[start + (pixel * shape.Channels) + channel];
                }
            }
        }
        return turned;
    }

    /// <summary>[places, inputs, outputs] → [outputs, inputs, places], where the places are those of a kernel or an image.</summary>
    private static float[] Weight(float[] values, int places, int inputs, int outputs)
    {
        var turned = new float[values.Length];
        for (var place = 0; place < places; place++)
        {
            for (var input = 0; input < inputs; input++)
            {
                for (var output = 0; output < outputs; output++)
                {
                    turned[(((output * inputs) + input) * places) + place] = values[(((place * inputs) + input) * outputs) + output];
                }
            }
        }
        return turned;
    }
}
