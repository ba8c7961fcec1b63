using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>
/// ⟨J·v, u⟩ = ⟨v, Jᵀ·u⟩ on compiled code alone, without a reference: a layer y(w, s) = layer_w(x·s) is linear in its weight w and in the scale s of
/// its input. J·v is the layer with v as that weight, and Jᵀ·u is the gradient of ⟨y, u⟩.
/// </summary>
[Trait("Category", "Kernels")]
public sealed class AdjointTests
{
    private static readonly (string Layer, string Input, string Output)[] Layers =
    [
        ("Dense(10, bias: false)", "17", "10"),
        ("Dense(64, bias: false)", "33", "64"),
        ("Dense(100, bias: false)", "784", "100"),
        ("Dense(48, bias: false)", "32", "48"),
        ("Conv2D(16, 3, bias: false)", "9, 8, 3", "7, 6, 16"),
        ("Conv2D(5, (2, 3), stride: (2, 1), bias: false)", "9, 8, 16", "4, 6, 5"),
        ("Conv2D(33, 3, stride: 2, padding: Padding.Same, bias: false)", "9, 8, 1", "5, 4, 33"),
        ("Conv2D(3, 5, padding: 3, bias: false)", "6, 7, 5", "8, 9, 3"),
        ("Conv2D(64, 1, bias: false)", "5, 5, 32", "5, 5, 64"),
        ("Conv2D(32, 3, bias: false)", "10, 12, 16", "8, 10, 32"),
        ("Conv2D(32, 3, bias: false)", "5, 8, 32", "3, 6, 32"),
        ("Conv2D(16, 3, padding: 1, bias: false)", "6, 6, 32", "6, 6, 16"),
    ];

    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(Layers.Select((l, i) => new NetworkSource($"Case{i}",
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = {{l.Layer}};
            private readonly Parameter s = Parameter({{l.Input}});

            public Tensor Forward([Shape({{l.Input}})] Tensor x) => layer(x * s);

            [Objective]
            public Tensor Loss(Tensor x, [Shape({{l.Output}})] Tensor u) => Sum(Forward(x) * u);
        }
        """)).ToArray()));

    public static IEnumerable<object[]> Cases =>
        Layers.SelectMany((layer, i) => new[] { "layer.weight", "s" }.Select(weight => new object[] { layer.Layer, weight, i }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_is_the_adjoint(string layer, string weight, int index)
    {
        _ = layer;
        var compiled = Networks.Value[$"Case{index}"];
        foreach (var batch in new[] { 1, 4, 15 })
        {
            using var network = compiled.Create(threads: 2);
            TestData.FillWeights(network.Network, 3);
            var inputs = compiled.Inputs("Loss", batch, batch);
            var u = (float[])inputs[1];
            var parameter = network.Network.Parameters[weight];
            var v = TestData.Numbers(new Random(9), parameter.Length, 0.1, 1);
            var kept = parameter.Values.ToArray();

            v.CopyTo(parameter.Values);
            var jv = new float[u.Length];
            network.Predict("Forward", inputs[..1], jv);
            kept.CopyTo(parameter.Values);
            network.Step("Loss", inputs, default(GradientCapture));

            var left = jv.Zip(u, (a, b) => (double)a * b).Sum();
            // The objective is a mean over the batch.
            var right = parameter.Values.ToArray().Zip(v, (g, a) => (double)g * a).Sum() * batch;
            // Roundings of n terms grow as √n when they are independent (the worst case, n, never shows); the sums of magnitudes are at most the norms'.
            var terms = (Math.Max(parameter.Length, u.Length / batch) * (double)batch) + 2;
            var magnitude = jv.Zip(u, (a, b) => Math.Abs((double)a * b)).Sum()
                + (parameter.Values.ToArray().Zip(v, (g, a) => Math.Abs((double)g * a)).Sum() * batch);
            Assert.InRange(Math.Abs(left - right), 0, Math.Sqrt(terms) * 8 / (1 << 24) * magnitude);
        }
    }
}
