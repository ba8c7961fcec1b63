using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Says the next letter of a name by an LSTM.</summary>
[Network]
public sealed partial class NameLstm
{
    private readonly Layer layers = Sequential(Embedding(Names.Symbols, 32), Lstm(128), Dense(Names.Symbols));

    public Tensor Forward([Shape(Names.Context)] Indices tokens) => layers(tokens);

    [Objective]
    public Tensor Loss(Indices tokens, [Shape(Names.Context)] Labels next) => CrossEntropy(Forward(tokens), next, ignoreIndex: -100);
}
