using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>What a user installs: the contents of the packages, and a program that has nothing but them.</summary>
public sealed class PackageTests(PackedPackages packages)
{
    [Fact]
    public void The_core_package_has_the_library_the_compiler_and_the_documentation()
    {
        using var archive = packages.Open("NetGen");
        // Not the bookkeeping of the archive format.
        var files = archive.Entries.Select(e => e.FullName).Where(f => f != "[Content_Types].xml" && f.Split('/')[0] is not ("_rels" or "package"));
        Assert.Equal(
            [
                "NetGen.nuspec", "README.md", "analyzers/dotnet/cs/NetGen.CodeFixes.dll", "analyzers/dotnet/cs/NetGen.Generator.dll",
                "buildTransitive/net10.0/NetGen.props", "buildTransitive/net10.0/NetGen.targets", "icon.png",
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
    [InlineData("NetGen.AspNetCore", "NetGen NetGen.Evaluation")]
    [InlineData("NetGen.Cuda", "ILGPU NetGen")]
    [InlineData("NetGen.Data", "NetGen")]
    [InlineData("NetGen.Data.Analysis", "Microsoft.Data.Analysis NetGen NetGen.Data.Tables Sep System.Numerics.Tensors")]
    [InlineData("NetGen.Data.Images", "NetGen NetGen.Data NetGen.Data.Tables Sep StbImageSharp")]
    [InlineData("NetGen.Data.Parquet", "NetGen NetGen.Data.Tables Parquet.Net Sep")]
    [InlineData("NetGen.Data.Tables", "NetGen NetGen.Text Sep")]
    [InlineData("NetGen.Evaluation", "NetGen")]
    [InlineData("NetGen.Plots", "NetGen.Evaluation SkiaSharp SkiaSharp.NativeAssets.Linux")]
    [InlineData("NetGen.Terminal", "NetGen Spectre.Console")]
    [InlineData("NetGen.Text", "NetGen")]
    [InlineData("NetGen.Text.Tokenizers", "Google.Protobuf Microsoft.ML.Tokenizers NetGen.Text")]
    public void The_other_packages_depend_on_it(string package, string expected)
    {
        var dependencies = packages.Manifest(package).Element("dependencies")!.Descendants("dependency").ToArray();
        Assert.Equal(expected.Split(' '), dependencies.Select(d => d.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.All(
            dependencies.Where(d => d.Attribute("id")!.Value.StartsWith("NetGen", StringComparison.Ordinal)),
            d => Assert.Equal(PackedPackages.Version, d.Attribute("version")!.Value));
        using var archive = packages.Open(package);
        Assert.NotNull(archive.GetEntry($"lib/net10.0/{package}.dll"));
        Assert.NotNull(archive.GetEntry($"lib/net10.0/{package}.xml"));
    }

    [Theory]
    [InlineData("NetGen", "MIT")]
    [InlineData("NetGen.AspNetCore", "MIT")]
    [InlineData("NetGen.Cuda", "MIT")]
    [InlineData("NetGen.Data", "MIT AND CC-BY-SA-3.0")]
    [InlineData("NetGen.Data.Analysis", "MIT")]
    [InlineData("NetGen.Data.Images", "MIT")]
    [InlineData("NetGen.Data.Parquet", "MIT")]
    [InlineData("NetGen.Data.Tables", "MIT")]
    [InlineData("NetGen.Evaluation", "MIT")]
    [InlineData("NetGen.Plots", "MIT")]
    [InlineData("NetGen.Templates", "MIT")]
    [InlineData("NetGen.Terminal", "MIT")]
    [InlineData("NetGen.Text", "MIT")]
    [InlineData("NetGen.Text.Tokenizers", "MIT")]
    public void Every_package_names_its_licence(string package, string licence)
    {
        var element = packages.Manifest(package).Element("license")!;
        Assert.Equal("expression", element.Attribute("type")!.Value);
        Assert.Equal(licence, element.Value);
    }

    /// <summary>What the SDK asks of a reference before it trims it or compiles it ahead of time without a warning.</summary>
    [Theory]
    [InlineData(typeof(NetworkAttribute))]
    [InlineData(typeof(AspNetCore.Prediction))]
    [InlineData(typeof(Data.Mnist))]
    [InlineData(typeof(Data.Table))]
    [InlineData(typeof(Data.ImageInput))]
    [InlineData(typeof(Metrics.RocCurve))]
    [InlineData(typeof(Terminal.ConsoleProgress))]
    [InlineData(typeof(Text.ITokenizer))]
    public void Every_library_is_fit_for_trimming_and_NativeAOT(Type type)
    {
        var facts = type.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value);
        Assert.Equal("True", facts["IsTrimmable"]);
        Assert.Equal("True", facts["IsAotCompatible"]);
    }

    /// <summary>An older Roslyn than the generator was built for skips it; 5.0 is the first of .NET 10.</summary>
    [Theory]
    [InlineData("NetGen.Generator")]
    [InlineData("NetGen.CodeFixes")]
    public void The_compiler_in_the_package_loads_in_every_SDK_of_net10(string component)
    {
        using var archive = packages.Open("NetGen");
        using var entry = archive.GetEntry($"analyzers/dotnet/cs/{component}.dll")!.Open();
        using var copy = new MemoryStream();
        entry.CopyTo(copy);
        copy.Position = 0;
        using var image = new PEReader(copy);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        var roslyn = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Where(r => metadata.GetString(r.Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(roslyn);
        Assert.All(roslyn, r => Assert.Equal(new Version(5, 0, 0, 0), r.Version));
        // The compiler of the command line has no Workspaces; what needs them is another assembly than the generator.
        Assert.Equal(component == "NetGen.CodeFixes", roslyn.Any(r => metadata.GetString(r.Name).EndsWith("Workspaces", StringComparison.Ordinal)));
    }

    /// <summary>One error where the packages are restored, instead of missing types where they are used.</summary>
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void A_project_for_an_older_framework_is_refused_by_NuGet(string framework)
    {
        var folder = CreateProgram("Consumer", "NetGen");
        var project = Path.Combine(folder, "Consumer.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("net10.0", framework, StringComparison.Ordinal));

        var said = DotNet.Fail(folder, "restore");

        Assert.Contains($"NU1202: Package NetGen {PackedPackages.Version} is not compatible with {framework}", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The generator writes nothing then; without this error everything that calls what it would have written is one.</summary>
    [Theory]
    [InlineData("9")]
    [InlineData("11.0")]
    public void A_network_in_an_old_version_of_the_language_is_one_error_of_the_build(string version)
    {
        var folder = CreateProgram("Consumer", "NetGen", "NetGen.Data");
        var project = Path.Combine(folder, "Consumer.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("<Nullable>", $"<LangVersion>{version}</LangVersion><Nullable>", StringComparison.Ordinal));

        var said = DotNet.Fail(folder, "build");

        Assert.Equal(["NG0701"], System.Text.RegularExpressions.Regex.Matches(said, "error ([A-Z]+[0-9]+)").Select(m => m.Groups[1].Value).Distinct());
        Assert.Contains($"error NG0701: The network is compiled as C# {version}", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Networks of a C# library may be used from any language; written in another one they are an error that says so.</summary>
    [Theory]
    [InlineData("fsproj", "Net.fs", "module Program\nopen NetGen\n[<Network; Sealed>]\ntype Net() = class end\n", "type Other() = class end")]
    [InlineData("vbproj", "Net.vb", "Imports NetGen\n<Network>\nPublic Class Net\nEnd Class\n", "Public Class Other\nEnd Class")]
    public void A_network_in_another_language_is_an_error_of_the_build(string extension, string file, string network, string other)
    {
        var folder = CreateProgram(extension, "NetGen");
        File.Move(Path.Combine(folder, extension + ".csproj"), Path.Combine(folder, "Other." + extension));
        var project = Path.Combine(folder, "Other." + extension);
        var text = File.ReadAllText(project).Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal);
        File.WriteAllText(project, extension == "fsproj" ? text.Replace("</ItemGroup>", $"<Compile Include=\"{file}\" /></ItemGroup>", StringComparison.Ordinal) : text);
        File.WriteAllText(Path.Combine(folder, file), network);

        var said = DotNet.Fail(folder, "build");

        Assert.Contains($"{file} : error NG0703: NetGen compiles C# only", said, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, file), (extension == "fsproj" ? "module Program\n" : "") + other + "\n");
        DotNet.Run(folder, "build", "--no-restore");
    }

    /// <summary>
    /// A program of a user: packages from the packed folder only, warnings (of generated code too) are errors, and nothing unsafe is
    /// allowed. It trains, predicts, saves and loads.
    /// </summary>
    [Fact]
    public void A_program_with_the_packages_trains_and_predicts()
    {
        var folder = CreateProgram("Consumer", "NetGen", "NetGen.Data");
        Assert.Equal("right: 3 of 3", DotNet.Run(folder, "run", "-c", "Release").Trim());
        // The package's props let NetGenDumpPasses through to the generator.
        Assert.Single(Generated(folder, "Users.Xor.Passes.g.cs"));
        Assert.Empty(Generated(folder, "Users.Xor.Cuda.g.cs"));
        Assert.Empty(Directory.GetFiles(folder, "ILGPU*", SearchOption.AllDirectories));
    }

    /// <summary>With NetGen.Cuda: the third file, and on a machine without a driver the processor and a clear word.</summary>
    [Fact]
    public void A_program_with_the_package_for_CUDA_runs_with_and_without_a_GPU()
    {
        var folder = CreateProgram("CudaConsumer", "NetGen", "NetGen.Cuda");
        var said = DotNet.Run(folder, "run", "-c", "Release").Trim().Split('\n');
        Assert.Contains("CudaCall.BeginStep", File.ReadAllText(Assert.Single(Generated(folder, "Users.Xor.Cuda.g.cs"))), StringComparison.Ordinal);
        Assert.Equal(2, said.Length);
        if (NativeLibrary.TryLoad("libcuda.so.1", out _) || NativeLibrary.TryLoad("nvcuda.dll", out _))
            Assert.Skip($"There is a driver here. The program said: {string.Join(" ", said)}");
        Assert.Matches(@"^cpu \(\d+ threads?\): learned$", said[0]);
        Assert.Matches("^There is no CUDA device: the NVIDIA driver .* is not installed.*Device.Cpu", said[1]);
    }

    private static string[] Generated(string folder, string file) => Directory.GetFiles(Path.Combine(folder, "obj"), file, SearchOption.AllDirectories);

    /// <summary>A project beside the packed packages, with the source of a folder of these tests.</summary>
    private string CreateProgram(string source, params string[] references)
    {
        var folder = packages.CreateFolder(source);
        File.WriteAllText(Path.Combine(folder, $"{source}.csproj"),
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
                {string.Join("\n    ", references.Select(reference => $"""<PackageReference Include="{reference}" Version="{PackedPackages.Version}" />"""))}
              </ItemGroup>
            </Project>
            """);
        var program = Path.Combine(DotNet.Repository, "tests/NetGen.Package.Tests", source, "Program.cs");
        if (File.Exists(program))
            File.Copy(program, Path.Combine(folder, "Program.cs"), overwrite: true);
        return folder;
    }
}
