using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Members of the user's that the generated half has too: one error at the user's, no matter what C# would say.</summary>
public class GeneratedMemberTests
{
    private const string Members =
        """
            private readonly Layer layer = Dense(1);
            public Tensor Forward([Shape(8)] Tensor x) => layer(x);
            [Objective] public Tensor Loss(Tensor x, [Shape(1)] Tensor y) => MeanSquaredError(Forward(x), y);
        """;

    [Theory]
    [InlineData("public int Parameters => 3;", "Parameters")]
    [InlineData("public int Device;", "Device")]
    [InlineData("public class Plan;", "Plan")]
    [InlineData("public enum Step { A }", "Step")]
    [InlineData("public static string Summary() => \"\";", "Summary")]
    [InlineData("public void Save(string file) { }", "Save")]
    [InlineData("public void Load(string file) { }", "Load")]
    [InlineData("public float[] Predict(ReadOnlySpan<float> values) => [];", "Predict")]
    [InlineData("public void Forward(ReadOnlySpan<float> values, Span<float> results) { }", "Forward")]
    [InlineData("public float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => 0;", "Loss")]
    [InlineData("public void Step<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, in T rule) { }", "Step")]
    [InlineData("public void Dispose() { } private int DisposeNetwork;", "DisposeNetwork")]
    public void In_the_way(string member, string name)
    {
        var found = Assert.Single(Compiled.Diagnose($"[Network] public sealed partial class Net {{ {member} {Members} }}"));

        Assert.Equal("NG0109", found.Id);
        Assert.Contains(name, found.Text, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public void Save(System.IO.Stream file) { }")]
    [InlineData("public float[] Predict(string text) => [];")]
    [InlineData("public void Step(int times) { }")]
    [InlineData("public string Summary(int width) => \"\";")]
    [InlineData("private static int networkState, networkState2;")]
    [InlineData("public int ForwardBody, RunForward, TrainStep, EvaluateLoss, NetworkLayout, NetworkColumns;")]
    [InlineData("public static string nameof(string s) => s; public void Arguments() { }")]
    public void Beside_each_other(string member) =>
        Assert.DoesNotContain(Compiled.All($"[Network] public sealed partial class Net {{ {member} {Members} }}"), f => f.Id != "CS0169");

    [Fact]
    public void Inherited()
    {
        var found = Assert.Single(Compiled.Diagnose(
            $"public class Model {{ public string Plan = \"\"; }} [Network] public sealed partial class Net : Model {{ {Members} }}"));

        Assert.Equal(("NG0109", "Net"), (found.Id, found.Text));
        Assert.Contains("'Model.Plan'", found.Message, StringComparison.Ordinal);
    }

    /// <summary>As in the CommunityToolkit's generators the user's own wins, and can call the other.</summary>
    [Fact]
    public void A_Dispose_of_the_users_own_wins() => Assert.Empty(Compiled.All(
        $"[Network] public sealed partial class Net {{ public void Dispose() => DisposeNetwork(); {Members} }} static class Use {{ static void Main() {{ using var net = new Net(); }} }}"));

    [Theory]
    [InlineData("ALoss", "A", "StepA")]
    [InlineData("Loss", "StepOther", "StepOther")]
    public void Two_that_make_one(string first, string second, string made)
    {
        var isStep = second.StartsWith("Step", StringComparison.Ordinal);
        var found = Assert.Single(Compiled.Diagnose(
            $$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(1);
                public Tensor Forward([Shape(8)] Tensor x) => layer(x);
                [Objective] public Tensor {{first}}(Tensor x) => Mean(Forward(x));
                {{(isStep ? "" : "[Objective]")}} public Tensor {{second}}(Tensor x) => Mean(Forward(x));
                {{(isStep ? "[Objective] public Tensor OtherLoss(Tensor x) => Mean(Forward(x));" : "")}}
            }
            """));

        Assert.Equal("NG0109", found.Id);
        Assert.Contains($"'{made}'", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_parameter_list()
    {
        var found = Assert.Single(Compiled.Diagnose($"[Network] public sealed partial class Net() {{ {Members} }}"));

        Assert.Equal(("NG0121", "()"), (found.Id, found.Text));
    }
}
