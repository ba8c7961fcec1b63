using System.Text.Json;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>
/// Each word is a token: a run of letters, digits and marks, with apostrophes and hyphens inside of it; each other sign is a word by
/// itself. White space is not kept, so decoding joins words by one space.
/// </summary>
/// <remarks>
/// <code>
/// WordTokenizer tokenizer = WordTokenizer.Of(mails, new WordOptions { MinimumCount = 5, Padding = "&lt;pad&gt;" });
/// int[] tokens = tokenizer.Encode("Don't panic!");    // don't, panic, !
/// </code>
/// </remarks>
public sealed class WordTokenizer : ITokenizer
{
    internal const string Kind = "words";

    private readonly string[] words;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly WordOptions options;

    private WordTokenizer(IEnumerable<string> words, WordOptions options)
    {
        this.options = options;
        this.words = [.. new[] { options.Padding, options.Unknown }.OfType<string>(), .. words];
        for (int i = 0; i < this.words.Length; i++)
        {
            if (!numbers.TryAdd(this.words[i], i))
                throw new ArgumentException($"The word '{this.words[i]}' is there twice.", nameof(words));
        }
    }

    /// <summary>
    /// The words that occur in texts: the most frequent first, those as frequent as each other in the order of their UTF-16 units.
    /// </summary>
    /// <param name="texts">The texts. They are read once, one after the other.</param>
    /// <param name="options">What is a word.</param>
    /// <exception cref="ArgumentException">
    /// No word occurs often enough and there is no unknown token, or unknown and padding are the same.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is below 1.</exception>
    public static WordTokenizer Of(IEnumerable<string> texts, WordOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new();
        OutOfRange.ThrowIfLess(options.MinimumCount, 1, nameof(options.MinimumCount));
        OutOfRange.ThrowIfLess(options.MaximumWords, 1, nameof(options.MaximumWords));
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            string cased = Case(text, options);
            for (int i = 0; WordCut.Next(cased, ref i, options.KeepPunctuation) is { Length: > 0 } word;)
                Count(counts, word);
        }

        if (options.Padding is not null)
            counts.Remove(options.Padding);
        if (options.Unknown is not null)
            counts.Remove(options.Unknown);
        WordTokenizer tokenizer = new(
            counts.Where(word => word.Value >= options.MinimumCount).OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
                .Take(options.MaximumWords).Select(word => word.Key),
            options);
        return tokenizer.VocabularySize > 0 ? tokenizer
            : throw new ArgumentException(
                Invariant($"No word occurs {options.MinimumCount} times; there would be no token."), nameof(texts));
    }

    /// <inheritdoc/>
    public int VocabularySize => words.Length;

    /// <summary>The word of each token.</summary>
    public ReadOnlySpan<string> Words => words;

    /// <summary>The token that fills up short sequences; null where there is none.</summary>
    public int? Padding => options.Padding is null ? null : 0;

    /// <summary>The token of words that have none; null where such a word is an error.</summary>
    public int? Unknown => options.Unknown is null ? null : options.Padding is null ? 0 : 1;

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, List<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ReadOnlySpan<char> cased = text;
        if (options.LowerCase)
        {
            char[] lower = new char[text.Length];
            text.ToLowerInvariant(lower);
            cased = lower;
        }

        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; WordCut.Next(cased, ref i, options.KeepPunctuation) is { Length: > 0 } word;)
        {
            tokens.Add(lookup.TryGetValue(word, out int token) ? token : Unknown ?? throw new ArgumentException(
                Invariant($"The word '{word.ToString()}' at {TextPlace.Of(text, i - word.Length)} is none of the {words.Length}; ") +
                "with an unknown token the tokenizer puts that in its place.", nameof(text)));
        }
    }

    /// <summary>The words of tokens with a space between each two.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A token is negative, or not below <see cref="VocabularySize"/>.</exception>
    public string Decode(ReadOnlySpan<int> tokens) => CreateDecoder().All(tokens);

    /// <inheritdoc/>
    public TokenDecoder CreateDecoder() => new WordDecoder(this);

    /// <summary>Writes the vocabulary and the options to a file, as JSON.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, or the process may not write there.</exception>
    public void Save(string path) => VocabularyFile.Save(path, Kind, Write);

    /// <inheritdoc cref="Save"/>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("lowerCase", options.LowerCase);
        json.WriteBoolean("keepPunctuation", options.KeepPunctuation);
        json.WriteString("unknown", options.Unknown);
        json.WriteString("padding", options.Padding);
        json.WriteStartArray("words");
        for (int i = (options.Padding is null ? 0 : 1) + (options.Unknown is null ? 0 : 1); i < words.Length; i++)
            json.WriteStringValue(words[i]);
        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is not the vocabulary of such a tokenizer.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WordTokenizer Load(string path) => VocabularyFile.Load(path, Kind, Read);

    internal static WordTokenizer Read(JsonElement json) => new(
        json.GetProperty("words").EnumerateArray().Select(word => word.GetString() ?? throw new InvalidOperationException("A word is null.")),
        new WordOptions
        {
            LowerCase = json.GetProperty("lowerCase").GetBoolean(),
            KeepPunctuation = json.GetProperty("keepPunctuation").GetBoolean(),
            Unknown = json.GetProperty("unknown").GetString(),
            Padding = json.GetProperty("padding").GetString(),
        });

    private static string Case(string text, WordOptions options) => options.LowerCase ? text.ToLowerInvariant() : text;

    private static void Count(Dictionary<string, long> counts, ReadOnlySpan<char> word)
    {
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        lookup[word] = lookup.TryGetValue(word, out long count) ? count + 1 : 1;
    }

    private sealed class WordDecoder(WordTokenizer tokenizer) : TokenDecoder
    {
        private bool begun;

        protected override void Decode(int token)
        {
            Check(token, tokenizer.VocabularySize);
            if (begun)
                Write(" ");
            Write(tokenizer.words[token]);
            begun = true;
        }

        protected override void End() => begun = false;
    }
}
