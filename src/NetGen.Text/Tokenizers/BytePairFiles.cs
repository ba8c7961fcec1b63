using System.Text;
using System.Text.Json;
using static System.FormattableString;
using Pair = NetGen.Text.BytePairTokenizer.Pair;

namespace NetGen.Text;

/// <summary>
/// GPT-2's two files: <c>vocab.json</c> is an object of tokens and their numbers, <c>merges.txt</c> a line for each merge, its two tokens
/// with a space between. Bytes are written as <see cref="ByteCharacters"/>.
/// </summary>
internal static class BytePairFiles
{
    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";
    private const string Header = "#version: 0.2";

    internal static void Save(BytePairTokenizer tokenizer, string folder)
    {
        Directory.CreateDirectory(folder);
        Dictionary<int, string> special = tokenizer.SpecialTokens.ToDictionary(token => token.Value, token => token.Key);
        string[] names = [.. Enumerable.Range(0, tokenizer.VocabularySize)
            .Select(i => special.GetValueOrDefault(i) ?? ByteCharacters.Of(tokenizer.BytesOf(i)))];
        ReplacedFile.Write(Path.Combine(folder, Vocabulary), stream =>
        {
            using Utf8JsonWriter json = new(stream, VocabularyFile.Format);
            json.WriteStartObject();
            for (int i = 0; i < names.Length; i++)
                json.WriteNumber(names[i], i);
            json.WriteEndObject();
        });
        ReplacedFile.Write(Path.Combine(folder, Merges), stream =>
        {
            using StreamWriter lines = new(stream, leaveOpen: true) { NewLine = "\n" };
            lines.WriteLine(Header);
            foreach ((int left, int right, _) in tokenizer.Merged)
                lines.WriteLine($"{names[left]} {names[right]}");
        });
    }

    internal static BytePairTokenizer Load(string folder)
    {
        string path = Path.Combine(folder, Vocabulary);
        Dictionary<string, int> numbers = ReadVocabulary(path);
        byte[]?[] tokens = new byte[numbers.Count][];
        int[] tokenOfByte = new int[256];
        for (int i = 0; i < tokenOfByte.Length; i++)
        {
            if (!numbers.TryGetValue(ByteCharacters.Of([(byte)i]), out tokenOfByte[i]))
                throw new InvalidDataException(
                    Invariant($"{path} has no token for the byte {i}; a vocabulary of byte level has one for each."));
            tokens[tokenOfByte[i]] = [(byte)i];
        }

        List<(int Left, int Right, int Token)> merged = ReadMerges(Path.Combine(folder, Merges), numbers, tokens);
        Dictionary<string, int> special = new(StringComparer.Ordinal);
        foreach ((string name, int number) in numbers)
        {
            if (tokens[number] is null)
            {
                special.Add(name, number);
                tokens[number] = Encoding.UTF8.GetBytes(name);
            }
        }

        return new(tokens!, tokenOfByte, merged, special);
    }

    private static Dictionary<string, int> ReadVocabulary(string path)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            foreach (JsonProperty token in document.RootElement.EnumerateObject())
            {
                if (!numbers.TryAdd(token.Name, token.Value.GetInt32()))
                    throw new InvalidDataException($"{path} has the token '{token.Name}' twice.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is not an object of tokens and their numbers: {e.Message}", e);
        }

        bool[] seen = new bool[numbers.Count];
        foreach ((string name, int number) in numbers)
        {
            if ((uint)number >= (uint)seen.Length || seen[number])
                throw new InvalidDataException(
                    Invariant($"{path} gives '{name}' the number {number}; the {seen.Length} tokens must have those from 0 on, each one."));
            seen[number] = true;
        }

        return numbers;
    }

    private static List<(int Left, int Right, int Token)> ReadMerges(string path, Dictionary<string, int> numbers, byte[]?[] tokens)
    {
        List<(int Left, int Right, int Token)> merged = [];
        HashSet<Pair> seen = [];
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (text.Length == 0 || (line == 1 && text.StartsWith("#version", StringComparison.Ordinal)))
                continue;
            string[] parts = text.Split(' ');
            if (parts.Length != 2)
                throw Error("is not two tokens with a space between");
            (int left, int right, int token) = (Number(parts[0]), Number(parts[1]), Number(parts[0] + parts[1]));
            if (!seen.Add(new(left, right)))
                throw Error("is there twice");
            tokens[token] = ByteCharacters.ToBytes(parts[0] + parts[1]) ?? throw Error("has a character that stands for no byte");
            merged.Add((left, right, token));

            InvalidDataException Error(string what) => new(Invariant($"Line {line} of {path}, '{text}', {what}."));
            int Number(string name) => numbers.TryGetValue(name, out int number) ? number
                : throw Error($"needs the token '{name}', which is not in the vocabulary");
        }

        return merged;
    }
}
