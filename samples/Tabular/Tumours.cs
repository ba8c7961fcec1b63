using NetGen;
using NetGen.Data;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Ten measures of cell nuclei, each as mean, error and worst: 569 tumours.</summary>
[Table("breast-cancer.csv", Label = "diagnosis", Positive = "malignant")]
public sealed partial class Tumours;

/// <summary>Small, for there are few samples.</summary>
[Network]
public sealed partial class TumourNetwork
{
    private readonly Layer layers = Sequential(Dense(32), Relu, Dropout(0.3f), Dense(16), Relu, Dense(1));

    public Tensor Forward([Shape(Tumours.FeatureCount)] Tensor features) => layers(features);

    [Objective]
    public Tensor Loss(Tensor features, [Shape(1)] Tensor label) => BinaryCrossEntropy(Forward(features), label);
}
