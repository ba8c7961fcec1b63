using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// A deep convolutional generative adversarial network of 28×28 grey images (Goodfellow et al. 2014; Radford, Metz and Chintala 2016): a
/// generator draws from noise, a critic tells drawn images from real ones, and each learns from the other.
/// </summary>
[Network]
public sealed partial class DigitGan
{
    public const int Latent = 64;

    private static readonly Init Small = Init.Normal(0.02f);

    private readonly Layer generator = Sequential(
        Dense(512, bias: false, init: Small), BatchNorm(), Relu,
        Dense(7 * 7 * 64, bias: false, init: Small), BatchNorm(), Relu, Reshape(7, 7, 64),
        ConvTranspose2D(32, kernel: 4, stride: 2, padding: 1, bias: false, init: Small), BatchNorm(), Relu,
        ConvTranspose2D(1, kernel: 4, stride: 2, padding: 1, init: Small), Sigmoid);

    private readonly Layer critic = Sequential(
        Conv2D(32, kernel: 4, stride: 2, padding: 1, init: Small), LeakyRelu(0.2f),
        Conv2D(64, kernel: 4, stride: 2, padding: 1, bias: false, init: Small), BatchNorm(), LeakyRelu(0.2f),
        Flatten, Dense(512, bias: false, init: Small), BatchNorm(), LeakyRelu(0.2f), Dense(1, init: Small));

    /// <summary>An image.</summary>
    public Tensor Forward([Shape(Latent)] Tensor noise) => generator(noise);

    /// <summary>The critic should take drawn images for real ones.</summary>
    [Objective(Updates = [nameof(generator)])]
    public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-critic(generator(noise))));

    /// <summary>The critic should tell them apart; that it is never quite sure of real ones steadies it.</summary>
    [Objective(Updates = [nameof(critic)])]
    public Tensor CriticLoss(Tensor noise, [Shape(28, 28, 1)] Tensor real)
    {
        var (drawn, seen) = (critic(generator(noise)), critic(real));
        return Mean(Softplus(drawn)) + 0.9f * Mean(Softplus(-seen)) + 0.1f * Mean(Softplus(seen));
    }
}
