using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Says the next letter of a name by a GRU.</summary>
[Network]
public sealed partial class NameGru
{
    private readonly Layer layers = Sequential(Embedding(Names.Symbols, 32), Gru(128), Dense(Names.Symbols));

    [Sessions]
    public Tensor Forward([Sequence(Names.Longest)] Indices tokens) => layers(tokens);

    [Objective]
    public Tensor Loss(Indices tokens, [StepsOf("tokens")] Labels next) => CrossEntropy(Forward(tokens), next);
}
