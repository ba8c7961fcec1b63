using NetGen.Compiled.Tests.Harness;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>
/// Networks whose products are large enough for tiles, in shapes that divide into tiles, vectors and columns, and in shapes that do not; and what else the networks around
/// single operations do not meet.
/// </summary>
internal static class TiledNetworks
{
    private static readonly IReadOnlyDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["Dense 32 to 32 to 24"] = Network("32", "Sequential(Dense(32), Tanh, Dense(24))"),
        ["Dense 18 to 37 to 26"] = Network("18", "Sequential(Dense(37), Relu, Dropout(0.4f), Dense(26))"),
        ["Convolution with pooling"] = Network("6, 6, 2", "Sequential(Conv2D(32, 3), Relu, MaxPool2D(2))"),
        ["Convolution with pooling of six"] = Network("5, 4, 2", "Sequential(Conv2D(25, 3), MaxPool2D((3, 2)), Tanh)"),
        ["Padded convolution of many channels"] = Network("4, 3, 24", "Sequential(Conv2D(24, (2, 3), padding: Padding.Same))"),
        ["Convolution with pooling of nine"] = Network("6, 7, 2", "Sequential(Conv2D(24, 3), Relu, MaxPool2D(3, stride: 4))"),
        ["Sums that are cut"] = Network("288", "Sequential(Dense(24), Relu, Dropout(0.4f), Dense(290))"),
        ["A padded sum that is cut"] = Network("3, 3, 30", "Sequential(Conv2D(26, 3, padding: Padding.Same), Gelu, Conv2D(25, 3, padding: 1))"),
        ["Strided convolution of many channels"] = Network("5, 5, 24", "Sequential(Conv2D(26, 2, stride: 2, padding: 1))"),
        ["A launch with more parameters than Action has"] = Many(),
        ["Softmax behind a product"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(40), Tanh, Dense(24));

                public Tensor Forward([Shape(20)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """,
        ["Names of locals"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer a = Dense(24);
                private readonly Parameter c0 = Parameter(24), n = Parameter(24), batch = Parameter(24), leftTo0 = Parameter(24), @class = Parameter(24), tile = Parameter(24), aFrom0Now = Parameter(24), column = Parameter(24);

                public Tensor Forward([Shape(32)] Tensor row) => (a(row) + c0) * n + batch * leftTo0 + @class - tile * aFrom0Now - column;

                [Objective]
                public Tensor Loss(Tensor row, [Shape(24)] Tensor B) => Sum(Square(Forward(row) - B));
            }
            """,
    };

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
        Texts.Values.Select((text, i) => new NetworkSource($"Tiled{i}", text)).ToArray(), forDevice: true));

    public static IEnumerable<string> Names => Texts.Keys;

    public static CompiledNetwork Get(string name) => Compiled.Value[$"Tiled{Texts.Keys.ToList().IndexOf(name)}"];

    /// <summary>A sum of seventeen weights is one kernel that reads all of them.</summary>
    private static string Many()
    {
        var names = Enumerable.Range(1, 17).Select(i => $"p{i}").ToArray();
        return $$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Parameter {{string.Join(", ", names.Select(p => $"{p} = Parameter(5)"))}};

                public Tensor Forward([Shape(5)] Tensor x) => x + {{string.Join(" + ", names)}};

                [Objective]
                public Tensor Loss(Tensor x) => Sum(Square(Forward(x) + 0.3f));
            }
            """;
    }

    private static string Network(string dims, string layers) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = {{layers}};
            private readonly Parameter s = Parameter({{dims}});

            public Tensor Forward([Shape({{dims}})] Tensor x) => layers(x * s);

            [Objective]
            public Tensor Loss(Tensor x) => Sum(Square(Forward(x) + 0.3f));
        }
        """;
}
