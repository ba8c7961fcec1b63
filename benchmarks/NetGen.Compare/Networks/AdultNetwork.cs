using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// UCI's Adult, encoded, to the logit of an income above 50,000: <see cref="Tabular"/> of as many numbers as the table has.
/// </summary>
[Network]
internal sealed partial class AdultNetwork
{
    /// <summary>Six numbers, and a column for each category of the rows for training.</summary>
    public const int Features = 108;

    private readonly Layer layers = Sequential(
        Dense(512, init: Init.HeNormal), Relu, Dropout(0.5f),
        Dense(256, init: Init.HeNormal), Relu, Dropout(0.5f),
        Dense(128, init: Init.HeNormal), Relu, Dropout(0.5f),
        Dense(1));

    public Tensor Forward([Shape(Features)] Tensor person) => layers(person);

    [Objective]
    public Tensor Loss(Tensor person, [Shape(1)] Tensor rich) => BinaryCrossEntropy(Forward(person), rich);
}
