using System.Globalization;
using NetGen;
using Xunit;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>Law 1c: what the generator wrote against libtorch's autograd and optimizers, from the same weights.</summary>
public sealed class TorchTests(ITestOutputHelper output)
{
    private const int StepCount = 10;

    private static readonly Dictionary<string, Func<Case>> Cases = new()
    {
        ["Images, batch 1"] = () => new ImagesCase(1, new Images(1)),
        ["Images, batch 13"] = () => new ImagesCase(13, new Images(2)),
        ["Activations, batch 1"] = () => new ActivationsCase(1, new Activations(3)),
        ["Activations, batch 32"] = () => new ActivationsCase(32, new Activations(4)),
        ["Side by side, batch 1"] = () => new SideBySideCase(1, new SideBySide(3)),
        ["Side by side, batch 32"] = () => new SideBySideCase(32, new SideBySide(4)),
        ["Norms, batch 1"] = () => new NormsCase(1, new Norms(3)),
        ["Norms, batch 32"] = () => new NormsCase(32, new Norms(4)),
        ["Recurrents, batch 1"] = () => new RecurrentsCase(1, new Recurrents(3)),
        ["Recurrents, batch 19"] = () => new RecurrentsCase(19, new Recurrents(4)),
        ["Sequences, one"] = () => new SequencesCase([4], new Sequences(3)),
        ["Sequences of several lengths"] = () => new SequencesCase([3, 6, 1, 2, 6, 5, 4, 1, 3], new Sequences(4)),
        ["Transformers, batch 1"] = () => new TransformersCase(1, new Transformers(3)),
        ["Transformers, batch 19"] = () => new TransformersCase(19, new Transformers(4)),
        ["Convolutions, batch 1"] = () => new ConvolutionsCase(1, new Convolutions(3)),
        ["Convolutions, batch 13"] = () => new ConvolutionsCase(13, new Convolutions(4)),
        ["Convolutions of sequences, batch 1"] = () => new Convolutions1DCase(1, new Convolutions1D(3)),
        ["Convolutions of sequences, batch 13"] = () => new Convolutions1DCase(13, new Convolutions1D(4)),
        ["Bert, batch 1"] = () => new BertCase(1, new Bert(3)),
        ["Bert, batch 19"] = () => new BertCase(19, new Bert(4)),
        ["Gpt, batch 1"] = () => new GptCase(1, new Gpt(3)),
        ["Gpt, batch 19"] = () => new GptCase(19, new Gpt(4)),
        ["Translator, batch 1"] = () => new TranslatorCase(1, new Translator(3)),
        ["Translator, batch 19"] = () => new TranslatorCase(19, new Translator(4)),
        ["Llama, batch 1"] = () => new LlamaCase(1, new Llama(3)),
        ["Llama, batch 19"] = () => new LlamaCase(19, new Llama(4)),
        ["Patches, batch 1"] = () => new PatchesCase(1, new Patches(3)),
        ["Patches, batch 19"] = () => new PatchesCase(19, new Patches(4)),
        ["Encoder and decoder, batch 1"] = () => new EncoderDecoderCase(1, new EncoderDecoder(3)),
        ["Encoder and decoder, batch 70"] = () => new EncoderDecoderCase(70, new EncoderDecoder(4)),
        ["Language model, batch 1"] = () => new LanguageModelCase(1, new LanguageModel(3)),
        ["Language model, batch 19"] = () => new LanguageModelCase(19, new LanguageModel(4)),
        ["MeanSquaredError"] = () => new RegressionCase(9, "Squared", new Regression(5)),
        ["MeanAbsoluteError"] = () => new RegressionCase(9, "Absolute", new Regression(6)),
        ["Huber"] = () => new RegressionCase(9, "Huber", new Regression(7)),
        ["BinaryCrossEntropy"] = () => new RegressionCase(9, "Binary", new Regression(8)),
        ["CrossEntropy of probabilities"] = () => new RegressionCase(9, "Soft", new Regression(9)),
    };

    private static readonly Dictionary<string, (Action<Case> Step, Func<TorchSharp.Modules.Parameter[], Action> Torch)> Optimizers = new()
    {
        ["Sgd"] = (c => c.Step(new Sgd(0.05f)), p => Steps(optim.SGD(p, 0.05))),
        ["Sgd, momentum"] = (c => c.Step(new Sgd(0.05f, momentum: 0.9f)), p => Steps(optim.SGD(p, 0.05, momentum: 0.9))),
        ["Sgd, Nesterov and decay"] = (c => c.Step(new Sgd(0.05f, 0.9f, nesterov: true, weightDecay: 0.01f)),
            p => Steps(optim.SGD(p, 0.05, momentum: 0.9, weight_decay: 0.01, nesterov: true))),
        ["Adam"] = (c => c.Step(new Adam(3e-3f)), p => Steps(optim.Adam(p, 3e-3))),
        ["AdamW"] = (c => c.Step(new AdamW(3e-3f, weightDecay: 0.1f)), p => Steps(optim.AdamW(p, 3e-3, weight_decay: 0.1))),
        ["RmsProp"] = (c => c.Step(new RmsProp(1e-3f)), p => Steps(optim.RMSProp(p, 1e-3))),
        ["Adagrad"] = (c => c.Step(new Adagrad(1e-2f)), p => Steps(optim.Adagrad(p, 1e-2))),
        ["Adamax"] = (c => c.Step(new Adamax(3e-3f, weightDecay: 0.1f)), p => Steps(optim.Adamax(p, 3e-3, weight_decay: 0.1))),
        ["Nadam"] = (c => c.Step(new Nadam(3e-3f, weightDecay: 0.1f)), p => Steps(optim.NAdam(p, 3e-3, weight_decay: 0.1))),
        ["Adadelta"] = (c => c.Step(new Adadelta(1f)), p => Steps(optim.Adadelta(p, 1.0))),
        ["Rprop"] = (c => c.Step(new Rprop(1e-2f)), p => Steps(optim.Rprop(p, 1e-2))),
        ["AmsGrad"] = (c => c.Step(new AmsGrad(3e-3f)), p => Steps(optim.Adam(p, 3e-3, amsgrad: true))),
        ["RmsProp, momentum"] = (c => c.Step(new RmsProp(1e-3f, momentum: 0.9f)), p => Steps(optim.RMSProp(p, 1e-3, momentum: 0.9))),
        // PyTorch has none of these: as published, on libtorch's gradients.
        ["Lion"] = (c => c.Step(new Lion(1e-3f, weightDecay: 0.1f)), p => PublishedOptimizers.Lion(p, 1e-3, 0.1)),
        ["Lamb"] = (c => c.Step(new Lamb(1e-2f, weightDecay: 0.1f)), p => PublishedOptimizers.Lamb(p, 1e-2, 0.1)),
        ["Muon"] = (c => c.Step(new Muon(0.02f, weightDecay: 0.1f, adamLearningRate: 1e-3f) { Epsilon = 1e-3f }), p => PublishedOptimizers.Muon(p, 0.02, 0.95, true, 0.1)),
        ["SgdW"] = (c => c.Step(new SgdW(0.05f, momentum: 0.9f, weightDecay: 0.1f)), p => PublishedOptimizers.SgdW(p, 0.05, 0.9, 0.1)),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys, .. LossesCase.Names];

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Outputs_losses_and_gradients_agree(string name)
    {
        using var test = Cases.TryGetValue(name, out var made) ? made() : new LossesCase(name, new Losses(10));
        Copy(test);
        var outputs = Difference(Floats(test.TorchPredict()), test.Predict());
        using var torchLoss = test.TorchLoss();
        torchLoss.backward();
        var loss = Difference(Floats(torchLoss), [test.Loss()]);
        // The step is the gradient at some learning rate, but for the rounding of the weight, which a large one leaves little of.
        const float Rate = 1024;
        var before = InFile(test.Parameters);
        var stepLoss = Difference(Floats(torchLoss), [test.Step(new Sgd(Rate))]);
        var after = InFile(test.Parameters);
        var (gradients, worst) = test.Twin.named_parameters()
            .Select(p => (Difference(Floats(p.parameter.grad!), Floats((before[p.name] - after[p.name]) / Rate)), p.name)).Max();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: outputs {outputs:E1}, loss {loss:E1}, loss of step {stepLoss:E1}, gradients {gradients:E1} (of the largest number, in {worst})"));
        Assert.True(outputs < 3e-6 && loss < 3e-6 && stepLoss < 3e-6 && gradients < 2e-5, "See the output.");
    }

    /// <summary>Several steps of each optimizer, by the weights at the end.</summary>
    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Optimizers_agree(string name)
    {
        using var test = Cases["Images, batch 13"]();
        Copy(test);
        var step = Optimizers[name].Torch([.. test.Twin.parameters()]);
        for (var done = 0; done < StepCount; done++)
        {
            test.Twin.zero_grad();
            using var loss = test.TorchLoss();
            loss.backward();
            step();
            Optimizers[name].Step(test);
        }
        var weights = InFile(test.Parameters);
        var worst = test.Twin.named_parameters().Max(p => Difference(Floats(p.parameter), Floats(weights[p.name])));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: weights after {StepCount} steps {worst:E1} (of the largest one)"));
        Assert.True(worst < 1e-4, "See the output.");
    }

    /// <summary>Statistics of the batch in steps, the running ones in predictions; both, and what counts the steps, as PyTorch's.</summary>
    [Fact]
    public void Batch_normalization_trains_and_predicts_alike()
    {
        using var test = new BatchNormsCase(12, new BatchNorms(3));
        Copy(test);
        using var optimizer = optim.SGD(test.Twin.parameters(), 0.05);
        test.Twin.train();
        var losses = 0.0;
        for (var step = 0; step < 2 * StepCount; step++)
        {
            optimizer.zero_grad();
            using var loss = test.TorchLoss();
            loss.backward();
            optimizer.step();
            losses = Math.Max(losses, Difference(Floats(loss), [test.Step(new Sgd(0.05f))]));
        }
        var file = InFile(test.Parameters);
        // A bias before a normalization, and the mean of what one made, are 0 but for rounding.
        double Beside(string name, Tensor expected) => Difference([.. Floats(expected), 0.01f], [.. Floats(file[name]), 0.01f]);
        var weights = test.Twin.named_parameters().Max(p => Beside(p.name, p.parameter));
        var state = test.Twin.named_buffers().Max(b => Beside(b.name, b.buffer));
        test.Twin.eval();
        var outputs = Difference(Floats(test.TorchPredict()), test.Predict());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"losses {losses:E1}, weights {weights:E1}, state {state:E1}, outputs {outputs:E1} (of the largest number)"));
        Assert.True(losses < 1e-4 && weights < 5e-4 && state < 1e-4 && outputs < 1e-4, "See the output.");
    }

    private static Action Steps(optim.Optimizer optimizer) => () => optimizer.step();

    /// <summary>The weights and the state, as a file has them, to the parameters and buffers of the same names; every name is there on both sides.</summary>
    internal static void Copy(Case test)
    {
        using var _ = no_grad();
        var weights = InFile(test.Parameters);
        (string Name, Tensor Value)[] named = [.. test.Twin.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), .. test.Twin.named_buffers()];
        Assert.Equal(weights.Keys.Order(), named.Select(p => p.Name).Order());
        foreach (var (name, value) in named)
        {
            Assert.Equal(weights[name].shape, value.shape);
            value.copy_(weights[name]);
        }
    }

    internal static Dictionary<string, Tensor> InFile(NetworkParameters parameters)
    {
        using var file = new MemoryStream();
        SafeTensors.Save(file, parameters);
        file.Position = 0;
        return SafeTensorsFile.Load(file);
    }

    internal static float[] Floats(Tensor values) => values.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();

    /// <summary>The largest difference, as a part of the largest number.</summary>
    internal static double Difference(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Max(v => Math.Abs((double)v));
        return expected.Zip(actual, (e, a) => Math.Abs((double)e - a)).Max() / scale;
    }
}
