using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// The random numbers of one sample in one epoch: they depend on the seed, the epoch and the number of the sample, and on nothing else, so
/// it makes no difference which thread draws them, or when.
/// </summary>
/// <remarks>A structure that counts: hand it on by reference.</remarks>
/// <example>
/// <code>
/// var random = new SampleRandom(seed: 1, epoch: 2, sample: 17);
/// float angle = random.Uniform(-10, 10);                        // the same one whenever it is asked for
/// </code>
/// </example>
[StructLayout(LayoutKind.Auto)]
public struct SampleRandom
{
    private readonly PhiloxKey key;
    private uint next;

    /// <summary>Begins the numbers of a sample.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="sample">The number of the sample in its source.</param>
    public SampleRandom(ulong seed, int epoch, int sample)
        : this(seed, epoch, sample, OfSamples)
    {
    }

    internal SampleRandom(ulong seed, int epoch, int number, uint stream) => key = Philox.Key(seed, (long)epoch << 32 | (uint)number, stream);

    /// <summary>Far from the streams of parameters and dropout, which count from 0, and from that of shuffling.</summary>
    internal const uint OfSamples = 0x5341_4D50, OfBatches = 0x4241_5443, OfBlocks = 0x424C_4F43;

    /// <summary>A number that is uniform in [0, 1).</summary>
    public float Uniform() => (Philox.Bits(key, next++) >> 8) * (1f / (1 << 24));

    /// <summary>A number that is uniform between two.</summary>
    public float Uniform(float minimum, float maximum) => minimum + (maximum - minimum) * Uniform();

    /// <summary>A whole number from 0 to below another one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is below 1.</exception>
    public int Next(int below)
    {
        OutOfRange.ThrowIfLess(below, 1);
        return (int)((ulong)Philox.Bits(key, next++) * (uint)below >> 32);
    }

    /// <summary>True with a probability.</summary>
    public bool Chance(float probability) => Uniform() < probability;

    /// <summary>A number that is normally distributed, with mean 0 and deviation 1.</summary>
    public float Normal()
    {
        float value = 0;
        VectorMath.NormalQuantile(Philox.Uniform<V1>(key, next++)).Store(ref value);
        return value;
    }

    /// <summary>Adds numbers that are normally distributed, with mean 0 and a deviation.</summary>
    public void AddNormal(Span<float> values, float deviation)
    {
        // A pair of elements shares two words: lanes begin at an even one.
        next += next & 1;
        int done = Vector512.IsHardwareAccelerated ? AddNormal<V512>(values, deviation, 0)
            : Vector256.IsHardwareAccelerated ? AddNormal<V256>(values, deviation, 0)
            : Vector128.IsHardwareAccelerated ? AddNormal<V128>(values, deviation, 0)
            : 0;
        AddNormal<V1>(values, deviation, done);
        next += (uint)values.Length;
    }

    private readonly int AddNormal<V>(Span<float> values, float deviation, int first)
        where V : struct, IVector<V>
    {
        V factor = V.Broadcast(deviation);
        int i = first;
        for (; i <= values.Length - V.Count; i += V.Count)
        {
            V normal = VectorMath.NormalQuantile(Philox.Uniform<V>(key, next + (uint)i));
            V.FmaExact(normal, factor, V.Load(ref values[i])).Store(ref values[i]);
        }

        return i;
    }
}
