using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// A small network of Inception's kind (Szegedy et al. 2015) for 28×28 grey images: each block looks with kernels of 1, 3 and 5 pixels
/// and at the largest of the neighbours, side by side; a 1×1 convolution before the large kernels keeps them cheap.
/// </summary>
[Network]
public sealed partial class SmallInception
{
    private readonly Layer layers = Sequential(
        Convolution(16, 3), Convolution(32, 3), MaxPool2D(2),
        Block(16, 24, 8, 8), Block(16, 32, 16, 16), MaxPool2D(2),
        Block(32, 48, 16, 16), Block(32, 64, 32, 32),
        GlobalAveragePool, Dropout(0.2f), Dense(10));

    private static Layer Block(int ones, int threes, int fives, int pooled)
    {
        var (one, three) = (Convolution(ones, 1), Sequential(Convolution(threes / 2, 1), Convolution(threes, 3)));
        // Two kernels of 3 see what one of 5 sees.
        var five = Sequential(Convolution(fives / 2, 1), Convolution(fives, 3), Convolution(fives, 3));
        var pool = Sequential(MaxPool2D(3, stride: 1, padding: 1), Convolution(pooled, 1));
        return x => Concat(one(x), three(x), five(x), pool(x));
    }

    private static Layer Convolution(int filters, int kernel) =>
        Sequential(Conv2D(filters, kernel, padding: Padding.Same, bias: false, init: Init.HeNormal), BatchNorm(), Relu);

    public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers((image - 0.3f) / 0.35f);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}
