using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>Which mean of the weights of a training is validated, watched and kept, and is what the network has in the end.</summary>
/// <remarks>
/// Steps go on from the weights that the optimizer made. State, as the running statistics of <see cref="Layers.BatchNorm"/>, is no part of
/// a mean: it is that of the last step, as in PyTorch's <c>AveragedModel</c>.
/// </remarks>
/// <example>
/// <code>
/// network.Fit(train, new FitOptions { Epochs = 50, Average = WeightAverage.Exponential(0.999) }, new Adam(1e-3f));
/// </code>
/// </example>
public sealed record WeightAverage
{
    private WeightAverage()
    {
    }

    /// <summary>d in (0, 1) of an exponential mean; null of another one.</summary>
    public double? Decay { get; private init; }

    /// <summary>The first epoch whose weights count.</summary>
    public int FromEpoch { get; private init; } = 1;

    /// <summary>
    /// m ← d·m + (1 − d)·w after each step, beginning with the weights of the first: PyTorch's <c>get_ema_multi_avg_fn</c>. The mean
    /// reaches back about 1 / (1 − d) steps.
    /// </summary>
    /// <param name="decay">d, above 0 and below 1.</param>
    /// <param name="fromEpoch">The first epoch whose steps count.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static WeightAverage Exponential(double decay = 0.999, int fromEpoch = 1)
    {
        if (!(decay > 0 && decay < 1))
            throw OutOfRange.Of(nameof(decay), decay, Invariant($"The decay of the weights' mean is {decay}; expected a number above 0 and below 1."));
        return new() { Decay = decay, FromEpoch = First(fromEpoch) };
    }

    /// <summary>
    /// The plain mean of the weights at the ends of epochs: stochastic weight averaging (Izmailov et al. 2018), PyTorch's
    /// <c>AveragedModel</c>.
    /// </summary>
    /// <remarks>Not for networks with running statistics: those of the mean would have to be made anew, from all data.</remarks>
    /// <param name="fromEpoch">The first epoch that counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static WeightAverage Equal(int fromEpoch = 1) => new() { FromEpoch = First(fromEpoch) };

    /// <summary>Whether single steps count.</summary>
    internal bool IsOfSteps => Decay is not null;

    /// <exception cref="NotSupportedException">The mean is none of this network's.</exception>
    internal void Check(INetwork network)
    {
        if (!IsOfSteps && network.Parameters.FirstOrDefault(parameter => parameter.IsState) is { } state)
        {
            throw new NotSupportedException(
                $"'{state.Name}' is a running statistic, and those of a mean over epochs are not known: {nameof(WeightAverage)}.{nameof(Equal)} is for networks without. "
                + $"{nameof(WeightAverage)}.{nameof(Exponential)} follows closely enough for the network's own.");
        }
    }

    private static int First(int fromEpoch) =>
        fromEpoch >= 1 ? fromEpoch : throw OutOfRange.Of(nameof(fromEpoch), fromEpoch, Invariant($"The first epoch of the weights' mean is {fromEpoch}; expected 1 or more."));

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Decay = {Decay}, FromEpoch = {FromEpoch}");
        return true;
    }
}
