using NetGen;
using Xunit;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>
/// Files go both ways: what PyTorch saved predicts here what it predicts there, and the other way round. The modules are written as one
/// writes them for PyTorch, and nobody permutes a weight. Images themselves are channels last here and channels first there.
/// </summary>
public sealed class FileTests
{
    private const int Batch = 3;

    private static readonly Dictionary<string, Func<Pair>> Pairs = new()
    {
        ["convolution, flatten, dense"] = () => Pair.Of(new ConvDense(1), new ConvDenseModule(), n => n.Predict, 6, 6, 2),
        ["poolings, two dense layers"] = () => Pair.Of(new ConvPoolDense(1), new ConvPoolDenseModule(), n => n.Predict, 12, 10, 3),
        ["dense layers on an image"] = () => Pair.Of(new ImageMlp(1), new ImageMlpModule(), n => n.Predict, 5, 4, 3),
        ["two heads"] = () => Pair.Of(new TwoHeads(1), new TwoHeadsModule(), n => n.Predict, 6, 6, 2),
        ["two flattened branches"] = () => Pair.Of(new TwoBranches(1), new TwoBranchesModule(), n => n.Predict, 7, 7, 2),
        ["an image and numbers"] = () => Pair.Of(new ImageAndNumbers(1), new ImageAndNumbersModule(), n => n.Predict, [6, 6, 2], [7]),
        ["residuals"] = () => Pair.Of(new ResidualNet(1), new ResidualNetModule(), n => n.Predict, 6, 6, 2),
        ["one dense layer for two images"] = () => Pair.Of(new Siamese(1), new SiameseModule(), n => n.Predict, [6, 6, 2], [6, 6, 2]),
        ["positions in one dimension"] = () => Pair.Of(new Positions(1), new PositionsModule(), n => n.Predict, 6, 5, 2),
        ["global average pool"] = () => Pair.Of(new Pooled(1), new PooledModule(), n => n.Predict, 6, 6, 2),
        ["a mean of rows"] = () => Pair.Of(new Columns(1), new ColumnsModule(), n => n.Predict, 6, 7, 2),
        ["the attribute form"] = () => Pair.Of(new Stack(1), new StackModule(), n => n.Predict, 6, 6, 2) with { Prefix = "layers." },
        ["a network in a network"] = () => Pair.Of(new Nested(1), new NestedModule(), n => n.Predict, 6, 6, 2),
        ["a dense layer that makes an image"] = () => Pair.Of(new Decoder(1), new DecoderModule(), n => n.Predict, 5),
        ["an autoencoder"] = () => Pair.Of(new Autoencoder(1), new AutoencoderModule(), n => n.Predict, 5, 4, 3),
        ["a gate for each channel"] = () => Pair.Of(new Gated(1), new GatedModule(), n => n.Predict, 6, 6, 2),
        ["channels beside channels"] = () => Pair.Of(new Inception(1), new InceptionModule(), n => n.Predict, 5, 6, 2),
        ["bare parameters"] = () => Pair.Of(new OwnParameters(1), new OwnParametersModule(), n => n.Predict, 5, 4, 2),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_PyTorch_saved_predicts_the_same_here(string name)
    {
        using var pair = Pairs[name]();
        var path = Path.GetTempFileName();
        try
        {
            SafeTensorsFile.Save(pair.Module.named_parameters().Select(p => (p.name[pair.Prefix.Length..], (Tensor)p.parameter)), path);
            pair.Network.Load(path);
            pair.CheckPredictions();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_saved_here_predicts_the_same_in_PyTorch(string name)
    {
        using var pair = Pairs[name]();
        using var _ = no_grad();
        using var file = new MemoryStream();
        SafeTensors.Save(file, pair.Network.Parameters);
        file.Position = 0;
        var state = SafeTensorsFile.Load(file);
        var parameters = pair.Module.named_parameters().ToDictionary(p => p.name[pair.Prefix.Length..], p => p.parameter);
        Assert.Equal(parameters.Keys.Order(), state.Keys.Order());
        foreach (var (key, value) in state)
        {
            Assert.Equal(parameters[key].shape, value.shape);
            parameters[key].copy_(value);
        }
        pair.CheckPredictions();
    }

    /// <summary>A network, its module and what both predict for the same samples.</summary>
    private sealed record Pair(INetwork Network, nn.Module Module, Func<(float[] Here, float[] There)> Predict) : IDisposable
    {
        /// <summary>What the module's names begin with and the network's do not.</summary>
        public string Prefix { get; init; } = "";

        public static Pair Of<TNetwork>(TNetwork network, OneInput module, Func<TNetwork, Func1> predict, params int[] shape)
            where TNetwork : INetwork => new(network, module, () =>
        {
            var x = Case.Numbers(Batch * shape.Aggregate(1, (a, b) => a * b), 3);
            return (predict(network)(x), Floats(module.forward(Input(x, shape))));
        });

        public static Pair Of<TNetwork>(TNetwork network, TwoInputs module, Func<TNetwork, Func2> predict, int[] first, int[] second)
            where TNetwork : INetwork => new(network, module, () =>
        {
            var x = Case.Numbers(Batch * first.Aggregate(1, (a, b) => a * b), 3);
            var y = Case.Numbers(Batch * second.Aggregate(1, (a, b) => a * b), 4);
            return (predict(network)(x, y), Floats(module.forward(Input(x, first), Input(y, second))));
        });

        public void CheckPredictions()
        {
            Module.eval();
            var (here, there) = Predict();
            Assert.Equal(there.Length, here.Length);
            var scale = there.Max(v => Math.Abs((double)v));
            var worst = here.Zip(there, (a, b) => Math.Abs((double)a - b)).Max() / scale;
            Assert.True(worst < 3e-6, $"{worst:E1} of the largest number");
        }

        public void Dispose()
        {
            Network.Dispose();
            Module.Dispose();
        }

        private static Tensor Input(float[] x, int[] shape)
        {
            var values = tensor(x).reshape([Batch, .. shape.Select(d => (long)d)]);
            return shape.Length == 3 ? values.permute(0, 3, 1, 2) : values;
        }

        /// <summary>In NetGen's order: an image channels last.</summary>
        private static float[] Floats(Tensor y) => (y.dim() == 4 ? y.permute(0, 2, 3, 1) : y).detach().contiguous().data<float>().ToArray();
    }
}

internal delegate float[] Func1(ReadOnlySpan<float> x);

internal delegate float[] Func2(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
