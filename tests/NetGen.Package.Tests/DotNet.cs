using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>The command line of .NET, as a user has it.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static string Repository { get; } = Metadata("Repository");

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Where packages lie that this repository's restore has installed.</summary>
    public static string Restored { get; } = Metadata("Restored");

    /// <summary>Runs <c>dotnet</c> in a folder; its output, or a failed test that has it.</summary>
    public static string Run(string folder, params string[] arguments) => Run(folder, succeeds: true, arguments);

    /// <summary>The same where an error is expected; all that was said.</summary>
    public static string Fail(string folder, params string[] arguments) => Run(folder, succeeds: false, arguments);

    private static string Run(string folder, bool succeeds, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A build in a build: nothing of the outer one may steer the inner one, and no server may stay behind with the inner one's pipes.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExit(Patience);
        if (!ended)
            process.Kill(entireProcessTree: true);
        var text = Task.WhenAll(output, error).WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();
        Assert.True(ended && process.ExitCode == 0 == succeeds, $"dotnet {string.Join(' ', arguments)}\n{string.Concat(text)}");
        return succeeds ? text[0] : string.Concat(text);
    }

    private static string Metadata(string key) =>
        typeof(DotNet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
