using Xunit;

namespace NetGen.Tests.Training;

public class AccuraciesTests
{
    private static readonly Accuracies Two = new(("colour", 0.25f), ("size", 0.75f));

    [Fact]
    public void Alone_is_only_what_there_is_one_of()
    {
        Assert.Equal(0.5f, new Accuracies(("label", 0.5f)).Only);
        Assert.Null(Two.Only);
        Assert.Null(Accuracies.None.Only);
        Assert.Null(default(Evaluation).Accuracy);
        Assert.Equal(0.5f, new Evaluation(1f, new(("label", 0.5f))).Accuracy);
    }

    [Fact]
    public void Are_found_by_name()
    {
        Assert.Equal(0.75f, Two["size"]);
        Assert.Equal(["colour", "size"], Two.Keys);
        Assert.Equal([0.25f, 0.75f], Two.Values);
        Assert.True(Two.ContainsKey("colour"));
        Assert.False(Two.TryGetValue("shape", out _));
        Assert.Equal("There is no accuracy of 'shape'; there are: colour, size.", Assert.Throws<KeyNotFoundException>(() => Two["shape"]).Message);
    }

    [Fact]
    public void Are_equal_by_value()
    {
        Assert.Equal(new Accuracies(("colour", 0.25f), ("size", 0.75f)), Two);
        Assert.Equal(new Accuracies(("colour", 0.25f), ("size", 0.75f)).GetHashCode(), Two.GetHashCode());
        Assert.NotEqual(new Accuracies(("colour", 0.25f)), Two);
        Assert.Equal(new Evaluation(1f, new(("colour", 0.25f), ("size", 0.75f))), new Evaluation(1f, Two));
    }

    [Fact]
    public void Say_what_they_are_of_where_there_are_several()
    {
        Assert.Equal("accuracy of colour 0.2500, accuracy of size 0.7500", Two.ToString());
        Assert.Equal("loss 1, accuracy of colour 0.2500, accuracy of size 0.7500", new Evaluation(1f, Two).ToString());
        Assert.Equal("loss 1, accuracy 0.5000", new Evaluation(1f, new(("label", 0.5f))).ToString());
        Assert.Equal("loss 1", new Evaluation(1f, Accuracies.None).ToString());
        Assert.Equal("", Accuracies.None.ToString());
    }
}
