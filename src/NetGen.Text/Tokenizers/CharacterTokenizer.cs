using System.Buffers;
using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Each character is a token. A character is one of Unicode (a code point), so no emoji is cut in two.</summary>
/// <remarks>
/// <code>
/// CharacterTokenizer tokenizer = CharacterTokenizer.Of(text);            // the characters that the text has, in Unicode's order
/// int[] tokens = tokenizer.Encode("to be");
/// CharacterTokenizer digits = new("0123456789", unknown: new Rune('?')); // eleven tokens: whatever else there is becomes a '?'
/// </code>
/// </remarks>
public sealed class CharacterTokenizer : ITokenizer
{
    internal const string Kind = "characters";

    private readonly Rune[] characters;
    private readonly Dictionary<Rune, int> numbers = [];
    private readonly int unknown = -1;

    /// <summary>States the characters: the first is token 0.</summary>
    /// <param name="characters">The characters, each once.</param>
    /// <param name="unknown">
    /// What stands for characters that are not among them, and is the last token unless it is one of them itself; without it such a
    /// character is an error.
    /// </param>
    /// <exception cref="ArgumentException">There is no character, one is there twice, or half of a surrogate pair stands alone.</exception>
    public CharacterTokenizer(string characters, Rune? unknown = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(characters);
        TextPlace.CheckUnicode(characters);
        List<Rune> all = [];
        int position = 0;
        foreach (Rune rune in characters.EnumerateRunes())
        {
            if (!numbers.TryAdd(rune, all.Count))
                throw new ArgumentException(
                    $"{TextPlace.Name(rune)} is there a second time at {TextPlace.Of(characters, position)}.", nameof(characters));
            all.Add(rune);
            position += rune.Utf16SequenceLength;
        }

        if (unknown is { } other)
        {
            if (numbers.TryAdd(other, all.Count))
                all.Add(other);
            this.unknown = numbers[other];
        }

        this.characters = [.. all];
    }

    /// <summary>The characters that a text has, in the order of Unicode.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unknown">As for the constructor.</param>
    /// <exception cref="ArgumentException">The text is empty, or half of a surrogate pair stands alone in it.</exception>
    public static CharacterTokenizer Of(ReadOnlySpan<char> text, Rune? unknown = null)
    {
        if (text.IsEmpty)
            throw new ArgumentException("The text is empty; it has no characters.", nameof(text));
        TextPlace.CheckUnicode(text);
        HashSet<Rune> found = [];
        foreach (Rune rune in text.EnumerateRunes())
            found.Add(rune);
        return new(string.Concat(found.Order()), unknown);
    }

    /// <inheritdoc/>
    public int VocabularySize => characters.Length;

    /// <summary>The character of each token.</summary>
    public ReadOnlySpan<Rune> Characters => characters;

    /// <summary>What stands for all others; null where another character is an error.</summary>
    public Rune? Unknown => unknown < 0 ? null : characters[unknown];

    /// <summary>The token of a character.</summary>
    /// <exception cref="ArgumentException">There is none, and no unknown character.</exception>
    public int this[Rune character] => numbers.TryGetValue(character, out int token) ? token
        : unknown >= 0 ? unknown
        : throw new ArgumentException(
            Invariant($"{TextPlace.Name(character)} is none of the {characters.Length} characters."), nameof(character));

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, List<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        for (int i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[i..], out Rune rune, out int units) != OperationStatus.Done)
                throw TextPlace.HalfPair(text, i);
            if (!numbers.TryGetValue(rune, out int token))
            {
                token = unknown >= 0 ? unknown : throw new ArgumentException(
                    Invariant($"{TextPlace.Name(rune)} at {TextPlace.Of(text, i)} is none of the {characters.Length} characters; ") +
                    "with an unknown character the tokenizer puts that in its place.", nameof(text));
            }

            tokens.Add(token);
            i += units;
        }
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens) => CreateDecoder().All(tokens);

    /// <inheritdoc/>
    public TokenDecoder CreateDecoder() => new RuneDecoder(this);

    /// <summary>Writes the vocabulary to a file, as JSON.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, or the process may not write there.</exception>
    public void Save(string path) => VocabularyFile.Save(path, Kind, Write);

    /// <inheritdoc cref="Save"/>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("characters", string.Concat(characters));
        if (Unknown is { } other)
            json.WriteString("unknown", other.ToString());
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is not the vocabulary of such a tokenizer.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CharacterTokenizer Load(string path) => VocabularyFile.Load(path, Kind, Read);

    internal static CharacterTokenizer Read(JsonElement json)
    {
        string characters = VocabularyFile.Text(json, "characters");
        if (!json.TryGetProperty("unknown", out JsonElement other))
            return new CharacterTokenizer(characters);
        string? text = other.GetString();
        return Rune.DecodeFromUtf16(text, out Rune unknown, out int units) == OperationStatus.Done && units == text!.Length
            ? new CharacterTokenizer(characters, unknown)
            : throw new FormatException("It has an 'unknown' that is not one character.");
    }

    private sealed class RuneDecoder(CharacterTokenizer tokenizer) : TokenDecoder
    {
        protected override void Decode(int token)
        {
            Check(token, tokenizer.VocabularySize);
            Span<char> units = stackalloc char[2];
            Write(units[..tokenizer.characters[token].EncodeToUtf16(units)]);
        }

        protected override void End()
        {
        }
    }
}
