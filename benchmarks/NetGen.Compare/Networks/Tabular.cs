using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>20 numbers to the logit of one probability, with dropout: the size of networks over tables.</summary>
[Network]
internal sealed partial class Tabular
{
    private readonly Layer layers = Sequential(
        Dense(512, init: Init.HeNormal), Relu, Dropout(0.5f),
        Dense(256, init: Init.HeNormal), Relu, Dropout(0.5f),
        Dense(128, init: Init.HeNormal), Relu, Dropout(0.5f),
        Dense(1));

    public Tensor Forward([Shape(20)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, [Shape(1)] Tensor target) => BinaryCrossEntropy(Forward(x), target);
}

/// <summary><see cref="Tabular"/> without dropout: two programs that draw different numbers have no gradient in common, these have.</summary>
[Network]
internal sealed partial class TabularWithoutDropout
{
    private readonly Layer layers = Sequential(
        Dense(512, init: Init.HeNormal), Relu,
        Dense(256, init: Init.HeNormal), Relu,
        Dense(128, init: Init.HeNormal), Relu,
        Dense(1));

    public Tensor Forward([Shape(20)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, [Shape(1)] Tensor target) => BinaryCrossEntropy(Forward(x), target);
}
