using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Optimization;

/// <summary>Which convolutions read their padding's zeros from a copy of the image.</summary>
public sealed class PaddedCopyTests
{
    [Theory]
    [InlineData(16, 16, false)]
    [InlineData(120, 121, false)]
    [InlineData(120, 122, true)] // of 3·3·120·122 > 131,072 numbers
    [InlineData(4, 64, true)] // too few channels for edges of their own
    public void Large_weights_pass_by_once_for_all_pixels(int channels, int filters, bool copies)
    {
        var model = Compiled.Model($$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Conv2D({{filters}}, kernel: 3, padding: 1);

                public Tensor Forward([Shape(7, 7, {{channels}})] Tensor x) => layer(x);
            }
            """);
        var graph = Compiler.Programs(model).Single().Program.Graph;
        Assert.Equal(copies, graph.Nodes.Any(n => n.Operation is Pad2D));
        Assert.Equal(!copies, graph.Nodes.Any(n => n.Operation is Convolution { IsPadded: true }));
        // A GPU's threads leave out zeros one by one.
        Assert.Equal(copies && channels < 16, Compiler.CudaPrograms(model).Single().Program.Graph.Nodes.Any(n => n.Operation is Pad2D));
    }
}
