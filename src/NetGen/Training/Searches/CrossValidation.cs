namespace NetGen;

/// <summary>Trains and tests with each of several splits.</summary>
public static class CrossValidation
{
    /// <summary>
    /// Runs the folds side by side, each on its share of the cores. The scores are the same however many run at once, if the program makes
    /// the same of the same fold.
    /// </summary>
    /// <remarks>
    /// <code>
    /// FoldScores scores = CrossValidation.Run(Splits.KFold(data.Count, folds: 5, seed: 1), fold =>
    /// {
    ///     var (train, test) = fold.Split.Of(data);
    ///     using var network = new Churn(fold.Seed, fold.Device);
    ///     network.Fit(train, options);
    ///     return network.Evaluate(test).Loss;
    /// });
    /// </code>
    /// </remarks>
    /// <param name="folds">The splits.</param>
    /// <param name="run">Trains and judges; gives the score.</param>
    /// <param name="parallelism">How many run at once; 0: as many as the processor has cores.</param>
    /// <param name="seed">Decides the seeds of the folds.</param>
    /// <param name="cancellationToken">Ends it between two folds.</param>
    /// <exception cref="ArgumentException">There is no fold.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parallelism"/> is below 0.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static FoldScores Run(
        IReadOnlyList<Split> folds, Func<FoldRun, double> run, int parallelism = 0, ulong seed = 0,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(run);
        OutOfRange.ThrowIfLess(parallelism, 0);
        if (folds.Count == 0)
            throw new ArgumentException("There is no fold.", nameof(folds));
        double[] scores = new double[folds.Count];
        SideBySide.Run(folds.Count, parallelism, cancellationToken, (number, device) =>
            scores[number] = run(new(number, folds[number], seed ^ SideBySide.SeedOf(number), device)));
        return new(scores);
    }
}
