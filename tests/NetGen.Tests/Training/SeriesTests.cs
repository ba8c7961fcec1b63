using Xunit;

namespace NetGen.Tests.Training;

public sealed class SeriesTests
{
    private static readonly DataColumn Counted = new("x", [.. Enumerable.Range(0, 10).Select(i => (float)i)]);

    [Fact]
    public void A_sample_is_a_window_and_what_comes_behind_it()
    {
        Dataset data = Series.Windows(Counted, window: 3, horizon: 2);
        Assert.Equal("6 samples (window: Float [3, 1]; future: Float [2, 1])", data.ToString());
        Assert.Equal([0, 1, 2, 1, 2, 3], data["window"].Floats[..6].ToArray());
        Assert.Equal([3, 4, 4, 5], data["future"].Floats[..4].ToArray());
        Assert.Equal([5, 6, 7], data["window"].Floats[15..].ToArray());
        Assert.Equal([8, 9], data["future"].Floats[10..].ToArray());
    }

    [Fact]
    public void Gaps_strides_and_names_are_as_asked()
    {
        Dataset data = Series.Windows(Counted, window: 2, gap: 3, stride: 2, input: "past", target: "next");
        Assert.Equal([0, 1, 2, 3, 4, 5], data["past"].Floats.ToArray());
        Assert.Equal([5, 7, 9], data["next"].Floats.ToArray());
    }

    [Fact]
    public void Some_features_are_predicted_from_all()
    {
        DataColumn series = new("x", [0f, 10, 1, 11, 2, 12, 3, 13], 2);
        Dataset data = Series.Windows(series, window: 2, targets: [1]);
        Assert.Equal([0, 10, 1, 11, 1, 11, 2, 12], data["window"].Floats.ToArray());
        Assert.Equal([12, 13], data["future"].Floats.ToArray());
        Assert.Equal([1, 2], Series.Windows(series, window: 2)["future"].Shape.ToArray());
    }

    [Fact]
    public void No_window_reaches_from_one_series_into_another()
    {
        Dataset data = Series.Windows(Counted, window: 2, groups: [7, 7, 7, 7, 1, 1, 3, 3, 3, 3]);
        Assert.Equal([0, 1, 1, 2, 6, 7, 7, 8], data["window"].Floats.ToArray());
        Assert.Equal([2, 3, 8, 9], data["future"].Floats.ToArray());
        Assert.Contains("Group 1 goes on at step 3", Assert.Throws<ArgumentException>(() => Series.Windows(Counted, 1, groups: [1, 1, 2, 1, 1, 1, 1, 1, 1, 1])).Message);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Contains("has the 11 steps of a sample", Assert.Throws<ArgumentException>(() => Series.Windows(Counted, 10)).Message);
        Assert.Equal(1, Series.Windows(Counted, 9).Count);
        Assert.Throws<ArgumentException>(() => Series.Windows(Counted, 2, groups: [1, 2]));
        Assert.Throws<ArgumentException>(() => Series.Windows(new DataColumn("x", new[] { 1, 2, 3 }), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Series.Windows(Counted, 1, targets: [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Series.Windows(Counted, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Series.Windows(Counted, 1, horizon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Series.Windows(Counted, 1, gap: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Series.Windows(Counted, 1, stride: 0));
        Assert.Throws<ArgumentException>(() => Series.Windows(Counted, int.MaxValue, int.MaxValue, gap: int.MaxValue));
    }
}
