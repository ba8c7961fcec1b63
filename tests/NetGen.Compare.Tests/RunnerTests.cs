using System.Diagnostics;
using Xunit;

namespace Comparison;

public sealed class RunnerTests
{
    private static readonly Effort Short = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(2), 3);

    [Fact]
    public void Sides_take_turns()
    {
        List<string> turns = [];
        using Work a = new("a", 100, turns), b = new("b", 100, turns);
        Runner[] runners = [new(a, Short), new(b, Short)];
        turns.Clear();

        var samples = Runner.Turns(runners, Short.Rounds);

        Assert.Equal(["a", "b", "a", "b", "a", "b"], turns);
        Assert.All(samples, side => Assert.Equal(Short.Rounds, side.Length));
    }

    /// <summary>A busy machine makes it longer, never shorter.</summary>
    [Fact]
    public void The_time_is_that_of_one_run()
    {
        using Work side = new("", 300, []);
        var samples = Runner.Turns([new Runner(side, Short)], Short.Rounds)[0];
        Assert.All(samples, seconds => Assert.InRange(seconds, 300e-6, 1));
    }

    [Fact]
    public void The_fastest_setting_stays()
    {
        Work fast = new("", 50, []), slow = new("", 2000, []);
        Assert.Same(fast, Runner.Fastest([slow, fast], Short).Side);
        Assert.True(slow.IsDisposed);
        Assert.False(fast.IsDisposed);
    }

    private sealed class Work(string name, double microseconds, List<string> turns) : Side
    {
        public bool IsDisposed { get; private set; }

        public override string Setting => name;

        public override void Prepare() => turns.Add(name);

        public override void Run()
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
            {
            }
        }

        public override void Dispose() => IsDisposed = true;
    }
}
