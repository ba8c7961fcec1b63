using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>Reads a mail forward and backward, and says whether it is spam.</summary>
[Network]
public sealed partial class SpamLstm
{
    private readonly Layer words = Sequential(Embedding(Mails.Words, 64), Dropout(0.3f), Lstm(64, bidirectional: true));

    private readonly Layer head = Sequential(Dropout(0.3f), Dense(1));

    public Tensor Forward([Sequence(Mails.Longest)] Indices mail) => head(MaxOfSteps(words(mail)));

    [Objective]
    public Tensor Loss(Indices mail, [Shape(1)] Tensor spam) => BinaryCrossEntropy(Forward(mail), spam);
}

/// <summary>
/// A small BERT (Devlin et al. 2019): it first learns to fill holes in mails, for which nobody needs to have sorted them, then whether they
/// are spam. The words' table makes the scores of the holes, too.
/// </summary>
[Network]
public sealed partial class SpamEncoder
{
    private const int Width = 64;

    private readonly Layer words = Embedding(Mails.Words, Width, init: Init.Normal(0.02f));

    private readonly Layer encoder = Sequential(
        SinusoidalPositions, Dropout(0.1f),
        Repeat(2, () => TransformerEncoderLayer(heads: 4, feedForward: 128, gelu: true, normFirst: true)), LayerNorm());

    private readonly Layer filler = Sequential(Dense(Width), Gelu, LayerNorm()), head = Sequential(Dropout(0.3f), Dense(1));

    public Tensor Forward([Sequence(Mails.Longest)] Indices mail) => head(MeanOfSteps(encoder(words(mail))));

    [Objective]
    public Tensor Loss(Indices mail, [Shape(1)] Tensor spam) => BinaryCrossEntropy(Forward(mail), spam);

    [Objective]
    public Tensor Filling([Sequence(Mails.Longest)] Indices holes, [StepsOf("holes")] Labels original) =>
        CrossEntropy(MatMul(filler(encoder(words(holes))), Transpose(words.Weight)), original, ignoreIndex: -100);
}
