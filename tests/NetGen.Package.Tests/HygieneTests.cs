using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>What careful teams look for in a package before they take it.</summary>
public sealed class HygieneTests(PackedPackages packages)
{
    private const string Url = "https://github.com/netgen-net/netgen";

    // Kind of a document's custom information: the map from paths to URLs (Portable PDB format, "SourceLink").
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Packages => [.. PackedPackages.Names];

    /// <summary>Those with an assembly.</summary>
    public static TheoryData<string> Libraries => [.. PackedPackages.Names.Where(package => package != "NetGen.Templates")];

    /// <summary>Every package of the source tree is packed and looked at here.</summary>
    [Fact]
    public void All_packages_are_known()
    {
        var packable = Directory.GetFiles(Path.Combine(DotNet.Repository, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project));
        Assert.Equal(packable.Order(StringComparer.Ordinal), PackedPackages.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_page_of_a_package_is_in_it(string package)
    {
        using var archive = packages.Open(package);
        using var text = new StreamReader(archive.GetEntry(packages.Manifest(package).Element("readme")!.Value)!.Open());
        Assert.Equal($"# {package}", text.ReadLine());
    }

    /// <summary>A PNG of 128 × 128 pixels, as galleries show it.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void The_icon_of_a_package_is_in_it(string package)
    {
        using var archive = packages.Open(package);
        var icon = Bytes(archive.GetEntry(packages.Manifest(package).Element("icon")!.Value)!);
        Assert.Equal("\u0089PNG\r\n\u001a\n", Encoding.Latin1.GetString(icon, 0, 8));
        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 128], icon[16..24]);
        Assert.InRange(icon.Length, 1, 1 << 20);
    }

    /// <summary>Of its own: the list of packages in a gallery shows nothing else.</summary>
    [Fact]
    public void Every_package_has_a_description_of_its_own()
    {
        var descriptions = PackedPackages.Names.Select(package => packages.Manifest(package).Element("description")!.Value).ToArray();
        Assert.Equal(descriptions.Length, descriptions.Distinct().Count());
        Assert.All(descriptions, description => Assert.EndsWith(".", description, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_and_where_it_comes_from(string package)
    {
        var manifest = packages.Manifest(package);
        var tags = manifest.Element("tags")!.Value.Split(' ');
        Assert.Contains("neural-network", tags);
        Assert.Equal(tags.Length, tags.Distinct().Count());
        Assert.Equal(Url, manifest.Element("projectUrl")!.Value);
        Assert.StartsWith($"{Url}/blob/", manifest.Element("releaseNotes")!.Value, StringComparison.Ordinal);

        var repository = manifest.Element("repository")!;
        Assert.Equal("git", repository.Attribute("type")!.Value);
        Assert.Equal(Url, repository.Attribute("url")!.Value);
        Assert.Equal(Commit(), repository.Attribute("commit")?.Value);
    }

    /// <summary>
    /// A debugger finds the symbols by their package and the sources by the commit, and sees no path of the machine that built them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_symbols_of_a_package_lead_to_the_sources_of_its_commit(string package)
    {
        var commit = Commit();
        using var symbols = packages.Open(package, "snupkg");
        using var pdb =
            MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols.GetEntry($"lib/net10.0/{package}.pdb")!)));
        var reader = pdb.GetMetadataReader();

        using var archive = packages.Open(package);
        using var image = new PEReader(new MemoryStream(Bytes(archive.GetEntry($"lib/net10.0/{package}.dll")!)));
        var entry = image.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(image.ReadCodeViewDebugDirectoryData(entry).Guid, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);
        Assert.Contains(image.ReadDebugDirectory(), e => e.Type == DebugDirectoryEntryType.Reproducible);

        Assert.SkipWhen(DotNet.Configuration != "Release" || commit is null, "What is built for debugging, or without a repository, has the paths of its machine.");
        var documents = reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name)).ToArray();
        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));

        var map = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(c => reader.GetGuid(c.Kind) == SourceLink);
        using var json = JsonDocument.Parse(reader.GetBlobBytes(map.Value));
        var target = json.RootElement.GetProperty("documents").GetProperty("/_/*").GetString();
        Assert.Matches("^https://raw.githubusercontent.com/netgen-net/netgen/[0-9a-f]{40}/\\*$", target);
    }

    /// <summary>The commit that is checked out; null: the sources have no history here.</summary>
    private static string? Commit()
    {
        if (!Path.Exists(Path.Combine(DotNet.Repository, ".git")))
            return null;
        var start =
            new ProcessStartInfo("git", ["rev-parse", "HEAD"]) { WorkingDirectory = DotNet.Repository, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? commit : null;
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
