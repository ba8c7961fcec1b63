using Xunit;

namespace NetGen.Tests.Training;

public sealed class SplitsTests
{
    [Fact]
    public void A_holdout_has_each_row_once_and_depends_on_the_seed_only()
    {
        Split split = Splits.Holdout(10, 0.25, seed: 1);
        Assert.Equal((10, 8, 2), (split.Count, split.Train.Length, split.Test.Length));   // 2.5 is rounded to even
        Assert.Equal(Enumerable.Range(0, 10), All(split));
        Assert.Equal(split.Test, Splits.Holdout(10, 0.25, seed: 1).Test);
        Assert.NotEqual(Splits.Holdout(1000, 0.5, seed: 1).Test.ToArray(), Splits.Holdout(1000, 0.5, seed: 2).Test.ToArray());
        Assert.NotEqual(split.Train.ToArray().Order(), split.Train.ToArray());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_fraction_that_leaves_no_part_is_refused(double fraction)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.Holdout(10, fraction, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.ByTime<int>([1, 2, 3], fraction));
        Assert.Contains("0.01 of 10 rows are 0", Assert.Throws<ArgumentException>(() => Splits.Stratified(new int[10], 0.01, 1)).Message);
    }

    [Fact]
    public void A_stratified_test_has_the_share_of_each_class()
    {
        int[] classes = [.. Enumerable.Repeat(7, 70), .. Enumerable.Repeat(-1, 25), .. Enumerable.Repeat(3, 5)];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Split split = Splits.Stratified(classes, 0.3, seed);
            Assert.Equal(Enumerable.Range(0, 100), All(split));
            Assert.Equal(30, split.Test.Length);
            foreach ((int value, int rows) in new[] { (7, 70), (-1, 25), (3, 5) })
                Assert.True(Math.Abs(split.Test.ToArray().Count(row => classes[row] == value) - 0.3 * rows) < 1);
        }
    }

    [Fact]
    public void No_group_is_in_both_parts()
    {
        int[] groups = [.. Enumerable.Range(0, 300).Select(row => row * row % 31)];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Split split = Splits.Grouped(groups, 0.2, seed);
            Assert.Equal(Enumerable.Range(0, 300), All(split));
            Assert.Empty(Of(split.Train, groups).Intersect(Of(split.Test, groups)));
            Assert.InRange(split.Test.Length, 50, 70);
        }
    }

    [Theory]
    [InlineData(new[] { 1, 1, 1, 1, 1, 2, 2, 2, 2, 2 }, 0.9, 5)]      // both groups would be nearer to 9, and nothing left
    [InlineData(new[] { 1, 1, 1, 1, 1, 1, 2, 2, 2, 2 }, 0.1, 4)]      // none would be nearer to 1
    public void Two_groups_are_parted_whatever_is_wanted(int[] groups, double fraction, int expected) =>
        Assert.Equal(expected, Splits.Grouped(groups, fraction, 1).Test.Length);

    [Fact]
    public void One_group_cannot_be_parted() =>
        Assert.Contains("1 group", Assert.Throws<ArgumentException>(() => Splits.Grouped(new int[5], 0.2, 1)).Message);

    [Fact]
    public void What_is_tested_is_later_than_all_that_is_trained()
    {
        int[] times = [5, 1, 3, 3, 3, 2, 9, 3];
        Split split = Splits.ByTime<int>(times, 0.5);
        Assert.Equal([1, 5], split.Train);                             // the fours 3 stay together
        Assert.Equal([2, 3, 4, 7, 0, 6], split.Test);
        Assert.Contains("same time", Assert.Throws<ArgumentException>(() => Splits.ByTime<int>(new int[8], 0.5)).Message);
        Assert.Equal([0, 1, 2], Splits.ByTime<DateTime>([new(2020, 1, 1), new(2020, 1, 2), new(2020, 1, 3), new(2020, 1, 4)], 0.25).Train);
    }

    [Fact]
    public void Each_row_is_tested_in_one_fold_and_trained_on_in_the_others()
    {
        IReadOnlyList<Split> folds = Splits.KFold(23, 5, seed: 3);
        Assert.Equal([5, 5, 5, 4, 4], folds.Select(fold => fold.Test.Length));
        Assert.All(folds, fold => Assert.Equal(Enumerable.Range(0, 23), All(fold)));
        Assert.Equal(Enumerable.Range(0, 23), folds.SelectMany(fold => fold.Test.ToArray()).Order());
    }

    [Fact]
    public void Repeats_have_other_folds_and_the_first_ones_are_those_of_one_repeat()
    {
        IReadOnlyList<Split> folds = Splits.RepeatedKFold(40, 4, 3, seed: 3);
        Assert.Equal(12, folds.Count);
        Assert.Equal(Splits.KFold(40, 4, seed: 3).Select(fold => fold.Test.ToArray()), folds.Take(4).Select(fold => fold.Test.ToArray()));
        foreach (Split[] repeat in folds.Chunk(4))
            Assert.Equal(Enumerable.Range(0, 40), repeat.SelectMany(fold => fold.Test.ToArray()).Order());
        Assert.NotEqual(folds[0].Test.ToArray().Order(), folds[4].Test.ToArray().Order());
    }

    [Fact]
    public void Stratified_folds_keep_class_counts()
    {
        int[] classes = [.. Enumerable.Repeat(0, 33), .. Enumerable.Repeat(1, 14), .. Enumerable.Repeat(2, 6)];
        IReadOnlyList<Split> folds = Splits.RepeatedStratifiedKFold(classes, 4, 2, seed: 9);
        Assert.Equal(8, folds.Count);
        foreach (Split[] repeat in folds.Chunk(4))
        {
            Assert.Equal(Enumerable.Range(0, 53), repeat.SelectMany(fold => fold.Test.ToArray()).Order());
            Assert.True(repeat.Max(fold => fold.Test.Length) - repeat.Min(fold => fold.Test.Length) <= 1);
            for (int value = 0; value < 3; value++)
            {
                int[] counts = [.. repeat.Select(fold => fold.Test.ToArray().Count(row => classes[row] == value))];
                Assert.True(counts.Max() - counts.Min() <= 1);
            }
        }
    }

    [Fact]
    public void Grouped_folds_part_no_group_and_differ_by_no_more_than_the_largest()
    {
        int[] groups = [.. Enumerable.Range(0, 200).Select(row => row * row % 29)];
        IReadOnlyList<Split> folds = Splits.GroupedKFold(groups, 4, seed: 2);
        Assert.Equal(Enumerable.Range(0, 200), folds.SelectMany(fold => fold.Test.ToArray()).Order());
        Assert.All(folds, fold => Assert.Empty(Of(fold.Train, groups).Intersect(Of(fold.Test, groups))));
        int largest = groups.CountBy(group => group).Max(pair => pair.Value);
        Assert.True(folds.Max(fold => fold.Test.Length) - folds.Min(fold => fold.Test.Length) <= largest);
    }

    [Fact]
    public void Time_folds_go_forward()
    {
        int[] times = [.. Enumerable.Range(0, 20).Select(row => 100 - row / 2)];
        IReadOnlyList<Split> folds = Splits.TimeFolds<int>(times, 4);
        Assert.Equal([4, 8, 12, 16], folds.Select(fold => fold.Train.Length));
        Assert.All(folds, fold => Assert.True(Of(fold.Train, times).Max() < Of(fold.Test, times).Min()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.TimeFolds<int>(times, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.TimeFolds<int>([1, 2, 3, 3, 3, 3, 3, 3, 3, 3], 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void Folds_are_two_or_more_and_no_more_than_rows(int folds)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.KFold(10, folds, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.StratifiedKFold(new int[10], folds, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.GroupedKFold([.. Enumerable.Range(0, 10)], folds, 1));
    }

    [Fact]
    public void No_row_is_in_both_parts_of_any_split()
    {
        Assert.Contains("Row 2 is there twice", Assert.Throws<ArgumentException>(() => new Split(3, [0, 2], [2])).Message);
        Assert.Throws<ArgumentException>(() => new Split(3, [0, 0], [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Split(3, [0], [3]));
    }

    [Fact]
    public void A_split_parts_a_data_set()
    {
        Dataset data = new(new DataColumn("x", new float[] { 0, 1, 2, 3 }), new DataColumn("label", new[] { 0, 1, 2, 3 }));
        var (train, test) = new Split(4, [3, 0], [2]).Of(data);
        Assert.Equal([3, 0], train["label"].Labels.ToArray());
        Assert.Equal([2f], test["x"].Floats.ToArray());
        Assert.Throws<ArgumentException>(() => new Split(5, [3, 0], [2]).Of(data));
    }

    [Fact]
    public void Balanced_weights_make_all_classes_count_as_much()
    {
        int[] labels = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2];
        float[] weights = ClassWeights.Balanced(labels, 3);
        Assert.Equal([10f / 18, 10f / 6, 10f / 6], weights);          // n / (classes · count), as scikit-learn's
        float[] samples = ClassWeights.OfSamples(labels, weights);
        Assert.Equal(weights[2], samples[9]);
        Assert.Equal(10, samples.Sum(), 1e-5f);
        Assert.Contains("Class 3 has no sample", Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(labels, 4)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Balanced(labels, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.OfSamples(labels, [1, 1]));
    }

    private static IEnumerable<int> All(Split split) => split.Train.ToArray().Concat(split.Test.ToArray()).Order();

    private static int[] Of(ReadOnlySpan<int> rows, int[] values)
    {
        int[] all = rows.ToArray();
        return Array.ConvertAll(all, row => values[row]);
    }
}
