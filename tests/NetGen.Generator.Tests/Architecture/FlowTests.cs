using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace NetGen.Generator.Tests.Architecture;

/// <summary>
/// The compiler is read in one direction: a folder uses those before it in <see cref="Order"/> and itself, and the two backends do not know
/// each other. By symbols, not by names, over the generator's own sources.
/// </summary>
public class FlowTests
{
    /// <summary>
    /// First to last. Lowering (what operations are lowered to) stands before them, since how it is lowered is a rule of each operation;
    /// the graph knows of it that there is a body. The files of the root are the entry points and may use everything.
    /// </summary>
    private static readonly string[] Order =
    [
        "Common", "Diagnostics", "Graph", "Lowering", "Operations", "Reading", "Differentiation", "Optimization", "Planning",
        "Emission", "Emission/Cpu", "Emission/Cuda", "Emission/Api", "Tables", "",
    ];

    private static readonly Lazy<IReadOnlyList<(string File, string From, string To, string Type)>> All = new(() => Uses(Compilation()).ToArray());

    [Fact]
    public void Every_folder_has_its_place() => Assert.Empty(All.Value.SelectMany(use => new[] { use.From, use.To }).Distinct().Except(Order));

    [Fact]
    public void A_folder_uses_those_before_it() => Assert.Empty(All.Value
        .Where(use => Array.IndexOf(Order, use.To) > Array.IndexOf(Order, use.From))
        .Select(use => $"{use.File} uses {use.Type} of {use.To}").Distinct().OrderBy(line => line, StringComparer.Ordinal));

    [Fact]
    public void The_backend_for_CUDA_does_not_know_that_for_processors() => Assert.Empty(All.Value
        .Where(use => use is { From: "Emission/Cuda", To: "Emission/Cpu" }).Select(use => $"{use.File} uses {use.Type}").Distinct());

    [Fact]
    public void Uses_are_seen() => Assert.Contains(All.Value, use => use is { File: "Planning/Fusion.cs", To: "Lowering", Type: "ContractionBody" });

    /// <summary>Every use of a type, or a member of one, from another folder.</summary>
    private static IEnumerable<(string File, string From, string To, string Type)> Uses(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
            {
                var symbol = model.GetSymbolInfo(name).Symbol;
                var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                if (type?.OriginalDefinition.Locations.FirstOrDefault(place => place.IsInSource) is not { SourceTree: { } home })
                    continue;
                if (Folder(home) is var to && Folder(tree) is var from && from != to)
                    yield return (tree.FilePath, from, to, type.Name);
            }
        }
    }

    /// <summary>"Planning"; of a backend "Emission/Cpu".</summary>
    private static string Folder(SyntaxTree tree)
    {
        var parts = tree.FilePath.Split('/');
        return parts is ["Emission", var backend, _, ..] ? $"Emission/{backend}" : parts.Length == 1 ? "" : parts[0];
    }

    private static CSharpCompilation Compilation([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(here, "../../../../generator/NetGen.Generator"));
        var sources = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')))
            .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal) && !file.Name.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), path: file.Name));
        var usings = string.Concat(new[] { "", ".Collections.Generic", ".IO", ".Linq", ".Net.Http", ".Threading", ".Threading.Tasks" }.Select(n => $"global using System{n};"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("NetGen", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "generator", [.. sources, CSharpSyntaxTree.ParseText(usings)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDeclarationDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return compilation;
    }
}
