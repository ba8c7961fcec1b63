using System.Reflection;
using System.Reflection.PortableExecutable;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>What a user installs: the contents of the packages, and a program that has nothing but them.</summary>
public sealed class PackageTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    [Fact]
    public void The_core_package_has_the_library_the_compiler_and_the_documentation()
    {
        using var archive = packages.Open("NetGen");
        // Not the bookkeeping of the archive format.
        var files = archive.Entries.Select(e => e.FullName).Where(f => f != "[Content_Types].xml" && f.Split('/')[0] is not ("_rels" or "package"));
        Assert.Equal(
            [
                "NetGen.nuspec", "README.md", "analyzers/dotnet/cs/NetGen.Generator.dll", "buildTransitive/NetGen.props", "buildTransitive/NetGen.targets",
                "lib/net10.0/NetGen.dll", "lib/net10.0/NetGen.xml",
            ],
            files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_core_package_depends_on_nothing()
    {
        var group = Assert.Single(packages.Manifest("NetGen").Element("dependencies")!.Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Empty(group.Elements());
    }

    [Theory]
    [InlineData("NetGen.Data", "NetGen")]
    [InlineData("NetGen.Terminal", "NetGen Spectre.Console")]
    public void The_other_packages_depend_on_it(string package, string expected)
    {
        var dependencies = packages.Manifest(package).Element("dependencies")!.Descendants("dependency").ToArray();
        Assert.Equal(expected.Split(' '), dependencies.Select(d => d.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.Equal(PackedPackages.Version, dependencies.Single(d => d.Attribute("id")!.Value == "NetGen").Attribute("version")!.Value);
        using var archive = packages.Open(package);
        Assert.NotNull(archive.GetEntry($"lib/net10.0/{package}.dll"));
        Assert.NotNull(archive.GetEntry($"lib/net10.0/{package}.xml"));
    }

    [Theory]
    [InlineData("NetGen", "MIT")]
    [InlineData("NetGen.Data", "MIT AND CC-BY-SA-3.0")]
    [InlineData("NetGen.Terminal", "MIT")]
    public void Every_package_names_its_licence(string package, string licence)
    {
        var element = packages.Manifest(package).Element("license")!;
        Assert.Equal("expression", element.Attribute("type")!.Value);
        Assert.Equal(licence, element.Value);
    }

    /// <summary>What the SDK asks of a reference before it trims it or compiles it ahead of time without a warning.</summary>
    [Theory]
    [InlineData(typeof(NetworkAttribute))]
    [InlineData(typeof(Data.Mnist))]
    [InlineData(typeof(Terminal.ConsoleProgress))]
    public void Every_library_is_fit_for_trimming_and_NativeAOT(Type type)
    {
        var facts = type.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value);
        Assert.Equal("True", facts["IsTrimmable"]);
        Assert.Equal("True", facts["IsAotCompatible"]);
    }

    /// <summary>An older Roslyn than the generator was built for skips it; 5.0 is the first of .NET 10.</summary>
    [Fact]
    public void The_compiler_in_the_package_loads_in_every_SDK_of_net10()
    {
        using var archive = packages.Open("NetGen");
        using var entry = archive.GetEntry("analyzers/dotnet/cs/NetGen.Generator.dll")!.Open();
        using var copy = new MemoryStream();
        entry.CopyTo(copy);
        copy.Position = 0;
        using var image = new PEReader(copy);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        var roslyn = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Where(r => metadata.GetString(r.Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(roslyn);
        Assert.All(roslyn, r => Assert.Equal(new Version(5, 0, 0, 0), r.Version));
    }

    /// <summary>
    /// A program of a user: packages from the packed folder only, warnings (of generated code too) are errors, and nothing unsafe is
    /// allowed. It trains, predicts, saves and loads.
    /// </summary>
    [Fact]
    public void A_program_with_the_packages_trains_and_predicts()
    {
        var folder = Directory.CreateDirectory(Path.Combine(packages.Root, "consumer")).FullName;
        File.WriteAllText(Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(packages.Root, "installed")}" /></config>
              <packageSources><clear /><add key="packed" value="{packages.Folder}" /></packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <InvariantGlobalization>true</InvariantGlobalization>
                <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
                <NetGenDumpPasses>true</NetGenDumpPasses>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{PackedPackages.Version}" />
                <PackageReference Include="NetGen.Data" Version="{PackedPackages.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.Copy(Path.Combine(DotNet.Repository, "tests/NetGen.Package.Tests/Consumer/Program.cs"), Path.Combine(folder, "Program.cs"));
        Assert.Equal("right: 3 of 3", DotNet.Run(folder, "run", "-c", "Release").Trim());
        // The package's props let NetGenDumpPasses through to the generator.
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "obj"), "Users.Xor.Passes.g.cs", SearchOption.AllDirectories));
    }
}
