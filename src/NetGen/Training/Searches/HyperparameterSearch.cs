namespace NetGen;

/// <summary>
/// Searches for hyper-parameters. Trials run side by side, each on its share of the cores; what is found is the same for the same seed,
/// however many run at once, if the program makes the same of the same trial.
/// </summary>
/// <remarks>
/// <code>
/// IReadOnlyList&lt;Trial&gt; best = HyperparameterSearch.Random(space, trials: 20, trial =>
/// {
///     using var network = new Churn(trial.Seed, trial.Device);
///     network.Fit(train, new FitOptions { Epochs = 10, BatchSize = trial.Integer("batch") }, new Adam((float)trial["rate"]));
///     return network.Evaluate(validation).Loss;
/// });
/// </code>
/// The data that trials are judged by are chosen by; test the best one with others.
/// </remarks>
public static class HyperparameterSearch
{
    /// <summary>Tries all combinations.</summary>
    /// <param name="space">Choices only.</param>
    /// <param name="run">Trains and judges; gives the score. NaN is the worst one.</param>
    /// <param name="options">How; null: one for each core, low scores are good.</param>
    /// <returns>All trials, the best one first.</returns>
    /// <exception cref="InvalidOperationException">A hyper-parameter is any number of a range, or there are too many
    /// combinations.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static IReadOnlyList<Trial> Grid(SearchSpace space, Func<Trial, double> run, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new();
        return All(space, space.Grid(), run, options);
    }

    /// <summary>
    /// Tries combinations by chance (Bergstra and Bengio 2012): better than a grid where few of the hyper-parameters matter.
    /// </summary>
    /// <param name="space">What may be tried.</param>
    /// <param name="trials">How many are tried.</param>
    /// <param name="run">Trains and judges; gives the score. NaN is the worst one.</param>
    /// <param name="options">How; null: one for each core, low scores are good.</param>
    /// <returns>All trials, the best one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trials"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static IReadOnlyList<Trial> Random(SearchSpace space, int trials, Func<Trial, double> run, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        OutOfRange.ThrowIfLess(trials, 1);
        options ??= new();
        return All(space, ByChance(space, trials, options), run, options);
    }

    /// <summary>
    /// Successive halving (Jamieson and Talwalkar 2016): many combinations by chance get a little, the best of them more, and so on, so
    /// that most is spent on the good ones.
    /// </summary>
    /// <remarks>A trial is run again with more <see cref="Trial.Budget"/>; <see cref="Trial.State"/> lets it go on with its
    /// network.</remarks>
    /// <param name="space">What may be tried.</param>
    /// <param name="trials">How many begin.</param>
    /// <param name="run">Spends the trial's budget and judges; gives the score. NaN is the worst one.</param>
    /// <param name="budget">What each of them gets at first: epochs, for example.</param>
    /// <param name="factor">One of so many goes on, and gets so many times the budget.</param>
    /// <param name="options">How; null: one for each core, low scores are good.</param>
    /// <returns>All trials: those on which more was spent first, of these the best one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trials"/> or <paramref name="budget"/> is below 1, or <paramref
    /// name="factor"/> below 2.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static IReadOnlyList<Trial> Halving(
        SearchSpace space, int trials, Func<Trial, double> run, int budget = 1, int factor = 3, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        OutOfRange.ThrowIfLess(trials, 1);
        OutOfRange.ThrowIfLess(budget, 1);
        OutOfRange.ThrowIfLess(factor, 2);
        options ??= new();
        Trial[] all = Trials(space, ByChance(space, trials, options), options);
        try
        {
            Trial[] still = all;
            for (int each = budget; ; each = checked(each * factor))
            {
                foreach (Trial trial in still)
                    trial.Budget = each;
                Run(still, run, options);
                if (still.Length == 1)
                    break;
                still = [.. Best(still, options).Take(Math.Max(1, still.Length / factor))];
            }
        }
        finally
        {
            End(all);
        }

        return [.. Best(all, options).OrderByDescending(trial => trial.Spent)];
    }

    private static Trial[] All(SearchSpace space, double[][] combinations, Func<Trial, double> run, SearchOptions options)
    {
        Trial[] trials = Trials(space, combinations, options);
        try
        {
            Run(trials, run, options);
        }
        finally
        {
            End(trials);
        }

        return [.. Best(trials, options)];
    }

    private static double[][] ByChance(SearchSpace space, int trials, SearchOptions options) =>
        [.. Enumerable.Range(0, trials).Select(number => space.At(options.Seed, number))];

    private static Trial[] Trials(SearchSpace space, double[][] combinations, SearchOptions options) =>
    [
        .. combinations.Select((values, number) => new Trial(space, values, number, options.Seed ^ SideBySide.SeedOf(number))
        {
            CancellationToken = options.CancellationToken,
        }),
    ];

    private static void Run(Trial[] trials, Func<Trial, double> run, SearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(run);
        object one = new();
        SideBySide.Run(trials.Length, options.Parallelism, options.CancellationToken, (number, device) =>
        {
            Trial trial = trials[number];
            trial.Device = device;
            trial.Score = run(trial);
            trial.Spent += trial.Budget;
            if (options.Ended is { } ended)
            {
                lock (one)
                    ended(trial);
            }
        });
    }

    private static void End(Trial[] trials)
    {
        foreach (Trial trial in trials)
        {
            (trial.State as IDisposable)?.Dispose();
            trial.State = null;
        }
    }

    /// <summary>By their scores; of equal ones the first.</summary>
    private static IEnumerable<Trial> Best(IEnumerable<Trial> trials, SearchOptions options) => trials
        .OrderBy(trial => double.IsNaN(trial.Score) ? double.PositiveInfinity : options.HigherIsBetter ? -trial.Score : trial.Score)
        .ThenBy(trial => double.IsNaN(trial.Score)).ThenBy(trial => trial.Number);
}
