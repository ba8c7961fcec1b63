using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace Comparison;

/// <summary>One of each layer that has weights.</summary>
[Network]
internal sealed partial class Probe
{
    public static readonly Architecture Architecture =
        Architecture.From(6, 5, 3).Convolution(4, 3).Relu().MaxPool(2).Flatten().Dense(7).Relu().Dense(2, bias: false).Minimizing(Objective.None);

    private readonly Layer features = Sequential(Conv2D(4, kernel: 3), Relu, MaxPool2D(2));
    private readonly Layer classifier = Sequential(Flatten, Dense(7), Relu, Dense(2, bias: false));

    public Tensor Forward([Shape(6, 5, 3)] Tensor image) => classifier(features(image));
}
