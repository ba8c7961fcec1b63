using NetGen;
using Functional = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>Networks that read tokens, in rows of a length, and classify them or each of their steps.</summary>
internal abstract class TokensCase(INetwork network, TorchNetworks.Wired twin, int batch, int length, int steps, int classes) : Case(network, twin, [])
{
    protected int[] Tokens { get; } = Classes(batch * length, 30);

    protected int[] Labels { get; } = [.. Classes(7 + (batch * steps), classes).Skip(7)];

    /// <summary>Columns of the tokens.</summary>
    protected int[] Part(int start, int count) => [.. Tokens.Chunk(length).SelectMany(row => row.AsSpan(start, count).ToArray())];

    public override Tensor TorchPredict() => Twin.forward(TorchLabels(Tokens).reshape(-1, length));

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict().reshape(-1, classes), TorchLabels(Labels));
}

internal sealed class BertCase : TokensCase
{
    private readonly Bert network;

    public BertCase(int batch, Bert network)
        : base(network, SequenceModules.Bert(), batch, length: 18, steps: 1, classes: 3)
    {
        this.network = network;
        // Segments are 0 or 1.
        for (var i = 0; i < Tokens.Length; i++)
            Tokens[i] = i % 18 < 9 ? Tokens[i] : Tokens[i] % 2;
    }

    public override float[] Predict() => network.Predict(Part(0, 9), Part(9, 9));

    public override float Loss() => network.Loss(Part(0, 9), Part(9, 9), Labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(Part(0, 9), Part(9, 9), Labels, optimizer);
}

internal sealed class GptCase(int batch, Gpt network) : TokensCase(network, SequenceModules.Gpt(), batch, length: 9, steps: 9, classes: 30)
{
    public override float[] Predict() => network.Predict(Tokens);

    public override float Loss() => network.Loss(Tokens, Labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(Tokens, Labels, optimizer);
}

internal sealed class TranslatorCase(int batch, Translator network)
    : TokensCase(network, SequenceModules.Translator(), batch, length: 16, steps: 9, classes: 30)
{
    public override float[] Predict() => network.Predict(Part(0, 7), Part(7, 9));

    public override float Loss() => network.Loss(Part(0, 7), Part(7, 9), Labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(Part(0, 7), Part(7, 9), Labels, optimizer);
}

internal sealed class EncoderDecoderCase(int batch, EncoderDecoder network)
    : TokensCase(network, SequenceModules.EncoderDecoder(), batch, length: 16, steps: 9, classes: 30)
{
    public override float[] Predict() => network.Predict(Part(0, 7), Part(7, 9));

    public override float Loss() => network.Loss(Part(0, 7), Part(7, 9), Labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(Part(0, 7), Part(7, 9), Labels, optimizer);
}

internal sealed class LanguageModelCase(int batch, LanguageModel network)
    : TokensCase(network, SequenceModules.LanguageModel(), batch, length: 9, steps: 9, classes: 30)
{
    public override float[] Predict() => network.Predict(Tokens);

    public override float Loss() => network.Loss(Tokens, Labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(Tokens, Labels, optimizer);
}

internal sealed class LlamaCase(int batch, Llama network) : Case(network, SequenceModules.Llama(), Numbers(batch * 216, 8))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}

internal sealed class PatchesCase(int batch, Patches network) : Case(network, SequenceModules.Patches(), Numbers(batch * 432, 8))
{
    private readonly int[] labels = Classes(batch, 10);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => network.Loss(X, labels);

    public override float Step<TOptimizer>(in TOptimizer optimizer) => network.Step(X, labels, optimizer);

    public override Tensor TorchLoss() => Functional.cross_entropy(TorchPredict(), TorchLabels(labels));
}
