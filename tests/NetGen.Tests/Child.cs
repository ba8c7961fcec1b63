using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace NetGen.Tests;

/// <summary>A test of this assembly that runs in a process of its own, which may be killed or run under other rules. Alone it is skipped.</summary>
internal static class Child
{
    private const string Variable = "NETGEN_TEST_CHILD";

    /// <summary>Starts the process.</summary>
    /// <param name="type">The class of the test, in this assembly.</param>
    /// <param name="test">The test.</param>
    /// <param name="argument">What it gets, by <see cref="Argument"/>; not empty.</param>
    /// <param name="before">A program that starts it, such as <c>taskset -c 0</c>.</param>
    public static Process Start(string type, string test, string argument, params string[] before)
    {
        var full = typeof(Child).Assembly.GetTypes().Single(t => t.Name == type).FullName;
        string[] command = [.. before, Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            typeof(Child).Assembly.Location, "-noLogo", "-method", $"{full}.{test}"];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("TESTINGPLATFORM_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment[Variable] = argument;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        return process;
    }

    /// <summary>What this process was started with; the test is skipped where it was not started by <see cref="Start"/>.</summary>
    public static string Argument([CallerMemberName] string test = "")
    {
        var argument = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(argument), $"{test} is run by another test in a process of its own.");
        return argument!;
    }
}
