using System.Diagnostics;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

public sealed class CompetitionTests
{
    private static readonly long Millisecond = Stopwatch.Frequency / 1000;
    private static readonly ParallelBody Body = (_, _, _) => { };

    private readonly Competition competition = new();
    private long now = 1;

    public CompetitionTests() => competition.Begin(Body, 32);

    /// <summary>Calls for that time; how many of them took half of the 4 workers.</summary>
    private (int Half, int All) Calls(double milliseconds, double all, double half, Func<int, double>? more = null)
    {
        var (halves, calls) = (0, 0);
        for (var end = now + (milliseconds * Millisecond); now < end; calls++)
        {
            var start = now;
            var workers = competition.Workers(4, start);
            Assert.True(workers is 4 or 2);
            now += (long)(Millisecond * ((workers == 4 ? all : half) + (more?.Invoke(calls) ?? 0)));
            competition.Record(start, now);
            halves += workers == 2 ? 1 : 0;
        }
        return (halves, calls);
    }

    [Fact]
    public void AllWorkersStayWhereNobodyCompetes()
    {
        Assert.Equal(0, Calls(5000, all: 0.1, half: 0.2).Half);
        // Another program wakes up now and then, for the length of a time slice.
        Assert.Equal(0, Calls(5000, all: 0.1, half: 0.2, more: i => i % 100 == 99 ? 4 : 0).Half);
        // A call in a hundred waits for its workers to wake.
        Assert.Equal(0, Calls(5000, all: 0.01, half: 0.02, more: i => i % 100 == 99 ? 0.1 : 0).Half);
    }

    [Fact]
    public void HalfOfTheWorkersAreTakenBesideACompetitor()
    {
        Calls(100, all: 0.1, half: 0.2);
        Assert.Equal(0, Calls(8, all: 0.4, half: 0.2).Half);
        var (half, all) = Calls(5000, all: 0.4, half: 0.2);
        // One in 20 parts of the time at the end all of them are tried, in calls that take twice as long.
        Assert.InRange(half / (double)all, 0.95, 0.99);
        // It has gone: the next try shows it.
        Calls(220, all: 0.1, half: 0.2);
        Assert.Equal(0, Calls(5000, all: 0.1, half: 0.2).Half);
    }

    [Fact]
    public void ACompetitorThatStaysForAMomentCostsAMoment()
    {
        Calls(100, all: 0.1, half: 0.2);
        Calls(12, all: 0.4, half: 0.2);
        Assert.Equal(2, competition.Workers(4, now));
        Calls(20, all: 0.1, half: 0.2);
        Assert.Equal(0, Calls(5000, all: 0.1, half: 0.2).Half);
    }

    [Fact]
    public void AllWorkersStayIfHalfOfThemAreSlowerStill()
    {
        Calls(100, all: 0.1, half: 0.6);
        Calls(220, all: 0.4, half: 0.6);
        Assert.Equal(0, Calls(5000, all: 0.4, half: 0.6).Half);
    }

    [Fact]
    public void ItBeginsAnewForAnotherBatch()
    {
        Calls(100, all: 0.1, half: 0.2);
        Calls(50, all: 0.4, half: 0.2);
        Assert.Equal(2, competition.Workers(4, now));
        Assert.True(competition.IsOf(Body, 32));
        Assert.False(competition.IsOf(Body, 33));
        competition.Begin(Body, 33);
        Assert.Equal(4, competition.Workers(4, now));
        Assert.False(competition.IsOf(Body, 32));
    }
}
