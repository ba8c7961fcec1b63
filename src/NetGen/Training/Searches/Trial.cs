using System.Globalization;

namespace NetGen;

/// <summary>A combination of hyper-parameters that is tried.</summary>
public sealed class Trial
{
    private readonly SearchSpace space;
    private readonly double[] values;

    internal Trial(SearchSpace space, double[] values, int number, ulong seed)
    {
        (this.space, this.values) = (space, values);
        (Number, Seed) = (number, seed);
    }

    /// <summary>Which one it is: 0, 1, …</summary>
    public int Number { get; }

    /// <summary>A seed of its own, for weights and the order of samples: the same in every search with the same seed.</summary>
    public ulong Seed { get; }

    /// <summary>
    /// How much is to be spent on it, in the units of <see cref="HyperparameterSearch.Halving"/> (epochs, mostly); else 1.
    /// </summary>
    public int Budget { get; internal set; } = 1;

    /// <summary>
    /// What the program keeps of the trial until more is spent on it: the network, so that it goes on. What is disposable is disposed of
    /// when the search is over.
    /// </summary>
    public object? State { get; set; }

    /// <summary>Where it computes: its share of the processor's cores.</summary>
    public Device Device { get; internal set; } = Device.Cpu(1);

    /// <summary>How good it is, as the program said; NaN before it is known.</summary>
    public double Score { get; internal set; } = double.NaN;

    /// <summary>What was spent on it in all.</summary>
    public int Spent { get; internal set; }

    /// <summary>Ends the trial when the search is canceled.</summary>
    public CancellationToken CancellationToken { get; internal init; }

    /// <summary>The value of a hyper-parameter.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public double this[string name] => space.Names.ToList().IndexOf(name) is >= 0 and int at
        ? values[at]
        : throw new KeyNotFoundException($"There is no hyper-parameter '{name}'; there are: {string.Join(", ", space.Names)}.");

    /// <summary>A hyper-parameter that is a whole number.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="OverflowException">It is no whole number of 32 bits.</exception>
    public int Integer(string name)
    {
        double value = this[name];
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new OverflowException(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}, which is no whole number of 32 bits."));
    }

    /// <summary>For example <c>0.0421: rate 0.001, batch 64</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Score:G4}: ")
        + string.Join(", ", space.Names.Zip(values, (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value:G4}")));
}
