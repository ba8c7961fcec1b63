using static System.FormattableString;

namespace NetGen.Text;

/// <summary>
/// Byte pair encoding over bytes (Sennrich, Haddow, Birch 2016; byte level as in GPT-2): a text is bytes, and of neighbours those are
/// merged first that were learned first. Any text has tokens, and decoding gives it back.
/// </summary>
/// <remarks>
/// <code>
/// BytePairTokenizer tokenizer = BytePairTokenizer.Train(File.ReadLines("corpus.txt"), vocabularySize: 4096);
/// tokenizer.Save("vocabulary");                     // vocab.json and merges.txt, as GPT-2's
/// int end = tokenizer.SpecialTokens["&lt;|endoftext|&gt;"];
/// </code>
/// </remarks>
public sealed class BytePairTokenizer : ITokenizer, IUtf8Tokens
{
    private readonly byte[][] tokens;
    private readonly int[] tokenOfByte;
    private readonly Dictionary<Pair, Merge> merges;

    /// <param name="tokens">The bytes of each token; of a special one its text.</param>
    /// <param name="tokenOfByte">The token of each byte.</param>
    /// <param name="merged">The merges, the first learned first.</param>
    /// <param name="special">What no text is encoded to.</param>
    internal BytePairTokenizer(
        byte[][] tokens, int[] tokenOfByte, IReadOnlyList<(int Left, int Right, int Token)> merged, IReadOnlyDictionary<string, int> special)
    {
        this.tokens = tokens;
        this.tokenOfByte = tokenOfByte;
        Merged = merged;
        SpecialTokens = special;
        merges = new(merged.Count);
        for (int i = 0; i < merged.Count; i++)
            merges.Add(new(merged[i].Left, merged[i].Right), new(i, merged[i].Token));
    }

    /// <summary>
    /// Learns a vocabulary: the 256 bytes, then, again and again, the pair of neighbouring tokens that is most frequent, then the special
    /// tokens. Nothing is merged across the borders of words (a word begins with the space before it). The same texts give the same
    /// vocabulary: of pairs that are as frequent as each other, that with the lower first token comes first, then that with the lower
    /// second one.
    /// </summary>
    /// <param name="texts">The texts. They are read once, one after the other; only words and their counts are kept.</param>
    /// <param name="vocabularySize">
    /// The number of tokens, special ones too. Where no pair is frequent enough any more there are fewer.
    /// </param>
    /// <param name="options">What is rare, and which tokens are special.</param>
    /// <exception cref="ArgumentException">
    /// Half of a surrogate pair stands alone in a text, or a special token is empty or there twice.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabularySize"/> is below 256 and the special tokens.</exception>
    public static BytePairTokenizer Train(IEnumerable<string> texts, int vocabularySize, BytePairOptions? options = null) =>
        BytePairTraining.Train(texts, vocabularySize, options ?? new());

    /// <summary>
    /// Reads <c>vocab.json</c> and <c>merges.txt</c> of a folder: GPT-2's, those of Hugging Face's byte level tokenizers, and what
    /// <see cref="Save"/> wrote.
    /// </summary>
    /// <remarks>What stands in the vocabulary and is neither a byte nor merged is a special token.</remarks>
    /// <exception cref="InvalidDataException">The files are damaged, or not of byte level; the message says where.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BytePairTokenizer Load(string folder) => BytePairFiles.Load(folder);

    /// <summary>
    /// Writes <c>vocab.json</c> and <c>merges.txt</c> into a folder, which is made if it is not there, in the format of GPT-2's.
    /// </summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write there.</exception>
    public void Save(string folder) => BytePairFiles.Save(this, folder);

    /// <inheritdoc/>
    public int VocabularySize => tokens.Length;

    /// <summary>Tokens that no text is encoded to, by their names: programs put them where they belong.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>The token of a byte alone.</summary>
    internal int TokenOf(byte value) => tokenOfByte[value];

    /// <summary>The pairs that are merged, the first learned first.</summary>
    internal IReadOnlyList<(int Left, int Right, int Token)> Merged { get; }

    /// <summary>The bytes that a token stands for; of a special token its name in UTF-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public ReadOnlySpan<byte> BytesOf(int token)
    {
        TokenDecoder.Check(token, VocabularySize);
        return tokens[token];
    }

    /// <inheritdoc/>
    /// <remarks>The time for a word of n bytes is n·log n, so that no text is slow.</remarks>
    /// <exception cref="ArgumentException">Half of a surrogate pair stands alone.</exception>
    public void Encode(ReadOnlySpan<char> text, List<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        TextPlace.CheckUnicode(text);
        BytePairMerger merger = new(merges);
        foreach (var piece in BytePairPieces.Of(text))
            merger.Encode(text.Slice(piece.Index, piece.Length), tokenOfByte, tokens);
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens) => CreateDecoder().All(tokens);

    /// <inheritdoc/>
    public TokenDecoder CreateDecoder() => new Utf8TokenDecoder(this);

    /// <summary>For example <c>4096 tokens: 256 bytes, 3839 merges, 1 special</c>.</summary>
    public override string ToString() => Invariant($"{VocabularySize} tokens: 256 bytes, {Merged.Count} merges, {SpecialTokens.Count} special");

    /// <summary>Two neighbours.</summary>
    internal readonly record struct Pair(int Left, int Right);

    /// <summary>What two neighbours become, and before which other ones.</summary>
    internal readonly record struct Merge(int Rank, int Token);
}
