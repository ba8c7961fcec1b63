using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests;

[Collection(typeof(Runtime.MeasuredAlone))]
public sealed class NetGenOptionsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("1", 1)]
    [InlineData(" 12 ", 12)]
    [InlineData("1024", 1024)]
    public void TheEnvironmentVariableIsANumberOrNothing(string? text, int? threads) => Assert.Equal(threads, NetGenOptions.Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1025")]
    [InlineData("2.0")]
    [InlineData("all")]
    [InlineData("99999999999")]
    public void AnythingElseIsRefused(string text)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => NetGenOptions.Parse(text));
        Assert.Equal($"The environment variable NETGEN_THREADS is '{text}'; it must be a whole number of threads from 1 to 1024, or not be set.", exception.Message);
    }

    [Fact]
    public void ADeviceHasTheProcessNumberOfThreadsUnlessItIsTold()
    {
        var before = NetGenOptions.Threads;
        Assert.Equal(NetGenOptions.Parse(Environment.GetEnvironmentVariable(NetGenOptions.ThreadsVariable)) ?? PhysicalCores.Count(), before);
        try
        {
            var old = (CpuDevice)Device.Cpu();
            NetGenOptions.Threads = 3;
            Assert.Equal(3, NetGenOptions.Threads);
            Assert.Equal("cpu (3 threads)", Device.Cpu().Name);
            Assert.Equal("cpu (5 threads)", Device.Cpu(5).Name);
            Assert.Equal(before, old.Threads);
            foreach (var wrong in new[] { 0, -1, 1025 })
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => NetGenOptions.Threads = wrong);
            }
            Assert.Equal(3, NetGenOptions.Threads);
        }
        finally
        {
            NetGenOptions.Threads = before;
        }
    }
}
