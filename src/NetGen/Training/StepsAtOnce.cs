namespace NetGen;

/// <summary>
/// How many steps a device makes before the host looks at their losses: so many that the host's way there does not count, and so few that
/// progress and a cancellation do not have to wait.
/// </summary>
internal sealed class StepsAtOnce<TOptimizer>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private const int Most = 1024;

    private readonly TimeSpan wanted;
    private int steps = 1;

    /// <param name="batches">The steps of an epoch.</param>
    /// <param name="classifications">What each step says the right answers of.</param>
    /// <param name="options">Tells how often progress is to be reported.</param>
    internal StepsAtOnce(int batches, int classifications, FitOptions options)
    {
        TimeSpan atMost = TimeSpan.FromMilliseconds(10);
        wanted = options.Progress is not null && options.ProgressInterval < 2 * atMost ? options.ProgressInterval / 2 : atMost;
        int most = Math.Min(Most, batches);
        Optimizers = new TOptimizer[most];
        Results = new BatchResult[most];
        Correct = new double[most * classifications];
    }

    /// <summary>The rule of each step.</summary>
    internal TOptimizer[] Optimizers { get; }

    /// <summary>What each step gave.</summary>
    internal BatchResult[] Results { get; }

    /// <summary>How much of each step is right, for one classification after the other.</summary>
    internal double[] Correct { get; }

    /// <summary>How many steps come next.</summary>
    internal int Next(int left) => Math.Min(steps, left);

    /// <summary>Some steps have taken that long.</summary>
    internal void Took(int count, TimeSpan time)
    {
        if (time > wanted)
            steps = Math.Max(1, count / 2);
        else if (count == steps && time < wanted / 2)
            steps = Math.Min(Results.Length, 2 * steps);
    }
}
