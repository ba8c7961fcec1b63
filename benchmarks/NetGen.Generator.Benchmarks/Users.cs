using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Reading;

namespace NetGen.Generator.Benchmarks;

/// <summary>A user's project as the C# compiler holds it.</summary>
internal static class Users
{
    private static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "User",
        [Parse("global using System;", "Usings.cs")],
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location)],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    /// <summary>A project of these files.</summary>
    public static CSharpCompilation Project(params SyntaxTree[] files) => Empty.AddSyntaxTrees(files);

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

    /// <summary>The files that the generator adds to a project of one.</summary>
    public static IReadOnlyList<string> Generated(string source) =>
        [.. Driver().RunGenerators(Project(Parse(source, "Net.cs"))).GetRunResult().GeneratedTrees.Select(tree => tree.ToString())];

    public static NetworkModel Read(CSharpCompilation project)
    {
        var tree = project.SyntaxTrees[1];
        var syntax = tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().First();
        var result = NetworkReader.Read(project.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, project, CancellationToken.None);
        return result.Model ?? throw new InvalidOperationException("The network has errors: " + string.Join("\n", result.Diagnostics));
    }

    /// <summary>Compiles the project; the assembly's bytes.</summary>
    public static byte[] Emit(CSharpCompilation project)
    {
        var image = new MemoryStream();
        var result = project.Emit(image);
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException("The project does not compile: " + string.Join("\n", result.Diagnostics.Take(5)));
    }
}
