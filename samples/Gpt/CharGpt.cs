using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// A character model of nanoGPT's size for processors: four blocks of four heads, 128 wide, a context of 64 (github.com/karpathy/nanoGPT).
/// </summary>
[Network]
public sealed partial class CharGpt
{
    public const int Context = 64;
    private const int Depth = 4, Heads = 4, Width = 128;

    private readonly Layer embed = Sequential(Embedding(Corpus.Symbols, Width, init: Init.Normal(0.02f)), LearnedPositions());
    private readonly Layer blocks = Repeat(Depth, Block);
    private readonly Layer head = Sequential(LayerNorm(), Dense(Corpus.Symbols, bias: false, init: Init.Normal(0.02f)));

    /// <summary>What comes next, behind each of the characters.</summary>
    public Tensor Forward([Shape(Context)] Indices text) => head(blocks(embed(text)));

    [Objective]
    public Tensor Loss(Indices text, [Shape(Context)] Labels next) => CrossEntropy(Forward(text), next);

    private static Layer Block() => Sequential(
        Residual(Sequential(LayerNorm(), CausalSelfAttention(Heads, bias: false))),
        Residual(Sequential(LayerNorm(), Dense(4 * Width, bias: false), Gelu, Dense(Width, bias: false))));

    private static Layer Residual(Layer inner) => x => x + inner(x);
}
