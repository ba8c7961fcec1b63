using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Winograd;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>Which convolutions are computed by Winograd's algorithm, from how many samples on, and which gradients read a pooled one as it is.</summary>
public sealed class WinogradConvolutionsTests
{
    [Theory]
    [InlineData(10, 32, 64, 3, 2)] // 5×5 tiles of 2×2
    [InlineData(3, 64, 64, 3, 3)] // one tile of 3×3
    [InlineData(6, 32, 32, 3, 3)] // both fit; the larger tile has fewer products
    [InlineData(5, 32, 64, 3, null)] // no whole tiles
    [InlineData(10, 24, 64, 3, null)] // channels that are no whole vectors
    [InlineData(10, 32, 60, 3, null)]
    [InlineData(10, 32, 64, 5, null)] // another kernel
    [InlineData(128, 64, 64, 3, null)] // a sample's transforms do not fit in a cache
    [InlineData(2, 512, 512, 3, null)] // transforming the weights costs more than 16 samples save
    public void The_sizes_decide(int pixels, int channels, int filters, int kernel, int? outputs)
    {
        var test = new TestGraph(1);
        var x = test.X(pixels + kernel - 1, pixels + kernel - 1, channels);
        var graph = test.Forward(test.Layer("Conv2D", x, ("filters", filters), ("kernel", new[] { kernel, kernel }), ("bias", false)));
        var convolution = WinogradConvolutions.Run(graph).Nodes.Select(n => n.Operation).SingleOrDefault(o => o is WinogradConvolution or Convolution);
        Assert.Equal(outputs, (convolution as WinogradConvolution)?.Outputs);
    }

    [Fact]
    public void A_pooling_takes_its_windows_out_of_whole_tiles()
    {
        // 6×6 pixels: alone 2×2 tiles of 3×3, but a window of 2×2 lies in a tile of 2×2.
        var test = new TestGraph(1);
        var y = test.Layer("Conv2D", test.X(8, 8, 32), ("filters", 32), ("kernel", new[] { 3, 3 }), ("bias", false));
        var graph = WinogradConvolutions.Run(test.Forward(test.Layer("MaxPool2D", y, ("pool", new[] { 2, 2 }))));
        Assert.Equal(2, Assert.Single(graph.Nodes.Select(n => n.Operation).OfType<WinogradConvolution>()).Outputs);
        var kernel = Assert.Single(Fusion.Run(graph).Groups, g => g.Body is WinogradBody);
        Assert.NotNull(((WinogradBody)kernel.Body!).Pooling);
        Assert.Equal(TensorType.PerSample(3, 3, 32), kernel.Space);
    }

    [Fact]
    public void All_three_products_of_a_step_are_found_and_mean_the_same()
    {
        var (test, graph) = Step();
        var tiled = WinogradConvolutions.Run(graph);
        Assert.Single(tiled.Nodes, n => n.Operation is WinogradConvolution);
        Assert.Single(tiled.Nodes, n => n.Operation is WinogradInputGradient);
        Assert.Single(tiled.Nodes, n => n.Operation is WinogradProductsGradient);
        Assert.DoesNotContain(tiled.Nodes, n => n.Operation is Convolution or ConvolutionWeightGradient);
        Same(test, graph, tiled);
    }

    [Fact]
    public void The_gradient_before_a_pooling_is_not_written_where_all_readers_take_it_apart()
    {
        var (test, graph) = Step();
        var apart = PooledGradients.Run(WinogradConvolutions.Run(graph));
        Assert.DoesNotContain(apart.Nodes, n => n.Operation is MaxPool2DGradient);
        Assert.NotNull(Assert.Single(apart.Nodes.Select(n => n.Operation).OfType<WinogradInputGradient>()).Pooling);
        Assert.NotNull(Assert.Single(apart.Nodes.Select(n => n.Operation).OfType<WinogradProductsGradient>()).Pooling);
        Same(test, graph, apart);

        // The direct gradient of the input reads it as it is.
        Assert.Contains(PooledGradients.Run(graph).Nodes, n => n.Operation is MaxPool2DGradient);
    }

    [Fact]
    public void Fewer_samples_than_pay_for_the_weights_have_a_program_of_their_own()
    {
        var few = WinogradConvolutions.SmallestBatch(WinogradConvolutions.Run(Step().Graph));
        Assert.InRange(few!.Value, 2, 16);
        Assert.Null(WinogradConvolutions.SmallestBatch(Step().Graph));
    }

    /// <summary>A convolution with max pooling behind it, and the gradients of its input and of its weights.</summary>
    private static (TestGraph Test, TensorGraph Graph) Step()
    {
        var test = new TestGraph(batch: 2);
        var y = test.Layer("Conv2D", test.X(8, 8, 32), ("filters", 32), ("kernel", new[] { 3, 3 }), ("bias", false));
        return (test, TestGraph.Differentiate(test.Forward(test.Layer("MaxPool2D", y, ("pool", new[] { 2, 2 })))));
    }

    private static void Same(TestGraph test, TensorGraph expected, TensorGraph actual)
    {
        var (e, a) = (ReferenceInterpreter.Run(expected, test.Environment),
            ReferenceInterpreter.Run(actual, test.Environment));
        Assert.Equal(expected.Outputs.Count, actual.Outputs.Count);
        foreach (var (left, right) in expected.Outputs.Zip(actual.Outputs))
        {
            var largest = e[left.Value].Max(Math.Abs);
            foreach (var (x, y) in e[left.Value].Zip(a[right.Value]))
                Assert.Equal(x, y, 1e-12 * largest);
        }
    }
}
