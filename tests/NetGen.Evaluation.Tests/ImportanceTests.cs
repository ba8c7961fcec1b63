using Xunit;

namespace NetGen.Metrics.Tests;

/// <summary>What features a measure needs, by shuffling them.</summary>
public sealed class ImportanceTests
{
    private static readonly float[] Rows = [.. Enumerable.Range(0, 400).Select(i => (float)Math.Sin(i * 12.9898) * 43758.547f % 1)];

    /// <summary>The mean product of numbers that are the same, over samples of four numbers: what shuffling does to it is known.</summary>
    [Fact]
    public void A_feature_that_nobody_reads_has_none_and_one_that_is_all_has_all()
    {
        IReadOnlyList<Importance> found = FeatureImportance.Permutation(
            Rows, FeatureGroup.Each(["a", "b", "c", "d"]), OfFirst, repeats: 8, seed: 3);
        Assert.Equal(["a", "b", "c", "d"], found.Select(feature => feature.Name));
        Assert.All(found.Skip(1), feature => Assert.Equal((0, 0), (feature.Mean, feature.Deviation)));
        // The correlation of a column with itself, and about none with itself shuffled: of 100 samples it is within 4 / √100 with a
        // probability above 0.9999.
        Assert.InRange(found[0].Mean, 0.6, 1.4);
        Assert.InRange(found[0].Deviation, 1e-6, 0.3);

        // Correlation with what the first number was.
        static double OfFirst(float[] rows)
        {
            double[] x = [.. Enumerable.Range(0, 100).Select(i => (double)rows[4 * i])],
                y = [.. Enumerable.Range(0, 100).Select(i => (double)Rows[4 * i])];
            double mx = x.Average(), my = y.Average();
            double Sum(Func<int, double> of) => Enumerable.Range(0, 100).Sum(of);
            return Sum(i => (x[i] - mx) * (y[i] - my)) / Math.Sqrt(
                Sum(i => (x[i] - mx) * (x[i] - mx)) * Sum(i => (y[i] - my) * (y[i] - my)));
        }
    }

    /// <summary>The numbers of a group move together: what lies between them stays true; those of the others are as they were.</summary>
    [Fact]
    public void Numbers_of_a_group_move_together()
    {
        float[] rows = [.. Enumerable.Range(0, 50).SelectMany(i => new float[] { i, -i, 7 * i })];
        List<float[]> seen = [];
        FeatureImportance.Permutation(rows, [new("pair", [0, 1]), new("third", [2])], x => { seen.Add(x); return 0; }, repeats: 2, seed: 1);
        Assert.Equal(5, seen.Count);
        Assert.Equal(rows, seen[0]);
        foreach ((float[] x, bool isPair) in seen.Skip(1).Zip(new[] { true, true, false, false }))
        {
            Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(-x[3 * i], x[3 * i + 1]));
            // Each value once, and some elsewhere.
            Assert.Equal(Enumerable.Range(0, 50).Select(i => (float)i), Enumerable.Range(0, 50).Select(i => x[3 * i]).Order());
            Assert.Equal(isPair, Enumerable.Range(0, 50).Any(i => x[3 * i] != i));
            Assert.Equal(!isPair, Enumerable.Range(0, 50).Any(i => x[3 * i + 2] != 7 * i));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same()
    {
        Assert.Equal(Of(5), Of(5));
        Assert.NotEqual(Of(5), Of(6));

        static IReadOnlyList<Importance> Of(ulong seed) =>
            FeatureImportance.Permutation(Rows, FeatureGroup.Each(["a", "b"]), x => x.Zip(Rows, (a, b) => a * b).Sum(), seed: seed);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FeatureImportance.Permutation([], [new("a", [0])], _ => 0));
        Assert.Throws<ArgumentException>(() => FeatureImportance.Permutation([1, 2, 3], [new("a", [0, 1])], _ => 0));
        Assert.Contains("'a' has the number 2",
            Assert.Throws<ArgumentException>(() => FeatureImportance.Permutation([1, 2], [new("a", [2])], _ => 0, width: 2)).Message);
        Assert.Throws<ArgumentException>(() => FeatureImportance.Permutation([1, 2], [new("a", [-1])], _ => 0, width: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureImportance.Permutation([1], [new("a", [0])], _ => 0, repeats: 0));
    }
}
