using Microsoft.ML.Tokenizers;

namespace NetGen.Text;

/// <summary>The tokenizers of Microsoft.ML.Tokenizers as those of NetGen.</summary>
public static class MicrosoftTokenizers
{
    /// <summary>The same tokenizer behind <see cref="ITokenizer"/>.</summary>
    /// <remarks>
    /// <code>
    /// ITokenizer gpt2 = TiktokenTokenizer.CreateForModel("gpt-2").AsTokenizer(vocabularySize: 50257);
    /// ITokenizer bert = BertTokenizer.Create("vocab.txt").AsTokenizer(vocabularySize: 30522);
    /// </code>
    /// Tokens are those of <c>EncodeToIds(text)</c> of the class <see cref="Tokenizer"/>: a BERT's [CLS] and [SEP] are not among them.
    /// </remarks>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="vocabularySize">
    /// The number of tokens. BPE, CodeGen and SentencePiece say it themselves; of others, Tiktoken and WordPiece for example, it must be
    /// said.
    /// </param>
    /// <exception cref="ArgumentException">The tokenizer does not say the number of tokens.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabularySize"/> is below 1.</exception>
    public static ITokenizer AsTokenizer(this Tokenizer tokenizer, int? vocabularySize = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (vocabularySize < 1)
            throw new ArgumentOutOfRangeException(nameof(vocabularySize), "A vocabulary has at least one token.");
        IReadOnlyDictionary<string, int>? vocabulary = tokenizer switch
        {
            BpeTokenizer bpe => bpe.Vocabulary,
            CodeGenTokenizer codeGen => codeGen.Vocabulary,
            SentencePieceTokenizer sentencePiece => sentencePiece.Vocabulary,
            _ => null,
        };
        return new TokenizerAdapter(tokenizer, vocabularySize ?? vocabulary?.Values.Max() + 1 ?? throw new ArgumentException(
            $"A {tokenizer.GetType().Name} does not say how many tokens it has; give the size of its vocabulary.", nameof(vocabularySize)));
    }
}
