using System.Globalization;
using Xunit;

namespace NetGen.Tests.Training.Searches;

/// <summary>What is tried, how much is spent on it, and that the number of threads changes none of it.</summary>
public sealed class SearchTests
{
    private static readonly SearchSpace Space = SearchSpace.Empty.Choice("batch", 16, 32, 64).LogUniform("rate", 1e-4, 1)
        .Uniform("drop", -1, 1).Integer("depth", 1, 3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_grid_has_all_combinations()
    {
        SearchSpace space = SearchSpace.Empty.Choice("a", 1, 2, 3).Choice("b", 10, 20);
        IReadOnlyList<Trial> trials = HyperparameterSearch.Grid(space, trial => Math.Abs(trial["a"] - 2) + trial["b"], Options());
        Assert.Equal(
            [(2, 10), (1, 10), (3, 10), (2, 20), (1, 20), (3, 20)], trials.Select(trial => (trial.Integer("a"), trial.Integer("b"))));
        Assert.Equal([2, 0, 4, 3, 1, 5], trials.Select(trial => trial.Number));
        Assert.Contains("'rate' is any number",
            Assert.Throws<InvalidOperationException>(() => HyperparameterSearch.Grid(Space, _ => 0, Options())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_by_chance_are_where_they_may_be_and_everywhere_there()
    {
        IReadOnlyList<Trial> trials = HyperparameterSearch.Random(Space, 600, _ => 0, Options());
        Assert.Equal(600, trials.Count);
        // Three of 600 each: within 5 standard deviations of a binomial distribution, 5·√(600·⅓·⅔) = 58.
        foreach (string name in new[] { "batch", "depth" })
            Assert.All(trials.CountBy(trial => trial[name]), pair => Assert.InRange(pair.Value, 142, 258));
        Assert.Equal([1, 2, 3], trials.Select(trial => trial["depth"]).Distinct().Order());
        // Each of four powers of ten, and each half: 5·√(600·¼·¾) = 53, 5·√(600/4) = 61.
        Assert.All(trials, trial => Assert.InRange(trial["rate"], 1e-4, 1));
        Assert.All(trials.CountBy(trial => Math.Floor(Math.Log10(trial["rate"]))), pair => Assert.InRange(pair.Value, 97, 203));
        Assert.InRange(trials.Count(trial => trial["drop"] < 0), 239, 361);
        Assert.All(trials, trial => Assert.InRange(trial["drop"], -1, 1));
        // One says nothing of another.
        Assert.Equal(600, trials.Select(trial => trial.Seed).Distinct().Count());
        Assert.Equal(600, trials.Select(trial => trial["drop"]).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_is_found_does_not_depend_on_how_many_run_at_once(int parallelism)
    {
        IReadOnlyList<Trial> found = HyperparameterSearch.Random(Space, 40, Score, Options() with { Parallelism = parallelism, Seed = 9 });
        Assert.Equal(Enumerable.Range(0, 40).Select(i => found.Single(trial => trial.Number == i)).OrderBy(Score), found);
        Assert.Equal(
            HyperparameterSearch.Random(Space, 20, Score, Options() with { Parallelism = 2, Seed = 9 }).Select(trial => trial.ToString())
                .ToHashSet(),
            found.Where(trial => trial.Number < 20).Select(trial => trial.ToString()).ToHashSet());
        Assert.NotEqual(found[0].ToString(), HyperparameterSearch.Random(Space, 40, Score, Options() with { Seed = 8 })[0].ToString());

        static double Score(Trial trial) => Math.Abs(Math.Log10(trial["rate"]) + 2) + trial["drop"] * trial.Integer("batch");
    }

    [Fact]
    public void Halving_spends_most_on_the_best()
    {
        List<(int Number, int Budget)> runs = [];
        IReadOnlyList<Trial> found = HyperparameterSearch.Halving(
            Space, 18,
            trial =>
            {
                lock (runs)
                    runs.Add((trial.Number, trial.Budget));
                trial.State = new Kept((trial.State as Kept)?.Times + 1 ?? 1);
                return trial.Number;
            },
            budget: 2, factor: 3, Options() with { HigherIsBetter = true });
        // 18 with 2, the best 6 of them with 6, 2 with 18, and one with 54.
        Assert.Equal(
            [.. Enumerable.Range(0, 18).Select(i => (2, i)), .. Enumerable.Range(12, 6).Select(i => (6, i)), (18, 16), (18, 17), (54, 17)],
            runs.Select(run => (run.Budget, run.Number)).Order());
        Assert.Equal((17, 2 + 6 + 18 + 54), (found[0].Number, found[0].Spent));
        Assert.Equal(Enumerable.Range(0, 18).Reverse(), found.Select(trial => trial.Number));
        // What they have kept is disposed of, and no longer held.
        Assert.All(found, trial => Assert.Null(trial.State));
        Assert.Equal(18, Kept.Disposed);
    }

    [Fact]
    public void What_is_no_number_is_the_worst()
    {
        SearchSpace space = SearchSpace.Empty.Choice("x", 0, 1, 2);
        Assert.Equal(
            [0, 2, 1],
            HyperparameterSearch.Grid(space, trial => trial["x"] == 1 ? double.NaN : trial["x"], Options())
            .Select(trial => trial.Number));
        Assert.Equal(
            [2, 0, 1],
            HyperparameterSearch.Grid(
            space, trial => trial["x"] == 1 ? double.NaN : trial["x"], Options() with { HigherIsBetter = true })
            .Select(trial => trial.Number));
    }

    [Fact]
    public void An_exception_comes_through_and_ends_the_search()
    {
        int begun = 0;
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => HyperparameterSearch.Random(
            Space, 1000,
            trial =>
            {
                Interlocked.Increment(ref begun);
                return trial.Number == 3 ? throw new InvalidDataException("three") : 0;
            },
            Options() with { Parallelism = 2 }));
        Assert.Equal("three", thrown.Message);
        Assert.InRange(begun, 4, 999);
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => HyperparameterSearch.Random(
            Space, 100, _ => { source.Cancel(); return 0; }, new SearchOptions { CancellationToken = source.Token }));
    }

    [Fact]
    public void Who_asks_is_told_of_each_trial()
    {
        List<int> ended = [];
        HyperparameterSearch.Random(
            Space, 10, trial => trial.Number, Options() with { Ended = trial => ended.Add(trial.Number), Parallelism = 3 });
        Assert.Equal(Enumerable.Range(0, 10), ended.Order());
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Space.Uniform("rate", 0, 1));
        Assert.Throws<ArgumentException>(() => Space.Choice("x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Space.LogUniform("x", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Space.Uniform("x", 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HyperparameterSearch.Random(Space, 0, _ => 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HyperparameterSearch.Halving(Space, 3, _ => 0, factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SearchOptions { Parallelism = -1 });
        Trial trial = HyperparameterSearch.Random(Space, 1, _ => 0.125, Options())[0];
        Assert.Throws<OverflowException>(() => trial.Integer("drop"));
        Assert.Contains("there are: batch, rate, drop, depth", Assert.Throws<KeyNotFoundException>(() => trial["none"]).Message,
            StringComparison.Ordinal);
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        Assert.StartsWith("0.125: batch ", trial.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Folds_run_side_by_side(int parallelism)
    {
        IReadOnlyList<Split> splits = Splits.KFold(10, folds: 5, seed: 1);
        FoldScores scores = CrossValidation.Run(
            splits, fold => fold.Split.Test.ToArray().Sum() + (fold.Seed == 7 ? 0.5 : 0), parallelism, seed: 7, Token);
        Assert.Equal(splits.Select((split, i) => split.Test.ToArray().Sum() + (i == 0 ? 0.5 : 0)), scores.Scores);
        Assert.Equal(9.1, scores.Mean, 12);
        Assert.Equal(Math.Sqrt(scores.Scores.Sum(score => (score - 9.1) * (score - 9.1)) / 4), scores.Deviation, 12);
        Assert.Throws<ArgumentException>(() => CrossValidation.Run([], _ => 0, cancellationToken: Token));
    }

    private static SearchOptions Options() => new() { CancellationToken = Token };

    private sealed class Kept(int times) : IDisposable
    {
        public static int Disposed { get; private set; }

        public int Times => times;

        public void Dispose() => Disposed++;
    }
}
