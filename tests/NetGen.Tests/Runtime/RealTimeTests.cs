using System.Diagnostics;
using System.Globalization;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>
/// Two workers on one core under a real-time policy: the scheduler gives the core only to the thread of the highest priority, and a yield only to its equals.
/// </summary>
[Collection(typeof(MeasuredAlone))]
public sealed class RealTimeTests
{
    private const string Endless = "endless";

    [Fact]
    public void WorkersOnOneCoreGoOn()
    {
        using var process = Start("100");
        try
        {
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "Its workers wait for each other for ever.");
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public void SigtermEndsThem()
    {
        using var process = Start(Endless);
        try
        {
            // The thread that gets the signal needs the core, and so does the one that starts its workers.
            while (!File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/comm").Contains("dotnet", StringComparison.Ordinal)
                || !Directory.GetDirectories($"/proc/{process.Id}/task").Any(thread => File.ReadAllText(thread + "/comm").Contains("NetGen 1/2", StringComparison.Ordinal)))
            {
                Assert.False(process.HasExited);
                Thread.Sleep(20);
            }
            Thread.Sleep(200);
            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
                kill.WaitForExit();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "It does not hear the signal.");
        }
        finally
        {
            process.Kill();
        }
    }

    private static Process Start(string steps)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "chrt and taskset are Linux's.");
        string[] rules = ["chrt", "-f", "10", "taskset", "-c", "0"];
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(rules[0], [.. rules[1..], "true"]) { RedirectStandardError = true })!;
            probe.WaitForExit();
            Assert.SkipUnless(probe.ExitCode == 0, "This process may not ask for a real-time policy (chrt -f 10).");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no chrt or taskset.");
        }
        return Child.Start(nameof(RealTimeTests), nameof(Steps), steps, rules);
    }

    [Fact]
    public void Steps()
    {
        var steps = Child.Argument() is not Endless and var number ? int.Parse(number, CultureInfo.InvariantCulture) : int.MaxValue;
        // As the first thread of a program, which keeps the priority that chrt gave it: .NET gives those that it makes a higher one.
        Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        using var network = new NetworkState(new ParameterLayout([], 0, "RealTime"), 0, Device.Cpu(2));
        var barriers = 0;
        for (var i = 0; i < steps; i++)
        {
            var frame = network.Enter(1, 0);
            frame.Run((f, worker, _) =>
            {
                for (var k = 0; k < 4; k++)
                {
                    Thread.SpinWait(1000);
                    f.Barrier();
                    barriers += worker == 0 ? 1 : 0;
                }
            }, default);
            network.Exit(frame);
        }
        Assert.Equal(4 * steps, barriers);
    }
}
