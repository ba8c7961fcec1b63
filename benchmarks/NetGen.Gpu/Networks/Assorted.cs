using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace Gpu;

/// <summary>
/// What the other networks lack: padding, strides, pools whose windows overlap, branches, a normalization written out, softmax, parameters, dropout, penalties. It is for
/// checks, not for times, and small enough for a test to emulate.
/// </summary>
[Network]
internal sealed partial class Assorted
{
    private readonly Layer stem = Sequential(Conv2D(8, kernel: (3, 2), padding: Padding.Same), Elu, MaxPool2D(3, stride: 2, padding: 1));
    private readonly Layer left = Sequential(Conv2D(6, kernel: 3, stride: 2, padding: 1), Tanh);
    private readonly Layer right = Sequential(AveragePool2D(2), Conv2D(5, kernel: 1), Gelu);
    private readonly Layer mixed = Sequential(Conv2D(12, kernel: 3, padding: Padding.Same), Silu);
    private readonly Layer gate = Dense(12);
    private readonly Layer head = Sequential(Dropout(0.25f), Dense(9), LeakyRelu(0.2f), Dense(5));
    private readonly Parameter scale = Parameter(12, Init.Ones), shift = Parameter(12, Init.Zeros);

    public Tensor Forward([Shape(11, 12, 3)] Tensor image)
    {
        var x = stem(image);
        var pooled = GlobalAveragePool(mixed(Concat(left(x), right(x))));
        var centered = pooled - Mean(pooled, -1, keepDims: true);
        var normal = centered / Sqrt(Mean(Square(centered), -1, keepDims: true) + 1e-3f);
        return head((normal * scale) + (shift * Softmax(gate(normal))) + normal);
    }

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label) + (1e-3f * L2(mixed)) + (1e-3f * L1(gate));
}
