using System.Globalization;
using NetGen.Runtime;

namespace NetGen;

/// <summary>The distribution from which a parameter's first values are drawn.</summary>
/// <remarks>
/// Every value depends only on the seed, the position of the parameter in the network and the position of the value in
/// the parameter: the same seed gives the same network on every machine. <c>default(Initializer)</c> is all zeros.
/// </remarks>
public readonly record struct Initializer
{
    private enum Distribution { Constant, Uniform, Normal, TruncatedNormal, Orthogonal, Identity }

    private readonly Distribution distribution;
    // Constant: value, unused. Uniform: low, high. Normal, also truncated: mean, standard deviation. Orthogonal, Identity: gain, unused.
    private readonly float first;
    private readonly float second;
    private readonly int zeroStart;
    private readonly int zeroCount;
    // Of a matrix: Orthogonal and Identity.
    private readonly int rows;
    private readonly int columns;

    private Initializer(Distribution distribution, float first, float second, int rows = 0, int columns = 0)
    {
        this.distribution = distribution;
        this.first = first;
        this.second = second;
        this.rows = rows;
        this.columns = columns;
    }

    private Initializer(in Initializer from, int zeroStart, int zeroCount)
    {
        this = from;
        this.zeroStart = zeroStart;
        this.zeroCount = zeroCount;
    }

    /// <summary>All zeros.</summary>
    public static Initializer Zeros => default;

    /// <summary>All ones.</summary>
    public static Initializer Ones => Constant(1f);

    /// <summary>The same value everywhere.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public static Initializer Constant(float value) => new(Distribution.Constant, Finite(value, nameof(value)), 0f);

    /// <summary>Uniform between <paramref name="low"/> and <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or <paramref name="high"/> is below <paramref name="low"/>.</exception>
    public static Initializer Uniform(float low, float high)
    {
        Finite(low, nameof(low));
        Finite(high, nameof(high));
        OutOfRange.ThrowIfLess(high, low);
        Finite(high - low, nameof(high));
        return new(Distribution.Uniform, low, high);
    }

    /// <summary>Normal with mean <paramref name="mean"/> and standard deviation <paramref name="std"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="std"/> is negative, or an argument is not finite.</exception>
    public static Initializer Normal(float std, float mean = 0f)
    {
        Finite(std, nameof(std));
        OutOfRange.ThrowIfLess(std, 0);
        return new(Distribution.Normal, Finite(mean, nameof(mean)), std);
    }

    /// <summary>Uniform in ±√(6 / (<paramref name="fanIn"/> + <paramref name="fanOut"/>)): Glorot and Bengio 2010, for tanh and sigmoid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A fan is below 1.</exception>
    public static Initializer GlorotUniform(int fanIn, int fanOut) => Symmetric(Math.Sqrt(6d / Fans(fanIn, fanOut)));

    /// <summary>Normal with variance 2 / (<paramref name="fanIn"/> + <paramref name="fanOut"/>): Glorot and Bengio 2010.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A fan is below 1.</exception>
    public static Initializer GlorotNormal(int fanIn, int fanOut) => Normal((float)Math.Sqrt(2d / Fans(fanIn, fanOut)));

    /// <summary>Uniform in ±√(6 / <paramref name="fanIn"/>): He et al. 2015, for ReLU.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fanIn"/> is below 1.</exception>
    public static Initializer HeUniform(int fanIn) => Symmetric(Math.Sqrt(6d / Fan(fanIn, nameof(fanIn))));

    /// <summary>Normal with variance 2 / <paramref name="fanIn"/>: He et al. 2015, for ReLU.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fanIn"/> is below 1.</exception>
    public static Initializer HeNormal(int fanIn) => Normal((float)Math.Sqrt(2d / Fan(fanIn, nameof(fanIn))));

    /// <summary>The same with zeros in some places: the row of an embedding's padding.</summary>
    /// <param name="start">The first place.</param>
    /// <param name="count">How many places.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public Initializer WithZeros(int start, int count)
    {
        OutOfRange.ThrowIfLess(start, 0);
        OutOfRange.ThrowIfLess(count, 0);
        return new(this, start, count);
    }

    /// <summary>Uniform in ±√(3 / <paramref name="fanIn"/>): LeCun et al. 1998, for SELU.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fanIn"/> is below 1.</exception>
    public static Initializer LeCunUniform(int fanIn) => Symmetric(Math.Sqrt(3d / Fan(fanIn, nameof(fanIn))));

    /// <summary>Normal with variance 1 / <paramref name="fanIn"/>: LeCun et al. 1998, for SELU.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fanIn"/> is below 1.</exception>
    public static Initializer LeCunNormal(int fanIn) => Normal((float)Math.Sqrt(1d / Fan(fanIn, nameof(fanIn))));

    /// <summary>Uniform in ±1/√<paramref name="fanIn"/>: what PyTorch's dense layers and convolutions start from.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fanIn"/> is below 1.</exception>
    public static Initializer PyTorch(int fanIn) => Symmetric(1 / Math.Sqrt(Fan(fanIn, nameof(fanIn))));

    /// <summary>Normal, but drawn again where it is more than two standard deviations <paramref name="std"/> from the mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="std"/> is negative, or an argument is not finite.</exception>
    public static Initializer TruncatedNormal(float std, float mean = 0f)
    {
        Initializer normal = Normal(std, mean);
        return new(Distribution.TruncatedNormal, normal.first, normal.second);
    }

    /// <summary>
    /// A random matrix with orthogonal rows or columns, whichever are fewer, of length <paramref name="gain"/> (Saxe et al. 2014).
    /// </summary>
    /// <param name="rows">All dimensions but the last.</param>
    /// <param name="columns">The last dimension.</param>
    /// <param name="gain">The length.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1, or the gain is not finite.</exception>
    public static Initializer Orthogonal(int rows, int columns, float gain = 1f) => Matrix(Distribution.Orthogonal, rows, columns, gain);

    /// <summary><paramref name="gain"/> on the diagonal of the matrix in the middle, 0 elsewhere.</summary>
    /// <param name="rows">Of one matrix, as many as the last dimension but one.</param>
    /// <param name="columns">The last dimension.</param>
    /// <param name="gain">The number on the diagonal.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1, or the gain is not finite.</exception>
    public static Initializer Identity(int rows, int columns, float gain = 1f) => Matrix(Distribution.Identity, rows, columns, gain);

    /// <summary>Draws the values of one parameter.</summary>
    /// <param name="values">Where the values go.</param>
    /// <param name="seed">The seed of the network.</param>
    /// <param name="parameter">The index of the parameter in its layout, which selects its own random stream.</param>
    public void Fill(Span<float> values, ulong seed, int parameter)
    {
        Draw(values, seed, parameter);
        values.Slice(zeroStart, zeroCount).Clear();
    }

    private void Draw(Span<float> values, ulong seed, int parameter)
    {
        OutOfRange.ThrowIfLess(parameter, 0);
        if (distribution == Distribution.Constant)
        {
            values.Fill(first);
            return;
        }

        // Training steps count from 1, so step 0 is never shared with a dropout mask.
        PhiloxKey key = Philox.Key(seed, 0, (uint)parameter);
        switch (distribution)
        {
            case Distribution.Orthogonal:
                OrthogonalMatrix.Fill(values, rows, columns, first, key);
                return;
            case Distribution.Identity:
                FillIdentity(values);
                return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = distribution switch
            {
                Distribution.Uniform => first + (second - first) * Philox.Uniform(key, (uint)i),
                Distribution.Normal => first + second * Philox.Normal(key, (uint)i),
                _ => first + second * Truncated(key, (uint)i, (uint)values.Length),
            };
        }
    }

    /// <summary>A normal number of at most 2. One of 22 is drawn again, from the counters behind those of all values.</summary>
    private static float Truncated(PhiloxKey key, uint element, uint count)
    {
        float value = Philox.Normal(key, element);
        while (!(Math.Abs(value) <= 2f))
        {
            element += count;
            value = Philox.Normal(key, element);
        }

        return value;
    }

    private void FillIdentity(Span<float> values)
    {
        values.Clear();
        int matrices = values.Length / (rows * columns);
        int middle = matrices / 2 * rows * columns;
        for (int i = 0; i < Math.Min(rows, columns); i++)
            values[middle + i * columns + i] = first;
    }

    /// <summary>For example <c>Uniform(-0.1, 0.1)</c>.</summary>
    public override string ToString() => Drawn + (zeroCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" with zeros from {zeroStart} to {zeroStart + zeroCount - 1}"));

    private string Drawn => distribution switch
    {
        Distribution.Constant => string.Create(CultureInfo.InvariantCulture, $"Constant({first})"),
        Distribution.Uniform => string.Create(CultureInfo.InvariantCulture, $"Uniform({first}, {second})"),
        Distribution.TruncatedNormal => string.Create(CultureInfo.InvariantCulture, $"TruncatedNormal({second}, mean: {first})"),
        Distribution.Orthogonal or Distribution.Identity =>
            string.Create(CultureInfo.InvariantCulture, $"{distribution}({rows}, {columns}, gain: {first})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"Normal({second}, mean: {first})"),
    };

    private static Initializer Matrix(Distribution distribution, int rows, int columns, float gain)
    {
        OutOfRange.ThrowIfLess(rows, 1);
        OutOfRange.ThrowIfLess(columns, 1);
        return new(distribution, Finite(gain, nameof(gain)), 0f, rows, columns);
    }

    private static Initializer Symmetric(double limit) => Uniform(-(float)limit, (float)limit);

    // In double: the sum of two fans may not fit an int.
    private static double Fans(int fanIn, int fanOut) => Fan(fanIn, nameof(fanIn)) + Fan(fanOut, nameof(fanOut));

    private static double Fan(int fan, string name)
    {
        OutOfRange.ThrowIfLess(fan, 1, name);
        return fan;
    }

    private static float Finite(float value, string name) => float.IsFinite(value)
        ? value
        : throw OutOfRange.Of(name, value, $"{name} must be finite.");
}
