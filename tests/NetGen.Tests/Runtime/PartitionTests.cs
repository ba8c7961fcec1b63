using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

public sealed class PartitionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void SamplesAreSharedOutOnceInEights(int workers)
    {
        foreach (var batch in new[] { 1, 7, 8, 9, 64, 200, 1501, int.MaxValue })
        {
            var next = 0;
            for (var worker = 0; worker < workers; worker++)
            {
                var (begin, end) = Partition.Samples(batch, worker, workers);
                Assert.Equal(next, begin);
                Assert.True(end >= begin && (end % 8 == 0 || end == batch), $"{batch} samples, worker {worker} of {workers}: {begin} to {end}");
                next = end;
            }
            Assert.Equal(batch, next);
        }
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(8, 1, true)]
    [InlineData(8, 2, false)]
    [InlineData(16, 2, true)]
    [InlineData(24, 2, false)]
    [InlineData(127, 2, false)]
    [InlineData(129, 2, true)]
    [InlineData(int.MaxValue, 1024, true)]
    public void WorkersTakeSamplesWhereThatDividesWell(int batch, int workers, bool expected) =>
        Assert.Equal(expected, Partition.TakesSamples(batch, workers));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void FloatsAreRoundedUpToCacheLines(int floats, int expected) => Assert.Equal(expected, Partition.Aligned(floats));
}
