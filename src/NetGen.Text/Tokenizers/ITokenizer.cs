namespace NetGen.Text;

/// <summary>Makes tokens of a text, numbers from 0 to <see cref="VocabularySize"/> − 1, and a text of tokens.</summary>
/// <remarks>
/// A tokenizer never changes, so threads may share one.
/// <code>
/// ITokenizer tokenizer = new ByteTokenizer();
/// int[] tokens = tokenizer.Encode("Grüße");    // seven bytes
/// string text = tokenizer.Decode(tokens);
/// </code>
/// </remarks>
public interface ITokenizer
{
    /// <summary>How many tokens there are: the rows of an embedding, the width of logits.</summary>
    int VocabularySize { get; }

    /// <summary>Adds the tokens of a text to a list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Receives the tokens, behind those it has. After an exception it has some of them.</param>
    /// <exception cref="ArgumentException">The text has something that is no token; the message says what and where.</exception>
    void Encode(ReadOnlySpan<char> text, List<int> tokens);

    /// <summary>The text of tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A token is negative, or not below <see cref="VocabularySize"/>.</exception>
    string Decode(ReadOnlySpan<int> tokens);

    /// <summary>
    /// Decodes token by token, from the beginning of a text: what has been decoded together is what <see cref="Decode"/> gives.
    /// </summary>
    TokenDecoder CreateDecoder();
}
