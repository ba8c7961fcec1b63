using System.Text;

namespace NetGen.Text;

/// <summary>
/// Encodes one word after the other: its bytes are a linked list, the merges that are possible a queue by rank, then by place.
/// </summary>
internal sealed class BytePairMerger(Dictionary<BytePairTokenizer.Pair, BytePairTokenizer.Merge> merges)
{
    private readonly PriorityQueue<Candidate, long> queue = new();
    private byte[] bytes = new byte[64];
    private int[] tokens = new int[64];
    private int[] next = new int[64];
    private int[] previous = new int[64];

    /// <summary>Adds the tokens of a word to a list.</summary>
    internal void Encode(ReadOnlySpan<char> word, int[] tokenOfByte, List<int> result)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(word.Length));
        int count = Encoding.UTF8.GetBytes(word, bytes);
        for (int i = 0; i < count; i++)
        {
            tokens[i] = tokenOfByte[bytes[i]];
            (previous[i], next[i]) = (i - 1, i + 1);
        }

        for (int i = 0; i + 1 < count; i++)
            Enqueue(i, i + 1);
        while (queue.TryDequeue(out Candidate candidate, out _))
        {
            (int left, int right) = (candidate.Left, next[candidate.Left]);
            // One of the two has been merged with another since.
            if (tokens[left] != candidate.Pair.Left || right >= count || tokens[right] != candidate.Pair.Right)
                continue;
            tokens[left] = candidate.Token;
            tokens[right] = -1;
            next[left] = next[right];
            if (next[left] < count)
            {
                previous[next[left]] = left;
                Enqueue(left, next[left]);
            }

            if (previous[left] >= 0)
                Enqueue(previous[left], left);
        }

        for (int i = 0; i < count; i = next[i])
            result.Add(tokens[i]);
    }

    private void Enqueue(int left, int right)
    {
        BytePairTokenizer.Pair pair = new(tokens[left], tokens[right]);
        if (merges.TryGetValue(pair, out BytePairTokenizer.Merge merge))
            queue.Enqueue(new(left, pair, merge.Token), ((long)merge.Rank << 32) | (uint)left);
    }

    private void Grow(int length)
    {
        if (length <= bytes.Length)
            return;
        bytes = new byte[length];
        tokens = new int[length];
        next = new int[length];
        previous = new int[length];
    }

    private readonly record struct Candidate(int Left, BytePairTokenizer.Pair Pair, int Token);
}
