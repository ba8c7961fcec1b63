using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Where a diagnostic is and what it says: at the expression that is wrong, with the shapes.</summary>
public class SquiggleTests
{
    [Theory]
    [InlineData("Dense(0)", "NG0301", "0", "'units' must be at least 1; it is 0.")]
    [InlineData("Dense(bias: false, units: Width - 4)", "NG0301", "Width - 4", "'units' must be at least 1; it is 0.")]
    [InlineData("Sequential(Dense(4), Celu(0))", "NG0301", "0", "'alpha' must be above 0; it is 0.")]
    [InlineData("Sequential(Dense(4), HardTanh(2, 1))", "NG0301", "2", "'min' must not be above 'max'; they are 2 and 1.")]
    [InlineData("Sequential(Dense(4), Softshrink(-1))", "NG0301", "-1", "'lambda' must be at least 0; it is -1.")]
    [InlineData("Sequential(Dense(4), Softplus(float.NaN))", "NG0301", "float.NaN", "'beta' must be finite; it is NaN.")]
    [InlineData("LayerNorm(0)", "NG0301", "0", "'axes' must be at least 1; it is 0.")]
    [InlineData("LayerNorm(axes: 2)", "NG0401", "LayerNorm(axes: 2)", "LayerNorm is over the last 2 axes of a sample; got [4].")]
    [InlineData("RmsNorm(epsilon: 0)", "NG0301", "0", "'epsilon' must be above 0; it is 0.")]
    [InlineData("Sequential(Reshape(2, 2, 1), Conv2D(4, kernel: 2, groups: 2))", "NG0301", "2", "1 channels do not divide into 2 groups.")]
    [InlineData("Sequential(Reshape(2, 2, 1), PixelShuffle(2))", "NG0301", "2", "1 channels are no multiple of 4.")]
    [InlineData("Sequential(Reshape(2, 2, 1), Upsample2D(2, (UpsampleMode)3))", "NG0301", "(UpsampleMode)3", "'mode' is no UpsampleMode; it is 3.")]
    [InlineData("Sequential(Reshape(2, 2, 1), x => Pad2D(x, 2, 0, 0, 0, PaddingMode.Reflect))", "NG0302", "Pad2D(x, 2, 0, 0, 0, PaddingMode.Reflect)", "got 2.")]
    [InlineData("Sequential(Dense(6), GroupNorm(4))", "NG0301", "4", "6 channels do not divide into 4 groups.")]
    [InlineData("InstanceNorm()", "NG0401", "InstanceNorm()", "got [4], which has no positions.")]
    [InlineData("Sequential(Dense(6), Dense(1))", "NG0811", "Dense(1)", "Dense stands behind Dense with no activation between them, and two linear layers are one.")]
    [InlineData("Sequential(Dense(6, bias: false), Flatten, Dropout(0.5f), Dense(1))", "NG0811", "Dense(1)", "Put an activation between them, such as Relu")]
    [InlineData("Sequential(Dense(6), BatchNorm(), Dense(1))", "NG0812", "BatchNorm()", "'bias: false' there leaves out what has no effect.")]
    [InlineData("Sequential(Relu, Dropout(0.5f), BatchNorm(), Dense(1))", "NG0813", "BatchNorm()", "BatchNorm stands behind Dropout: in training it sees values that vary more")]
    [InlineData("Sequential(Dense(6), Reshape(6, 1), LayerNorm())", "NG0810", "LayerNorm()", "LayerNorm normalizes single numbers here, [6, 1]: the result is always 0")]
    [InlineData("SpectralNorm(Dense(4), iterations: 0)", "NG0301", "0", "'iterations' must be at least 1; it is 0.")]
    [InlineData("SpectralNorm(LayerNorm())", "NG0301", "LayerNorm()", "SpectralNorm divides the weight of one layer: Dense, Conv1D, Conv2D, DepthwiseConv2D, ConvTranspose1D or ConvTranspose2D. Put it around each of them.")]
    [InlineData("SpectralNorm(Sequential(Dense(4), Relu))", "NG0301", "Sequential(Dense(4), Relu)", "SpectralNorm divides the weight of one layer: Dense, Conv1D, Conv2D, DepthwiseConv2D, ConvTranspose1D or ConvTranspose2D. Put it around each of them.")]
    [InlineData("SpectralNorm(SpectralNorm(Dense(4)))", "NG0301", "SpectralNorm(Dense(4))", "SpectralNorm of SpectralNorm: once is enough.")]
    [InlineData("BatchNorm(momentum: 1.5f)", "NG0301", "1.5f", "'momentum' is the share of the new batch in the running statistics, from 0 to 1; it is 1.5.")]
    [InlineData("Sequential(Dense(4), x => Mean(x), BatchNorm())", "NG0401", "BatchNorm()", "BatchNorm is over channels, [.., channels]; got [], a single number per sample.")]
    [InlineData("Sequential(Reshape(2, 2), x => Sum(x, [0, -2]))", "NG0301", "[0, -2]", "An axis is named twice.")]
    [InlineData("Sequential(Reshape(2, 2), x => Attention(x, null!, x))", "NG0203", "null", "'k' is null here.")]
    [InlineData("x => Maximum(x, null!)", "NG0203", "null", "is null here.")]
    [InlineData("Embedding(3, 8)", "NG0817", "Embedding(3, 8)", "this is a tensor of numbers [4]. Declare '[Shape(4)] Indices' for what the caller passes.")]
    [InlineData("Embedding(0, 8)", "NG0301", "0", "'count' must be at least 1; it is 0.")]
    [InlineData("Embedding(3, 8, paddingIndex: 3)", "NG0301", "3", "'paddingIndex' must be a row, from 0 to 2, or -1 for none; it is 3.")]
    [InlineData("x => Gather(x, [1, 4])", "NG0301", "[1, 4]", "'indices' must be from 0 to 3, the places of axis 0 of [4]; one is 4.")]
    [InlineData("x => Gather(x, [])", "NG0301", "[]", "'indices' names no place.")]
    [InlineData("x => x + Ones(4, 0)", "NG0301", "Ones(4, 0)", "Each dimension must be at least 1; one is 0.")]
    [InlineData("x => x + Range(0)", "NG0301", "0", "'count' must be at least 1; it is 0.")]
    [InlineData("x => Outer(x, Mean(x))", "NG0401", "Mean(x)", "Outer multiplies vectors; 'b' is a single number per sample.")]
    [InlineData("x => Max(x, 1)", "NG0404", "1", "Axis 1 is outside the 1 dimensions of [4]")]
    [InlineData("x => CumSum(x, 2)", "NG0404", "2", "Axis 2 is outside the 1 dimensions of [4]")]
    [InlineData("x => Squeeze(x, 0)", "NG0405", "0", "Squeeze takes an axis of size 1; that of [4] has 4.")]
    [InlineData("x => Unsqueeze(x, 2)", "NG0404", "2", "Axis 2 is outside the 2 dimensions that the result has")]
    [InlineData("x => Stack(0, x, Mean(x))", "NG0402", "Stack(0, x, Mean(x))", "Stack: [4] and [] must have the same shape.")]
    [InlineData("x => Variance(x, 0, correction: 4)", "NG0301", "4", "'correction' must be from 0 to below the 4 numbers; it is 4.")]
    [InlineData("Sequential(Relu, Dropout(1.5f))", "NG0301", "1.5f", "'p'")]
    [InlineData("Sequential(Conv2D(3, kernel: 3), Relu)", "NG0401", "Conv2D(3, kernel: 3)", "got [4]")]
    [InlineData("Sequential(Dense(6), Reshape(4, -1))", "NG0405", "Reshape(4, -1)", "[6] has 6 elements per sample")]
    [InlineData("Sequential(Dense(6), GlobalAveragePool)", "NG0401", "GlobalAveragePool", "[6]")]
    [InlineData("Repeat(-1, () => Dense(4))", "NG0301", "-1", "'count'")]
    [InlineData("Repeat(2, i => Dense(i))", "NG0301", "i", "'units' must be at least 1; it is 0.")]
    [InlineData("Dense(4, init: Init.Normal(-1))", "NG0301", "-1", "'std' must be at least 0; it is -1.")]
    [InlineData("Dense(4, init: Init.VarianceScaling(0))", "NG0301", "0", "'scale' must be above 0; it is 0.")]
    [InlineData("Dense(4, init: Init.VarianceScaling(1, (Fan)3))", "NG0301", "(Fan)3", "'fan' is no Fan; it is 3.")]
    [InlineData("Dense(4, init: Init.Uniform(1, -1))", "NG0301", "1", "'low' must not be above 'high'")]
    [InlineData("Dense(new Random().Next())", "NG0202", "new Random()", "'Random' is outside the language")]
    [InlineData("Dense(int.Parse(\"3\"))", "NG0202", "int.Parse(\"3\")", "cannot compute 'Int32.Parse'")]
    [InlineData("Dense(Environment.TickCount)", "NG0203", "Environment.TickCount", "not a compile-time constant")]
    [InlineData("Dense(Mutable)", "NG0209", "Mutable", "Make it readonly")]
    [InlineData("Dense(Late)", "NG0209", "Late", "has no initializer")]
    [InlineData("Dense(Width / (Two - 2))", "NG0203", "Width / (Two - 2)", "has no value")]
    [InlineData("Dense(checked(int.MaxValue - 4 + Two + 4))", "NG0203", "int.MaxValue - 4 + Two + 4", "has no value")]
    [InlineData("Dense(Sizes[3])", "NG0301", "3", "Index 3 is outside the 2 elements")]
    [InlineData("Checked(3)", "NG0301", "throw new ArgumentException(\"Width must be even.\", nameof(width))", "Width must be even.")]
    [InlineData("Endless(3)", "NG0204", "Endless(n + 1)", "'Endless' calls itself")]
    [InlineData("Looping()", "NG0205", "while (true) { }", "does not end")]
    [InlineData("Bounded()", "NG0205", "Environment.ProcessorCount", "The loop has no constant bounds")]
    [InlineData("Awaiting().Result", "NG0202", "Awaiting()", "async")]
    [InlineData("Foreign", "NG0209", "Foreign", "no initializer")]
    public void In_fields(string layer, string id, string text, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(
            $$"""
            [Network]
            public partial class Net
            {
                private const int Width = 4;
                private static readonly int Two = 2;
                private static int Mutable = 3;
                private static readonly int Late;
                private static readonly Layer Foreign;
                private static readonly int[] Sizes = [1, 2];
                private readonly Layer layer = {{layer}};
                public Tensor Forward([Shape(4)] Tensor x) => layer(x);

                private static Layer Checked(int width) =>
                    width % 2 == 0 ? Dense(width) : throw new ArgumentException("Width must be even.", nameof(width));
                private static Layer Endless(int n) => Sequential(Dense(n), Endless(n + 1));
                private static Layer Looping() { while (true) { } }
                private static Layer Bounded() { var n = 0; while (n < Environment.ProcessorCount) n++; return Dense(n); }
                private static async Task<Layer> Awaiting() { await Task.Yield(); return Dense(1); }
            }
            """.Replace("async Task", "async System.Threading.Tasks.Task", StringComparison.Ordinal).Replace("await Task", "await System.Threading.Tasks.Task", StringComparison.Ordinal)));

        Assert.Equal((id, text), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return x + layer(x);", "NG0402", "x + layer(x)", "[4] and [3] do not broadcast")]
    [InlineData("x += layer(x); return x;", "NG0402", "x += layer(x)", "[4] and [3] do not broadcast")]
    [InlineData("return Dense(3)(x);", "NG0206", "Dense(3)", "private readonly Layer layer = Dense(3);")]
    [InlineData("return new Part(3).Forward(x);", "NG0206", "new Part(3)", "private readonly Part part = new Part(3);")]
    [InlineData("return Mean(x, axis: 2);", "NG0404", "2", "Axis 2")]
    [InlineData("return Concat(x, Reshape(x, 2, 2));", "NG0402", "Concat(x, Reshape(x, 2, 2))", "[4] and [2, 2]")]
    [InlineData("return MeanSquaredError(x, layer(x));", "NG0402", "layer(x)", "must have the same shape")]
    [InlineData("return layer(layer(x));", "NG0406", "Dense(3)", "called with two input sizes")]
    [InlineData("this.counted = 3; return x;", "NG0201", "this.counted", "an assignment to a field")]
    [InlineData("using var file = new System.IO.MemoryStream(); return x;", "NG0201", "using var file = new System.IO.MemoryStream();", "a using statement")]
    [InlineData("return x.ToString() == null ? x : layer(x);", "NG0203", "x.ToString()", "known only at run time")]
    [InlineData("Console.WriteLine(x); return x;", "NG0202", "Console.WriteLine(x)", "'Console.WriteLine' is outside the language")]
    [InlineData("goto end; end: return x;", "NG0201", "goto end;", "a goto")]
    [InlineData("int[] a = [1]; return a is [1] ? x : -x;", "NG0201", "[1]", "this pattern")]
    [InlineData("kept.Add(x); return x;", "NG0210", "kept.Add(x)", "changes only what it made itself")]
    [InlineData("count(); return x;", "NG0210", "n", "changes only what it made itself")]
    [InlineData("return x * given;", "NG0209", "given", "can be given another value where the network is made")]
    [InlineData("return x * assigned;", "NG0209", "assigned", "is assigned by a constructor")]
    [InlineData("return padded(Reshape(x, 2, 2, 1));", "NG0601", "Conv2D(1, 1, padding: int.MaxValue)", "more than 2147483647 elements")]
    [InlineData("for (var i = 0; i < 20000; i++) x += 1; return x;", "NG0205", "for (var i = 0; i < 20000; i++) x += 1;", "does not end")]
    [InlineData("while (true) x = Concat(x, x);", "NG0601", "Concat(x, x)", "more than 2147483647 elements")]
    [InlineData("return Narrow(x);", "NG0407", "x", "'Narrow' states [3] for 'x'; got [4].")]
    [InlineData("return Gradient(Sum(x), layer(x));", "NG0411", "layer(x)", "'of' does not depend on 'by'")]
    [InlineData("return Gradient(Sum(Gradient(Sum(Square(x)), x)), x);", "NG0412", "Sum(Gradient(Sum(Square(x)), x))", "through another Gradient")]
    [InlineData("return Pick(x[..3], ArgMax(x));", "NG0413", "Pick(x[..3], ArgMax(x))", "These indices are from 0 to 3, for they name places among 4; here there are 3")]
    [InlineData("return OneHot(ArgMax(x), 2);", "NG0413", "OneHot(ArgMax(x), 2)", "an index must be from 0 to 1")]
    [InlineData("return TopK(x, 5);", "NG0301", "5", "'count' must be at most the 4 numbers of a row of [4]; it is 5.")]
    [InlineData("return Relu(ArgMax(x));", "NG0220", "ArgMax(x)", "Relu works on numbers; these are labels or indices.")]
    [InlineData("return Glu(Concat(x, x[0..1]));", "NG0402", "Concat(x, x[0..1])", "axis 0 of [5] has 5 places")]
    [InlineData("return Einsum(\"ii->i\", Outer(x, x[..3]));", "NG0402", "Einsum(\"ii->i\", Outer(x, x[..3]))", "'i' is two axes of operand 1, of 4 and 3 places")]
    [InlineData("return Einsum(\"...i...->i\", x);", "NG0301", "\"...i...->i\"", "'...' stands twice in an operand, or in the result")]
    [InlineData("return Einsum(\"...i,...i->...i\", Outer(x, x), Outer(x[..3], x));", "NG0402", "Einsum(\"...i,...i->...i\", Outer(x, x), Outer(x[..3], x))", "'...' of '...i,...i->...i' has 4 places in operand 1 and 3 in operand 2.")]
    [InlineData("return Einsum(\"ij->i\", x);", "NG0401", "Einsum(\"ij->i\", x)", "operand 1 is [4], with 1 axes per sample")]
    [InlineData("return Einsum(\"i,i->j\", x, x);", "NG0301", "\"i,i->j\"", "The result has 'j', which no operand has.")]
    [InlineData("return Einsum(\"i,i->\", x, x[..2]);", "NG0402", "Einsum(\"i,i->\", x, x[..2])", "'i' of 'i,i->' has 4 places in operand 1 and 2 in operand 2.")]
    [InlineData("return Einsum(\"..i->i\", x);", "NG0301", "\"..i->i\"", "'.' in '..i->i' is no letter")]
    [InlineData("return WithDerivative(Sum(x), x, 1f);", "NG0402", "Sum(x)", "y is [], and x [4]")]
    [InlineData("if (IsTraining() > 0f) return x; return -x;", "NG0410", "IsTraining() > 0f", "")]
    [InlineData("return table;", "NG0110", "table", "does not depend on its inputs")]
    [InlineData("return x * (x.Shape[1] + 1);", "NG0301", "1", "Index 1 is outside the 1 elements")]
    [InlineData("Tensor? y = null; return x + y!;", "NG0203", "y", "null")]
    [InlineData("return MatMul(x, Reshape(x, 2, 2));", "NG0402", "MatMul(x, Reshape(x, 2, 2))", "MatMul: rows of 4 numbers, of [4], and columns of 2, of [2, 2]")]
    [InlineData("return x[4];", "NG0301", "4", "Index 4 is outside the 4 places of axis 0 of [4].")]
    [InlineData("return x[-1];", "NG0301", "-1", "Index -1 is outside the 4 places of axis 0 of [4]. From the end it is counted as ^1.")]
    [InlineData("return x[^5];", "NG0301", "^5", "Index ^5 is outside the 4 places")]
    [InlineData("return x[^0];", "NG0301", "^0", "Index ^0 is outside the 4 places")]
    [InlineData("return Reshape(x, 2, 2)[.., 1..3];", "NG0301", "1..3", "The range 1..3 takes nothing of, or lies outside, the 2 places of axis 1 of [2, 2].")]
    [InlineData("return x[2..2];", "NG0301", "2..2", "takes nothing of")]
    [InlineData("return x[.., 0];", "NG0401", "0", "2 indices for [4], which has 1 dimensions per sample (the batch is not counted).")]
    [InlineData("return table[5];", "NG0301", "5", "Index 5 is outside the 4 places")]
    [InlineData("return x[Random.Shared.Next()];", "NG0203", "Random.Shared", "Random.Shared")]
    [InlineData("return Permute(x, 0, 0);", "NG0301", "Permute(x, 0, 0)", "Permute names each of the 1 axes of [4] once; got [0, 0].")]
    [InlineData("return Transpose(x);", "NG0401", "x", "Transpose needs two axes; got [4] per sample.")]
    [InlineData("return Transpose(Reshape(x, 2, 2), 0, 2);", "NG0404", "2", "Axis 2 is outside the 2 dimensions")]
    [InlineData("return Split(x, 3)[0];", "NG0405", "3", "The 4 places of axis 0 of [4] do not divide into 3 equal parts.")]
    [InlineData("return Split(x, [1, 2])[0];", "NG0405", "[1, 2]", "Axis 0 of [4] has 4 places; parts of [1, 2] are not that many.")]
    [InlineData("return BroadcastTo(x, 4, 3);", "NG0402", "BroadcastTo(x, 4, 3)", "[4] does not broadcast to [4, 3].")]
    [InlineData("return Tile(x, 2, 2);", "NG0301", "Tile(x, 2, 2)", "Tile takes a number for each of the 1 axes of [4]; got 2.")]
    [InlineData("return Repeat(x, 0, axis: 0);", "NG0301", "0", "'count' must be at least 1; it is 0.")]
    public void In_methods(string body, string id, string text, string message)
    {
        var found = Compiled.Diagnose(
            $$"""
            [Network]
            public partial class Part(int width)
            {
                private readonly Layer layer = Dense(width);
                public Tensor Forward(Tensor x) => layer(x);
            }

            [Network]
            public partial class Net
            {
                private int counted;
                private readonly List<Tensor> kept = [];
                private readonly Action count = Counting();
                private readonly Layer padded = Conv2D(1, 1, padding: int.MaxValue);
                private readonly float assigned = 3;
                private float given { get; init; } = 3;
                private readonly Layer layer = Dense(3);
                private readonly Parameter table = Parameter(4);
                public Tensor Forward([Shape(4)] Tensor x) { {{body}} }
                [Objective] public Tensor Loss(Tensor x, [Shape(4)] Tensor y) => Mean(layer(x)) + Mean(table * y);
                private Tensor Narrow([Shape(3)] Tensor x) => x;
                private static Action Counting() { var n = 0; return () => n++; }
                public Net(float assigned) : this() { this.assigned = assigned; }
            }
            """);

        var only = Assert.Single(found);
        Assert.Equal((id, text), (only.Id, only.Text));
        Assert.Contains(message, only.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Network, Input(8)] [Dense(0)] public partial class Net;", "NG0301", "0")]
    [InlineData("[Network, Input(8)] [Dense(4), Conv2D(3, 3)] public partial class Net;", "NG0401", "Conv2D(3, 3)")]
    [InlineData("[Network, Input(8, 8, 1)] [Conv2D(3, 9)] public partial class Net;", "NG0302", "9")]
    [InlineData("[Network, Input(8, 8, 1)] [Conv2D(3, 3, Padding = -1)] public partial class Net;", "NG0301", "-1")]
    [InlineData("[Network, Input(8, 8, 1)] [Conv2D(3, 3, Stride = 0)] public partial class Net;", "NG0301", "0")]
    [InlineData("[Network, Input(8, 8, 1)] [Conv2D(3, 3, Padding = 1, Same = true)] public partial class Net;", "NG0301", "1")]
    [InlineData("[Network, Input(8, 8, 2)] [Conv2D(3, 3, Groups = 2)] public partial class Net;", "NG0301", "2")]
    [InlineData("[Network, Input(8, 8, 2)] [DepthwiseConv2D(3, Dilation = 5)] public partial class Net;", "NG0302", "3")]
    [InlineData("[Network, Input(0)] [Dense(4)] public partial class Net;", "NG0301", "Input(0)")]
    [InlineData("[Network, Input(8)] [Dense(4), Relu] [Objective] public partial class Net;", "NG0107", "Objective")]
    [InlineData("[Network, Input(8)] [Relu] [Objective(Loss.MeanSquaredError)] public partial class Net;", "NG0502", "Objective(Loss.MeanSquaredError)")]
    [InlineData("[Network, Input()] [Sigmoid] [Objective(Loss.CrossEntropy)] public partial class Net;", "NG0401", "Objective(Loss.CrossEntropy)")]
    [InlineData("[Network] [Dense(4)] public partial class Net;", "NG0107", "Net")]
    [InlineData("[Network, Input(8)] [Dense(4)] public partial class Net { public Tensor Forward(Tensor x) => x; }", "NG0107", "Forward")]
    public void In_the_attribute_form(string source, string id, string text)
    {
        var found = Assert.Single(Compiled.Diagnose(source));

        Assert.Equal((id, text), (found.Id, found.Text));
    }

    [Fact]
    public void An_error_in_a_component_is_where_it_is_written()
    {
        var found = Compiled.Diagnose(
            "[Network] public partial class Part(int width) { private readonly Layer layer = Sequential(Dense(width), Conv2D(3, 3)); public Tensor Forward(Tensor x) => layer(x); }",
            "[Network] public partial class Net { private readonly Part part = new(3); public Tensor Forward([Shape(8)] Tensor x) => part.Forward(x); }");

        Assert.Equal(("NG0401", "Conv2D(3, 3)"), (found.Single().Id, found.Single().Text));
    }

    [Fact]
    public void Pragmas_work()
    {
        const string Source =
            """
            [Network]
            public partial class Net
            {
            #pragma warning disable NG0208
                private readonly Layer unused = Dense(3);
            #pragma warning restore NG0208
                private readonly Layer[] layers = [Dense(4), Dense(5)];
                public Tensor Forward([Shape(8)] Tensor x) => layers[0](x);
            }
            """;

        Assert.Equal(["Dense(5)"], Compiled.Diagnose(Source).Select(f => f.Text));
        Assert.Equal(["unused", "Dense(5)"], Compiled.Diagnose(Source.Replace("#pragma", "//", StringComparison.Ordinal)).Select(f => f.Text));
    }

    [Theory]
    [InlineData(" + 1")]
    [InlineData(" * x.Shape[0]")]
    public void Deep_expressions_are_read_or_an_error_but_never_a_crash(string term)
    {
        var deep = string.Concat(Enumerable.Repeat(term, 2000));
        var result = Compiled.Read(
            $"[Network] public partial class Net {{ private readonly Layer layer = Dense(3); public Tensor Forward([Shape(8)] Tensor x) => layer(x){deep}; }}");

        Assert.True(result.Model is not null || result.Diagnostics.Single().Id == "NG0603");
    }

    [Fact]
    public void Deep_calls_are_an_error()
    {
        var functions = string.Concat(Enumerable.Range(0, 300).Select(i => $"static Layer F{i}() => F{i + 1}(); "));
        var found = Assert.Single(Compiled.Diagnose(
            $"[Network] public partial class Net {{ private readonly Layer layer = F0(); {functions} static Layer F300() => Dense(3); public Tensor Forward([Shape(8)] Tensor x) => layer(x); }}"));

        Assert.Equal("NG0603", found.Id);
    }

    [Theory]
    [InlineData("[Frozen] private readonly Layer head = Relu;", "NG0124", "Frozen", "'head' has no weights that [Frozen] could keep from training.")]
    [InlineData("[Frozen] private readonly Layer head = Dropout(0.5f);", "NG0124", "Frozen", "'head' has no weights")]
    [InlineData("[Frozen] private readonly int width = 3; private readonly Layer head = Dense(3);", "NG0124", "Frozen", "'width' has no weights")]
    [InlineData("[Frozen] private readonly Layer head = Dense(3);", "NG0111", "Objective(Updates = [nameof(head)])", "'head' is [Frozen]: no step changes its weights.")]
    public void Of_frozen_fields(string head, string id, string text, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(
            $$"""
            [Network]
            public partial class Net
            {
                private readonly Layer body = Dense(3);
                {{head}}

                public Tensor Forward([Shape(4)] Tensor x) => head(body(x));

                {{(id == "NG0111" ? "[Objective(Updates = [nameof(head)])]" : "[Objective]")}}
                public Tensor Loss(Tensor x) => Mean(Forward(x));
            }
            """));
        Assert.Equal((id, text), (found.Id, found.Text));
        Assert.Contains(message, found.Message);
    }

    [Fact]
    public void Nothing_is_left_to_train_where_all_is_frozen()
    {
        var found = Assert.Single(Compiled.Diagnose(
            """
            [Network]
            public partial class Net
            {
                [Frozen]
                private readonly Layer layer = Sequential(Dense(3), BatchNorm());

                public Tensor Forward([Shape(4)] Tensor x) => layer(x);

                [Objective]
                public Tensor Loss(Tensor x) => Mean(Forward(x));
            }
            """));
        Assert.Equal(("NG0502", "Loss"), (found.Id, found.Text));
        Assert.Contains("are [Frozen]; there is nothing to train", found.Message);
    }
}
