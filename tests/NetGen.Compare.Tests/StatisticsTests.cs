using Xunit;

namespace Comparison;

public sealed class StatisticsTests
{
    [Fact]
    public void Of_an_odd_number() => Assert.Equal(new Statistics(1, 2, 3, 4), Statistics.Of([5, 1, 4, 2, 3]));

    [Fact]
    public void Between_two_numbers() => Assert.Equal(new Statistics(1, 1.75, 2.5, 3.25), Statistics.Of([4, 2, 3, 1]));

    [Fact]
    public void Of_one_number() => Assert.Equal(new Statistics(7, 7, 7, 7), Statistics.Of([7]));

    [Fact]
    public void Of_nothing() => Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Of([]));

    /// <summary>What the system did once is no part of the median.</summary>
    [Fact]
    public void An_outlier_moves_nothing() => Assert.Equal(Statistics.Of([1, 1, 1, 1, 1]), Statistics.Of([1, 1, 1, 1, 1000]));
}
