using System.Text;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>What a step makes of a weight that is divided by its largest singular value, and of the vectors that find it.</summary>
public sealed class SpectralNormTests
{
    private const int Inputs = 7, Outputs = 5;

    private const string Vector =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = SpectralNorm(Dense(5, bias: false), iterations: 2);

            public Tensor Forward([Shape(7)] Tensor x) => layer(x);

            [Objective]
            public Tensor Loss(Tensor x, [Shape(5)] Tensor y) => Sum(Forward(x) * y) + 0.01f * L2(layer);
        }
        """;

    private const string Image =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(
                SpectralNorm(Conv2D(6, 3)), Tanh, SpectralNorm(ConvTranspose2D(4, 2, stride: 2)), SpectralNorm(DepthwiseConv2D(3)), Flatten, SpectralNorm(Dense(5)));

            public Tensor Forward([Shape(5, 6, 3)] Tensor image) => layers(image);

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    private const string Sequence =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(SpectralNorm(Conv1D(6, 3)), Tanh, SpectralNorm(ConvTranspose1D(4, 2, stride: 2)), Flatten, Dense(3));

            public Tensor Forward([Shape(8, 3)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, [Shape(3)] Tensor y) => Mean(Square(Forward(x) - y));
        }
        """;

    /// <summary>
    /// Some layers alone: what bounds the errors of a product bounds them by the sum of all magnitudes, and a few products in a row leave nothing of a bound.
    /// </summary>
    private static string Small(string layer) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = {{layer}};

            public Tensor Forward([Shape(3, 4, 2)] Tensor image) => layer(image);

            [Objective]
            public Tensor Loss(Tensor image) => Mean(Square(Forward(image) + 0.3f));
        }
        """;

    /// <summary>A critic that another objective does not change, and that is called twice in its own.</summary>
    private const string Two =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer generator = Sequential(Dense(6), Tanh, Dense(4));
            private readonly Layer critic = Sequential(SpectralNorm(Dense(9)), Tanh, SpectralNorm(Dense(1)));

            [Frozen]
            private readonly Layer frozen = SpectralNorm(Dense(4));

            public Tensor Forward([Shape(3)] Tensor noise) => frozen(generator(noise));

            [Objective(Updates = [nameof(generator)])]
            public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-critic(Forward(noise))));

            [Objective(Updates = [nameof(critic)])]
            public Tensor CriticLoss(Tensor noise, [Shape(4)] Tensor real) => Mean(Softplus(critic(Forward(noise)))) + Mean(Softplus(-critic(real)));
        }
        """;

    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(
        [new NetworkSource("OfVectors", Vector), new NetworkSource("OfImages", Image), new NetworkSource("OfSequences", Sequence), new NetworkSource("OfTwo", Two),
            new NetworkSource("OfConvolution", Small("SpectralNorm(Conv2D(3, 2))")), new NetworkSource("OfTransposed", Small("SpectralNorm(ConvTranspose2D(3, 2, stride: 2))")),
            new NetworkSource("OfDepthwise", Small("SpectralNorm(DepthwiseConv2D(2, multiplier: 2))"))]));

    [Theory]
    [InlineData("OfVectors", 1, 16)]
    [InlineData("OfConvolution", 1, 17)]
    [InlineData("OfTransposed", 1, 17)]
    [InlineData("OfDepthwise", 1, 17)]
    [InlineData("OfSequences", 1, 17)]
    [InlineData("OfTwo", 2, 16)]
    public void Agrees_with_the_reference(string network, params int[] batches) =>
        Assert.InRange(Agreement.Check(Networks.Value[network], batches, 2, 3), 0, 0.1);

    /// <summary>The formulas of the paper, in double, with the gradient that takes u and v as constants: dW = (dY − (Σ dY∘W/σ)·v·uᵀ)/σ.</summary>
    [Fact]
    public void Steps_are_those_of_the_formulas()
    {
        using var net = Networks.Value["OfVectors"].Create(seed: 3);
        double[] weight = Values(net, "layer.weight_orig"), u = Values(net, "layer.weight_u"), v = new double[Inputs];
        const double rate = 0.1;
        const int batch = 8;
        for (var step = 0; step < 6; step++)
        {
            var random = new Random(step);
            float[] x = TestData.Numbers(random, batch * Inputs, 0.1, 2), y = TestData.Numbers(random, batch * Outputs, 0.1, 2);
            net.Step("Loss", [x, y], new Sgd((float)rate));
            for (var i = 0; i < 2; i++)
            {
                v = Direction([.. Enumerable.Range(0, Inputs).Select(k => Enumerable.Range(0, Outputs).Sum(n => weight[(k * Outputs) + n] * u[n]))]);
                u = Direction([.. Enumerable.Range(0, Outputs).Select(n => Enumerable.Range(0, Inputs).Sum(k => weight[(k * Outputs) + n] * v[k]))]);
            }
            var sigma = Sigma(weight, u, v);
            // The loss is linear in W/σ: its gradient there is the mean of xᵀ·y.
            var outer = Enumerable.Range(0, weight.Length)
                .Select(at => Enumerable.Range(0, batch).Average(b => (double)x[(b * Inputs) + (at / Outputs)] * y[(b * Outputs) + (at % Outputs)])).ToArray();
            var along = outer.Zip(weight, (g, w) => g * w / sigma).Sum();
            weight = [.. weight.Select((w, at) => w - (rate * (((outer[at] - (along * v[at / Outputs] * u[at % Outputs])) / sigma) + (2 * 0.01 * w))))];
        }
        Close(weight, Values(net, "layer.weight_orig"));
        Close(u, Values(net, "layer.weight_u"));
        Close(v, Values(net, "layer.weight_v"));
        // What predicts is the weight by the stored vectors.
        var rows = new float[Inputs * Outputs];
        net.Predict("Forward", [Identity], rows);
        Close([.. weight.Select(w => w / Sigma(weight, u, v))], [.. rows.Select(w => (double)w)]);
    }

    /// <summary>Steps that change no weight find the largest singular value, whose matrix then has 1.</summary>
    [Fact]
    public void Iterations_converge_and_predictions_before_them_are_finite()
    {
        using var net = Networks.Value["OfVectors"].Create(seed: 5);
        var rows = new float[Inputs * Outputs];
        net.Predict("Forward", [Identity], rows);
        Assert.InRange(Largest(rows), 1, 100);
        for (var step = 0; step < 100; step++)
            net.Step("Loss", [new float[Inputs], new float[Outputs]], new Sgd(0f));
        net.Predict("Forward", [Identity], rows);
        Assert.Equal(1, Largest(rows), 1e-5);
    }

    [Fact]
    public void Another_objective_and_frozen_layers_leave_the_vectors()
    {
        var compiled = Networks.Value["OfTwo"];
        using var net = compiled.Create();
        TestData.FillWeights(net.Network, seed: 3);
        var before = net.Network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());
        net.Step("GeneratorLoss", compiled.Inputs("GeneratorLoss", 8, 1), new Sgd(0.1f));
        Assert.Equal(["generator.0.bias", "generator.0.weight", "generator.2.bias", "generator.2.weight"], Changed());
        net.Step("CriticLoss", compiled.Inputs("CriticLoss", 8, 1), new Sgd(0.1f));
        Assert.Equal(
            ["critic.0.bias", "critic.0.weight_orig", "critic.0.weight_u", "critic.0.weight_v", "critic.2.bias", "critic.2.weight_orig", "critic.2.weight_u", "critic.2.weight_v"],
            Changed().Where(name => name.StartsWith("critic", StringComparison.Ordinal)));
        Assert.DoesNotContain(Changed(), name => name.StartsWith("frozen", StringComparison.Ordinal));

        string[] Changed() => [.. net.Network.Parameters.Where(p => !p.Values.SequenceEqual(before[p.Name])).Select(p => p.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// PyTorch's shapes, and its order: in a file σ = Σ u[o]·W[o, ..]·v[..] is the sum over W as it lies there, as rows of outputs (of a transposed convolution its second axis).
    /// </summary>
    [Theory]
    [InlineData("layers.0", "[6,3,3,3]", 6, 27, false)]
    [InlineData("layers.2", "[6,4,2,2]", 4, 24, true)]
    [InlineData("layers.3", "[4,1,3,3]", 4, 9, false)]
    [InlineData("layers.5", "[5,96]", 5, 96, false)]
    public void Files_have_PyTorchs_names_shapes_and_order(string layer, string shape, int outputs, int others, bool isTransposed)
    {
        using var net = Networks.Value["OfImages"].Create(seed: 2);
        for (var step = 0; step < 3; step++)
            net.Step("Loss", Networks.Value["OfImages"].Inputs("Loss", 4, step), new Sgd(0f));
        using var stream = new MemoryStream();
        SafeTensors.Save(stream, net.Network.Parameters);
        var bytes = stream.ToArray();
        var length = (int)BitConverter.ToInt64(bytes);
        using var header = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length));
        Assert.Equal(shape, header.RootElement.GetProperty(layer + ".weight_orig").GetProperty("shape").GetRawText());
        Assert.Equal($"[{outputs}]", header.RootElement.GetProperty(layer + ".weight_u").GetProperty("shape").GetRawText());
        Assert.Equal($"[{others}]", header.RootElement.GetProperty(layer + ".weight_v").GetProperty("shape").GetRawText());
        var (u, v, w) = (Read("weight_u"), Read("weight_v"), Read("weight_orig"));
        var positions = isTransposed ? 4 : 1;
        var inFile = Enumerable.Range(0, w.Length).Sum(at =>
        {
            var (o, rest) = isTransposed
                ? (at / positions % outputs, (at / positions / outputs * positions) + (at % positions))
                : (at / others, at % others);
            return (double)u[o] * w[at] * v[rest];
        });
        // v has length 1 and is W·u's direction, so σ is ‖Wᵀ·v‖, and no other order of v gives as much.
        var image = new double[outputs];
        for (var at = 0; at < w.Length; at++)
        {
            var (o, rest) = isTransposed ? (at / positions % outputs, (at / positions / outputs * positions) + (at % positions)) : (at / others, at % others);
            image[o] += (double)w[at] * v[rest];
        }
        Assert.Equal(Math.Sqrt(image.Sum(n => n * n)), inFile, 1e-5);
        net.Network.Parameters[layer + ".weight_v"].Values.Clear();
        stream.Position = 0;
        SafeTensors.Load(stream, net.Network.Parameters);
        Assert.Equal(1, net.Network.Parameters[layer + ".weight_v"].Values.ToArray().Sum(n => (double)n * n), 1e-5);

        float[] Read(string name)
        {
            var offsets = header.RootElement.GetProperty($"{layer}.{name}").GetProperty("data_offsets");
            var (from, to) = (offsets[0].GetInt32(), offsets[1].GetInt32());
            return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + length + from, to - from)).ToArray();
        }
    }

    /// <summary>A sample for each row of the weight.</summary>
    private static float[] Identity => [.. Enumerable.Range(0, Inputs * Inputs).Select(i => i % (Inputs + 1) == 0 ? 1f : 0f)];

    private static double[] Values(ICompiledNetwork net, string name) => [.. net.Network.Parameters[name].Values.ToArray().Select(v => (double)v)];

    private static double[] Direction(double[] x) => [.. x.Select(n => n / Math.Sqrt(x.Sum(m => m * m)))];

    private static double Sigma(double[] weight, double[] u, double[] v) => weight.Select((w, at) => w * v[at / Outputs] * u[at % Outputs]).Sum();

    private static void Close(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }

    /// <summary>The largest singular value of a matrix of Outputs columns, by many iterations in double.</summary>
    private static double Largest(float[] matrix)
    {
        double[] u = [.. Enumerable.Range(1, Outputs).Select(i => (double)i)], image = u;
        for (var i = 0; i < 1000; i++)
        {
            u = Direction(image);
            double[] v = [.. Enumerable.Range(0, Inputs).Select(k => Enumerable.Range(0, Outputs).Sum(n => matrix[(k * Outputs) + n] * u[n]))];
            image = [.. Enumerable.Range(0, Outputs).Select(n => Enumerable.Range(0, Inputs).Sum(k => matrix[(k * Outputs) + n] * v[k]))];
        }
        return Math.Sqrt(Math.Sqrt(image.Sum(n => n * n)));
    }
}
