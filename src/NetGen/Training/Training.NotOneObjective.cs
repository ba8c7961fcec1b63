using System.ComponentModel;

namespace NetGen;

/// <summary>
/// For networks without exactly one objective: the compiler's "no such method" would not say why, and NG0508, an error at each call of these, says what exists instead. A method
/// of these names on the network itself, or an extension of its class, comes before them.
/// </summary>
public static partial class Training
{
    private const string NotOneObjective =
        "Fit and Evaluate are for networks with exactly one [Objective] (ITrainable). Each of several has a step and a value of its own: the objective "
        + "CriticLoss gives StepCritic(inputs, optimizer) and CriticLoss(inputs); call them in a loop over batches. Without one there is nothing to train: "
        + "mark the method that returns the loss with [Objective].";

    /// <summary>Not for a network without exactly one objective.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit(this INetwork network, Dataset data, FitOptions? options = null) => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without exactly one objective.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit<TOptimizer>(this INetwork network, Dataset data, FitOptions? options = null)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without exactly one objective.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit<TOptimizer>(this INetwork network, Dataset data, FitOptions? options, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without exactly one objective.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static History Fit<TOptimizer>(this INetwork network, Dataset data, FitOptions? options, Func<long, TOptimizer> schedule)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without exactly one objective.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Evaluation Evaluate(this INetwork network, Dataset data, int batchSize = 128, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(NotOneObjective);

    /// <summary>Not for a network without exactly one objective.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Evaluation Evaluate(
        this INetwork network, Dataset data, IReadOnlyList<CustomMetric> metrics, int batchSize = 128, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(NotOneObjective);
}
