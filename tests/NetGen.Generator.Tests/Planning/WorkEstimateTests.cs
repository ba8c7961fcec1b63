using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Planning;

/// <summary>From which batch on a program is worth a second core.</summary>
public sealed class WorkEstimateTests
{
    /// <summary>100,352 multiply-adds per sample, and as many weights to read: with three samples it is 10 µs of a core.</summary>
    [Fact]
    public void A_small_layer_is_shared_from_some_samples_on()
    {
        var work = Forward(784, 128);
        Assert.Equal(new WorkEstimate(784 * 128, 2 * 784 * 128), work);
        Assert.Equal(3, work.SmallestShared);
    }

    [Fact]
    public void Large_weights_are_read_by_all_cores_even_for_one_sample() => Assert.Equal(1, Forward(784, 512).SmallestShared);

    [Fact]
    public void A_tiny_layer_stays_on_one_core_for_thousands_of_samples() => Assert.InRange(Forward(4, 8).SmallestShared, 10_000, 20_000);

    [Fact]
    public void An_update_of_all_weights_is_work_for_all_cores()
    {
        var test = new TestGraph(batch: 2);
        var step = TestGraph.Differentiate(test.Forward(test.Layer("Dense", test.X(784), ("units", 128))));
        Assert.Equal(1, WorkEstimate.Of(Fusion.Run(step)).SmallestShared);
    }

    private static WorkEstimate Forward(int inputs, int units)
    {
        var builder = new GraphBuilder();
        var x = builder.Apply(new Input(0, "x", TensorType.PerSample(inputs)));
        builder.Output("result", builder.Apply(new MatMul(), x, builder.Apply(new Weight("weight", TensorType.Shared(inputs, units)))));
        return WorkEstimate.Of(Fusion.Run(builder.Build()));
    }
}
