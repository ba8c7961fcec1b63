using System.Diagnostics;
using System.Globalization;

namespace Gpu;

/// <summary>A program that reports entries, and may fail in any way.</summary>
internal static class ChildProcess
{
    /// <summary>This program, to be started again.</summary>
    public static (string Program, string[] Arguments) Itself =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? (Environment.ProcessPath!, ["exec", Environment.GetCommandLineArgs()[0]]) : (Environment.ProcessPath!, []);

    /// <summary>Runs it to its end, or kills it at the limit.</summary>
    /// <param name="report">Takes each entry as soon as it is there.</param>
    /// <param name="said">Takes what else it says.</param>
    /// <param name="environment">Variables that it gets besides this program's.</param>
    /// <returns>Null if it ended well; else what happened.</returns>
    public static string? Run(
        string program, IEnumerable<string> arguments, TimeSpan limit, Action<Entry> report, Action<string>? said = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start) ?? throw new IOException($"{program} cannot be started.");
        var last = "";
        var gate = new Lock();
        process.OutputDataReceived += (_, line) =>
        {
            lock (gate)
            {
                if (line.Data is { } text && Entry.OfLine(text) is { } entry)
                {
                    report(entry);
                }
                else if (line.Data is not null)
                {
                    said?.Invoke(line.Data);
                }
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (gate)
            {
                // Of an unhandled exception the first line says what it is; the others are where.
                last = line.Data is { Length: > 0 } text && !text.StartsWith("   at ", StringComparison.Ordinal) ? text : last;
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return string.Create(CultureInfo.InvariantCulture, $"ended after its limit of {limit.TotalSeconds:F0} s");
        }
        // And until all that it said has been read.
        process.WaitForExit();
        return process.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{(last.Length == 0 ? "it said nothing" : last)} (exit code {process.ExitCode})");
    }
}
