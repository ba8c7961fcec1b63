using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>Pixels that nothing reads are not computed; what is computed has the bits that it has where they are.</summary>
[Trait("Category", "Kernels")]
public sealed class DeadRegionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Reading_the_dead_lines_as_well_changes_no_bit(int threads)
    {
        // The poolings leave rows and columns over, twice. The second network's loss reads them all, times zero. No bias: its gradient sums
        // over pooled pixels where the pooling comes first, and in another order where it does not. Lines lie between the windows too: where windows cover the
        // image, a gradient is summed window by window, but not if something else reads that image.
        const string layers = """
            private readonly Layer first = Conv2D(16, 3, bias: false), second = Conv2D(17, 3, bias: false), last = Sequential(Flatten, Dense(4)), pool = MaxPool2D(2, stride: 3);

            private Tensor First(Tensor image) => first(image);

            private Tensor Second(Tensor image) => second(pool(Relu(First(image))));

            public Tensor Forward([Shape(21, 21, 2)] Tensor image) => last(Relu(pool(Second(image))));
            """;
        var networks = CompiledNetworks.Compile(
        [
            new NetworkSource("Live", $$"""
                [Network]
                public sealed partial class Net
                {
                    {{layers}}

                    [Objective]
                    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
                }
                """),
            new NetworkSource("All", $$"""
                [Network]
                public sealed partial class Net
                {
                    {{layers}}

                    [Objective]
                    public Tensor Loss(Tensor image, Labels label) =>
                        CrossEntropy(Forward(image), label) + 0f * (Mean(First(image)) + Mean(Second(image)));
                }
                """),
        ]);

        // 21 → 19 → 6 → 4 → 1: the second pooling reads 2 of 4, so the second convolution reads 4 of 6, so the first makes 11 of 19.
        Assert.Contains("[B, 6, 6, 16]", Plan(networks["All"]).Split("Step:")[1]);
        Assert.Contains("[B, 4, 4, 16]", Plan(networks["Live"]).Split("Step:")[1]);
        Agreement.Same(Train(networks["All"], threads), Train(networks["Live"], threads), "weights after ten steps");
    }

    private static string Plan(CompiledNetwork compiled) =>
        (string)compiled.Create().Network.GetType().GetProperty("Plan")!.GetValue(null)!;

    private static float[] Train(CompiledNetwork compiled, int threads)
    {
        using var network = compiled.Create(seed: 3, threads);
        for (var step = 0; step < 10; step++)
            network.Step("Loss", compiled.Inputs("Loss", 5, step), new Adam(1e-2f));
        return network.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
    }
}
