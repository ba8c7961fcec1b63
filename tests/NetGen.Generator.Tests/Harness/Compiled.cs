using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;
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

    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location)];

    private static readonly SyntaxTree UsingsTree = CSharpSyntaxTree.ParseText(Usings, ParseOptions, "Usings.cs");

    public static CSharpCompilation Compilation(params string[] sources) => CSharpCompilation.Create(
        "Users",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"File{i}.cs")).Prepend(UsingsTree),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Reads the network of that name, or the only one.</summary>
    public static ReadResult Read(string source, string? name = null)
    {
        var compilation = Compilation(source);
        var networks = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
                .Select(syntax => compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!))
            .Where(type => type.IsNetwork() && (name is null || type.Name == name));
        return NetworkReader.Read(networks.First(), compilation, CancellationToken.None);
    }

    /// <summary>The model of a program that must be right.</summary>
    public static NetworkModel Model(string source, string? name = null)
    {
        var result = Read(source, name);
        return result.Model ?? throw new InvalidOperationException(
            "No model. " + string.Join("\n", result.Diagnostics) + string.Join("\n", Compilation(source).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>NetGen's diagnostics of a program, in the order of the text.</summary>
    public static IReadOnlyList<Found> Diagnose(params string[] sources) => All(sources).Where(f => f.Id.StartsWith("NG", StringComparison.Ordinal)).ToArray();

    /// <summary>NetGen's diagnostics, and the errors of C# with what is generated.</summary>
    public static IReadOnlyList<Found> All(params string[] sources)
    {
        CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(Compilation(sources), out var compilation, out var fromGenerator);
        var analyzed = compilation.WithAnalyzers(
            [new NetworkAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, _, _) => throw new InvalidOperationException("The analyzer threw.", exception), false, false));
        return fromGenerator
            .Concat(analyzed.GetAllDiagnosticsAsync().GetAwaiter().GetResult())
            .Where(d => !d.IsSuppressed && (d.Severity == DiagnosticSeverity.Error || d.Id.StartsWith("NG", StringComparison.Ordinal)))
            .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)
            .Select(d => new Found(d.Id, Text(d.Location), d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))
            .ToArray();
    }

    private static string Text(Location location) => location.SourceTree is { } tree ? tree.GetText().ToString(location.SourceSpan) : "";
}
