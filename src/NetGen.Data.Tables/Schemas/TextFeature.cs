using System.Text;
using NetGen.Text;

namespace NetGen.Data;

/// <summary>
/// A column of texts that become tokens. One of the methods at the end says what a token is; what there are is learned from the rows for
/// training, unless a vocabulary is given.
/// </summary>
public sealed class TextFeature
{
    private readonly string column;
    private readonly string? missing;

    internal TextFeature(string column, string? missing = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        (this.column, this.missing) = (column, missing);
    }

    /// <summary>Missing values are this text; without it they are an error. An empty field of a CSV file is missing.</summary>
    public TextFeature MissingAs(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(column, text);
    }

    /// <summary>
    /// Each word is a token (<see cref="WordTokenizer"/>): those of the rows for training. Another word, and a text without one, is the
    /// unknown token.
    /// </summary>
    /// <param name="options">What is a word, and which of them have a token; null: all, in lower case, signs too.</param>
    /// <exception cref="ArgumentException">There is no unknown token.</exception>
    public TokenFeature Words(WordOptions? options = null)
    {
        options ??= new();
        if (options.Unknown is null)
            throw new ArgumentException($"Words that training did not have need a token: {nameof(WordOptions)}.{nameof(WordOptions.Unknown)}.", nameof(options));
        return new(column, missing, texts => WordTokenizer.Of(texts, options));
    }

    /// <summary>
    /// Each character is a token (<see cref="CharacterTokenizer"/>): those of the rows for training. Another one, and a text without one,
    /// is �.
    /// </summary>
    public TokenFeature Characters() => new(column, missing, texts => CharacterTokenizer.Of(string.Concat(texts), Rune.ReplacementChar));

    /// <summary>
    /// Each byte of the text's UTF-8 is a token (<see cref="ByteTokenizer"/>): 256 of them, and nothing is unknown. A text without one is
    /// the byte 0.
    /// </summary>
    public TokenFeature Bytes() => new(column, missing, _ => new ByteTokenizer());

    /// <summary>
    /// Frequent runs of bytes are tokens, learned from the rows for training (<see cref="BytePairTokenizer.Train"/>): fewer tokens than
    /// bytes, and no text is unknown. One without a token is the byte 0.
    /// </summary>
    /// <param name="vocabularySize">The number of tokens, 256 bytes among them. Where no pair is frequent enough any more there are
    /// fewer.</param>
    /// <param name="options">What is rare, and which tokens are special; null: what occurs twice is merged, and <c>&lt;|endoftext|&gt;</c>
    /// is there.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabularySize"/> is below 256 and the special tokens.</exception>
    /// <example><code>Output.Tokens("text", Feature.Text("review").BytePairs(vocabularySize: 2000), longest: 200)</code></example>
    public TokenFeature BytePairs(int vocabularySize, BytePairOptions? options = null)
    {
        options ??= new();
        OutOfRange.ThrowIfLess(vocabularySize, 256 + options.SpecialTokens.Count);
        return new(column, missing, texts => BytePairTokenizer.Train(texts, vocabularySize, options));
    }

    /// <summary>
    /// Byte pairs of a vocabulary that there is already, such as GPT-2's: nothing is learned from the rows. It is saved with the schema. A
    /// text without a token is the byte 0.
    /// </summary>
    /// <param name="tokenizer">The vocabulary.</param>
    /// <example><code>Feature.Text("review").BytePairs(BytePairTokenizer.Load("gpt2"))</code></example>
    public TokenFeature BytePairs(BytePairTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new(column, missing, _ => tokenizer);
    }
}
