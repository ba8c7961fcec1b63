using Xunit;

namespace NetGen.Tests.Training;

public sealed class SampleRandomTests
{
    /// <summary>On registers of any width: single numbers are drawn in one lane.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(53)]
    public void Many_numbers_are_those_that_are_drawn_one_by_one(int count)
    {
        SampleRandom many = new(7, 3, 11), single = new(7, 3, 11);
        float[] values = new float[count];
        many.AddNormal(values, 1);
        Assert.Equal(Enumerable.Range(0, count).Select(_ => single.Normal()), values);
    }

    [Fact]
    public void Numbers_depend_on_seed_epoch_and_sample()
    {
        float[] all = [.. new[] { (1UL, 1, 1), (2UL, 1, 1), (1UL, 2, 1), (1UL, 1, 2) }.Select(of => new SampleRandom(of.Item1, of.Item2, of.Item3).Uniform())];
        Assert.Equal(4, all.Distinct().Count());
        Assert.Equal(all[0], new SampleRandom(1, 1, 1).Uniform());
    }

    [Fact]
    public void Numbers_are_spread_evenly()
    {
        SampleRandom random = new(1, 1, 1);
        int[] counts = new int[10];
        int heads = 0;
        for (int i = 0; i < 10_000; i++)
        {
            counts[random.Next(10)]++;
            heads += random.Chance(0.25f) ? 1 : 0;
            Assert.InRange(random.Uniform(-2, 3), -2, 3);
        }

        // Within five deviations of the binomial distribution.
        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
        Assert.InRange(heads, 2280, 2720);
    }
}
