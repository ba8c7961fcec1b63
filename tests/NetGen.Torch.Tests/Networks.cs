using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace AgainstTorch;

/// <summary>Convolutions, pools and dense layers; TorchNetworks.Images is the same in TorchSharp.</summary>
[Network]
internal sealed partial class Images
{
    private readonly Layer features = Sequential(
        Conv2D(8, kernel: 3, padding: 1), Relu, MaxPool2D(2),
        Conv2D(12, kernel: 3, stride: 2), Gelu, AveragePool2D(2));

    private readonly Layer classifier = Sequential(Flatten, Dense(16), Tanh, Dense(10));

    public Tensor Forward([Shape(20, 20, 3)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

/// <summary>Every activation between dense layers of widths around those of vectors.</summary>
[Network]
internal sealed partial class Activations
{
    private readonly Layer layers = Sequential(
        Dense(33), LeakyRelu(0.1f), Dense(17), Elu(0.7f), Dense(16), Softplus, Dense(15), Silu, Dense(31), Sigmoid, Dense(9));

    public Tensor Forward([Shape(19)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary>The other activations side by side, over the same numbers.</summary>
[Network]
internal sealed partial class SideBySide
{
    private readonly Layer hidden = Sequential(Dense(33), PRelu(), Dense(17), PRelu(perChannel: true));
    private readonly Layer head = Sequential(Dense(9));

    public Tensor Forward([Shape(19)] Tensor x)
    {
        var h = 3f * hidden(x);
        return head(Concat(
            Selu(h), Celu(h, 0.8f), Mish(h), Gelu(
                h, approximate: true), Relu6(h), HardSigmoid(h), HardSwish(h), HardTanh(h, -0.5f, 0.75f), Softsign(h), LogSigmoid(h),
            Tanhshrink(h), Softshrink(h, 0.2f), Hardshrink(h, 0.2f), ThresholdedRelu(h, 0.1f), Softplus(h, 2f)));
    }

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary>Normalizations of rows, of images, and of groups of their channels.</summary>
[Network]
internal sealed partial class Norms
{
    private readonly Layer features = Sequential(
        Conv2D(12, kernel: 3), GroupNorm(3), Relu, Conv2D(10, kernel: 3, bias: false), InstanceNorm(affine: true), Relu, Conv2D(6, kernel: 2), LayerNorm(axes: 3));

    private readonly Layer classifier = Sequential(
        Flatten, LayerNorm(epsilon: 0.01f), Dense(24), GroupNorm(4), Gelu, Dense(17), LayerNorm(affine: false), Dense(10));

    public Tensor Forward([Shape(9, 9, 3)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

/// <summary>Batch normalization of images, of a flattened one, and of a vector.</summary>
[Network]
internal sealed partial class BatchNorms
{
    private readonly Layer features = Sequential(
        Conv2D(12, kernel: 3, bias: false), BatchNorm(), Relu, Conv2D(6, kernel: 3), BatchNorm(epsilon: 0.01f, momentum: 0.3f), Relu);

    private readonly Layer classifier = Sequential(Flatten, BatchNorm(), Dense(24), BatchNorm(affine: false), Gelu, Dense(10));

    public Tensor Forward([Shape(9, 9, 3)] Tensor image) => classifier(features(image));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

/// <summary>Recurrent layers over each other's steps: two layers, both directions, one.</summary>
[Network]
internal sealed partial class Recurrents
{
    private readonly Layer lstm = Lstm(12, layers: 2, bidirectional: true), gru = Gru(17, bidirectional: true), rnn = Rnn(9), head = Dense(10);

    public Tensor Forward([Shape(6, 7)] Tensor x) => head(rnn(gru(lstm(x)))[^1]);

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary>Recurrent layers and a Transformer's over sequences of several lengths.</summary>
[Network]
internal sealed partial class Sequences
{
    private readonly Layer lstm = Lstm(12, layers: 2, bidirectional: true), gru = Gru(16, bidirectional: true),
        encoder = TransformerEncoderLayer(4, feedForward: 24, dropout: 0f), head = Dense(10);

    public Tensor Forward([Sequence(6), Shape(7)] Tensor x) => head(Last(encoder(gru(lstm(x)))));

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary>Attention as a function, with masks and without, and the layers around it.</summary>
[Network]
internal sealed partial class Transformers
{
    private readonly Layer encoder = TransformerEncoderLayer(4, feedForward: 24, dropout: 0f), causal = CausalSelfAttention(2), head = Dense(10);

    public Tensor Forward([Shape(5, 16)] Tensor x)
    {
        var h = x + causal(encoder(x));
        return head(Attention(h, Tanh(h), h, heads: 4)[0] + Attention(h, h, Tanh(h), heads: 2, causal: true)[^1]);
    }

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary>Every loss against numbers.</summary>
[Network]
internal sealed partial class Regression
{
    private readonly Layer layers = Sequential(Dense(24), Tanh, Dense(5));

    public Tensor Forward([Shape(7)] Tensor x) => layers(x);

    [Objective]
    public Tensor SquaredLoss(Tensor x, [Shape(5)] Tensor target) => MeanSquaredError(Forward(x), target);

    [Objective]
    public Tensor AbsoluteLoss(Tensor x, [Shape(5)] Tensor target) => MeanAbsoluteError(Forward(x), target);

    [Objective]
    public Tensor HuberLoss(Tensor x, [Shape(5)] Tensor target) => Huber(Forward(x), target, delta: 0.4f);

    [Objective]
    public Tensor BinaryLoss(Tensor x, [Shape(5)] Tensor target) => BinaryCrossEntropy(Forward(x), target);

    [Objective]
    public Tensor SoftLoss(Tensor x, [Shape(5)] Tensor target) => CrossEntropy(Forward(x), target);
}
