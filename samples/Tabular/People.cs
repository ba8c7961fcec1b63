using NetGen;
using NetGen.Data;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// UCI's Adult: who earns more than 50,000 dollars? The program is compiled with rows that are made up and have all categories; the data
/// come when it runs. The number of people that a row of the census stands for says nothing of them.
/// </summary>
[Table("adult.csv", Label = "income", Positive = ">50K", HasHeader = false, Names =
[
    "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex",
    "capital-gain", "capital-loss", "hours-per-week", "native-country", "income",
])]
[Column("fnlwgt", ColumnUse.Ignore), Column("capital-gain", ColumnUse.Log1p), Column("capital-loss", ColumnUse.Log1p)]
public sealed partial class People;

/// <summary>Three layers with dropout and a probability.</summary>
[Network]
public sealed partial class PeopleNetwork
{
    private readonly Layer layers = Sequential(
        Dense(512), Relu, Dropout(0.5f), Dense(256), Relu, Dropout(0.5f), Dense(128), Relu, Dropout(0.5f), Dense(1));

    public Tensor Forward([Shape(People.FeatureCount)] Tensor features) => layers(features);

    [Objective]
    public Tensor Loss(Tensor features, [Shape(1)] Tensor label) => BinaryCrossEntropy(Forward(features), label);
}
