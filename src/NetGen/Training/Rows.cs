using NetGen.Runtime;

namespace NetGen;

/// <summary>Order and copies of samples.</summary>
internal static class Rows
{
    // Far from the streams of parameters and dropout, which count from 0.
    private const uint ShuffleStream = 0x5348_5546;

    /// <summary>Copies rows of one length into one run.</summary>
    internal static void Gather<T>(ReadOnlySpan<T> source, int length, ReadOnlySpan<int> rows, Span<T> target)
    {
        if (length == 1)
        {
            for (int i = 0; i < rows.Length; i++)
                target[i] = source[rows[i]];
            return;
        }

        for (int i = 0; i < rows.Length; i++)
            source.Slice(rows[i] * length, length).CopyTo(target[(i * length)..]);
    }

    /// <summary>Sorts each 64 batches' worth of samples by their lengths, and puts the batches in another order.</summary>
    /// <param name="rows">The samples of an epoch in their order.</param>
    /// <param name="lengths">The length of each sample.</param>
    /// <param name="batchSize">Samples of a batch; the last may have fewer, and stays the last.</param>
    /// <param name="seed">As in <see cref="Shuffle"/>.</param>
    /// <param name="epoch">As in <see cref="Shuffle"/>.</param>
    internal static void GroupByLength(Span<int> rows, ReadOnlySpan<int> lengths, int batchSize, ulong seed, long epoch)
    {
        const int Batches = 64;
        int whole = rows.Length / batchSize;
        int[] order = new int[whole], sorted = new int[rows.Length];
        int[] keys = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            keys[i] = lengths[rows[i]];
        for (int first = 0; first < whole; first += Batches)
        {
            int count = Math.Min(Batches, whole - first) * batchSize;
            keys.AsSpan(first * batchSize, count).Sort(rows.Slice(first * batchSize, count));
        }

        Shuffle(order, seed, ~epoch);
        for (int i = 0; i < whole; i++)
            rows.Slice(order[i] * batchSize, batchSize).CopyTo(sorted.AsSpan(i * batchSize));
        sorted.AsSpan(0, whole * batchSize).CopyTo(rows);
    }

    /// <summary>Fills <paramref name="rows"/> with a permutation of 0, 1, … that depends on the seed and the epoch only.</summary>
    internal static void Shuffle(Span<int> rows, ulong seed, long epoch)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i] = i;

        // Fisher and Yates. Two draws of 24 bits make one of 48, so that the bias stays below 2⁻¹⁷ for the largest arrays.
        PhiloxKey key = Philox.Key(seed, epoch, ShuffleStream);
        for (int i = rows.Length - 1; i > 0; i--)
        {
            ulong high = (ulong)(Philox.Uniform(key, 2 * (uint)i) * (1 << 24));
            ulong low = (ulong)(Philox.Uniform(key, 2 * (uint)i + 1) * (1 << 24));
            int other = (int)(ulong)(((UInt128)(high << 24 | low) * (uint)(i + 1)) >> 48);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }
    }
}
