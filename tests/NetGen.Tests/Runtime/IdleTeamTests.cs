using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

// Alone in the process: the teams are shared by the whole process, and so is its processor time.
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuredAlone;

[Collection(typeof(MeasuredAlone))]
public sealed class IdleTeamTests
{
    [Fact]
    public void AnIdleTeamUsesNoProcessor()
    {
        using var network = new NetworkState(new ParameterLayout([], 0, "Idle"), 0, Device.Cpu(7));
        var frame = network.Enter(1, 0);
        frame.Run((f, _, _) => f.Barrier(), default);
        network.Exit(frame);
        Thread.Sleep(20);
        // The compiler's background thread may still work: the quietest of several periods counts.
        var quietest = double.MaxValue;
        for (var i = 0; i < 20 && quietest > 2; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(25);
            quietest = Math.Min(quietest, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }
        // Six spinning workers would use a core for all of 25 ms.
        Assert.InRange(quietest, 0, 5);
    }
}
