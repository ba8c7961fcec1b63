using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>What a cell of Scan, or a call of a layer with a state, is told, at the expression that it is about.</summary>
public sealed class CellTests
{
    /// <summary>A cell is computed on the processor only; where the project has the package for CUDA, so is the network.</summary>
    [Fact]
    public void A_project_with_CUDA_compiles_them_for_the_processor() => Assert.DoesNotContain(Compiled.AllWithCuda("""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(Gru(4, resetAfter: false), Dense(3));

            public Tensor Forward([Shape(7, 2)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, [Shape(7)] Labels y) => CrossEntropy(Forward(x), y);
        }
        """), f => f.Id is not ("CS0649" or "CS0169"));

    /// <summary>Also of what a session cannot compute step by step.</summary>
    [Theory]
    [InlineData("Scan((h, step) => h + step, Zeros(4), x, reverse: true)", "Scan((h, step) => h + step, Zeros(4), x, reverse: true)")]
    [InlineData("Scan((h, step) => h + step, First(x), x)", "First(x)")]
    [InlineData("conv(x)", "Conv1D(4, 3, padding: Padding.Same)")]
    [InlineData("ShiftSteps(x, -1)", "ShiftSteps(x, -1)")]
    public void Sessions_say_what_looks_at_later_steps(string result, string place) => Assert.Contains(
        Compiled.Diagnose($$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer conv = Conv1D(4, 3, padding: Padding.Same);

                [Sessions]
                public Tensor Forward([Sequence(max: 8), Shape(4)] Tensor x) => {{result}};
            }
            """),
        f => f.Id == "NG0416" && f.Text == place);

    [Theory]
    [InlineData("NG0417", "Dropout(0.5f)", "Scan((h, step) => drop(h) + step, Zeros(4), x)")]
    [InlineData("NG0417", "BatchNorm()", "Scan((h, step) => h + norm(step), Zeros(4), x)")]
    [InlineData("NG0417", "MatMul(Reshape(h, 1, 4), Reshape(step, 4, 1))", "Scan((h, step) => h + Reshape(MatMul(Reshape(h, 1, 4), Reshape(step, 4, 1)), 1), Zeros(4), x)")]
    [InlineData("NG0417", "Scan((g, s) => g + s, Zeros(2), Reshape(step, 2, 2))", "Scan((h, step) => h + Last(Scan((g, s) => g + s, Zeros(2), Reshape(step, 2, 2)))[0], Zeros(4), x)")]
    [InlineData("NG0417", "(h, step) => start", "Scan((h, step) => start, Zeros(4), x)")]
    [InlineData("NG0414", "h + x", "Scan((h, step) => h + x, Zeros(4), x)")]
    [InlineData("NG0402", "(h, step) => wide(h)", "Scan((h, step) => wide(h), Zeros(4), x)")]
    [InlineData("NG0401", "Zeros(2, 4)", "Scan((h, step) => h + step, Zeros(2, 4), x)")]
    [InlineData("NG0401", "First(x)", "Scan((h, step) => h + step, Zeros(4), First(x))")]
    [InlineData("NG0401", "x", "Scan((h, step) => h + step, x, x)")]
    [InlineData("NG0402", "LstmWithState(4)", "lstm(x, (Zeros(4), Zeros(3))).Steps")]
    [InlineData("NG0402", "GruWithState(4, layers: 2)", "gru(x, Zeros(4)).Steps")]
    public void Errors_are_at_the_expression(string code, string place, string result)
    {
        var found = Compiled.Diagnose($$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer drop = Dropout(0.5f), norm = BatchNorm(), wide = Dense(5);
                private readonly StatefulLstm lstm = LstmWithState(4);
                private readonly StatefulLayer gru = GruWithState(4, layers: 2);
                private readonly Parameter start = Parameter(4);

                public Tensor Forward([Sequence(max: 8), Shape(4)] Tensor x) => {{result}};
            }
            """);
        Assert.Contains(found, f => f.Id == code && f.Text == place);
    }
}
