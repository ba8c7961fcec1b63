using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// A convolutional variational autoencoder of 28×28 grey images (Kingma and Welling 2014): an image to a normal distribution of 20 latent
/// numbers, and latent numbers to an image.
/// </summary>
[Network]
public sealed partial class DigitVae
{
    public const int Latent = 20;

    private readonly Layer encoder = Sequential(
        Conv2D(32, kernel: 3, stride: 2, padding: Padding.Same), Relu,
        Conv2D(64, kernel: 3, stride: 2, padding: Padding.Same), Relu,
        Flatten, Dense(256), Relu);

    private readonly Layer mean = Dense(Latent), logVariance = Dense(Latent);

    private readonly Layer decoder = Sequential(
        Dense(256), Relu, Dense(7 * 7 * 32), Relu, Reshape(7, 7, 32),
        Upsample2D(2), Conv2D(32, kernel: 3, padding: Padding.Same), Relu,
        Upsample2D(2), Conv2D(1, kernel: 3, padding: Padding.Same));

    /// <summary>The image as it is remembered: that of the most likely latent numbers.</summary>
    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => Sigmoid(decoder(Encode(image).Mean));

    /// <summary>The normal distribution that an image is remembered as.</summary>
    public (Tensor Mean, Tensor LogVariance) Encode(Tensor image)
    {
        var hidden = encoder(image);
        return (mean(hidden), logVariance(hidden));
    }

    public Tensor Decode([Shape(Latent)] Tensor code) => Sigmoid(decoder(code));

    /// <summary>
    /// The negative evidence lower bound in nats: the surprise at the pixels, and how far the distribution is from the standard normal one.
    /// </summary>
    [Objective]
    public Tensor NegativeElbo(Tensor image)
    {
        var (m, v) = Encode(image);
        var code = m + Exp(0.5f * v) * RandomNormal(Latent);
        return 784f * BinaryCrossEntropy(decoder(code), image) + 0.5f * Sum(Square(m) + Exp(v) - v - 1f);
    }
}
