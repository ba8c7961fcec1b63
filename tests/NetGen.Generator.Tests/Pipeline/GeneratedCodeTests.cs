using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>From source text to source text: what the generator adds compiles with what the user wrote.</summary>
public class GeneratedCodeTests
{
    public static TheoryData<string> Sources => [.. Programs.All];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Compiles_without_errors(string source) => Assert.Empty(Compiled.All(source));

    [Theory]
    [InlineData("B")]
    [InlineData("@in")]
    [InlineData("network")]
    [InlineData("x0")]
    [InlineData("result")]
    [InlineData("optimizer")]
    [InlineData("batch")]
    [InlineData("frame")]
    [InlineData("outcome")]
    [InlineData("loss")]
    [InlineData("worker")]
    [InlineData("workers")]
    [InlineData("weights")]
    [InlineData("work")]
    [InlineData("state")]
    public void Names_of_parameters_do_not_clash_with_generated_ones(string name) => Assert.Empty(Compiled.All(
        $$"""
        [Network]
        public partial class Net
        {
            private readonly Layer layer = Dense(3);
            public Tensor Forward([Shape(3)] Tensor {{name}}) => layer({{name}});
            public Tensor PerSample(Tensor {{name}}, Labels y) => CrossEntropy(Forward({{name}}), y);
            [Objective] public Tensor Loss(Tensor {{name}}, [Shape(3)] Tensor t) => MeanSquaredError(Forward({{name}}), t);
        }
        """));

    [Theory]
    [InlineData("layout")]
    [InlineData("Layout")]
    [InlineData("state")]
    [InlineData("result")]
    [InlineData("weights")]
    [InlineData("@class")]
    [InlineData("_layer")]
    [InlineData("forward")]
    [InlineData("Kernels")]
    public void Names_of_fields_do_not_clash_with_generated_ones(string name) => Assert.Empty(Compiled.All(
        $$"""
        [Network]
        public partial class Net
        {
            private readonly Layer {{name}} = Dense(3);
            public Tensor Forward([Shape(3)] Tensor x) => {{name}}(x);
            [Objective] public Tensor Loss(Tensor x, [Shape(3)] Tensor t) => MeanSquaredError(Forward(x), t);
        }
        """));
}
