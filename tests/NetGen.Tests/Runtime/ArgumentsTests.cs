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
    public void TargetsMustBeInTheirRange()
    {
        Arguments.Targets([0, 1, 0.5f, -0f], 1, 0, 1, "target");
        Arguments.Targets([0, 255, float.PositiveInfinity], 3, 0, float.PositiveInfinity, "target");
        // A bad one is found in whole vectors and behind them.
        var targets = new float[100];
        for (var i = 0; i < targets.Length; i++)
        {
            foreach (var bad in (float[])[float.NaN, -float.Epsilon, 1.5f])
            {
                targets[i] = bad;
                var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.Targets(targets, 4, 0, 1, "target"));
                Assert.StartsWith(
                    FormattableString.Invariant($"target[{i}] (sample {i / 4}) is {bad}; targets of a cross entropy are probabilities, from 0 to 1."), exception.Message);
            }
            targets[i] = 0;
        }
        Assert.StartsWith(
            "target[1] (sample 0) is -3; targets of a cross entropy are probabilities, 0 or more.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.Targets([1, -3], 2, 0, float.PositiveInfinity, "target")).Message);
    }

    [Fact]
    public void ResultsMustNotShareMemory()
    {
        var array = new float[10];
        Arguments.Distinct(array.AsSpan(0, 5), "image", array.AsSpan(5), "result");
        Assert.Throws<ArgumentException>(() => Arguments.Distinct(array.AsSpan(0, 6), "image", array.AsSpan(5), "result"));
    }
}
