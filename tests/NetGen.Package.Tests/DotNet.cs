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

    /// <summary>Restores and builds projects of a folder, all of them at once; a warning would be the first thing that a user sees.</summary>
    public static void BuildAll(string folder, params string[] projects)
    {
        File.WriteAllText(Path.Combine(folder, "all.proj"),
            $"""
            <Project DefaultTargets="Build">
              <ItemGroup>
                {string.Join("\n    ", projects.Select(project => $"""<Project Include="{project}/{project}.csproj" />"""))}
              </ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Project)" Targets="Restore" BuildInParallel="true" /></Target>
              <Target Name="Build">
                <MSBuild Projects="@(Project)" Targets="Build" BuildInParallel="true"
                    Properties="Configuration=Release;TreatWarningsAsErrors=true;RunAnalyzers=true" />
              </Target>
            </Project>
            """);
        Run(folder, "restore", "all.proj");
        Run(folder, "build", "all.proj", "--no-restore", "-warnaserror");
    }

    /// <summary>What <c>dotnet add package</c> writes into a project, without the seconds that it takes.</summary>
    public static void AddPackage(string folder, string project, string package)
    {
        var file = Path.Combine(folder, project + ".csproj");
        var text = File.ReadAllText(file);
        var place = text.IndexOf("<PackageReference", StringComparison.Ordinal);
        Assert.True(place >= 0, $"{file} has no package.");
        File.WriteAllText(file, text.Insert(place, $"""<PackageReference Include="{package}" Version="{PackedPackages.Version}" />{"\n    "}"""));
    }

    /// <summary>The same as <see cref="Run(string, string[])"/> for what goes on; who starts it ends it.</summary>
    public static Process Start(string folder, params string[] arguments) => Process.Start(StartInfo(folder, arguments))!;

    /// <summary>Templates of this folder alone, from the packed package; each makes the project of that name.</summary>
    public static void New(PackedPackages packages, string folder, params (string Template, string Project)[] projects)
    {
        var hive = Path.Combine(folder, "hive");
        var package = Path.Combine(packages.Folder, $"NetGen.Templates.{PackedPackages.Version}.nupkg");
        Run(folder, "new", "install", package, "--debug:custom-hive", hive);
        foreach (var (template, project) in projects)
            Run(folder, "new", template, "-o", project, "--debug:custom-hive", hive);
    }

    private static string Run(string folder, bool succeeds, string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExit(Patience);
        if (!ended)
            process.Kill(entireProcessTree: true);
        var text = Task.WhenAll(output, error).WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();
        Assert.True(ended && process.ExitCode == 0 == succeeds, $"dotnet {string.Join(' ', arguments)}\n{string.Concat(text)}");
        return succeeds ? text[0] : string.Concat(text);
    }

    private static ProcessStartInfo StartInfo(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A build in a build: nothing of the outer one may steer the inner one, and no server may stay behind with the inner one's pipes.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return start;
    }

    private static string Metadata(string key) =>
        typeof(DotNet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
