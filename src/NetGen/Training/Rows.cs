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
