using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>A small GPT: says behind each character of a line which one comes next.</summary>
[Network]
public sealed partial class Writer
{
    private const int Width = 64, Heads = 4, Depth = 2;

    private readonly Layer layers = Sequential(
        Embedding(Lines.Symbols, Width), LearnedPositions(), Repeat(Depth, Block), LayerNorm(), Dense(Lines.Symbols));

    // With [Sessions] the network has Start(): a session reads on and computes each character once.
    [Sessions]
    public Tensor Forward([Sequence(Lines.Longest)] Indices tokens) => layers(tokens);

    [Objective]
    public Tensor Loss(Indices tokens, [StepsOf("tokens")] Labels next) => CrossEntropy(Forward(tokens), next);

    private static Layer Block() => Sequential(
        Residual(Sequential(LayerNorm(), CausalSelfAttention(Heads))),
        Residual(Sequential(LayerNorm(), Dense(4 * Width), Gelu, Dense(Width))));

    private static Layer Residual(Layer inner) => x => x + inner(x);
}
