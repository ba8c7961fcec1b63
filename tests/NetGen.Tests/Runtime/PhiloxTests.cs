using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

public sealed class PhiloxTests
{
    // The known-answer vectors of the authors' library, Random123 (kat_vectors, philox2x32 10).
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0xff1dae59u, 0x6cd10df2u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0x2c3f628bu, 0xab4fd7adu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0xdd7ce038u, 0xf62a4c12u)]
    public void KnownAnswersOf2x32(uint c0, uint c1, uint key, uint r0, uint r1) =>
        Assert.Equal((r0, r1), Philox.Block2(c0, c1, key));

    [Fact]
    public void KnownAnswersOf4x32()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block4(0, 0, 0, 0, 0, 0));
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            Philox.Block4(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff));
        Assert.Equal((0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Block4(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    }

    [Fact]
    public void ElementsShareTheWordsOfABlock()
    {
        var key = Philox.Key(0x1234_5678_9ABC_DEF0, 7, 3);
        Assert.Equal(Philox.Block2(21, key.Counter, key.Key), (Philox.Bits(key, 42), Philox.Bits(key, 43)));
    }

    // From even and from odd elements on: blocks begin at the even ones.
    [Fact]
    public void EveryWidthDrawsTheSameNumbers()
    {
        var key = Philox.Key(0x1234_5678_9ABC_DEF0, 7, 3);
        uint[] starts = [0, 1, 5, 16, 17, 12345, 12346, 0x7FFFFFF8, 0x7FFFFFF9, 0xFFFFFFEF, 0xFFFFFFF0];
        foreach (var start in starts)
        {
            var expected = Enumerable.Range(0, 16).Select(i => Philox.Bits(key, start + (uint)i)).ToArray();
            Assert.Equal(expected, Draw<V512>(key, start));
            Assert.Equal(expected, Draw<V256>(key, start));
            Assert.Equal(expected, Draw<V128>(key, start));
            Assert.Equal(expected, Draw<V1>(key, start));
        }
    }

    private static uint[] Draw<V>(PhiloxKey key, uint start) where V : struct, IVector<V>
    {
        var numbers = new float[16];
        for (var i = 0; i < 16; i += V.Count)
        {
            Philox.Bits<V>(key, start + (uint)i).Store(ref numbers[i]);
        }
        return Array.ConvertAll(numbers, BitConverter.SingleToUInt32Bits);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-12f)]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.99999994f)]
    public void AtLeastComparesTheFraction(float probability)
    {
        var key = Philox.Key(3, 2, 1);
        for (var i = 0u; i < 4096; i += 16)
        {
            var lanes = new float[16];
            Philox.AtLeast<V512>(key, i, probability).Store(ref lanes[0]);
            Assert.Equal(
                Enumerable.Range(0, 16).Select(lane => Philox.Bits(key, i + (uint)lane) / 4294967296.0 >= probability),
                lanes.Select(lane => BitConverter.SingleToInt32Bits(lane) != 0));
        }
    }

    // Each bit is set half of the time, and so is each together with each bit of the next element: words of a block included.
    [Fact]
    public void BitsAreIndependent()
    {
        var key = Philox.Key(11, 12, 13);
        const int Count = 40_000;
        var set = new int[32];
        var equal = new int[32, 32];
        for (var i = 0u; i < Count; i++)
        {
            var word = Philox.Bits(key, i);
            var next = Philox.Bits(key, i + 1);
            for (var a = 0; a < 32; a++)
            {
                set[a] += (int)(word >> a) & 1;
                for (var b = 0; b < 32; b++)
                {
                    equal[a, b] += (int)((word >> a) ^ (next >> b) ^ 1) & 1;
                }
            }
        }
        // Standard deviations of a binomial count; 5.5 of them are exceeded by one of the 1,056 counts with a chance of 4·10⁻⁵.
        var limit = 5.5 * Math.Sqrt(Count) / 2;
        Assert.All(set.Concat(equal.Cast<int>()), count => Assert.InRange(count - (Count / 2.0), -limit, limit));
    }

    [Fact]
    public void KeysDifferInEveryArgument()
    {
        (ulong, long, uint)[] arguments =
        [
            (0, 0, 0), (1, 0, 0), (1UL << 32, 0, 0), (0, 1, 0), (0, 1L << 32, 0), (0, -1, 0), (0, 0, 1), (0, 0, 0x80000000),
        ];
        var draws = arguments.Select(a => Philox.Uniform(Philox.Key(a.Item1, a.Item2, a.Item3), 0)).ToArray();
        Assert.Equal(draws.Length, draws.Distinct().Count());
    }

    // Numbers in use: a change here changes every trained network.
    [Fact]
    public void TheStreamIsPinned()
    {
        var key = Philox.Key(42, 1, 0);
        Assert.Equal(PinnedBits, Enumerable.Range(0, 4).Select(i => Philox.Bits(key, (uint)i)));
        Assert.Equal(PinnedUniform, Enumerable.Range(0, 4).Select(i => Philox.Uniform(key, (uint)i)));
        Assert.Equal(PinnedNormal, Enumerable.Range(0, 4).Select(i => Philox.Normal(key, (uint)i)));
    }

    private static readonly uint[] PinnedBits = [1028862224, 1328687321, 3521727344, 3456914162];
    private static readonly float[] PinnedUniform = [0.23955065f, 0.819966018f, 0.0583352447f, 0.906401396f];
    private static readonly float[] PinnedNormal = [-0.616000891f, 0.212964043f, -2.23194361f, 0.228226662f];

    [Fact]
    public void UniformNumbersAreUniform()
    {
        var key = Philox.Key(1, 2, 3);
        const int Count = 200_000;
        var bins = new int[100];
        double sum = 0, product = 0, previous = 0;
        for (var i = 0u; i < Count; i++)
        {
            var u = Philox.Uniform(key, i);
            Assert.InRange(u, 0f, 0.99999994f);
            bins[(int)(u * 100)]++;
            sum += u - 0.5;
            product += (u - 0.5) * previous;
            previous = u - 0.5;
        }
        // χ² with 99 degrees of freedom lies in this range but for one seed in 10⁵.
        var expected = Count / 100.0;
        Assert.InRange(bins.Sum(b => (b - expected) * (b - expected) / expected), 50, 165);
        Assert.InRange(sum / Math.Sqrt(Count / 12.0), -4.5, 4.5);
        Assert.InRange(product / Math.Sqrt(Count / 144.0), -4.5, 4.5);
    }

    [Fact]
    public void NormalNumbersAreNormal()
    {
        var key = Philox.Key(1, 2, 4);
        const int Count = 200_000;
        double sum = 0, squares = 0, cubes = 0, fourths = 0;
        var beyondTwo = 0;
        for (var i = 0u; i < Count; i++)
        {
            double z = Philox.Normal(key, i);
            Assert.InRange(z, -6.7, 6.7);
            sum += z;
            squares += z * z;
            cubes += z * z * z;
            fourths += z * z * z * z;
            beyondTwo += Math.Abs(z) > 2 ? 1 : 0;
        }
        var sigma = 1 / Math.Sqrt(Count);
        Assert.InRange(sum / Count, -4.5 * sigma, 4.5 * sigma);
        Assert.InRange((squares / Count) - 1, -4.5 * Math.Sqrt(2) * sigma, 4.5 * Math.Sqrt(2) * sigma);
        Assert.InRange(cubes / Count, -4.5 * Math.Sqrt(15) * sigma, 4.5 * Math.Sqrt(15) * sigma);
        Assert.InRange((fourths / Count) - 3, -4.5 * Math.Sqrt(96) * sigma, 4.5 * Math.Sqrt(96) * sigma);
        Assert.InRange((beyondTwo / (double)Count) - 0.0455, -4.5 * 0.2084 * sigma, 4.5 * 0.2084 * sigma);
    }

    [Fact]
    public void NormalIsBoxMuller()
    {
        var key = Philox.Key(9, 9, 9);
        for (var i = 0u; i < 10_000; i++)
        {
            var (u, v) = Philox.Block2(i, key.Counter, key.Key);
            var expected = Math.Sqrt(-2 * Math.Log((u + 1.0) / 4294967296.0)) * Math.Cos(2 * Math.PI * v / 4294967296.0);
            Assert.InRange(Philox.Normal(key, i) - expected, -6e-7, 6e-7);
        }
    }
}
