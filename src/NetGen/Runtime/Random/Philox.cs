using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Runtime;

/// <summary>
/// Random numbers without a state: each is a function of a key and a counter, so a dropout mask is made again in the
/// backward pass instead of being kept, and no order of evaluation changes it.
/// </summary>
/// <remarks>
/// Philox of Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), ten rounds.
/// Seed, step and stream go once through Philox4x32, which gives 64 bits; these are key and high counter word of the
/// Philox2x32 that serves the elements with one 32-bit multiplication per round. Only integer operations and exactly
/// rounded arithmetic are used: the numbers are the same at every vector width and on every machine. Seven rounds pass all tests
/// of BigCrush (table 2 of the paper); ten are its recommendation, and a mask is a small part of a training step.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier = 0xD256D193;
    private const uint Weyl = 0x9E3779B9; // 2³² / golden ratio

    /// <summary>The stream of random numbers for a seed, a training step and a place in the network.</summary>
    /// <param name="seed">The seed of the network.</param>
    /// <param name="step">The number of the training step; 0 is for initial values.</param>
    /// <param name="stream">Which user of random numbers it is: a dropout layer, a parameter.</param>
    public static PhiloxKey Key(ulong seed, long step, uint stream)
    {
        var (key, counter, _, _) = Block4((uint)step, (uint)((ulong)step >> 32), stream, 0, (uint)seed, (uint)(seed >> 32));
        return new(key, counter);
    }

    /// <summary>Which of the elements from <paramref name="element"/> on draw at least <paramref name="probability"/> (a mask).</summary>
    /// <remarks>An element's bits, read as a fraction of 2³², are uniform in [0, 1), and are compared as integers.</remarks>
    /// <param name="key">The stream.</param>
    /// <param name="element">The element of the first lane. That of the last one must be below 2³².</param>
    /// <param name="probability">From 0 to below 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AtLeast<V>(PhiloxKey key, uint element, float probability) where V : struct, IVector<V> =>
        V.GreaterOrEqualUInt(Bits<V>(key, element), V.BroadcastInt((int)(uint)Math.Ceiling(probability * 4294967296.0)));

    /// <summary>Lane i gets a number that is uniform in (0, 1), an odd multiple of 2⁻²⁴: the upper bits of <see cref="Bits{V}"/>.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="element">The element of the first lane. That of the last one must be below 2³².</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Uniform<V>(PhiloxKey key, uint element) where V : struct, IVector<V> => V.FmaExact(
        V.ConvertFromInt(V.ShiftRightUInt(Bits<V>(key, element), 9)), V.Broadcast(1f / (1 << 23)), V.Broadcast(1f / (1 << 24)));

    /// <summary>Lane i gets the <see cref="Bits(PhiloxKey, uint)"/> of <paramref name="element"/> + i, which must be below 2³².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bits<V>(PhiloxKey key, uint element) where V : struct, IVector<V>
    {
        if (V.Count == 1)
        {
            return V.BroadcastInt((int)Bits(key, element));
        }
        var (first, second) = Blocks<V>(key, element >> 1);
        return (element & 1) == 0
            ? V.InterleaveEven(first, second)
            : V.InterleaveEven(second, Blocks<V>(key, (element >> 1) + 1).First);
    }

    /// <summary>32 random bits: elements 2i and 2i + 1 share the two words of block i.</summary>
    public static uint Bits(PhiloxKey key, uint element)
    {
        var (first, second) = Block2(element >> 1, key.Counter, key.Key);
        return (element & 1) == 0 ? first : second;
    }

    // The even lanes get the words of block, block + 1, …; the odd lanes are arbitrary all the time, since the product does not read them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second) Blocks<V>(PhiloxKey key, uint block) where V : struct, IVector<V>
    {
        var c0 = V.AddInt(V.BroadcastInt((int)block), V.ShiftRightUInt(V.LaneIndexInt, 1));
        var c1 = V.BroadcastInt((int)key.Counter);
        var k = V.BroadcastInt((int)key.Key);
        var multiplier = V.BroadcastInt(unchecked((int)Multiplier));
        var weyl = V.BroadcastInt(unchecked((int)Weyl));
        for (var round = 0; round < Rounds; round++)
        {
            var product = V.MultiplyEvenUInt(multiplier, c0);
            c0 = V.Xor(V.OddToEven(product), k, c1);
            c1 = product;
            k = V.AddInt(k, weyl);
        }
        return (c0, c1);
    }

    /// <summary>The number of <paramref name="element"/>: uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
    public static float Uniform(PhiloxKey key, uint element) =>
        (Block2(element, key.Counter, key.Key).C0 >> 8) * (1f / (1 << 24));

    /// <summary>The normally distributed number of <paramref name="element"/>: mean 0, standard deviation 1, at most 6.66.</summary>
    public static float Normal(PhiloxKey key, uint element)
    {
        // Box and Muller 1958: √(−2 ln u) cos(2πv), with u in (0, 1].
        var (u, v) = Block2(element, key.Counter, key.Key);
        return (float)(Math.Sqrt(-2 * Logarithm((u + 1.0) / 4294967296.0)) * CosineOfTurn(v));
    }

    /// <summary>Philox2x32 with ten rounds.</summary>
    internal static (uint C0, uint C1) Block2(uint c0, uint c1, uint key)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var product = (ulong)Multiplier * c0;
            c0 = (uint)(product >> 32) ^ key ^ c1;
            c1 = (uint)product;
            key = unchecked(key + Weyl);
        }
        return (c0, c1);
    }

    /// <summary>Philox4x32 with ten rounds.</summary>
    internal static (uint C0, uint C1, uint C2, uint C3) Block4(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var first = 0xD2511F53UL * c0;
            var second = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(second >> 32) ^ c1 ^ k0, (uint)second, (uint)(first >> 32) ^ c3 ^ k1, (uint)first);
            k0 = unchecked(k0 + Weyl);
            k1 = unchecked(k1 + 0xBB67AE85); // √3 − 1
        }
        return (c0, c1, c2, c3);
    }

    // Math.Log and Math.Cos differ in the last bit from one C library to the next; these do not. Error below 1e-12.
    private static double Logarithm(double x)
    {
        // x = m · 2^e with √½ ≤ m < √2; ln m = 2 artanh((m − 1) / (m + 1)).
        var bits = BitConverter.DoubleToInt64Bits(x);
        var e = (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            e++;
        }
        var s = (m - 1) / (m + 1);
        var s2 = s * s;
        var series = 1 + (s2 * ((1.0 / 3) + (s2 * ((1.0 / 5) + (s2 * ((1.0 / 7) + (s2 * ((1.0 / 9) + (s2 * ((1.0 / 11) + (s2 / 13)))))))))));
        return (e * 0.6931471805599453) + (2 * s * series);
    }

    // cos(2π · turn / 2³²)
    internal static double CosineOfTurn(uint turn)
    {
        var quadrant = turn >> 30;
        double within = turn & 0x3FFF_FFFF;
        // In the odd quadrants the curve is the sine, which is the cosine read backwards.
        var t = ((quadrant & 1) == 0 ? within : 0x4000_0000 - within) * (Math.PI / 2 / 0x4000_0000);
        var t2 = t * t;
        var sum = 1.0;
        for (var n = 18; n > 0; n -= 2)
        {
            sum = 1 - (sum * t2 / (n * (n - 1)));
        }
        return quadrant is 0 or 3 ? sum : -sum;
    }
}
