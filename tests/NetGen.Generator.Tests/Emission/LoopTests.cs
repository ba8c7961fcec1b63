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

    /// <summary>What is before it, where so few samples are no work for another core, is not there of many steps.</summary>
    [Fact]
    public void Has_no_more_lines_for_more_steps()
    {
        string[] few = Loops(7), many = Loops(7000);
        Assert.Equal(3, few.Length);
        Assert.Equal(few.Select(text => text.Replace("StepLoop(7,", "StepLoop(7000,", StringComparison.Ordinal)), many);

        static string[] Loops(int steps) =>
            [.. Kernels("Gru(4, resetAfter: false)", steps).Split("var loop = new ").Skip(1).Select(text => "new " + text[..text.IndexOf("\n    }", StringComparison.Ordinal)])];
    }

    [Fact]
    public void Equal_layers_share_it()
    {
        int Loops(string layers) => Kernels(layers, 9).Split("var loop = new StepLoop(").Length - 1;
        Assert.Equal(Loops("Gru(4, resetAfter: false)"), Loops("Gru(4, layers: 4, resetAfter: false)"));
        Assert.Equal(2 * Loops("Gru(4, resetAfter: false)"), Loops("Sequential(Gru(5, resetAfter: false), Gru(4, resetAfter: false))"));
    }
}
