using System.Text;
using static System.FormattableString;
using Pair = NetGen.Text.BytePairTokenizer.Pair;

namespace NetGen.Text;

/// <summary>
/// Learns the merges of a <see cref="BytePairTokenizer"/>. A merge changes the counts of pairs only in the words that have it, so those
/// alone are counted again; the queue has a pair by a count that it once had, and is asked again where that is too much.
/// </summary>
internal sealed class BytePairTraining
{
    private readonly List<int[]> words = [];
    private readonly List<long> wordCounts = [];
    private readonly Dictionary<Pair, long> pairCounts = [];
    private readonly Dictionary<Pair, List<int>> wordsOf = [];

    // The most frequent first, then the lowest tokens.
    private readonly PriorityQueue<Pair, (long Rarity, int Left, int Right)> queue = new();
    private readonly List<byte[]> tokens = [.. Enumerable.Range(0, 256).Select(i => new[] { (byte)i })];
    private readonly Dictionary<string, int> tokenOf = new(StringComparer.Ordinal);
    private readonly List<(int Left, int Right, int Token)> merged = [];

    private BytePairTraining(IEnumerable<string> texts)
    {
        for (int i = 0; i < tokens.Count; i++)
            tokenOf.Add(ByteCharacters.Of(tokens[i]), i);
        foreach ((string word, long count) in Count(texts))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(word);
            if (bytes.Length < 2)
                continue;
            words.Add(Array.ConvertAll(bytes, value => (int)value));
            wordCounts.Add(count);
            Add(words.Count - 1);
        }

        foreach ((Pair pair, long count) in pairCounts)
            queue.Enqueue(pair, (-count, pair.Left, pair.Right));
    }

    internal static BytePairTokenizer Train(IEnumerable<string> texts, int vocabularySize, BytePairOptions options)
    {
        ArgumentNullException.ThrowIfNull(texts);
        OutOfRange.ThrowIfLess(options.MinimumCount, 1, nameof(options.MinimumCount));
        OutOfRange.ThrowIfLess(vocabularySize, 256 + options.SpecialTokens.Count);
        BytePairTraining training = new(texts);
        while (training.tokens.Count + options.SpecialTokens.Count < vocabularySize && training.Next(options.MinimumCount) is { } pair)
            training.Merge(pair);
        return training.Result(options.SpecialTokens);
    }

    private static Dictionary<string, long> Count(IEnumerable<string> texts)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            TextPlace.CheckUnicode(text);
            foreach (var piece in BytePairPieces.Of(text))
            {
                ReadOnlySpan<char> word = text.AsSpan(piece.Index, piece.Length);
                lookup[word] = lookup.TryGetValue(word, out long count) ? count + 1 : 1;
            }
        }

        return counts;
    }

    /// <summary>The most frequent pair; null where none is frequent enough.</summary>
    private Pair? Next(int minimumCount)
    {
        while (queue.TryDequeue(out Pair pair, out var priority))
        {
            // A pair that has become more frequent was put in again.
            if (!pairCounts.TryGetValue(pair, out long count) || count < minimumCount || count > -priority.Rarity)
                continue;
            if (count == -priority.Rarity)
                return pair;
            queue.Enqueue(pair, (-count, pair.Left, pair.Right));
        }

        return null;
    }

    private void Merge(Pair pair)
    {
        byte[] bytes = [.. tokens[pair.Left], .. tokens[pair.Right]];
        string name = ByteCharacters.Of(bytes);
        // The same bytes may be made of two other pairs: ab·c and a·bc are one token.
        if (!tokenOf.TryGetValue(name, out int token))
        {
            token = tokens.Count;
            tokens.Add(bytes);
            tokenOf.Add(name, token);
        }

        merged.Add((pair.Left, pair.Right, token));
        HashSet<Pair> more = [];
        foreach (int word in wordsOf[pair])
        {
            if (Merge(words[word], pair, token) is not { } shorter)
                continue;
            Remove(word);
            words[word] = shorter;
            Add(word);
            for (int i = 0; i + 1 < shorter.Length; i++)
            {
                if (shorter[i] == token || shorter[i + 1] == token)
                    more.Add(new(shorter[i], shorter[i + 1]));
            }
        }

        wordsOf.Remove(pair);
        foreach (Pair other in more)
            queue.Enqueue(other, (-pairCounts[other], other.Left, other.Right));
    }

    /// <summary>The word with each pair, from the left, as one token; null where it has none.</summary>
    private static int[]? Merge(int[] word, Pair pair, int token)
    {
        List<int>? shorter = null;
        for (int i = 0; i < word.Length; i++)
        {
            if (i + 1 < word.Length && word[i] == pair.Left && word[i + 1] == pair.Right)
            {
                shorter ??= [.. word.AsSpan(0, i)];
                shorter.Add(token);
                i++;
            }
            else
            {
                shorter?.Add(word[i]);
            }
        }

        return shorter?.ToArray();
    }

    private void Add(int word)
    {
        int[] tokens = words[word];
        for (int i = 0; i + 1 < tokens.Length; i++)
        {
            Pair pair = new(tokens[i], tokens[i + 1]);
            pairCounts[pair] = pairCounts.GetValueOrDefault(pair) + wordCounts[word];
            if (!wordsOf.TryGetValue(pair, out List<int>? having))
                wordsOf.Add(pair, having = []);
            if (having.Count == 0 || having[^1] != word)
                having.Add(word);
        }
    }

    /// <summary>Its pairs keep the word in their lists: that it lacks one is seen when the pair is merged.</summary>
    private void Remove(int word)
    {
        int[] tokens = words[word];
        for (int i = 0; i + 1 < tokens.Length; i++)
        {
            Pair pair = new(tokens[i], tokens[i + 1]);
            if ((pairCounts[pair] -= wordCounts[word]) == 0)
                pairCounts.Remove(pair);
        }
    }

    private BytePairTokenizer Result(IReadOnlyList<string> specialTokens)
    {
        Dictionary<string, int> special = new(StringComparer.Ordinal);
        foreach (string name in specialTokens)
        {
            if (string.IsNullOrEmpty(name) || tokenOf.ContainsKey(name) || !special.TryAdd(name, tokens.Count))
                throw new ArgumentException(
                    Invariant($"The special token '{name}' is empty, there twice, or the name of another token."), nameof(specialTokens));
            tokens.Add(Encoding.UTF8.GetBytes(name));
        }

        return new([.. tokens], [.. Enumerable.Range(0, 256)], merged, special);
    }
}
