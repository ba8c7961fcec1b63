using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace TrainingSpeed;

/// <summary>Ten million weights.</summary>
[Network]
public sealed partial class TenMillion
{
    private readonly Layer layers = Sequential(Dense(2048), Relu, Dense(2048), Relu, Dense(1800));

    public Tensor Forward([Shape(1024)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary>The articles' first network: a step of it is a short one, so that what Fit adds counts most.</summary>
[Network]
public sealed partial class Digits
{
    private readonly Layer layers = Sequential(Dense(128), Relu, Dense(10));

    public Tensor Forward([Shape(784)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}
