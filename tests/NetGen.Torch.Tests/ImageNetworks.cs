using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace AgainstTorch;

// Networks through which the order of features goes its ways; ImageModules.cs has the same as one writes them for PyTorch.

[Network]
internal sealed partial class ConvDense
{
    private readonly Layer layers = Sequential(Conv2D(3, 3), Relu, Flatten, Dense(4));

    public Tensor Forward([Shape(6, 6, 2)] Tensor image) => layers(image);
}

[Network]
internal sealed partial class ConvPoolDense
{
    private readonly Layer features = Sequential(Conv2D(5, 3, padding: 1), Relu, MaxPool2D(2), Conv2D(4, 2), Gelu, AveragePool2D(2));
    private readonly Layer classifier = Sequential(Flatten, Dropout(0.5f), Dense(7), Relu, Dense(4));

    public Tensor Forward([Shape(12, 10, 3)] Tensor image) => classifier(features(image));
}

/// <summary>No convolution: a flattened image all the same.</summary>
[Network]
internal sealed partial class ImageMlp
{
    private readonly Layer layers = Sequential(Flatten, Dense(9), Tanh, Dense(4));

    public Tensor Forward([Shape(5, 4, 3)] Tensor image) => layers(image);
}

[Network]
internal sealed partial class TwoHeads
{
    private readonly Layer conv = Conv2D(3, 3), mean = Dense(4), variance = Dense(2);

    public Tensor Forward([Shape(6, 6, 2)] Tensor image)
    {
        var features = Flatten(Relu(conv(image)));
        return Concat(mean(features), Exp(variance(features)));
    }
}

[Network]
internal sealed partial class TwoBranches
{
    private readonly Layer fine = Sequential(Conv2D(3, 3), Relu, Flatten), coarse = Sequential(Conv2D(4, 3, stride: 2), Relu, Flatten);
    private readonly Layer head = Dense(4);

    public Tensor Forward([Shape(7, 7, 2)] Tensor image) => head(Concat(fine(image), coarse(image)));
}

[Network]
internal sealed partial class ImageAndNumbers
{
    private readonly Layer conv = Sequential(Conv2D(3, 3), Relu, MaxPool2D(2), Flatten), numbers = Dense(5);
    private readonly Layer head = Sequential(Dense(6), Relu, Dense(2));

    public Tensor Forward([Shape(6, 6, 2)] Tensor image, [Shape(7)] Tensor x) => head(Concat(conv(image), x, Tanh(numbers(x))));
}

[Network]
internal sealed partial class ResidualNet
{
    private readonly Layer stem = Conv2D(4, 3), block = Sequential(Conv2D(4, 3, padding: 1), Relu, Conv2D(4, 3, padding: 1));
    private readonly Layer dense = Dense(64), head = Dense(3);

    public Tensor Forward([Shape(6, 6, 2)] Tensor image)
    {
        var x = stem(image);
        var features = Flatten(Relu(x + block(x)));
        return head(features + Tanh(dense(features)));
    }
}

/// <summary>One dense layer for two images.</summary>
[Network]
internal sealed partial class Siamese
{
    private readonly Layer encoder = Sequential(Conv2D(3, 3), Relu, Flatten, Dense(4));

    public Tensor Forward([Shape(6, 6, 2)] Tensor left, [Shape(6, 6, 2)] Tensor right) => Square(encoder(left) - encoder(right));
}

/// <summary>Positions in one dimension, then flat.</summary>
[Network]
internal sealed partial class Positions
{
    private readonly Layer conv = Conv2D(3, 3), head = Dense(4);

    public Tensor Forward([Shape(6, 5, 2)] Tensor image) => head(Flatten(Softmax(Reshape(conv(image), 12, 3))));
}

[Network]
internal sealed partial class Pooled
{
    private readonly Layer layers = Sequential(Conv2D(5, 3), Relu, GlobalAveragePool, Dense(4));

    public Tensor Forward([Shape(6, 6, 2)] Tensor image) => layers(image);
}

/// <summary>A mean over the rows leaves columns and channels.</summary>
[Network]
internal sealed partial class Columns
{
    private readonly Layer conv = Conv2D(3, 3), head = Dense(4);

    public Tensor Forward([Shape(6, 7, 2)] Tensor image) => head(Flatten(Mean(conv(image), 0)));
}

[Network, Input(6, 6, 2)]
[Conv2D(3, 3), Relu, MaxPool2D(2)]
[Flatten, Dense(4)]
internal sealed partial class Stack;

[Network]
internal sealed class Encoder(int filters, int units)
{
    private readonly Layer conv = Conv2D(filters, 3), dense = Dense(units);

    public Tensor Forward(Tensor image) => Relu(dense(Flatten(Relu(conv(image)))));
}

[Network]
internal sealed partial class Nested
{
    private readonly Encoder encoder = new(3, 6);
    private readonly Layer head = Dense(4);

    public Tensor Forward([Shape(6, 6, 2)] Tensor image) => head(encoder.Forward(image));
}

/// <summary>A dense layer that makes an image.</summary>
[Network]
internal sealed partial class Decoder
{
    private readonly Layer dense = Dense(48), conv = Conv2D(2, 3, padding: 1);

    public Tensor Forward([Shape(5)] Tensor x) => Sigmoid(conv(Reshape(Relu(dense(x)), 4, 4, 3)));
}

[Network]
internal sealed partial class Autoencoder
{
    private readonly Layer encoder = Sequential(Flatten, Dense(7), Tanh), decoder = Sequential(Dense(60), Reshape(5, 4, 3));

    public Tensor Forward([Shape(5, 4, 3)] Tensor image) => decoder(encoder(image));
}

/// <summary>A gate for each channel.</summary>
[Network]
internal sealed partial class Gated
{
    private readonly Layer conv = Conv2D(4, 3), squeeze = Dense(2), excite = Dense(4), head = Dense(3);

    public Tensor Forward([Shape(6, 6, 2)] Tensor image)
    {
        var x = conv(image);
        return head(Flatten(x * Reshape(Sigmoid(excite(Relu(squeeze(GlobalAveragePool(x))))), 1, 1, 4)));
    }
}

/// <summary>Channels beside channels.</summary>
[Network]
internal sealed partial class Inception
{
    private readonly Layer one = Conv2D(2, 1), three = Conv2D(3, 3, padding: 1), head = Dense(4);

    public Tensor Forward([Shape(5, 6, 2)] Tensor image) => head(Flatten(Concat(Relu(one(image)), Softmax(three(image)), image)));
}

/// <summary>Parameters of the user's own, for images and for flattened ones.</summary>
[Network]
internal sealed partial class OwnParameters
{
    private readonly Parameter scale = Parameter([1, 1, 2], Init.Normal(1)), place = Parameter([5, 4, 2], Init.Normal(1));
    private readonly Parameter row = Parameter([5, 1, 1], Init.Normal(1)), gain = Parameter([40], Init.Normal(1));
    private readonly Layer head = Dense(4);

    public Tensor Forward([Shape(5, 4, 2)] Tensor image) => head(gain * Flatten(image * scale + place - row));
}
