using Xunit;

namespace NetGen.Metrics.Tests;

/// <summary>How far values are from others.</summary>
public sealed class DriftTests
{
    [Fact]
    public void Bins_have_as_many_values_each_and_two_are_outside_of_all()
    {
        var distribution = Distribution.Of([.. Enumerable.Range(0, 1000).Select(i => (float)i)], bins: 4);
        Assert.Equal([0, 250, 500, 750, float.BitIncrement(999)], distribution.Edges.ToArray());
        Assert.Equal([0, 250, 250, 250, 250, 0], distribution.Counts.ToArray());
        Assert.Equal([0, 1, 1, 2, 4, 5, 0], new[] { -1, 0, 249.5f, 250, 999, 999.5f, float.NaN }.Select(distribution.Bin));
    }

    /// <summary>Equal values are in one bin, and a number that is always the same is seen to change.</summary>
    [Fact]
    public void Equal_values_share_a_bin()
    {
        Assert.Equal([1, float.BitIncrement(1)], Distribution.Of([1, 1, 1]).Edges.ToArray());
        Assert.Equal([0, 3, 0], Distribution.Of([1, 1, 1]).Counts.ToArray());
        var labels = Distribution.Of([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, float.NaN]);
        Assert.Equal([0, 1, 2, float.BitIncrement(2)], labels.Edges.ToArray());
        Assert.Equal([1, 8, 1, 1, 0], labels.Counts.ToArray());
    }

    /// <summary>
    /// By hand, with half a count in each bin beside what is there: p = (0.5, 8.5, 2.5, 0.5) / 12, q = (0.5, 2.5, 8.5, 0.5) / 12.
    /// </summary>
    [Fact]
    public void The_stability_index_is_the_sum_over_the_bins()
    {
        var distribution = new Distribution([0, 1, 2], [0, 8, 2, 0]);
        Assert.Equal(0, distribution.StabilityIndex([0, 8, 2, 0]));
        Assert.Equal(2 * (6.0 / 12) * Math.Log(8.5 / 2.5), distribution.StabilityIndex([0, 2, 8, 0]), 1e-12);
        Assert.Equal(
            distribution.StabilityIndex([0, 2, 8, 0]), new Distribution([0, 1, 2], [0, 2, 8, 0]).StabilityIndex([0, 8, 2, 0]), 1e-12);
        Assert.Throws<ArgumentException>(() => distribution.StabilityIndex([1, 2, 3]));
    }

    /// <summary>
    /// Where each value has a bin of its own, it is the statistic of the samples: the greatest distance of their empirical distribution
    /// functions.
    /// </summary>
    [Fact]
    public void Kolmogorov_Smirnov_is_that_of_the_samples_where_bins_tell_all_values_apart()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            float[] training = [.. Enumerable.Range(0, 200).Select(_ => (float)random.Next(6))];
            float[] now = [.. Enumerable.Range(0, random.Next(1, 90)).Select(_ => (float)random.Next(round % 8 + 1))];
            var distribution = Distribution.Of(training, bins: 100);
            var counts = new long[distribution.Counts.Length];
            foreach (var value in now)
                counts[distribution.Bin(value)]++;
            var expected = Enumerable.Range(-1, 10).Max(x => Math.Abs(Share(training, x) - Share(now, x)));
            Assert.Equal(expected, distribution.KolmogorovSmirnov(counts), 1e-12);
        }

        static double Share(float[] values, float most) => values.Count(value => value <= most) / (double)values.Length;
    }

    /// <summary>SciPy's statistic, which knows all samples: with a bin for each of the first ones' values nothing of it is lost but what others do between two of them.</summary>
    [Theory]
    [InlineData("of whole numbers")]
    [InlineData("shifted")]
    [InlineData("outside")]
    public void Kolmogorov_Smirnov_is_that_of_SciPy(string name)
    {
        var oracle = Oracle.Of("two_samples", name);
        float[] before = oracle.Floats("before"), now = oracle.Floats("now");
        var distribution = Distribution.Of(before, bins: before.Length);
        var counts = new long[distribution.Counts.Length];
        foreach (var value in now)
            counts[distribution.Bin(value)]++;
        Assert.InRange(oracle.Number("ks") - distribution.KolmogorovSmirnov(counts), -1e-12, 1.0 / before.Length + 1e-12);
        if (name == "of whole numbers")
            Oracle.Agree(oracle.Number("ks"), distribution.KolmogorovSmirnov(counts), "the statistic");
    }

    /// <summary>The expectation without drift is about (bins − 1) (1/n + 1/N); a shift by half a standard deviation is seen.</summary>
    [Fact]
    public void No_drift_is_small_and_a_shift_is_large()
    {
        var random = new Random(5);
        var distribution = Distribution.Of(Normal(10_000, 0));
        var same = Enumerable.Range(0, 40).Average(_ => distribution.StabilityIndex(Count(Normal(1000, 0))));
        Assert.InRange(same, 0.005, 0.02);
        Assert.InRange(distribution.StabilityIndex(Count(Normal(1000, 0.5))), 0.15, 0.45);
        // The greatest distance of two normal distributions that are 0.5 apart: 2 Φ(0.25) − 1.
        Assert.Equal(0.1974, distribution.KolmogorovSmirnov(Count(Normal(100_000, 0.5))), 0.01);
        Assert.True(double.IsNaN(distribution.KolmogorovSmirnov(new long[distribution.Counts.Length])));

        float[] Normal(int count, double mean) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(mean + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];

        long[] Count(float[] values)
        {
            var counts = new long[distribution.Counts.Length];
            foreach (var value in values)
                counts[distribution.Bin(value)]++;
            return counts;
        }
    }

    [Theory]
    [InlineData("[{}]")]
    [InlineData("[1]")]
    [InlineData("no JSON")]
    [InlineData("""[{"name": "x", "edges": [1, 0], "counts": [1, 2, 3]}]""")]
    [InlineData("""[{"name": "x", "edges": [1], "counts": [1, -2]}]""")]
    [InlineData("""[{"name": "x", "edges": [1], "counts": [1, 2.5]}]""")]
    [InlineData("""[{"name": "x", "edges": "1", "counts": [1, 2]}]""")]
    [InlineData("""{"name": "x"}""")]
    public void A_damaged_reference_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => DriftReference.FromMetadata(new Dictionary<string, string> { ["drift"] = text }));

    [Fact]
    public void A_file_without_a_reference_has_none() => Assert.Null(DriftReference.FromMetadata(new Dictionary<string, string>()));
}
