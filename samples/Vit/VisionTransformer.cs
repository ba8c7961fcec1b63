using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// An image as a sequence of patches, with a learned token before them that gathers what the class needs (Dosovitskiy et al. 2021), in the
/// size for 28×28 grey pixels.
/// </summary>
[Network]
public sealed partial class VisionTransformer
{
    private const int Patch = 4, Patches = 28 / Patch * (28 / Patch), Width = 64;

    // A product of each patch: a convolution whose windows do not overlap.
    private readonly Layer patches = Conv2D(Width, kernel: Patch, stride: Patch);

    private readonly Parameter token = Parameter([1, Width], Init.Normal(0.02f));

    private readonly Layer encoder = Sequential(
        LearnedPositions(),
        Repeat(4, () => TransformerEncoderLayer(heads: 4, feedForward: 128, dropout: 0f, gelu: true, normFirst: true)), LayerNorm());

    private readonly Layer head = Dense(10);

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => head(encoder(Concat(0, token, Reshape(patches(image), Patches, Width)))[0]);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
