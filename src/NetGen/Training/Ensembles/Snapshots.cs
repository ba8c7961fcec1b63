using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Keeps the weights at the end of each cycle of a training, for an ensemble at the price of one training (snapshot ensembles; Huang et al.
/// 2017): the rate falls to nothing in a cycle, and the network comes to rest somewhere else in each.
/// </summary>
/// <remarks>
/// <code>
/// var snapshots = new Snapshots(every: 10);
/// network.Fit(train, new FitOptions { Epochs = 50, Schedule = Schedule.CosineRestarts(first: 10), Callbacks = [snapshots] }, new Sgd(0.1f, momentum: 0.9f));
/// using Ensemble ensemble = snapshots.Ensemble(() => new Churn());
/// </code>
/// As all callbacks it knows nothing of the epochs before a checkpoint that a training goes on from.
/// </remarks>
public sealed class Snapshots : FitCallback
{
    private readonly List<AlignedFloats> kept = [];
    private readonly int every;

    /// <summary>Keeps the weights after every so many epochs.</summary>
    /// <param name="every">The epochs of a cycle; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is below 1.</exception>
    public Snapshots(int every)
    {
        OutOfRange.ThrowIfLess(every, 1);
        this.every = every;
    }

    /// <summary>How many there are: with each the weights are in memory once more.</summary>
    public int Count => kept.Count;

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Epoch % every == 0)
            kept.Add(fit.Network.Parameters.Snapshot());
    }

    /// <summary>An ensemble of networks with these weights.</summary>
    /// <param name="create">Makes a network of the class that was trained; the ensemble owns it.</param>
    /// <exception cref="InvalidOperationException">No weights were kept.</exception>
    /// <exception cref="ArgumentException">A network has other weights than the one that was trained.</exception>
    public Ensemble Ensemble(Func<IPredictor> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (kept.Count == 0)
            throw new InvalidOperationException(Invariant($"There are no weights: none of the epochs was the last of {every}."));
        List<IPredictor> members = [];
        try
        {
            foreach (AlignedFloats weights in kept)
            {
                IPredictor member = create();
                members.Add(member);
                member.Parameters.Layout.CheckLength(weights.Span.Length, nameof(create));
                member.Parameters.Replace((ReadOnlySpan<float>)weights.Span);
            }

            return new([.. members]);
        }
        catch
        {
            foreach (IPredictor member in members)
                member.Dispose();
            throw;
        }
    }
}
