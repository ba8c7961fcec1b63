using NetGen.Compiled.Tests.Harness;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>Networks whose products round their operands, for the processor too: it computes them with floats.</summary>
internal static class PrecisionNetworks
{
    /// <summary>How many products follow each other in the networks.</summary>
    private static readonly IReadOnlyDictionary<string, (string Dims, string Layers, int Products)> Layers = new Dictionary<string, (string, string, int)>
    {
        ["Dense"] = ("18", "Dense(26), Relu, Dense(24)", 2),
        ["Convolution"] = ("6, 6, 8", "Conv2D(16, 3), Relu, MaxPool2D(2), Conv2D(24, 3, padding: Padding.Same), Relu, Flatten, Dense(10)", 3),
        // Without functions that have kinks, for gradients.
        ["Linear"] = ("18", "Dense(26), Dense(24)", 2),
        ["LinearConvolution"] = ("5, 5, 8", "Conv2D(16, 3), Conv2D(24, 3, stride: 2, padding: 1), Flatten, Dense(10)", 3),
        // Rows of 17 and 19 numbers: no pairs. Windows of nine pixels.
        ["Odd"] = ("17", "Dense(19), Relu, Dense(26)", 2),
        ["LargeWindow"] = ("8, 8, 8", "Conv2D(16, 3), MaxPool2D(3), Relu", 1),
    };

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        .. from name in Names from precision in Enum.GetNames<Precision>() select new NetworkSource($"{name}_{precision}", Text(name, precision)),
        new NetworkSource("Classifier",
            """
            [Network(Precision = Precision.BFloat16)]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(16), Tanh, Dense(10));

                public Tensor Forward([Shape(16)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """),
    ]));

    public static IEnumerable<string> Names => Layers.Keys;

    public static CompiledNetwork Classifier => Compiled.Value["Classifier"];

    public static CompiledNetwork Get(string name, Precision precision) => Compiled.Value[$"{name}_{precision}"];

    /// <summary>How many products follow each other.</summary>
    public static int Products(string name) => Layers[name].Products;

    private static string Text(string name, string precision) =>
        $$"""
        [Network(Precision = Precision.{{precision}})]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential({{Layers[name].Layers}});

            public Tensor Forward([Shape({{Layers[name].Dims}})] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x) => Sum(Square(Forward(x) + 0.3f));
        }
        """;
}
