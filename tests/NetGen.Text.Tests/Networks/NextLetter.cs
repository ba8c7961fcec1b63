using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Text.Tests.Networks;

/// <summary>Four letters, and which comes next.</summary>
[Network]
public sealed partial class NextLetter
{
    public const int Context = 8;

    private readonly Layer layers = Sequential(Embedding(4, 8), Lstm(16), Dense(4));

    public Tensor Forward([Shape(Context)] Indices tokens) => layers(tokens);

    [Objective]
    public Tensor Loss(Indices tokens, [Shape(Context)] Labels next) => CrossEntropy(Forward(tokens), next, ignoreIndex: -100);
}
