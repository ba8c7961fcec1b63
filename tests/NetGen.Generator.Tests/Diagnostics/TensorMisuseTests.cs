using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>A tensor where C# wants a number: beside C#'s own error stands what to write.</summary>
public class TensorMisuseTests
{
    private const string Choice = "it cannot choose what is computed. Compute both and take Where(x > 0f, a, b), or weigh them";

    [Theory]
    [InlineData("if (x > 0) x = -x;", "x > 0", Choice)]
    [InlineData("if (x == 0) x = -x;", "x == 0", Choice)]
    [InlineData("if (x <= gate) x = -x;", "x <= gate", Choice)]
    [InlineData("if (Mean(x) >= 0.5f) x = -x;", "Mean(x) >= 0.5f", Choice)]
    [InlineData("if (gate < 1) x = -x;", "gate < 1", Choice)]
    [InlineData("if (x) x = -x;", "x", Choice)]
    [InlineData("if (!x) x = -x;", "!x", Choice)]
    [InlineData("while (x && x.Rank > 1) x = -x;", "x && x.Rank > 1", Choice)]
    [InlineData("x = x ? x : -x;", "x", Choice)]
    [InlineData("x = x > 0 ? x : -x;", "x > 0", Choice)]
    [InlineData("if (x is > 0) x = -x;", "x is > 0", Choice)]
    [InlineData("bool b = x;", "x", Choice)]
    [InlineData("x = x * 0.5;", "0.5", "'0.5' is a double. Write 0.5f.")]
    [InlineData("x = Where(x > 0.5, x, -x);", "0.5", "'0.5' is a double. Write 0.5f.")]
    [InlineData("x += 1.0;", "1.0", "Write 1.0f.")]
    [InlineData("x = x / Math.Sqrt(8);", "Math.Sqrt(8)", "Write (float)(Math.Sqrt(8)).")]
    [InlineData("x = gate * 2m;", "2m", "Write 2f.")]
    [InlineData("x = x * layer;", "x * layer", "'layer' is a layer, which is called like a function: layer(x).")]
    [InlineData("x = x % 2;", "x % 2", "Tensors have no operator '%'")]
    [InlineData("x++;", "x++", "Tensors have no operator '++'")]
    [InlineData("float m = Mean(x);", "Mean(x)", "it is no number while the network is compiled")]
    [InlineData("var m = (float)Mean(x);", "(float)Mean(x)", "it is no number while the network is compiled")]
    [InlineData("Tensor sum = 0;", "0", "A number by itself is no tensor.")]
    [InlineData("x = x.Sum(0);", "x.Sum(0)", "Write Sum(x, 0).")]
    [InlineData("x = layer(x).Relu();", "layer(x).Relu()", "Write Relu(layer(x)).")]
    [InlineData("x = MathF.Exp(x);", "MathF.Exp(x)", "Write Exp(x).")]
    [InlineData("x = Math.Max(x, 0);", "Math.Max(x, 0)", "Write Relu(x).")]
    [InlineData("x = Math.Atan(x);", "Math.Atan(x)", "Write Atan(x).")]
    [InlineData("x = Math.Asin(x);", "Math.Asin(x)", "The functions of tensors are those of NetGen.Ops.")]
    [InlineData("foreach (var v in x) x = -x;", "x", "a loop over its elements")]
    public void Says_what_to_write(string statement, string text, string message)
    {
        var found = Compiled.All(Network(statement));

        var own = Assert.Single(found, f => f.Id.StartsWith("NG", StringComparison.Ordinal));
        Assert.Equal(("NG0410", text), (own.Id, own.Text));
        Assert.Contains(message, own.Message, StringComparison.Ordinal);
        Assert.All(found.Where(f => f != own), f => Assert.StartsWith("CS", f.Id, StringComparison.Ordinal));
    }

    /// <summary>C# would compare references, of which a compiled network has none.</summary>
    [Theory]
    [InlineData("if (x == layer(x)) x = -x;", "x == layer(x)")]
    [InlineData("if (x != gate) x = -x;", "x != gate")]
    public void Two_tensors_are_not_compared(string statement, string text)
    {
        var own = Assert.Single(Compiled.Diagnose(Network(statement)));
        Assert.Equal(("NG0410", text), (own.Id, own.Text));
    }

    [Theory]
    [InlineData("if (x.Rank > 0 && x.Shape[0] == 8) x = -x;")]
    [InlineData("x = x * 0.5f + 2;")]
    [InlineData("Tensor? y = null; x = y == null ? x : -x;")]
    public void What_is_known_while_compiling_may_be_a_condition(string statement) => Assert.Empty(Compiled.All(Network(statement)));

    [Theory]
    [InlineData("x = Foo(x);")]
    [InlineData("if (count > \"\") x = -x;")]
    [InlineData("x = x.Foo();")]
    public void Other_errors_are_left_to_CSharp(string statement) => Assert.All(Compiled.All(Network(statement)), f => Assert.StartsWith("CS", f.Id, StringComparison.Ordinal));

    private static string Network(string statement) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            private const int count = 3;
            private readonly Layer layer = Dense(8);
            private readonly Parameter gate = Parameter(8);
            public Tensor Forward([Shape(8)] Tensor x)
            {
                {{statement}}
                return layer(x) * gate;
            }
        }
        """;
}
