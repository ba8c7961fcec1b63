using System.ComponentModel;

namespace NetGen;

/// <summary>
/// For networks without an objective, and for calls that those with several do not have: the compiler's "no such method" would not say why,
/// and NG0508, an error at each call of these, says what exists instead. A method of these names on the network itself, or an extension of
/// its class, comes before them.
/// </summary>
public static partial class Training
{
    private const string NotOneObjective =
        "Fit and Evaluate are for networks with one [Objective] (ITrainable) or several (IMultiObjective). Without one there is nothing to train: "
        + "mark the method that returns the loss with [Objective]. The optimizer of each of several, or what gives it for each step, is stated by ObjectiveSteps.";

    /// <summary>Not for a network without an objective, or with several.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit(this INetwork network, Dataset data, FitOptions? options = null) => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without an objective, or with several.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit<TOptimizer>(this INetwork network, Dataset data, FitOptions? options = null)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without an objective, or with several.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit<TOptimizer>(this INetwork network, Dataset data, FitOptions? options, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without an objective, or with several.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit<TOptimizer>(this INetwork network, Dataset data, FitOptions? options, Func<long, TOptimizer> schedule)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without an objective, or with several.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Evaluation Evaluate(this INetwork network, Dataset data, int batchSize = 128, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without an objective, or with several.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Evaluation Evaluate(
        this INetwork network, Dataset data, IReadOnlyList<CustomMetric> metrics, int batchSize = 128, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(NotOneObjective);
}
