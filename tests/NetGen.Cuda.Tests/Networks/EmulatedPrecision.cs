using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>
/// Networks whose products round their operands beside the processor, which does not. An operand is off by up to u of itself, u = 2⁻¹¹ with TF32 and 2⁻⁸ with BF16, so a
/// product by up to (1 + u)² − 1 of the sum of its terms' absolute values, and L products one behind the other by up to (1 + u)²ᴸ − 1 of what the network
/// gives for absolute values of everything. <see cref="EmulationTests"/> runs this in a process of its own.
/// </summary>
public sealed class EmulatedPrecision
{
    private const int Batch = 3;

    /// <summary>Sums of floats in another order: up to some hundred terms, of which each is off by 2⁻²⁴.</summary>
    private const double OfSums = 1e-4;

    /// <summary>Floats in another order differ by less, rounded operands by more.</summary>
    private const double LeastDifference = 1e-5;

    private const float LearningRate = 1f;

    [Theory(Explicit = true)]
    [InlineData("Dense", Precision.TensorFloat32)]
    [InlineData("Dense", Precision.BFloat16)]
    [InlineData("Convolution", Precision.TensorFloat32)]
    [InlineData("Convolution", Precision.BFloat16)]
    [InlineData("Odd", Precision.BFloat16)]
    [InlineData("LargeWindow", Precision.BFloat16)]
    public void Results_and_losses_are_within_the_rounding(string name, Precision precision)
    {
        var network = PrecisionNetworks.Get(name, precision);
        var inputs = network.Inputs("Forward", Batch, seed: 1);
        using var gpu = network.Create(3, Emulator.Device());
        using var cpu = network.Create(3, Device.Cpu(1));
        using var absolute = Absolute(network);
        var (expected, actual, largest) = (Predict(network, cpu, inputs), Predict(network, gpu, inputs), Predict(network, absolute, Absolute(inputs)));
        var of = Bound(precision, 2 * PrecisionNetworks.Products(name));
        var lossBound = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var bound = of * largest[i];
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound, $"{i}: {actual[i]} instead of {expected[i]}, more than {bound} off.");
            lossBound += ((2 * Math.Abs(expected[i] + 0.3) * bound) + (bound * bound)) / Batch;
        }
        Assert.InRange(gpu.Loss("Loss", inputs), cpu.Loss("Loss", inputs) - lossBound, cpu.Loss("Loss", inputs) + lossBound);
        // What is not rounded at all would be within the bounds as well. Windows of nine pixels are none of tensor cores.
        Assert.Equal(name != "LargeWindow", Difference(expected, actual) > LeastDifference);
    }

    [Theory(Explicit = true)]
    [InlineData("Linear", Precision.TensorFloat32)]
    [InlineData("Linear", Precision.BFloat16)]
    [InlineData("LinearConvolution", Precision.TensorFloat32)]
    [InlineData("LinearConvolution", Precision.BFloat16)]
    public void A_step_is_within_the_rounding(string name, Precision precision)
    {
        var network = PrecisionNetworks.Get(name, precision);
        var inputs = network.Inputs("Loss", Batch, seed: 2);
        using var gpu = network.Create(3, Emulator.Device());
        using var cpu = network.Create(3, Device.Cpu(1));
        using var absolute = Absolute(network);
        var before = Weights(cpu);
        var (expected, actual, largest) = (Change(cpu, inputs), Change(gpu, inputs), Change(absolute, Absolute(inputs)));
        // A weight's gradient has passed all products forward and backward, and its operands those before them.
        var of = Bound(precision, 6 * PrecisionNetworks.Products(name));
        for (var i = 0; i < expected.Length; i++)
        {
            var bound = (of * Math.Abs(largest[i])) + (1e-6 * Math.Abs(before[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound, $"{i}: {actual[i]} instead of {expected[i]}, more than {bound} off.");
        }
        Assert.True(Difference(expected, actual) > LeastDifference);
    }

    [Fact(Explicit = true)]
    public void Training_in_BFloat16_lowers_the_loss()
    {
        var network = PrecisionNetworks.Classifier;
        using var gpu = network.Create(3, Emulator.Device());
        var inputs = network.Inputs("Loss", batch: 8, seed: 1);
        var first = gpu.Loss("Loss", inputs);
        for (var step = 0; step < 12; step++)
        {
            gpu.Step("Loss", inputs, new Adam(0.02f));
        }
        Assert.InRange(gpu.Loss("Loss", inputs), 0, 0.7f * first);
    }

    /// <summary>The root of the mean square, relative.</summary>
    private static double Difference(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual, (e, a) => ((double)e - a) * ((double)e - a)).Sum() / expected.Sum(e => (double)e * e));

    private static double Bound(Precision precision, int roundings) =>
        Math.Pow(1 + (precision == Precision.BFloat16 ? Math.Pow(2, -8) : Math.Pow(2, -11)), roundings) - 1 + OfSums;

    private static float[] Predict(CompiledNetwork network, ICompiledNetwork on, Array[] inputs)
    {
        var graph = network.Model.Methods.Single(method => method.Name == "Forward").Graph;
        var result = new float[Batch * graph[graph.Output("result")].Type.Count];
        on.Predict("Forward", inputs, result);
        return result;
    }

    /// <summary>What a step adds to the weights.</summary>
    private static float[] Change(ICompiledNetwork network, Array[] inputs)
    {
        var before = Weights(network);
        network.Step("Loss", inputs, new Sgd(LearningRate));
        return [.. Weights(network).Zip(before, (now, then) => now - then)];
    }

    private static float[] Weights(ICompiledNetwork network) => [.. network.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    /// <summary>The network with the absolute values of its weights, on the processor.</summary>
    private static ICompiledNetwork Absolute(CompiledNetwork network)
    {
        var result = network.Create(3, Device.Cpu(1));
        foreach (var parameter in result.Network.Parameters)
        {
            foreach (ref var value in parameter.Values)
            {
                value = Math.Abs(value);
            }
        }
        return result;
    }

    private static Array[] Absolute(Array[] inputs) => [.. inputs.Select(input => ((float[])input).Select(Math.Abs).ToArray())];
}
