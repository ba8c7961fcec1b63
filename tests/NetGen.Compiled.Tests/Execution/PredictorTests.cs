using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>Predictions by code that does not know the network's class.</summary>
public sealed class PredictorTests
{
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        // Two inputs in another order than the objective's, and methods called like the generated tables.
        new NetworkSource("Two",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Parameter scale = Parameter(2, Init.Ones);

                public Tensor Forward([Shape(2)] Tensor batch, [Shape(2, 3)] Tensor result) => Concat(batch * scale, Flatten(result));

                public Tensor Inputs([Shape(2)] Tensor x) => x * scale;

                public Tensor Output([Shape(2)] Tensor x) => x + scale;

                [Objective]
                public Tensor Loss([Shape(8)] Tensor y, Tensor result, Tensor batch) => MeanSquaredError(Forward(batch, result), y);
            }
            """),
    ]));

    [Fact]
    public void A_network_says_what_Forward_takes_and_gives_and_computes_batches_of_it()
    {
        using var network = Compiled.Value["Two"].Create();
        var predictor = Assert.IsAssignableFrom<IPredictor>(network.Network);
        Assert.Equal(["batch: Float [2]", "result: Float [2, 3]"], predictor.Inputs.ToArray().Select(input => input.ToString()));
        Assert.Equal("result: Float [8]", predictor.Output.ToString());
        Assert.Equal(3, ((ITrainable)predictor).Columns.Length);

        var batch = new Batch(predictor.Inputs, 2);
        batch.Fill(new Dataset(new DataColumn("result", [3f, 4, 5, 6, 7, 8, 13, 14, 15, 16, 17, 18], 2, 3), new DataColumn("batch", [1f, 2, 11, 12], 2)), 0, 2);
        var result = new float[16];
        predictor.PredictBatch(batch, result);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18], result);
        Assert.Throws<ArgumentException>(() => predictor.PredictBatch(batch, new float[15]));
    }
}
