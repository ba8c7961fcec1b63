using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

public sealed class ArgumentsTests
{
    [Fact]
    public void BatchIsTheNumberOfSamples()
    {
        Assert.Equal(3, Arguments.Batch(2352, 784, "image"));
        var exception = Assert.Throws<ArgumentException>(() => Arguments.Batch(1000, 784, "image", "[28, 28, 1]"));
        Assert.StartsWith("image has 1000 values; expected a multiple of 784 ([28, 28, 1] per sample).", exception.Message);
        Assert.Equal("image", exception.ParamName);
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => Arguments.Batch(0, 784, "image")).Message);
    }

    [Fact]
    public void LengthsMustFit()
    {
        Arguments.Length(320, 32, 10, "result");
        Assert.StartsWith("result has 12 values; expected 320 (32 samples, 10 per sample).",
            Assert.Throws<ArgumentException>(() => Arguments.Length(12, 32, 10, "result")).Message);
        Assert.Throws<ArgumentException>(() => Arguments.Length(0, 1 << 30, 4, "result"));
        Arguments.SameBatch(32, "image", 320, 10, "target");
        Assert.StartsWith("label has 30 samples; image has 32.",
            Assert.Throws<ArgumentException>(() => Arguments.SameBatch(32, "image", 30, 1, "label")).Message);
    }

    [Fact]
    public void LabelsMustBeClasses()
    {
        Arguments.Labels([0, 9, 5], 10, "label");
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.Labels([0, 10], 10, "label"));
        Assert.StartsWith("label[1] is 10; labels are from 0 to 9.", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.Labels([-1], 10, "label"));
    }

    [Fact]
    public void ResultsMustNotShareMemory()
    {
        var array = new float[10];
        Arguments.Distinct(array.AsSpan(0, 5), "image", array.AsSpan(5), "result");
        Assert.Throws<ArgumentException>(() => Arguments.Distinct(array.AsSpan(0, 6), "image", array.AsSpan(5), "result"));
    }
}
