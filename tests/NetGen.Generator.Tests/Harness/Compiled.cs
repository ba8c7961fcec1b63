using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Reading;

namespace NetGen.Generator.Tests.Harness;

/// <summary>A diagnostic with the text under its squiggle.</summary>
internal sealed record Found(string Id, string Text, string Message);

/// <summary>Source texts of users, compiled with the generator and the analyzer as their compiler would.</summary>
internal static class Compiled
{
    public static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using NetGen;
        global using static NetGen.Layers;
        global using static NetGen.Ops;
        """;

    /// <summary>All tests add to this one: Roslyn then loads the symbols of the references once.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Users",
        [CSharpSyntaxTree.ParseText(Usings, ParseOptions, "Usings.cs")],
        [
            .. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(Data.Table).Assembly.Location),
        ],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    // Parsed once: Roslyn goes through what it is given more than once, where somebody has asked Empty for its trees before.
    public static CSharpCompilation Compilation(params string[] sources) => Empty.AddSyntaxTrees([.. sources.Select(Parse)]);

    public static SyntaxTree Parse(string source, int number) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"File{number}.cs");

    public static SyntaxToken[] Tokens(string source) => [.. Parse(source, 0).GetRoot().DescendantTokens()];

    /// <summary>Reads the network of that name, or the first one.</summary>
    public static ReadResult Read(string source, string? name = null) => ReadAll(source, name).First();

    /// <summary>Reads all networks; nothing is compiled.</summary>
    public static IEnumerable<ReadResult> ReadAll(string source, string? name = null)
    {
        var compilation = Compilation(source);
        return compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Select(syntax => compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!))
            .Where(type => type.IsNetwork() && (name is null || type.Name == name))
            .Select(type => NetworkReader.Read(type, compilation, CancellationToken.None));
    }

    /// <summary>The model of a program that must be right.</summary>
    public static NetworkModel Model(string source, string? name = null)
    {
        var result = Read(source, name);
        return result.Model ?? throw new InvalidOperationException(
            "No model. " + string.Join("\n", result.Diagnostics) + string.Join("\n", Compilation(source).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>NetGen's diagnostics of a program, in the order of the text.</summary>
    public static IReadOnlyList<Found> Diagnose(params string[] sources) => Analyze(sources, withCompiler: false);

    /// <summary>NetGen's diagnostics, and the errors and warnings of C# with what is generated.</summary>
    public static IReadOnlyList<Found> All(params string[] sources) => Analyze(sources, withCompiler: true);

    /// <summary>The same for a project that has the package for CUDA.</summary>
    public static IReadOnlyList<Found> AllWithCuda(params string[] sources) => Analyze(WithCuda(Compilation(sources)), withCompiler: true);

    // As the SDK does, it says nothing of packages that were made for an older .NET.
    private static CSharpCompilation WithCuda(CSharpCompilation project) => project.AddReferences(Cuda.Value)
        .WithOptions(project.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress)]));

    private static readonly Lazy<MetadataReference[]> Cuda = new(() =>
        [.. new[] { typeof(NetGen.Cuda.CudaDevice), typeof(ILGPU.Context) }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location))]);

    /// <summary>The same for a project with other options.</summary>
    public static IReadOnlyList<Found> All(CSharpCompilation project) => Analyze(project, withCompiler: true);

    /// <summary>The same for a project with additional files.</summary>
    public static IReadOnlyList<Found> Diagnose(IEnumerable<ProjectFile> files, params string[] sources) => Analyze(Compilation(sources), withCompiler: false, files);

    public static IReadOnlyList<Found> All(IEnumerable<ProjectFile> files, params string[] sources) => Analyze(Compilation(sources), withCompiler: true, files);

    private static Found[] Analyze(string[] sources, bool withCompiler) => Analyze(Compilation(sources), withCompiler);

    private static Found[] Analyze(CSharpCompilation project, bool withCompiler, IEnumerable<ProjectFile>? files = null)
    {
        CSharpGeneratorDriver.Create(
                [new NetGenGenerator().AsSourceGenerator()], files, (CSharpParseOptions)project.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(project, out var compilation, out var fromGenerator);
        var analyzed = compilation.WithAnalyzers(
            [new NetworkAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, _, _) => throw new InvalidOperationException("The analyzer threw.", exception), false, false));
        return fromGenerator
            .Concat(analyzed.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult())
            .Concat(withCompiler ? compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning) : [])
            .Where(d => !d.IsSuppressed)
            .OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)
            .Select(d => new Found(d.Id, Text(d.Location, compilation), d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))
            .ToArray();
    }

    /// <summary>What the generator says has a path instead of a tree.</summary>
    private static string Text(Location location, Compilation compilation) =>
        (location.SourceTree ?? compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == location.GetLineSpan().Path))?.GetText().ToString(location.SourceSpan) ?? "";
}
