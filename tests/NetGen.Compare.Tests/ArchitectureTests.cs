using Xunit;

namespace Comparison;

public sealed class ArchitectureTests
{
    [Fact]
    public void Operations_and_parameters_of_dense_layers()
    {
        var mlp = Architecture.From(784).Dense(128).Relu().Dense(10).Minimizing(Objective.CrossEntropy);
        Assert.Equal(2 * 32 * ((784 * 128) + (128 * 10)), mlp.Flops(32, Pass.Forward));
        // Forward and dW of both layers; dX of the second.
        Assert.Equal(2 * 32 * ((2 * 784 * 128) + (3 * 128 * 10)), mlp.Flops(32, Pass.Step));
        Assert.Equal((784 * 128) + 128 + (128 * 10) + 10, mlp.ParameterCount);
    }

    [Fact]
    public void Operations_and_parameters_of_convolutions()
    {
        var cnn = Architecture.From(28, 28, 1).Convolution(32, 3).Relu().MaxPool(2).Convolution(64, 3, padding: 1).Flatten().Dense(10)
            .Minimizing(Objective.CrossEntropy);
        long first = 2 * 26 * 26 * 9 * 32, second = 2 * 13 * 13 * 288 * 64, third = 2 * 13 * 13 * 64 * 10;
        Assert.Equal(first + second + third, cnn.Flops(1, Pass.Forward));
        Assert.Equal((2 * first) + (3 * (second + third)), cnn.Flops(1, Pass.Step));
        Assert.Equal((9 * 32) + 32 + (288 * 64) + 64 + (13 * 13 * 64 * 10) + 10, cnn.ParameterCount);
        Assert.Equal(10, cnn.Outputs);
    }

    [Fact]
    public void The_description_has_the_parameters_of_the_network()
    {
        using var network = new Probe();
        Assert.Equal(network.Parameters.Select(p => p.Length), Probe.Architecture.Layers.SelectMany(layer => layer.ParameterLengths));
    }
}
