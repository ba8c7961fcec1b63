using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// A residual network of 20 layers (He et al. 2016, section 4.2) for 28×28 grey images: each block adds to what it reads; where images
/// become smaller and channels more, a 1×1 convolution does that to what is added to.
/// </summary>
[Network]
public sealed partial class ResNet20
{
    private readonly Layer layers = Sequential(
        Conv2D(16, kernel: 3, padding: 1, bias: false, init: Init.HeNormal), BatchNorm(), Relu,
        Stage(16, stride: 1), Stage(32, stride: 2), Stage(64, stride: 2),
        GlobalAveragePool, Dense(10));

    private static Layer Stage(int filters, int stride) => Sequential(
        Block(filters, stride, stride == 1 ? x => x : Shortcut(filters, stride)),
        Block(filters, 1, x => x), Block(filters, 1, x => x));

    private static Layer Shortcut(int filters, int stride) =>
        Sequential(Conv2D(filters, kernel: 1, stride: stride, bias: false, init: Init.HeNormal), BatchNorm());

    private static Layer Block(int filters, int stride, Layer shortcut)
    {
        var residual = Sequential(
            Conv2D(filters, kernel: 3, stride: stride, padding: 1, bias: false, init: Init.HeNormal), BatchNorm(), Relu,
            Conv2D(filters, kernel: 3, padding: 1, bias: false, init: Init.HeNormal), BatchNorm());
        return x => Relu(residual(x) + shortcut(x));
    }

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers((image - 0.3f) / 0.35f);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
