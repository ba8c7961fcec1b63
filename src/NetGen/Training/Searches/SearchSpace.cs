using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// What hyper-parameters may be, by name. A space never changes; its methods give another one with a hyper-parameter more.
/// </summary>
/// <remarks>
/// <code>
/// SearchSpace space = SearchSpace.Empty.Choice("batch", 32, 64, 128).LogUniform("rate", 1e-4, 1e-2).Uniform("decay", 0, 0.1);
/// </code>
/// </remarks>
public sealed class SearchSpace
{
    // Far from the streams of parameters and dropout, which count from 0.
    private const uint Stream = 0x5345_4152;

    private readonly (string Name, double[]? Choices, Func<double, double>? At)[] dimensions;

    private SearchSpace((string, double[]?, Func<double, double>?)[] dimensions) => this.dimensions = dimensions;

    /// <summary>A space without hyper-parameters.</summary>
    public static SearchSpace Empty { get; } = new([]);

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => [.. dimensions.Select(dimension => dimension.Name)];

    /// <summary>One of some values.</summary>
    /// <exception cref="ArgumentException">The name is there already, or there is no value.</exception>
    public SearchSpace Choice(string name, params ReadOnlySpan<double> values) => values.IsEmpty
        ? throw new ArgumentException($"'{name}' has no value.", nameof(values))
        : With(name, values.ToArray(), null);

    /// <summary>One of some whole numbers, such as the values of a network's [Variants].</summary>
    /// <exception cref="ArgumentException">The name is there already, or there is no value.</exception>
    /// <example><code>SearchSpace space = SearchSpace.Empty.Choice("width", Net.WidthVariants);</code></example>
    public SearchSpace Choice(string name, ReadOnlySpan<int> values) => Choice(name, [.. values.ToArray().Select(value => (double)value)]);

    /// <summary>Any number of a range, all equally likely.</summary>
    /// <exception cref="ArgumentException">The name is there already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A border is not finite, or the range is empty.</exception>
    public SearchSpace Uniform(string name, double low, double high)
    {
        Check(low, high);
        return With(name, null, share => low + (high - low) * share);
    }

    /// <summary>Any number of a range, each power of ten equally likely: for rates and decays.</summary>
    /// <exception cref="ArgumentException">The name is there already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A border is not finite or not above 0, or the range is empty.</exception>
    public SearchSpace LogUniform(string name, double low, double high)
    {
        Check(low, high);
        if (low <= 0)
            throw OutOfRange.Of(nameof(low), low, Invariant($"The range begins at {low}; a logarithm needs numbers above 0."));
        return With(name, null, share => Math.Exp(Math.Log(low) + (Math.Log(high) - Math.Log(low)) * share));
    }

    /// <summary>A whole number of a range, all equally likely.</summary>
    /// <param name="name">The name.</param>
    /// <param name="low">The least.</param>
    /// <param name="high">The greatest.</param>
    /// <exception cref="ArgumentException">The name is there already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public SearchSpace Integer(string name, int low, int high)
    {
        Check(low, high);
        return With(name, null, share => Math.Min(high, Math.Floor(low + ((double)high - low + 1) * share)));
    }

    /// <summary>All combinations of choices; the last hyper-parameter changes fastest.</summary>
    /// <exception cref="InvalidOperationException">A hyper-parameter is any number of a range, or there are more than a million
    /// combinations.</exception>
    internal double[][] Grid()
    {
        const int Most = 1_000_000;
        if (Array.Find(dimensions, dimension => dimension.Choices is null) is { Name: { } range })
            throw new InvalidOperationException(
                $"'{range}' is any number of a range, of which there is no grid; state some by Choice, or search at random.");
        double count = dimensions.Aggregate(1.0, (product, dimension) => product * dimension.Choices!.Length);
        if (count > Most)
            throw new InvalidOperationException(Invariant($"The grid has {count:G4} combinations; at most {Most}."));
        double[][] all = new double[(int)count][];
        for (int i = 0; i < all.Length; i++)
        {
            double[] values = new double[dimensions.Length];
            for (int d = dimensions.Length - 1, rest = i; d >= 0; rest /= dimensions[d--].Choices!.Length)
                values[d] = dimensions[d].Choices![rest % dimensions[d].Choices!.Length];
            all[i] = values;
        }

        return all;
    }

    /// <summary>A combination by chance: the same for the same seed and number, whatever others there are.</summary>
    internal double[] At(ulong seed, int number)
    {
        PhiloxKey key = Philox.Key(seed, number, Stream);
        double[] values = new double[dimensions.Length];
        for (int d = 0; d < values.Length; d++)
        {
            double share = Philox.Bits(key, (uint)d) * (1.0 / (1L << 32));
            values[d] = dimensions[d].Choices is { } choices ? choices[(int)(share * choices.Length)] : dimensions[d].At!(share);
        }

        return values;
    }

    private SearchSpace With(string name, double[]? choices, Func<double, double>? at)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Array.Exists(dimensions, dimension => dimension.Name == name)
            ? throw new ArgumentException($"There is a hyper-parameter '{name}' already.", nameof(name))
            : new([.. dimensions, (name, choices, at)]);
    }

    private static void Check(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low > high)
            throw OutOfRange.Of(nameof(high), high, Invariant($"The range is from {low} to {high}; expected finite numbers in order."));
    }
}
