using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Data.Tests;

[Network]
public sealed partial class BigOrNot
{
    private readonly Layer layers = Sequential(Dense(2));

    public Tensor Forward([Shape(1)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, Labels big) => CrossEntropy(Forward(x), big);
}
