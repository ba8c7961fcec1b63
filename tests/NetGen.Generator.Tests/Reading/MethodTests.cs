using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Reading;

/// <summary>Methods over tensors: what they may contain, and which become entry points with what inputs.</summary>
public class MethodTests
{
    [Theory]
    [InlineData("return x + y * 2 - 1 / x;", "[B, 4]")]
    [InlineData("return -x / y;", "[B, 4]")]
    [InlineData("return x * p + p * p - (2 - p) / 3;", "[B, 4]")]
    [InlineData("x += y; x -= 1; x *= p; return x;", "[B, 4]")]
    [InlineData("Tensor sum = p; foreach (var t in new[] { x, y }) sum += t; return sum;", "[B, 4]")]
    [InlineData("Tensor? sum = null; foreach (var t in new[] { x, y }) sum = sum is null ? t : sum + t; return sum!;", "[B, 4]")]
    [InlineData("for (var i = 0; i < 3; i++) x = Concat(x, y); return x;", "[B, 16]")]
    [InlineData("if (x.Shape[0] > 3) return Concat(x, y); return x;", "[B, 8]")]
    [InlineData("return x.Rank == 1 && x.Shape.Length == 1 ? Reshape(x, 2, -1) : x;", "[B, 2, 2]")]
    [InlineData("return Reshape(x, x.Shape[^1] / 2, 2);", "[B, 2, 2]")]
    [InlineData("return Reshape(x, [1, .. x.Shape]);", "[B, 1, 4]")]
    [InlineData("var (a, b) = Split(x); return a + b;", "[B, 4]")]
    [InlineData("Layer f = h => h * x; return f(y);", "[B, 4]")]
    [InlineData("Func<Tensor, Tensor, Tensor> f = (a, b) => Concat(a, b); return f(x, y);", "[B, 8]")]
    [InlineData("Layer f = true ? Relu : Gelu; return f(x);", "[B, 4]")]
    [InlineData("return Gate(x: x, by: y);", "[B, 4]")]
    [InlineData("return x.Scaled();", "[B, 4]")]
    [InlineData("return Gated<float>(x);", "[B, 4]")]
    [InlineData("return Mean(x);", "[B]")]
    [InlineData("return Sum(Reshape(x, 2, 2), 0, keepDims: true);", "[B, 1, 2]")]
    [InlineData("return Mean(Reshape(x, 2, 2), axis: -1);", "[B, 2]")]
    [InlineData("return LeakyRelu(Elu(x, 2), 0.2f) + LeakyRelu(x) + Elu(x);", "[B, 4]")]
    [InlineData("return Concat(0, Reshape(x, 2, 2), Reshape(y, 2, 2));", "[B, 4, 2]")]
    [InlineData("return Huber(x, y) + Huber(x, y, delta: 0.5f) + L1(p) + L2(x);", "[B]")]
    [InlineData("return Softmax(Flatten(Exp(Log(Abs(Square(Sqrt(Sigmoid(Tanh(Softplus(Gelu(Silu(LogSoftmax(x)))))))))))));", "[B, 4]")]
    public void Bodies(string body, string type)
    {
        var model = Compiled.Model(
            $$"""
            static class Extensions
            {
                public static Tensor Scaled(this Tensor x, float by = 2) => x * by;
            }

            [Network]
            public partial class Net
            {
                private readonly Parameter p = Parameter([4], Init.Ones);
                public Tensor Forward([Shape(4)] Tensor x, [Shape(4)] Tensor y) { {{body}} }
                private static Tensor Gate(Tensor by, Tensor x) => x * Sigmoid(by);
                private Tensor Gated<T>(Tensor x) => Gate(x, p);
                private static (Tensor, Tensor) Split(Tensor x) => (Relu(x), Relu(-x));
            }
            """);

        Assert.Equal(type, model.Methods[0].Graph[model.Methods[0].Graph.Output("result")].Type.ToString());
    }

    /// <summary>
    /// Whatever it is called by: a method group as a layer, a lambda, a method; and its derivative is in the kernel that needs it.
    /// </summary>
    [Theory]
    [InlineData("Sequential(Dense(8), Bent, Dense(3))", "layers(x)")]
    [InlineData("Sequential(Dense(8), y => y * Sigmoid(1.5f * y), Dense(3))", "layers(x)")]
    [InlineData("Dense(8), output = Dense(3)", "output(Bent(layers(x)))")]
    public void An_activation_of_the_user_s_is_part_of_the_kernel_before_it(string layers, string forward)
    {
        var model = Compiled.Model(
            $$"""
            [Network]
            public partial class Net
            {
                private readonly Layer layers = {{layers}};
                private static Tensor Bent(Tensor x) => x * Sigmoid(1.5f * x);
                public Tensor Forward([Shape(4)] Tensor x) => {{forward}};
                [Objective] public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """);
        var plan = PlanText.Of(model, Compiler.Programs(model), TestContext.Current.CancellationToken);
        Assert.Contains("Forward: 2 kernels", plan, StringComparison.Ordinal);
        Assert.Contains("→ Multiply(1.5f) → Sigmoid() → Multiply()", plan, StringComparison.Ordinal);
        Assert.True(plan.Split('\n').Any(kernel => kernel.Contains(": MatMul", StringComparison.Ordinal) && kernel.Contains("SigmoidGradient", StringComparison.Ordinal)), plan);
    }

    [Fact]
    public void Images_keep_their_arguments()
    {
        var model = Compiled.Model(
            """
            [Network]
            public partial class Net
            {
                private readonly Layer layer = Sequential(
                    Conv2D(4, kernel: (3, 5), stride: 2, padding: 1), MaxPool2D((2, 1), padding: Padding.Same), AveragePool2D(2, stride: (1, 1)),
                    Conv2D(filters: 2, new Size2D(1, 1), padding: Padding.Valid, bias: false), GlobalAveragePool);
                public Tensor Forward([Shape(16, 16, 3)] Tensor x) => layer(x);
            }
            """);

        Assert.Equal(
            ["Conv2D(4, 3×5, stride: 2, padding: 1)", "MaxPool2D(2×1, padding: Same)", "AveragePool2D(2, stride: 1)", "Conv2D(2, 1, padding: Valid, bias: false)", "GlobalAveragePool"],
            model.LayerLines.Select(l => l.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1]));
        Assert.Equal(["[8, 7, 4]", "[4, 7, 4]", "[3, 6, 4]", "[3, 6, 2]", "[2]"],
            model.LayerLines.Select(l => l.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[2]));
    }

    [Fact]
    public void Public_methods_over_tensors_are_entry_points()
    {
        var model = Compiled.Model(
            """
            [Network]
            internal partial class Net
            {
                private readonly Layer layer = Dense(4);
                /// <summary>Documented.</summary>
                public Tensor Encode(Tensor x) => layer(x);
                public Tensor Forward([Shape(3)] Tensor x) => Relu(Encode(x));
                public Tensor Pair(Tensor x, [Shape(4)] Tensor y) => Encode(x) * Hidden(y);
                private Tensor Hidden(Tensor x) => x;
                public static Tensor Helper(Tensor x) => x;
                public Tensor Power(Tensor x, int n) => n == 0 ? x : x * x;
                public int Width => 4;
                public float Mean(float[] values) => values.Average();
                [Objective] private Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """);

        Assert.Equal(
            ["Forward(x [B, 3])", "Encode(x [B, 3]) documented", "Pair(x [B, 3], y [B, 4])", "Loss(x [B, 3], label int [B]) objective"],
            model.Methods.Select(m => $"{m.Name}({string.Join(", ", m.Inputs.Select(i => i.Name + " " + i.Type))})"
                + (m.IsObjective ? " objective" : "") + (m.HasDocumentation ? " documented" : "")));
        Assert.Equal("internal", model.Accessibility);
        Assert.Equal("", model.Namespace);
    }

    [Fact]
    public void Updates_become_names_of_weights()
    {
        var model = Compiled.Model(Programs.Gan);

        Assert.Equal(["generator.0.weight", "generator.0.bias", "generator.2.weight", "generator.2.bias"], model.Methods.Single(m => m.Name == "GeneratorLoss").Updates);
        Assert.Equal(
            ["discriminator.0.weight", "discriminator.0.bias", "discriminator.3.weight", "discriminator.3.bias"],
            model.Methods.Single(m => m.Name == "DiscriminatorLoss").Updates);
    }

    [Fact]
    public void A_component_gives_no_model_and_no_diagnostics()
    {
        var result = Compiled.Read("[Network] public class Part(int width) { private readonly Layer layer = Dense(width); public Tensor Forward(Tensor x) => layer(x); }");

        Assert.Null(result.Model);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void Fields_and_functions_in_several_files_and_halves()
    {
        Assert.Empty(Compiled.All(
            "namespace A { [Network] public partial class Net { private readonly Layer layer = B.Blocks.Wide(Size); } }",
            "namespace A { partial class Net { private const int Size = 3; public Tensor Forward([Shape(3)] Tensor x) => layer(x); } }",
            "namespace B { static class Blocks { public static Layer Wide(int n) => Sequential(Dense(4 * n), Relu, Dense(n)); } }"));
    }
}
