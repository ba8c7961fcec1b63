namespace NetGen.Generator.Benchmarks;

/// <summary>A network whose compilation is measured: a file with one class <c>Net</c>.</summary>
public sealed record Network(string Name, string Source)
{
    /// <summary>The sample, and deep ones that show what grows with depth and what with the number of distinct kernels.</summary>
    public static IReadOnlyList<Network> All { get; } =
    [
        // samples/Mnist/MnistCnn.cs
        new("sample CNN", Classifier(
            "28, 28, 1",
            """
            Sequential(
                    Conv2D(32, kernel: 3), Relu, MaxPool2D(2),
                    Conv2D(64, kernel: 3), Relu, MaxPool2D(2),
                    Conv2D(64, kernel: 3), Relu,
                    Flatten, Dense(64), Relu, Dense(10))
            """)),
        // Between an input and a result of other sizes.
        new("10 equal Dense", EqualLayers(10)),
        new("100 equal Dense", EqualLayers(100)),
        // 49 equal residual blocks of two convolutions, one layer before and one behind them.
        new("100 layers, residual", Classifier(
            "32, 32, 3",
            """
            Sequential(
                    Conv2D(16, 3, padding: Padding.Same), Relu,
                    Repeat(49, () => Skip(Sequential(Conv2D(16, 3, padding: Padding.Same), Relu, Conv2D(16, 3, padding: Padding.Same)))),
                    GlobalAveragePool, Dense(10))
            """,
            "private static Layer Skip(Layer inner) => x => Relu(x + inner(x));")),
        // No two layers alike, and most widths no multiple of a vector: every layer has kernels of its own.
        new("100 distinct Dense", Classifier("32", "Sequential(Repeat(99, i => Sequential(Dense(36 + 4 * i), Relu)), Dense(10))")),
    ];

    public override string ToString() => Name;

    private static string EqualLayers(int count) => Classifier("32", $"Sequential(Dense(64), Relu, Repeat({count}, () => Sequential(Dense(64), Relu)), Dense(10))");

    private static string Classifier(string shape, string layers, string member = "") =>
        $$"""
        using NetGen;
        using static NetGen.Layers;
        using static NetGen.Ops;

        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = {{layers}};

            {{member}}

            public Tensor Forward([Shape({{shape}})] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }

        """;
}
