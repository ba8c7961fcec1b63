using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>
/// A vocabulary of byte pairs inside of another JSON file: the token of each byte, the merges as three numbers each (two tokens and what
/// they become), the special tokens.
/// </summary>
internal static class BytePairJson
{
    internal const string Kind = "byte pairs";

    internal static void Write(BytePairTokenizer tokenizer, Utf8JsonWriter json)
    {
        json.WriteStartArray("bytes");
        for (int value = 0; value < 256; value++)
            json.WriteNumberValue(tokenizer.TokenOf((byte)value));
        json.WriteEndArray();
        json.WriteStartArray("merges");
        foreach ((int left, int right, int token) in tokenizer.Merged)
        {
            json.WriteNumberValue(left);
            json.WriteNumberValue(right);
            json.WriteNumberValue(token);
        }

        json.WriteEndArray();
        json.WriteStartObject("special");
        foreach ((string name, int token) in tokenizer.SpecialTokens)
            json.WriteNumber(name, token);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">A number is no token, or a token is there twice or not at all.</exception>
    /// <exception cref="InvalidOperationException">Something is of another kind.</exception>
    /// <exception cref="KeyNotFoundException">Something is missing.</exception>
    internal static BytePairTokenizer Read(JsonElement json)
    {
        int[] bytes = Numbers(json, "bytes"), merges = Numbers(json, "merges");
        if (bytes.Length != 256 || merges.Length % 3 != 0)
            throw new FormatException(Invariant($"there are {bytes.Length} bytes and {merges.Length} numbers of merges; expected 256, and three for each merge"));
        Dictionary<string, int> special = new(StringComparer.Ordinal);
        foreach (JsonProperty token in json.GetProperty("special").EnumerateObject())
        {
            if (!special.TryAdd(token.Name, token.Value.GetInt32()))
                throw new FormatException($"the special token '{token.Name}' is there twice");
        }

        // Two merges may make the same token; a special one is there once.
        int count = 256 + special.Count + Enumerable.Range(0, merges.Length / 3).Select(i => merges[3 * i + 2]).Distinct().Count();
        byte[]?[] tokens = new byte[count][];
        for (int value = 0; value < 256; value++)
            Put(bytes[value], [(byte)value]);
        List<(int Left, int Right, int Token)> merged = [];
        HashSet<(int, int)> pairs = [];
        for (int i = 0; i < merges.Length; i += 3)
        {
            (int left, int right) = (merges[i], merges[i + 1]);
            if (!pairs.Add((left, right)))
                throw new FormatException(Invariant($"the pair {left}, {right} is merged twice"));
            Put(merges[i + 2], [.. Known(left), .. Known(right)]);
            merged.Add((left, right, merges[i + 2]));
        }

        foreach ((string name, int token) in special)
        {
            if ((uint)token < (uint)count && tokens[token] is not null)
                throw new FormatException(Invariant($"{token} is the special token '{name}' and another one"));
            Put(token, Encoding.UTF8.GetBytes(name));
        }

        return new(tokens!, bytes, merged, special);

        void Put(int token, byte[] value)
        {
            if ((uint)token >= (uint)count || (tokens[token] is { } there && !there.AsSpan().SequenceEqual(value)))
                throw new FormatException(Invariant($"{token} is no token of {count}, or two"));
            tokens[token] = value;
        }

        byte[] Known(int token) => (uint)token < (uint)count && tokens[token] is { } value
            ? value
            : throw new FormatException(Invariant($"{token} is merged before it is a token"));
    }

    private static int[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];
}
