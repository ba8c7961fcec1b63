using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>How a search runs. What it finds depends on nothing here but <see cref="Seed"/> and <see cref="HigherIsBetter"/>.</summary>
/// <example>
/// <code>
/// var trials = HyperparameterSearch.Grid(space, Try, new SearchOptions { Parallelism = 2, HigherIsBetter = true });
/// </code>
/// </example>
public sealed record SearchOptions
{
    /// <summary>Decides the combinations and the seeds of the trials.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether a high score is good; otherwise a low one is, as of a loss.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>How many trials run at once; 0: as many as the processor has cores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int Parallelism
    {
        get;
        init
        {
            OutOfRange.ThrowIfLess(value, 0);
            field = value;
        }
    }

    /// <summary>Is told of each trial that has ended, by one at a time.</summary>
    public Action<Trial>? Ended { get; init; }

    /// <summary>Cancels the search.</summary>
    public CancellationToken CancellationToken { get; init; }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Seed = {Seed}, HigherIsBetter = {HigherIsBetter}, Parallelism = {Parallelism}");
        return true;
    }
}
