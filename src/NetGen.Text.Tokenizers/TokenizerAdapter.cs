using System.Globalization;
using Microsoft.ML.Tokenizers;

namespace NetGen.Text;

/// <summary>A tokenizer of Microsoft.ML.Tokenizers.</summary>
internal sealed class TokenizerAdapter(Tokenizer tokenizer, int vocabularySize) : ITokenizer
{
    public int VocabularySize => vocabularySize;

    public void Encode(ReadOnlySpan<char> text, List<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        tokens.AddRange(tokenizer.EncodeToIds(text));
    }

    public string Decode(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
            Check(token);
        return Text(tokens.ToArray());
    }

    public TokenDecoder CreateDecoder() => new Decoder(this);

    private string Text(IEnumerable<int> tokens) => tokenizer.Decode(tokens) ?? "";

    private void Check(int token)
    {
        if ((uint)token >= (uint)vocabularySize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(token), string.Create(CultureInfo.InvariantCulture, $"There is no token {token}; the vocabulary has {vocabularySize}."));
        }
    }

    /// <summary>
    /// What a token adds depends on those before it (a space before a word, a mark that joins parts), so it is the text of the last tokens
    /// with it, without the text of these alone. A U+FFFD at the end is a character that may not be complete yet.
    /// </summary>
    private sealed class Decoder(TokenizerAdapter adapter) : TokenDecoder
    {
        // Those that were written last, and behind them those that were not written yet.
        private readonly List<int> tokens = [];
        private int written;

        protected override void Decode(int token)
        {
            adapter.Check(token);
            tokens.Add(token);
            string before = adapter.Text(tokens[..written]), text = adapter.Text(tokens);
            if (text.Length <= before.Length || text[^1] == '\uFFFD')
                return;
            Write(text.AsSpan(before.Length));
            tokens.RemoveRange(0, written);
            written = tokens.Count;
        }

        protected override void End()
        {
            Write(adapter.Text(tokens).AsSpan(adapter.Text(tokens[..written]).Length));
            tokens.Clear();
            written = 0;
        }
    }
}
