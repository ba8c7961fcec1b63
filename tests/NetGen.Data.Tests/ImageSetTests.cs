using Xunit;

namespace NetGen.Data.Tests;

public sealed class ImageSetTests
{
    [Fact]
    public void KeepsWhatItIsGiven()
    {
        var set = new ImageSet([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 0], height: 2, width: 3, channels: 1, classes: 2);
        Assert.Equal((2, 2, 3, 1, 6, 2), (set.Count, set.Height, set.Width, set.Channels, set.Length, set.Classes));
        Assert.Equal([7, 8, 9, 10, 11, 12], set.Image(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Image(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Image(-1).Length);
    }

    [Fact]
    public void IsADatasetWithoutACopy()
    {
        var set = new ImageSet([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 0], height: 2, width: 3, channels: 1, classes: 2);
        Dataset data = set.ToDataset();
        Assert.Equal(2, data.Count);
        Assert.Equal([2, 3, 1], data["image"].Shape.ToArray());
        Assert.Equal(set.Images, data["image"].Floats);
        Assert.Equal(1, data["label"].Length);
        Assert.Equal(set.Labels, data["label"].Labels);
        Assert.Equal("pixels", set.ToDataset("pixels", "digit").Columns[0].Name);
    }

    [Fact]
    public void LengthsMustBelongTogether()
    {
        var e = Assert.Throws<ArgumentException>(() => new ImageSet(new float[11], [0, 0], 2, 3, 1, 2));
        Assert.Contains("images has 11 values; expected 12: 2 labels times [2, 3, 1].", e.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void LabelsMustBeClasses(int label)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSet(new float[12], [0, label], 2, 3, 1, 2));
        Assert.Contains($"labels[1] is {label}; expected 0 to 1.", e.Message);
    }

    [Fact]
    public void SizesMustBePositive() => Assert.Throws<ArgumentOutOfRangeException>(() => new ImageSet([], [], 0, 1, 1, 2));
}
