using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>The text of loops over steps: as long for a thousand steps as for two, and written once for equal layers.</summary>
public sealed class LoopTests
{
    private static string Kernels(string layers, int steps) => Compiler.Compile(Compiled.Model($$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = {{layers}};

            public Tensor Forward([Shape({{steps}}, 4)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, [Shape({{steps}})] Labels y) => CrossEntropy(Forward(x), y);
        }
        """)).Kernels.Text;

    [Fact]
    public void Has_no_more_lines_for_more_steps() => Assert.Equal(
        Kernels("Gru(4, resetAfter: false)", 700).Split('\n').Length, Kernels("Gru(4, resetAfter: false)", 7000).Split('\n').Length);

    [Fact]
    public void Equal_layers_share_it()
    {
        int Loops(string layers) => Kernels(layers, 9).Split("var loop = new StepLoop(").Length - 1;
        Assert.Equal(Loops("Gru(4, resetAfter: false)"), Loops("Gru(4, layers: 4, resetAfter: false)"));
        Assert.Equal(2 * Loops("Gru(4, resetAfter: false)"), Loops("Sequential(Gru(5, resetAfter: false), Gru(4, resetAfter: false))"));
    }
}
