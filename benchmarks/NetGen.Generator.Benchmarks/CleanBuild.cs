using System.Diagnostics;
using System.Xml.Linq;
using BenchmarkDotNet.Attributes;

namespace NetGen.Generator.Benchmarks;

/// <summary>
/// Clean builds of copies of samples/Mnist: with the generator, and with empty stubs in place of what it makes. Restoring counts; the projects that the
/// sample refers to are built before, so that their time cannot hide the generator's.
/// </summary>
public class CleanBuild
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-build-").FullName;

    /// <summary>
    /// True: the C# compiler is a server that has been running, as on a developer's machine. False: each build starts one, with a generator that the JIT
    /// has yet to compile, as on a build server.
    /// </summary>
    [Params(true, false)]
    public bool CompileServer { get; set; }

    /// <summary>The repository that this program was built in.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "NetGen.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException("The program must lie in the repository that it was built in.");
            return folder.FullName;
        }
    }

    [GlobalSetup]
    public void Copy()
    {
        var sample = Path.Combine(Repository, "samples", "Mnist");
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, name), $"<Project><Import Project=\"{Path.Combine(Repository, name)}\" /></Project>");
        Copy(sample, nameof(With));
        Copy(sample, nameof(Without));
        DotNet(Path.Combine(sample, "Mnist.csproj"));
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [IterationSetup]
    public void Clean()
    {
        foreach (var output in Directory.GetDirectories(folder).SelectMany(project => new[] { "bin", "obj" }.Select(name => Path.Combine(project, name))))
        {
            if (Directory.Exists(output))
                Directory.Delete(output, recursive: true);
        }
    }

    [Benchmark(Baseline = true)]
    public void Without() => Build(nameof(Without));

    [Benchmark]
    public void With() => Build(nameof(With));

    private void Build(string copy) => DotNet(Path.Combine(folder, copy, "Mnist.csproj"), "--no-dependencies");

    /// <summary>The sample with its references by full path; without the generator the stubs take its place.</summary>
    private void Copy(string sample, string copy)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, copy)).FullName;
        foreach (var file in Directory.EnumerateFiles(sample, "*.cs"))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        var project = XDocument.Load(Path.Combine(sample, "Mnist.csproj"));
        foreach (var reference in project.Descendants("ProjectReference").ToArray())
        {
            var path = Path.GetFullPath(Path.Combine(sample, reference.Attribute("Include")!.Value));
            if (copy == nameof(Without) && Path.GetFileName(path) == "NetGen.Generator.csproj")
                reference.Remove();
            else
                reference.SetAttributeValue("Include", path);
        }
        // The stubs are public and have no documentation; no build warns of it.
        project.Root!.Add(new XElement("PropertyGroup", new XElement("NoWarn", "$(NoWarn);CS1591")));
        if (copy == nameof(Without))
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Stubs.cs"), Path.Combine(target, "Stubs.cs"));
        project.Save(Path.Combine(target, "Mnist.csproj"));
    }

    /// <summary>The compile server is this program's own: others may hold another generator.</summary>
    private void DotNet(string project, params string[] arguments)
    {
        string[] server = CompileServer ? ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId=netgen-{Environment.ProcessId}"] : ["-p:UseSharedCompilation=false"];
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["build", project, "-c", "Release", "-v", "quiet", "-nologo", "-maxCpuCount:1", "-nodeReuse:false", .. server, .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The build of {project} failed:\n{output}");
    }
}
