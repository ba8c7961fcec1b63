using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Tells three species of iris by four measures.</summary>
[Network]
public sealed partial class Flower
{
    private readonly Layer layers = Sequential(Dense(16), Relu, Dense(3));

    public Tensor Forward([Shape(4)] Tensor flower) => layers(flower);

    [Objective]
    public Tensor Loss(Tensor flower, Labels species) => CrossEntropy(Forward(flower), species);
}
