using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// An encoder and a decoder (Vaswani et al. 2017): reads a date as people write it, and says what comes next of the same date as ISO 8601
/// writes it. Both are as long as they are.
/// </summary>
[Network]
public sealed partial class DateTranslator
{
    private const int Width = 64, Heads = 4, Hidden = 128;

    private readonly Layer source = Sequential(
        Embedding(WrittenDates.Symbols, Width), SinusoidalPositions, Repeat(2, () => TransformerEncoderLayer(Heads, Hidden, dropout: 0f)));

    private readonly Layer target = Sequential(Embedding(WrittenDates.Symbols, Width), SinusoidalPositions);

    private readonly Layer head = Dense(WrittenDates.Symbols);

    private readonly CrossLayer decoder = TransformerDecoderLayer(Heads, Hidden, dropout: 0f);

    public Tensor Forward([Sequence(WrittenDates.Longest)] Indices written, [Sequence(WrittenDates.IsoLength + 1)] Indices iso) =>
        head(decoder(target(iso), source(written)));

    [Objective]
    public Tensor Loss(Indices written, Indices iso, [StepsOf("iso")] Labels next) => CrossEntropy(Forward(written, iso), next);
}
