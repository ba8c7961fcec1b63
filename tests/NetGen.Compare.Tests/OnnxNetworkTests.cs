using NetGen.Onnx;
using Xunit;
using Reader = NetGen.Compiled.Tests.Oracles.OnnxModel;

namespace Comparison;

/// <summary>The model's structure. That it computes the same is checked where ONNX Runtime is, by the comparison itself.</summary>
public sealed class OnnxNetworkTests
{
    [Fact]
    public void Layers_become_operators()
    {
        var architecture = Architecture.From(6, 5, 3).Convolution(4, 3, padding: 1).Relu().MaxPool(2).Flatten().Dropout(0.5).Dense(7).Relu()
            .Dense(2, bias: false).Minimizing(Objective.None);
        float[][] parameters = [.. architecture.Layers.SelectMany(layer => layer.ParameterLengths).Select((length, i) => Enumerable.Repeat((float)i, length).ToArray())];
        var model = new OnnxModel("probe");
        var result = OnnxNetwork.Write(architecture, parameters, model);
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, model.ToArray());
        var read = Reader.Read(path);
        File.Delete(path);

        Assert.Equal([OnnxNetwork.Input], read.Inputs);
        Assert.Equal([result], read.Outputs);
        Assert.Equal(["Conv", "Relu", "MaxPool", "Flatten", "Gemm", "Relu", "Gemm"], read.Nodes.Select(node => node.Operator));
        Assert.Equal([1, 1, 1, 1], read.Nodes[0].Ints("pads")!);
        Assert.Equal([2, 2], read.Nodes[2].Ints("strides")!);
        Assert.Equal(1, read.Nodes[4].Int("transB", 0));
        Assert.Equal(["4 3 3 3", "4", "7 24", "7", "2 7"], read.Weights.Select(weight => string.Join(' ', weight.Dims)));
        Assert.Equal([0, 1, 2, 3, 4], read.Weights.Select(weight => weight.Values.Distinct().Single()));
        // Each operator reads what the one before it made.
        Assert.Equal(read.Nodes.Select(node => node.Outputs[0]).SkipLast(1).Prepend(OnnxNetwork.Input), read.Nodes.Select(node => node.Inputs[0]));
    }
}
