using System.Globalization;
using System.Text.RegularExpressions;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>
/// Convolutions by Winograd's algorithm, with what stands behind them in one kernel: results, losses and gradients within that algorithm's bounds, for batches
/// that fill a block of samples and for those that leave samples over, and the same bits for any number of threads.
/// </summary>
[Trait("Category", "Kernels")]
public sealed partial class WinogradTests
{
    private static readonly (string Name, string Layer, string Input, string Tiles)[] Cases =
    [
        ("pooled", "Conv2D(32, 3), Relu, MaxPool2D(2)", "12, 10, 16", "20 tiles of a sample, 16 products each instead of 36; 1 sample and 32 columns"),
        ("many tiles", "Conv2D(16, 3), Relu", "10, 12, 16", "20 tiles of a sample, 16 products each instead of 36; 1 sample and 16 columns"),
        ("one tile", "Conv2D(48, 3), Relu", "5, 5, 32", "1 tile of a sample, 25 products each instead of 81; 16 samples and 16 columns"),
        ("padded", "Conv2D(32, 3, padding: 1), Relu", "8, 10, 16", "20 tiles of a sample, 16 products each instead of 36; 1 sample and 32 columns"),
        ("padded, pooled", "Conv2D(32, 3, padding: Padding.Same), MaxPool2D((2, 1)), Tanh", "8, 6, 16", "12 tiles of a sample, 16 products each instead of 36; 1 sample and 32 columns"),
        ("long chain", "Conv2D(32, 3), Gelu, Dropout(0.3f)", "8, 8, 16", "4 tiles of a sample, 25 products each instead of 81; 4 samples and 32 columns"),
        ("long chain, pooled", "Conv2D(16, 3), MaxPool2D(2), Gelu", "12, 12, 16", "25 tiles of a sample, 16 products each instead of 36; 1 sample and 16 columns"),
        ("without activation", "Conv2D(16, 3, bias: false)", "8, 5, 16", "2 tiles of a sample, 25 products each instead of 81; 8 samples and 16 columns"),
    ];

    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(Cases.Select((c, i) => new NetworkSource($"Case{i}",
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = Sequential({{c.Layer}});
            private readonly Parameter s = Parameter({{c.Input}});

            public Tensor Forward([Shape({{c.Input}})] Tensor x) => layer(x * s);

            [Objective]
            public Tensor Loss([Shape({{c.Input}})] Tensor x) => Sum(Square(Forward(x) + 0.3f));
        }
        """)).ToArray()));

    public static IEnumerable<object[]> Names => Cases.Select(c => new object[] { c.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_sum(string name)
    {
        var index = Array.FindIndex(Cases, c => c.Name == name);
        var compiled = Networks.Value[$"Case{index}"];
        var plan = (string)compiled.Create().Network.GetType().GetProperty("Plan")!.GetValue(null)!;
        Assert.Contains(Cases[index].Tiles, plan);
        Assert.Contains("WinogradProductsGradient", plan);
        // Larger tiles have larger constants, which a bound takes to add up.
        // Part of a block of samples, and one more than a block.
        var block = int.Parse(SamplesOfBlock().Match(Cases[index].Tiles).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(Agreement.Check(compiled, [1, 3, block + 1], 2, 3), 0, Cases[index].Tiles.Contains("25 products") ? 0.1 : 0.01);
    }

    [GeneratedRegex(@"(\d+) samples? and")]
    private static partial Regex SamplesOfBlock();
}
