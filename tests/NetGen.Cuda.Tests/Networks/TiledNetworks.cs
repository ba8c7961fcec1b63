using NetGen.Compiled.Tests.Harness;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>Networks whose products are large enough for tiles in shared memory, in shapes that divide into tiles, slices and columns, and in shapes that do not.</summary>
internal static class TiledNetworks
{
    private static readonly IReadOnlyDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["Dense 32 to 32 to 24"] = Network("32", "Sequential(Dense(32), Tanh, Dense(24))"),
        ["Dense 18 to 37 to 26"] = Network("18", "Sequential(Dense(37), Relu, Dropout(0.4f), Dense(26))"),
        ["Convolution with pooling"] = Network("6, 6, 2", "Sequential(Conv2D(32, 3), Relu, MaxPool2D(2))"),
        ["Convolution with pooling of six"] = Network("5, 4, 2", "Sequential(Conv2D(25, 3), MaxPool2D((3, 2)), Tanh)"),
        ["Padded convolution of many channels"] = Network("4, 3, 24", "Sequential(Conv2D(24, (2, 3), padding: Padding.Same))"),
        ["Strided convolution of many channels"] = Network("5, 5, 24", "Sequential(Conv2D(26, 2, stride: 2, padding: 1))"),
    };

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
        Texts.Values.Select((text, i) => new NetworkSource($"Tiled{i}", text)).ToArray(), forDevice: true));

    public static IEnumerable<string> Names => Texts.Keys;

    public static CompiledNetwork Get(string name) => Compiled.Value[$"Tiled{Texts.Keys.ToList().IndexOf(name)}"];

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
