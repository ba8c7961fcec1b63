using System.IO.Compression;
using System.Xml.Linq;
using Xunit;

[assembly: AssemblyFixture(typeof(NetGen.Package.Tests.PackedPackages))]

namespace NetGen.Package.Tests;

/// <summary>The packages of this source tree, packed into a folder of their own; the same ones for all tests.</summary>
public sealed class PackedPackages : IDisposable
{
    /// <summary>Nobody else's: what a package cache holds under a released version must not get in.</summary>
    public const string Version = "0.0.0-test";

    /// <summary>All packages, as a feed has them.</summary>
    public static string[] Names { get; } = ["NetGen", "NetGen.AspNetCore", "NetGen.Cuda", "NetGen.Data", "NetGen.Data.Analysis", "NetGen.Data.Images", "NetGen.Data.Parquet", "NetGen.Data.Tables", "NetGen.Evaluation", "NetGen.Plots", "NetGen.Templates", "NetGen.Terminal", "NetGen.Text", "NetGen.Text.Tokenizers"];

    public PackedPackages()
    {
        Root = Directory.CreateTempSubdirectory("netgen-package-").FullName;
        Folder = Path.Combine(Root, "packages");
        foreach (var project in Names)
        {
            DotNet.Run(
                DotNet.Repository, "pack", $"src/{project}/{project}.csproj", "--no-build", "-c", DotNet.Configuration, "-o", Folder,
                "-p:MinVerSkip=true", $"-p:Version={Version}", "-v", "quiet");
        }
    }

    /// <summary>A folder outside of the repository, so that no props of it apply.</summary>
    public string Root { get; }

    public string Folder { get; }

    /// <summary>
    /// A folder for projects whose packages are the packed ones. What others have published comes from where it is already installed.
    /// </summary>
    public string CreateFolder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Root, "installed")}" /></config>
              <packageSources><clear /><add key="packed" value="{Folder}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{DotNet.Restored}" /></fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(Folder, $"{package}.{Version}.{extension}"));

    internal XElement Manifest(string package)
    {
        using var archive = Open(package);
        using var stream = archive.GetEntry($"{package}.nuspec")!.Open();
        var manifest = XElement.Load(stream);
        foreach (var element in manifest.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return manifest.Element("metadata")!;
    }
}
