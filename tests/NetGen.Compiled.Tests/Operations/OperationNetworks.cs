using NetGen.Compiled.Tests.Harness;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>
/// A small network around every operation of the language, in shapes that do not fit vectors and tiles as well as in those that do. What an
/// operation reads is a product with a weight, so that its input's gradient shows in that weight's; the objective Σ (y + 0.3)² gives
/// every element of y a gradient of its own. A new operation adds its lines here.
/// </summary>
internal static class OperationNetworks
{
    /// <summary>A network whose reference takes long; it has tests of its own.</summary>
    public const string LargeWeight = "Dense 260 to 2080";

    /// <summary>A convolution whose tiles of rows read a part of the weights at a time; its sums are so long that their bounds are wide.</summary>
    public const string LargeKernels = "Conv2D of 120 to 136 channels";

    /// <summary>
    /// A network whose reference takes seconds for a sample, and each sample is computed by itself: a few tell as much as many.
    /// </summary>
    public const string LongSequence = "CausalSelfAttention over several blocks";

    private static readonly NetworkSource[] Sources = All().Select((c, i) => new NetworkSource($"Case{i:000}", c.Text)).ToArray();

    private static readonly Dictionary<string, string> CaseOf =
        All().Select((c, i) => (c.Name, Case: $"Case{i:000}")).ToDictionary(c => c.Name, c => c.Case);

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(Sources));

    public static IEnumerable<object[]> Names => CaseOf.Keys.Where(name => name is not (LargeWeight or LargeKernels)).Select(name => new object[] { name });

    public static CompiledNetwork Get(string name) => Compiled.Value[CaseOf[name]];

    public static byte[] Image => Compiled.Value.Image;

    public static NetworkSource Source(string name) => Sources.Single(source => source.Case == CaseOf[name]);

    private static IEnumerable<(string Name, string Text)> All()
    {
        foreach (var function in new[] { "Relu", "Sigmoid", "Tanh", "Softplus", "Gelu", "Silu", "Exp", "Square", "Abs", "Elu", "LeakyRelu" })
        {
            yield return Unary($"{function} [17]", "17", $"{function}(x * s)");
            yield return Unary($"{function} [3, 5]", "3, 5", $"{function}(x * s)");
        }
        foreach (var function in new[]
        {
            "Selu", "Celu", "Mish", "Relu6", "HardSigmoid", "HardSwish", "HardTanh", "Softsign", "LogSigmoid", "Tanhshrink", "ThresholdedRelu", "Softshrink",
            "Hardshrink", "Expm1", "Erf",
        })
        {
            yield return Unary($"{function} [19]", "19", $"{function}(x * s)");
        }
        yield return Unary("Sin and Cos", "19", "Sin(x * s) + Cos(x * s * 9f) * s + Tan(x * s * 0.25f)");
        yield return Unary("Atan and Atan2", "19", "Atan(x * s) + Atan2(x * s, Square(x) + 0.5f) * s");
        yield return Unary("Reciprocal and Rsqrt", "19", "Reciprocal(1.5f + Square(x * s)) + Rsqrt(Square(x * s) + 0.5f)");
        yield return Unary("Glu", "3, 18", "Glu(x * s) + Glu(x * s, 1)");
        yield return Unary("an activation of the user's, with a derivative of its own", "3, 17", "WithDerivative(Round(x * s * 4f), x * s, 1f) + WithDerivative(Relu(x * s), x * s, Sigmoid(x * s))");
        yield return Unary("Einsum", "3, 17", "Einsum(\"qd,kd->qk\", x * s, x) + Einsum(\"qd,ed->qe\", x * s, t) + Einsum(\"qd,q,d->\", x * s, Range(3), Range(17) * 0.1f)", other: "3, 17");
        yield return Unary("Gelu by tanh", "3, 5", "Gelu(x * s, approximate: true)");
        yield return Unary("functions with two numbers", "19",
            "Concat(Softplus(x * s, 2f), Celu(x * s, 0.3f), HardTanh(x * s, -0.5f, 1.5f), Clamp(x * s, -0.25f, 0.5f), ThresholdedRelu(x * s, 0.5f), HardSigmoid(x * s, 0.2f, 0.4f))");
        yield return Unary("rounding", "19", "Sign(x * s) + Floor(x * s) * Ceiling(x * s) - Round(x * s) * s");
        yield return Unary("Log1P", "10", "Log1P(Square(x * s))");
        yield return Layer("PRelu", "3, 5", "PRelu()");
        yield return Layer("PRelu of each channel", "4, 5, 17", "Sequential(PRelu(perChannel: true), Conv2D(18, 3), PRelu(true))");
        yield return Unary("Relu [64]", "64", "Relu(x * s)");
        yield return Unary("Gelu [1]", "1", "Gelu(x * s)");
        yield return Unary("Tanh of a number per sample", "", "Tanh(x * s)", scale: "1");
        yield return Unary("LeakyRelu 0.2", "10", "LeakyRelu(x * s, 0.2f)");
        yield return Unary("Elu 0.3", "10", "Elu(x * s, 0.3f)");
        yield return Unary("Pow", "3, 17", "Pow(Square(x * s) + 0.25f, t) + Pow(Square(x * s) + 0.25f, 1.5f) + Pow(0.5f, x * s) + Minimum(Maximum(x * s, 0.1f), 0.7f)", other: "17");
        yield return Unary("Log", "10", "Log(Square(x * s) + 0.1f)");
        yield return Unary("Sqrt", "10", "Sqrt(Square(x * s) + 0.1f)");
        yield return Unary("Negate", "10", "-(x * s)");
        yield return Unary("operators with numbers", "10", "1.5f - (2f / (3f + Abs(x * s)) - 0.25f) * 4f / 3f");

        foreach (var (name, sign) in new[] { ("Add", "+"), ("Subtract", "-"), ("Multiply", "*"), ("Divide", "/") })
        {
            yield return Binary($"{name} [3, 5] [3, 5]", "3, 5", "3, 5", "3, 5", "3, 5", $"(x * s) {sign} (y * t)");
            yield return Binary($"{name} [] [7]", "", "7", "1", "7", $"(x * s) {sign} (y * t)");
            yield return Binary($"{name} [3, 1] [4, 1, 5]", "3, 1", "4, 1, 5", "3, 1", "4, 1, 5", $"(x * s) {sign} (y * t)");
            yield return Unary($"{name} [3, 17] weight [17]", "3, 17", $"x {sign} s", scale: "17");
            yield return Unary($"{name} weight [3, 1] [3, 17]", "3, 17", $"s {sign} x", scale: "3, 1");
            yield return Unary($"{name} weight [1] [33]", "33", $"x {sign} s", scale: "1");
            yield return Unary($"{name} weights [5, 1] and [7]", "1", $"(s {sign} t) * Sum(x)", scale: "5, 1", other: "7");
        }
        foreach (var name in new[] { "Maximum", "Minimum" })
        {
            yield return Binary($"{name} [3, 1] [4, 1, 5]", "3, 1", "4, 1, 5", "3, 1", "4, 1, 5", $"{name}(x * s, y * t)");
            yield return Unary($"{name} weight [17]", "3, 17", $"{name}(x, s)", scale: "17");
        }
        yield return Unary("Sum of two axes", "3, 17, 2", "Sum(x * s, [0, 2]) + Mean(x * s, [0, 2])");
        // The places of largest elements are sure where they are of a weight as it is.
        yield return Unary("Max and Min", "3, 17", "x * Max(s, 1, keepDims: true) + Min(s, 0) * x - Max(s)");
        yield return Unary("Max and Min of long rows", "3, 100", "Max(x * 2f, -1) * Min(x, [0, 1]) + Max(x, 0)[3] * s", scale: "3");
        yield return Unary("Prod", "3, 17", "x * Prod(s, 0) + Prod(s * 0.5f, 1, keepDims: true)");
        yield return Unary("LogSumExp", "3, 17", "LogSumExp(x * s, 1, keepDims: true) + LogSumExp(x * s, [0, 1]) * s");
        yield return Unary("CumSum", "3, 17", "CumSum(x * s) + CumSum(s, 0, exclusive: true) * CumSum(x, 1, reverse: true)");
        yield return Unary("constants", "3, 17", "Outer(Range(1f, 0.5f, 3), Range(17)) * x * s + Ones(17) - Constant(0.25f, 3, 1) + Zeros(3, 17) + StopGradient(x * s) * s");
        yield return Unary("Variance", "3, 17", "Stack(0, Variance(x * s, 0), Squeeze(Variance(x * s, [0, 1], keepDims: true), 0) * Mean(Unsqueeze(StandardDeviation(x * s, 1, correction: 1), 1) * x, 0))");
        yield return Unary("x·x", "10", "(x * s) * (x * s)");

        foreach (var function in new[] { "Sum", "Mean" })
        {
            yield return Unary($"{function} of all [3, 5]", "3, 5", $"{function}(x * s)");
            yield return Unary($"{function} of all [100]", "100", $"{function}(x * s)");
            yield return Unary($"{function} axis 0 [3, 17]", "3, 17", $"{function}(x * s, 0)");
            yield return Unary($"{function} axis 0 kept [3, 64]", "3, 64", $"{function}(x * s, 0, keepDims: true)");
            yield return Unary($"{function} axis -1 [3, 33]", "3, 33", $"{function}(x * s, -1)");
            yield return Unary($"{function} axis 1 kept [4, 3, 5]", "4, 3, 5", $"{function}(x * s, -2, keepDims: true)");
            yield return Unary($"{function} of a weight", "3", $"x + {function}(s, 1)", scale: "3, 20");
        }
        yield return Unary("layer norm by hand", "3, 20",
            "(x * s - Mean(x * s, -1, keepDims: true)) / Sqrt(Mean(Square(x * s - Mean(x * s, -1, keepDims: true)), -1, keepDims: true) + 0.1f)");
        // The sum of a gradient and what becomes of it read the same number of each row.
        yield return ("layer norm by hand of pooled values",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Conv2D(12, kernel: 1), GlobalAveragePool), head = Dense(5);
                private readonly Parameter scale = Parameter(12, Init.Ones);

                public Tensor Forward([Shape(3, 3, 2)] Tensor x)
                {
                    var pooled = layers(x);
                    var centered = pooled - Mean(pooled, -1, keepDims: true);
                    var normal = centered / Sqrt(Mean(Square(centered), -1, keepDims: true) + 0.1f);
                    return head((normal * scale) + normal);
                }

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """);
        yield return Unary("Norm", "3, 17", "x * s / Norm(x * s, 1, keepDims: true) * Norm(x * s, [0, 1]) + CosineSimilarity(x * s, x, 0)");
        yield return Unary("comparisons", "19", "(x * s > 0.25f) * x + (x * s <= x) * s - (0.5f < x * s) + (x >= 1) * s + Equal(x, x * s) * s + NotEqual(x, 0.5f) * s");
        yield return Unary("Where", "3, 17", "Where(x * s > 0, Tanh(x * s) * t, Where(x < -1f, 0.5f, x * s)) + Where(t > 0f, t, 1f)", other: "17");
        yield return Unary("Where beside what is not finite", "19", "Where(x * s > 0f, Log(x * s), x * s)");
        yield return Unary("Flatten", "2, 3, 5", "Flatten(x * s)");
        yield return Unary("Reshape", "4, 6", "Reshape(x * s, 3, -1) * t", other: "8");
        yield return Unary("reshaped view of an input", "4, 6", "Reshape(x, 24)", scale: "24", loss: "Sum(Square(Forward(x) + s))");
        yield return Unary("the input itself", "5", "x", loss: "Sum(Square(Forward(x) + s))");
        yield return Unary("a weight that the input only repeats", "5", "Exp(s) + 0f * x", scale: "3, 5");

        // One result, another, a view of the first, and both at once in an objective.
        yield return ("several results",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Parameter s = Parameter(17);
                private readonly Layer hidden = Dense(24);

                public (Tensor Hidden, Tensor Mean, Tensor) Forward([Shape(17)] Tensor x)
                {
                    var h = Relu(hidden(x * s));
                    return (h, Mean(h), Reshape(h, 4, 6));
                }

                [Objective]
                public Tensor Loss(Tensor x) => Sum(Square(Forward(x).Hidden + 0.3f)) + Square(Forward(x).Mean);
            }
            """);
        yield return ("Embeddings",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer words = Embedding(11, 17, paddingIndex: 3), kinds = Embedding(5, 3), head = Dense(6);
                public Tensor Forward([Shape(4)] Indices text, Labels kind) => head(Concat(Flatten(Tanh(words(text))), kinds(kind)));
                [Objective] public Tensor Loss(Indices text, Labels kind, Labels label) => CrossEntropy(Forward(text, kind), label);
            }
            """);
        yield return ("Embedding, tied and called twice",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer words = Embedding(13, 18), hidden = Dense(18);
                public Tensor Forward([Shape(3)] Indices text) => MatMul(Gelu(hidden(words(text))), Transpose(words.Weight)) + Sum(hidden.Bias);
                [Objective] public Tensor Loss(Indices text, [Shape(3)] Indices next) => CrossEntropy(Forward(text), next) + 0.1f * Mean(Square(words(next)));
            }
            """);
        yield return ("Gather, Pick and OneHot",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer q = Dense(7);
                private readonly Parameter table = Parameter(2, 6, 3);
                public Tensor Forward([Shape(5, 4)] Tensor x, [Shape(3)] Indices place, Indices column) =>
                    q(Gather(x, place)) * Flatten(Gather(table, column, 1))[1] + Sum(OneHot(place, 7) * q(Gather(x, [4, 0, 1])));
                [Objective] public Tensor Loss([Shape(5, 4)] Tensor x, [Shape(3)] Indices place, Indices column, [Shape(3)] Indices action, [Shape(3)] Tensor target) =>
                    Huber(Pick(Forward(x, place, column), action), target) + Mean(Square(Gather(Forward(x, place, column), column, 1)));
            }
            """);

        // Places are sure where they are of an input as it is.
        yield return Unary("places", "3, 17",
            "Pick(x * s, ArgMax(x)) + Sum(OneHot(ArgMin(x, 0), 3) * 0.5f) + Sum(Gather(t, ArgMax(x), 0) * Pick(x * s, ArgTopK(x, 4)), 1)", other: "17, 4");
        yield return Unary("Sort and TopK", "3, 17", "Pick(x * s, ArgSort(x)) * Sort(x, descending: true) + Concat(TopK(x * s * 0f + x, 5) * Pick(x * s, ArgTopK(x, 5)), x[.., 5..])");
        yield return Unary("ScatterAdd", "3, 17", "ScatterAdd(x * s, ArgSort(x), 19) * 0.5f + Sum(ScatterAdd(x * s, ArgTopK(x, 17), 17))");
        yield return Unary("Concat of 2", "7", "Concat(x * s, Relu(x), x)");
        yield return Unary("Concat axis 0", "3, 5", "Concat(0, x * s, Tanh(x * s), x)");
        yield return Unary("Concat of 6", "3, 5", "Concat(x * s, x, Exp(x * s), Tanh(x), Relu(x * s), x * 2f)");
        yield return Unary("Concat with a weight", "5", "Concat(x * s, t)", other: "3");

        yield return Layer("Dense at positions", "3, 4, 5", "Sequential(Dense(17), Relu, Dense(6))");
        yield return Layer("Dense at positions, whole tiles", "4, 32", "Sequential(Dense(48), Gelu, Dense(32, bias: false))");
        yield return Layer("Dense at positions and of all", "6, 6, 2", "Sequential(Conv2D(8, 3), Dense(5), Tanh, Flatten, Dense(3))");
        yield return Layer("pooled Dense at positions", "6, 6, 2", "Sequential(Conv2D(8, 3), Dense(16), MaxPool2D(2))");
        yield return Unary("mean of Dense at positions", "3, 5", "MatMul(x * s, t)", other: "5, 4", loss: "Mean(Forward(x))");
        yield return Unary("MatMul [3, 7, 5] [3, 5, 18]", "3, 7, 5", "MatMul(x * s, Transpose(x)) + x[.., .., 0..1]");
        yield return Unary("MatMul, broadcast", "3, 1, 4, 5", "MatMul(x * s, Reshape(x, 2, 5, 6))");
        yield return Unary("MatMul of a weight", "2, 5, 4", "MatMul(t, x * s)", other: "3, 5");
        yield return Unary("MatMul of many weights", "2, 3, 5", "Relu(MatMul(x * s, t))", other: "2, 5, 16");
        yield return Unary("MatMul of vectors", "17", "MatMul(x * s, x) * MatMul(Reshape(x * s, 1, 17), t)", other: "17");
        yield return ("attention by hand", Network(
            "6, 16", "private readonly Layer qkv = Dense(48), output = Dense(16);",
            "output(Reshape(Permute(Heads(x), 1, 0, 2), 6, 16))").Replace(
            "    [Objective]",
            """
                private Tensor Heads(Tensor x)
                {
                    var parts = Split(Permute(Reshape(qkv(x), 6, 3, 2, 8), 1, 2, 0, 3), 3, axis: 0);
                    return MatMul(Softmax(MatMul(parts[0][0], Transpose(parts[1][0])) / MathF.Sqrt(8f)), parts[2][0]);
                }

                [Objective]
            """, StringComparison.Ordinal));
        yield return Unary("parts of a tensor", "7, 17", "(x * s)[1..4, ^3..] * t + x[.., 2..5][4..]", other: "3");
        yield return Unary("a column", "19, 3", "(x * s)[.., 1] * t", other: "19");
        yield return Unary("a place and all of the rest", "3, 4, 5", "Tanh((x * s)[^1]) + x[.., 0][1..2, 2] * t", other: "4, 5");
        yield return Unary("columns of inputs", "33, 2", "(x[.., 0] + x[.., 1]) * s", scale: "33");
        yield return Unary("a part of a weight", "3", "s[1..4, ^1] * x", scale: "5, 2");
        yield return Unary("Sum of a column", "18, 2, 3", "Sum(Square((x * s)[.., 1, ..]), 0) + Sum(x[.., 0, 2]) * t", other: "3");
        yield return Unary("Split", "4, 12", "Split(x * s, 3)[0] * Split(x * s, [2, 4, 6])[1] + Split(x, 4, axis: 0)[3][.., 2..6]");
        yield return Unary("Permute of rows", "5, 4, 3", "Permute(x * s, 1, 0, 2) * t", other: "5, 3");
        yield return Unary("Transpose [17, 33]", "17, 33", "Transpose(x * s) + t", other: "33, 1");
        yield return Unary("Permute between loops", "3, 4, 2, 18", "Tanh(Permute(x * s, 1, 0, 3, 2))");
        yield return Unary("Permute of five axes", "2, 3, 2, 3, 4", "Permute(x * s, 4, 3, 2, 1, 0) * 2f");
        yield return Unary("repetitions", "2, 3", "Tile(x * s, 2, 2) + Repeat(Repeat(x, 2, 0), 2, axis: 1) * BroadcastTo(t, 4, 6)", other: "4, 1");

        foreach (var (inputs, units) in new[] { (1, 1), (17, 10), (10, 17), (33, 64), (64, 100), (100, 1), (784, 10), (5, 33), (16, 16), (3, 128), (48, 32), (64, 112) })
            yield return Layer($"Dense {inputs} to {units}", $"{inputs}", $"Dense({units})");
        // Weights that are large enough for rows of their own: 2, 3 and 4 parts, and a prime number of rows.
        foreach (var (inputs, units) in new[] { (256, 130), (384, 128), (512, 65), (521, 64) })
            yield return Layer($"Dense {inputs} to {units}", $"{inputs}", $"Dense({units})");
        yield return Layer(LargeWeight, "260", "Dense(2080)");
        yield return Layer("Dense without bias", "17", "Dense(10, bias: false)");
        yield return Layer("Dense twice", "17", "Sequential(Dense(20), Tanh, Dense(5))");
        yield return Layer("Dense with Gelu", "17", "Sequential(Dense(40), Gelu, Dense(40), Sigmoid)");

        yield return Conv("5, 5, 2", "3, kernel: 3");
        yield return Conv("6, 5, 3", "5, kernel: (2, 3)");
        yield return Conv("4, 4, 1", "16, kernel: 1");
        yield return Conv("7, 6, 5", "3, kernel: (3, 2), stride: (2, 3)");
        yield return Conv("8, 7, 1", "33, kernel: 2, stride: 3");
        yield return Conv("5, 5, 3", "16, kernel: 3, padding: Padding.Same");
        yield return Conv("5, 6, 2", "5, kernel: (2, 4), stride: 2, padding: Padding.Same");
        yield return Conv("4, 5, 2", "3, kernel: 3, stride: (2, 1), padding: 2");
        yield return Conv("3, 3, 5", "4, kernel: 3");
        yield return Conv("7, 7, 1", "2, kernel: 1, stride: 2");
        yield return Conv("6, 6, 33", "5, kernel: 3");
        yield return Conv("5, 9, 16", "32, kernel: 3");
        yield return Conv("10, 10, 3", "17, kernel: 5, bias: false");
        // Enough channels for edges of their own: narrow rows, edges on one side only, more padding than kernel, a kernel wider than the image.
        yield return Conv("9, 8, 16", "5, kernel: 3, padding: Padding.Same");
        yield return Conv("6, 7, 17", "32, kernel: (2, 4), stride: 2, padding: Padding.Same");
        yield return Conv("4, 5, 16", "3, kernel: 3, stride: (2, 1), padding: 4");
        yield return Conv("2, 2, 18", "16, kernel: 5, padding: Padding.Same");
        yield return Conv("12, 1, 16", "7, kernel: (5, 1), padding: Padding.Same");
        yield return Layer(LargeKernels, "4, 5, 120", "Conv2D(136, kernel: 3, padding: Padding.Same, bias: false)");
        // Dilated, in groups whose columns are or are not whole vectors, each channel by itself with and without something behind it.
        yield return Conv("9, 10, 16", "18, kernel: 3, padding: Padding.Same, dilation: (2, 3)");
        yield return Conv("6, 7, 6", "9, kernel: (3, 2), stride: (1, 2), padding: 1, groups: 3");
        yield return Conv("5, 6, 32", "32, kernel: 3, padding: Padding.Same, groups: 2, bias: false");
        yield return Conv("9, 8, 8", "4, kernel: 3, stride: 2, padding: 1, groups: 2, dilation: 2");
        yield return Layer("groups, Relu, MaxPool2D", "8, 8, 4", "Sequential(Conv2D(6, 3, groups: 2), Relu, MaxPool2D(2), Conv2D(4, 2, groups: 2))");
        yield return Layer("DepthwiseConv2D", "7, 13, 19", "DepthwiseConv2D(3, padding: Padding.Same)");
        yield return Layer("DepthwiseConv2D stride 2, Relu6", "9, 8, 32", "Sequential(DepthwiseConv2D(3, stride: 2, padding: 1), Relu6)");
        yield return Layer("DepthwiseConv2D of a narrow image", "2, 3, 5", "DepthwiseConv2D((5, 4), padding: Padding.Same, bias: false)");
        yield return Layer("DepthwiseConv2D dilated, multiplied", "7, 8, 6", "DepthwiseConv2D(3, padding: 2, dilation: 2, multiplier: 3)");
        yield return ("inverted residual", Network(
            "6, 7, 5",
            "private readonly Layer block = Sequential(Conv2D(20, 1), Relu6, DepthwiseConv2D(3, padding: 1, bias: false), BatchNorm(epsilon: 0.1f), Relu6, Conv2D(5, 1, bias: false));",
            "x + block(x)"));
        yield return ("residual block with a stride", Network(
            "7, 6, 5",
            """
            private readonly Layer residual = Sequential(Conv2D(16, 3, stride: 2, padding: 1), Relu, Conv2D(16, 3, padding: 1, bias: false));
                private readonly Layer shortcut = Conv2D(16, 1, stride: 2, bias: false);
            """,
            "Relu(residual(x) + shortcut(x))"));
        yield return Layer("DepthwiseConv2D, MaxPool2D", "8, 8, 17", "Sequential(DepthwiseConv2D(3), MaxPool2D(2), Relu)");
        yield return Layer("ConvTranspose2D", "4, 5, 17", "ConvTranspose2D(16, 3)");
        yield return Layer("ConvTranspose2D with a stride", "3, 4, 5", "Sequential(ConvTranspose2D(18, (4, 3), stride: 2, padding: 1, outputPadding: (0, 1)), Relu, ConvTranspose2D(3, 2, stride: 2))");
        yield return Layer("ConvTranspose2D same, in groups", "3, 4, 6", "Sequential(ConvTranspose2D(4, 3, stride: 2, padding: Padding.Same, groups: 2), ConvTranspose2D(4, 2, dilation: 2, groups: 4, bias: false))");
        yield return Layer("ConvTranspose2D of groups of one filter", "3, 4, 8", "ConvTranspose2D(4, 3, stride: 2, padding: 1, groups: 4)");
        yield return Layer("Conv1D", "19, 5", "Sequential(Conv1D(17, 3, stride: 2, padding: 1), Relu, MaxPool1D(2), Conv1D(17, 2, groups: 17), AveragePool1D(2, padding: 1))");
        yield return Layer("ConvTranspose1D", "7, 5", "Sequential(ConvTranspose1D(8, 3, stride: 2, padding: 1, outputPadding: 1), Tanh, Conv1D(3, 5, padding: Padding.Same, dilation: 2))");
        yield return Layer("Two convolutions", "8, 8, 3", "Sequential(Conv2D(16, 3), Relu, Conv2D(5, 3, stride: 2))");

        foreach (var pool in new[] { "MaxPool2D", "AveragePool2D" })
        {
            yield return Layer($"{pool} 2 of [4, 4, 3]", "4, 4, 3", $"{pool}(2)");
            yield return Layer($"{pool} 2 of [5, 7, 17]", "5, 7, 17", $"{pool}(2)");
            yield return Layer($"{pool} 3 stride 2 of [6, 6, 1]", "6, 6, 1", $"{pool}(3, stride: 2)");
            yield return Layer($"{pool} (2, 3) stride 1", "6, 7, 2", $"{pool}((2, 3), stride: 1)");
            yield return Layer($"{pool} 2 stride 3", "7, 8, 5", $"{pool}(2, stride: 3)");
            yield return Layer($"{pool} same", "5, 5, 16", $"{pool}(2, padding: Padding.Same)");
            yield return Layer($"{pool} 3 same", "5, 6, 33", $"{pool}(3, stride: 2, padding: Padding.Same)");
            yield return Layer($"{pool} padded", "5, 5, 2", $"{pool}(3, stride: (2, 1), padding: 1)");
            // Behind a convolution a pool may become part of it.
            yield return Layer($"Conv2D, {pool}", "8, 8, 3", $"Sequential(Conv2D(5, 3), {pool}(2))");
            yield return Layer($"Conv2D, Relu, {pool}", "8, 8, 2", $"Sequential(Conv2D(16, 3), Relu, {pool}(2), Conv2D(3, 2))");
            yield return Layer($"Padded Conv2D, {pool}", "5, 6, 2", $"Sequential(Conv2D(17, 3, padding: Padding.Same), {pool}(2))");
            yield return Layer($"Dead regions behind {pool}", "12, 11, 1", $"Sequential(Conv2D(16, 2), Relu, {pool}(2), Conv2D(5, 2, stride: 2))");
            yield return Layer($"Conv2D, {pool} with rows left over", "9, 7, 1", $"Sequential(Conv2D(33, 2), Relu, {pool}((3, 2)))");
            yield return Layer($"Conv2D, {pool} with a gap", "10, 10, 1", $"Sequential(Conv2D(17, 3), {pool}(2, stride: 3), Tanh)");
            yield return Layer($"Conv2D, {pool} of single pixels", "7, 8, 2", $"Sequential(Conv2D(5, 1), {pool}(1, stride: 2))");
            yield return Layer($"Conv2D, {pool} overlapping", "8, 8, 1", $"Sequential(Conv2D(16, 3), {pool}(3, stride: 1))");
            yield return Layer($"Conv2D, {pool} of a large window", "9, 9, 1", $"Sequential(Conv2D(5, 2), {pool}(4))");
            yield return Layer($"Conv2D stride 2, Elu, {pool}", "13, 13, 2", $"Sequential(Conv2D(10, 3, stride: 2), Elu(), {pool}(2))");
        }
        yield return Layer("GlobalAveragePool", "3, 5, 17", "GlobalAveragePool");
        yield return Layer("GlobalMaxPool", "7, 5, 17", "Sequential(Conv2D(18, 2), GlobalMaxPool)");
        yield return Layer("GlobalMaxPool of many pixels", "2, 300, 3", "GlobalMaxPool");
        yield return Layer("MaxPool2D with ceilMode", "8, 7, 5", "Sequential(Conv2D(17, 2), Relu, MaxPool2D(3, stride: 2, padding: 1, ceilMode: true))");
        yield return Layer("AveragePool2D with all of its options", "8, 7, 5", "AveragePool2D(3, stride: 2, padding: 1, ceilMode: true, countPadding: true)");
        yield return Layer("AdaptiveAveragePool2D", "5, 7, 17", "Sequential(AdaptiveAveragePool2D((3, 4)), Conv2D(5, 3), AdaptiveAveragePool2D(1))");
        yield return Layer("Upsample2D", "3, 4, 5", "Sequential(Upsample2D(2), Conv2D(7, 3, padding: 1, paddingMode: PaddingMode.Reflect), Relu)");
        yield return Layer("Upsample2D bilinear", "3, 4, 19", "Upsample2D((2, 3), UpsampleMode.Bilinear)");
        yield return Unary("Resize2D", "5, 4, 3", "Resize2D(x * s, 3, 9, UpsampleMode.Bilinear, alignCorners: true) + Resize2D(x, 3, 9)");
        yield return Unary("PixelShuffle", "3, 4, 12", "PixelShuffle(x * s, 2) * Resize2D(x, 6, 8)[.., .., 3..6]");
        yield return Unary("PixelUnshuffle", "4, 6, 5", "Tanh(PixelUnshuffle(x * s, 2))");
        yield return Unary("Pad and Crop2D", "3, 4, 5", "Crop2D(Pad(Pad2D(x * s, 1, 2, 2, 1, PaddingMode.Replicate), 2, 1, 13, value: 0.5f), 1, 1, 0, 2)");
        yield return Layer("Conv2D, GlobalAveragePool", "6, 5, 2", "Sequential(Conv2D(33, 3), Relu, GlobalAveragePool, Dense(3))");
        yield return ("pool of a convolution that something else reads", Network(
            "8, 8, 2", "private readonly Layer c = Conv2D(16, 3), max = MaxPool2D(2), average = AveragePool2D(2);", "max(Relu(c(x))) + average(c(x))"));
        yield return ("two different pools of one convolution", Network(
            "8, 8, 2", "private readonly Layer c = Conv2D(16, 3), p = MaxPool2D(2), q = MaxPool2D(3, stride: 1), r = Conv2D(3, 2);", "Concat(p(c(x)), r(q(Tanh(c(x)))))"));

        foreach (var function in new[] { "Softmax", "LogSoftmax" })
        {
            yield return Unary($"{function} [10]", "10", $"{function}(x * s)");
            yield return Unary($"{function} [2, 3, 17]", "2, 3, 17", $"{function}(x * s)");
            yield return Unary($"{function} [1]", "1", $"{function}(x * s)");
            yield return Unary($"{function} of a weight", "35", $"x + {function}(s)", scale: "3, 35");
        }

        foreach (var (name, options) in new[]
        {
            ("", ""), ("causal", ", causal: true"), ("window", ", window: 4, alibi: true"), ("causal window", ", causal: true, window: 7, softCap: 2f"),
            ("dropout", ", dropout: 0.3f, scale: 0.2f"),
        })
        {
            yield return Unary(
                $"Attention {name}", "21, 12", $"Attention(x * s, Tanh(x * t), x * t, heads: 3{options})", other: "21, 12");
        }
        yield return Unary(
            "Attention of fewer keys", "9, 12", "Attention(x * s, (x * t)[..5, ..4], x[2..7, 8..] * t[0, 0], heads: 3)", other: "9, 12");
        yield return Unary("Attention of shared queries", "70, 5", "Attention(s, x, x * 0.5f, bias: t)", scale: "3, 5", other: "1, 70");
        yield return Unary("Attention with a bias of heads", "18, 4", "Attention(x, x, x, heads: 2, bias: s * t, causal: true)", scale: "2, 18, 18", other: "18");
        yield return Layer("SelfAttention", "9, 8", "SelfAttention(2)");
        yield return Layer("CausalSelfAttention", "2, 17, 8", "CausalSelfAttention(4, keyHeads: 2, rotary: true, bias: false, dropout: 0.2f)");
        yield return Layer(LongSequence, "270, 2", "CausalSelfAttention(1)");
        yield return Layer("LearnedPositions and SinusoidalPositions", "2, 6, 19", "Sequential(LearnedPositions(), SinusoidalPositions)");
        yield return Unary("RotaryPositions", "4, 36", "RotaryPositions(x * s) + RotaryPositions(x, heads: 2, theta: 100f, interleaved: true)");

        foreach (var layer in new[] { "Lstm", "Gru", "Rnn" })
        {
            yield return Layer($"{layer} of steps", "3, 2", $"{layer}(3)");
            yield return Layer($"{layer} of two layers", "2, 2, 1", $"{layer}(2, layers: 2, bidirectional: true, dropout: 0.1f, last: true)");
        }
        yield return Layer("Rnn by ReLU, one step", "1, 5", "Rnn(3, relu: true, bias: false)");
        yield return Layer("Lstm with peepholes and a projection", "3, 2", "Lstm(5, peepholes: true, projection: 3, last: true)");
        yield return Layer("Gru with the reset before the product", "3, 2", "Gru(3, resetAfter: false, inputDropout: 0.3f, bidirectional: true)");
        yield return Layer("Rnn with the same dropout at all steps", "3, 2", "Rnn(17, recurrentDropout: 0.3f)");
        yield return Layer("AttentionPool", "4, 3", "AttentionPool(5)");
        yield return Layer("Conv1D, causal", "7, 3", "Conv1D(4, kernel: 3, padding: Padding.Causal, dilation: 2)");
        yield return Unary("SoftmaxOfSteps", "4, 19", "SoftmaxOfSteps(x * s)");
        yield return Unary("Scan", "3, 5", "Scan((h, step) => Tanh(h * 0.5f + step), Zeros(5), x * s, reverse: true)");

        foreach (var norm in new[] { "LayerNorm", "RmsNorm" })
        {
            yield return Layer($"{norm} [10]", "10", $"{norm}()");
            yield return Layer($"{norm} [2, 3, 17]", "2, 3, 17", $"{norm}()");
            yield return Layer($"{norm} over 2 axes", "4, 3, 5", $"{norm}(axes: 2)");
            yield return Layer(
                $"{norm} between layers", "17", $"Sequential(Dense(33, bias: false), {norm}(epsilon: 0.1f), Gelu, Dense(5))");
        }
        yield return Layer("GroupNorm", "6, 5, 2", "Sequential(Conv2D(12, 3, bias: false), GroupNorm(3, epsilon: 0.1f), Relu)");
        yield return Layer("GroupNorm of a vector", "34", "GroupNorm(2, affine: false, epsilon: 0.1f)");
        yield return Layer(
            "InstanceNorm", "6, 5, 2", "Sequential(Conv2D(21, 3, bias: false), InstanceNorm(epsilon: 0.1f, affine: true), Relu)");
        yield return Layer("BatchNorm of an image", "6, 5, 2", "Sequential(Conv2D(12, 3, bias: false), BatchNorm(epsilon: 0.1f, momentum: 0.3f), Relu)");
        yield return Layer("SpectralNorm", "5", "SpectralNorm(Dense(4))");
        yield return Layer("BatchNorm of a sequence", "5, 21", "BatchNorm(epsilon: 0.1f, affine: false)");
        foreach (var classes in new[] { 1, 2, 10, 37 })
        {
            yield return Loss($"CrossEntropy {classes}", "17", $"Dense({classes})", "Labels label", "CrossEntropy(Forward(x), label)");
            yield return Loss($"CrossEntropy {classes} in a larger objective", "17", $"Dense({classes})", "Labels label",
                "2f * CrossEntropy(Forward(x), label) + Mean(Square(Forward(x)))");
        }
        yield return Loss("Ctc", "7, 5", "Dense(4)", "[Shape(3)] Labels text", "Ctc(Forward(x), text, blank: 3)");
        yield return Loss("Ctc of several lengths", "19, 3", "Dense(5)", "[Shape(9)] Labels text, [Shape] Tensor trust", "Ctc(Forward(x), text, ignoreIndex: 0, zeroInfinity: true, weight: Square(trust))");
        yield return Loss("CrossEntropy at positions", "3, 2, 17", "Dense(5)", "[Shape(3, 2)] Labels label", "CrossEntropy(Forward(x), label)");
        yield return Loss("CrossEntropy at positions, in a larger objective", "3, 17", "Dense(5)", "[Shape(3)] Labels label",
            "2f * CrossEntropy(Forward(x), label) + Mean(Square(Forward(x)))");
        yield return Loss("CrossEntropy of probabilities at positions", "3, 17", "Dense(5)", "[Shape(3, 5)] Tensor target", "CrossEntropy(Forward(x), target)");
        yield return Loss("CrossEntropy of probabilities", "17", "Dense(5)", "[Shape(5)] Tensor target", "CrossEntropy(Forward(x), target)");
        yield return Loss("two CrossEntropies", "17", "Dense(5)", "Labels label, Labels other", "CrossEntropy(Forward(x), label) + CrossEntropy(Forward(x) * 0.5f, other)");
        yield return Loss("CrossEntropy of two labels", "17", "Dense(5)", "Labels label, Labels other", "CrossEntropy(Forward(x), label) + CrossEntropy(Forward(x), other)");
        foreach (var loss in new[] { "BinaryCrossEntropy", "MeanSquaredError", "MeanAbsoluteError", "Huber" })
        {
            yield return Loss($"{loss} [1]", "17", "Dense(1)", "[Shape(1)] Tensor target", $"{loss}(Forward(x), target)");
            yield return Loss($"{loss} [3, 5]", "17", "Sequential(Dense(15), Reshape(3, 5))", "[Shape(3, 5)] Tensor target", $"{loss}(Forward(x), target)");
            yield return Loss($"{loss} [100]", "10", "Dense(100)", "[Shape(100)] Tensor target", $"{loss}(Forward(x), target)");
        }
        yield return Loss(
            "BinaryCrossEntropy of a computed target", "17", "Dense(5)", "[Shape(5)] Tensor target", "BinaryCrossEntropy(Forward(x), Sigmoid(target) * Sigmoid(Forward(x)))");
        yield return Loss("Huber 0.3", "17", "Dense(5)", "[Shape(5)] Tensor target", "Huber(Forward(x), target, 0.3f)");
        yield return Loss("CrossEntropy by what counts", "17", "Dense(5)", "Labels label, [Shape] Tensor weight",
            "CrossEntropy(Forward(x), label, labelSmoothing: 0.1f, weights: [1f, 0.5f, 2f, 1f, 3f], ignoreIndex: -1) + CrossEntropy(Forward(x), label, weight: Square(weight))");
        yield return Loss("Focal and NegativeLogLikelihood", "17", "Dense(5)", "Labels label",
            "Focal(Forward(x), label, weights: [1f, 0.5f, 2f, 1f, 3f]) + NegativeLogLikelihood(LogSoftmax(Forward(x)), label, ignoreIndex: -1)");
        yield return Loss("losses of errors", "17", "Dense(5)", "[Shape(5)] Tensor target",
            "SmoothL1(Forward(x), target, 0.3f) + LogCosh(Forward(x), target) + Quantile(Forward(x), target, 0.9f) + Hinge(Forward(x), target) + SquaredHinge(Forward(x), target)");
        yield return Loss("likelihoods", "17", "Dense(5)", "[Shape(5)] Tensor target",
            "PoissonNegativeLogLikelihood(Forward(x), Square(target)) + GaussianNegativeLogLikelihood(Forward(x), target, Softplus(Forward(x)) + 0.1f) "
            + "+ KLDivergence(LogSoftmax(Forward(x)), Softmax(target)) + BinaryFocal(Forward(x), Sigmoid(target), gamma: 1.5f, alpha: 0.25f) "
            + "+ BinaryCrossEntropy(Forward(x), Sigmoid(target), positiveWeight: 3f)");
        yield return Loss("losses of pairs", "17", "Dense(5)", "[Shape(5)] Tensor other, [Shape] Tensor target",
            "CosineEmbedding(Forward(x), other, target) + Contrastive(Forward(x), other, Sigmoid(target), 9f) + Triplet(Forward(x), other, Forward(x) * 0.5f, 3f)");
        foreach (var penalty in new[] { "L1", "L2" })
        {
            // The penalty reads the weight that the same kernel may change.
            yield return Loss($"{penalty} of a layer", "17", "Sequential(Dense(10), Relu, Dense(5))", "Labels label",
                $"CrossEntropy(Forward(x), label) + 0.01f * {penalty}(layer)");
            yield return Loss($"{penalty} alone", "17", "Dense(33)", "Labels label", $"CrossEntropy(Forward(x), label) * 0f + {penalty}(layer)");
            yield return Loss($"{penalty} of activations", "17", "Dense(10)", "Labels label", $"CrossEntropy(Forward(x), label) + {penalty}(Forward(x)) * 0.1f");
            yield return Loss($"{penalty} of a convolution", "6, 6, 2", "Sequential(Conv2D(5, 3), MaxPool2D(2), Flatten, Dense(3))", "Labels label",
                $"CrossEntropy(Forward(x), label) + 0.1f * {penalty}(layer)");
        }

        yield return Layer("Dropout 0.5", "3, 7", "Dropout(0.5f)");
        yield return Layer("Dropout 0", "17", "Dropout(0f)");
        yield return Layer("Dropout behind Dense", "17", "Sequential(Dense(33), Relu, Dropout(0.5f), Dense(10))");
        yield return Layer("Dropout before Dense", "17", "Sequential(Dropout(0.2f), Dense(10))");
        yield return Layer("Dropout twice", "64", "Sequential(Dropout(0.3f), Tanh, Dropout(0.3f))");
        yield return Layer("Dropout behind a pool", "8, 8, 2", "Sequential(Conv2D(16, 3), Relu, MaxPool2D(2), Dropout(0.25f), Flatten, Dense(5))");
        yield return Layer("SpatialDropout", "4, 5, 17", "Sequential(SpatialDropout(0.4f), Dense(3))");
        yield return Layer("noise", "3, 17", "Sequential(GaussianNoise(0.5f), Selu, AlphaDropout(0.3f))");
        yield return Unary("IsTraining", "17", "Where(IsTraining(), Exp(x * s), x) * s + IsTraining() * x");
        yield return ("Dropout of a tensor that is read twice", Network(
            "20", "private readonly Parameter s = Parameter(20);\n    private readonly Layer drop = Dropout(0.5f);", "drop(x * s) + x * s"));
    }

    private static (string, string) Unary(string name, string dims, string result, string? scale = null, string? other = null, string? loss = null) => (name, Network(
        dims,
        $"private readonly Parameter s = Parameter({scale ?? dims});" + (other is null ? "" : $"\n    private readonly Parameter t = Parameter({other});"),
        result,
        loss));

    private static (string, string) Binary(string name, string x, string y, string scaleX, string scaleY, string result) => (name,
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Parameter s = Parameter({{scaleX}});
            private readonly Parameter t = Parameter({{scaleY}});

            public Tensor Forward([Shape({{x}})] Tensor x, [Shape({{y}})] Tensor y) => {{result}};

            [Objective]
            public Tensor Loss(Tensor x, Tensor y) => Sum(Square(Forward(x, y) + 0.3f));
        }
        """);

    private static (string, string) Layer(string name, string dims, string layer) => (name, Network(
        dims, $"private readonly Parameter s = Parameter({dims});\n    private readonly Layer layer = {layer};", "layer(x * s)"));

    private static (string, string) Conv(string dims, string arguments) => Layer($"Conv2D [{dims}] {arguments}", dims, $"Conv2D({arguments})");

    private static (string, string) Loss(string name, string dims, string layer, string inputs, string loss) => (name,
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = {{layer}};

            public Tensor Forward([Shape({{dims}})] Tensor x) => layer(x);

            [Objective]
            public Tensor Loss(Tensor x, {{inputs}}) => {{loss}};
        }
        """);

    private static string Network(string dims, string fields, string result, string? loss = null) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            {{fields}}

            public Tensor Forward([Shape({{dims}})] Tensor x) => {{result}};

            [Objective]
            public Tensor Loss(Tensor x) => {{loss ?? "Sum(Square(Forward(x) + 0.3f))"}};
        }
        """;
}
