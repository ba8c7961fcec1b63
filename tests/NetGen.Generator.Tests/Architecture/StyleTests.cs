using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Architecture;

/// <summary>
/// What of the repository's style neither the compiler nor <c>dotnet format whitespace</c> looks at: the order of usings, <c>this.</c>
/// that says nothing, and types with a
/// keyword that are written by their name. (<c>dotnet format</c> knows all three, and takes minutes.)
/// </summary>
public sealed class StyleTests
{
    private static readonly HashSet<string> Predefined =
        ["Boolean", "Byte", "Char", "Decimal", "Double", "Int16", "Int32", "Int64", "Object", "SByte", "Single", "String", "UInt16", "UInt32", "UInt64"];

    private static readonly Lazy<SyntaxTree[]> Sources = new(() => [.. Files()]);

    [Fact]
    public void Usings_are_in_order() => Assert.Empty(Sources.Value.SelectMany(tree => Unordered(tree.GetCompilationUnitRoot())));

    [Fact]
    public void This_is_said_where_a_name_means_something_else() => Assert.Empty(Sources.Value.SelectMany(tree => Needless(tree.GetRoot())));

    [Fact]
    public void Types_that_have_a_keyword_are_written_by_it() => Assert.Empty(Sources.Value.SelectMany(tree => Long(tree.GetRoot())));

    [Fact]
    public void What_is_wrong_is_seen()
    {
        Assert.Equal(["System.Text"], Unordered(Unit("using Xunit; using System.Text;")).Select(Last));
        Assert.Equal(["B"], Unordered(Unit("using static A.C; using B;")).Select(Last));
        Assert.Empty(Unordered(Unit("using System; using A; using A.B; using static System.Math; using X = A.B;")));
        Assert.Equal(["this.a"], Needless(Unit("class C { int a; int F(int b) => this.a + b; }")).Select(Last));
        Assert.Empty(Needless(Unit("class C { int a; C(int a) => this.a = a; void F() { foreach (var a in this.a) { } } C G() => this.Extension(); static C Extension(this C c) => c; }")));
        Assert.Equal(["Int32"], Long(Unit("class C { Int32 a; }")).Select(Last));
        Assert.Empty(Long(Unit("class C { int a = Int32.Parse(\"1\"); Kind b = Kind.Int32; }")));

        static CompilationUnitSyntax Unit(string text) => Compiled.Parse(text, 0).GetCompilationUnitRoot();
        static string Last(string said) => said[(said.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
    }

    private static IEnumerable<string> Unordered(CompilationUnitSyntax unit) => unit.Usings.Zip(unit.Usings.Skip(1))
        .Where(pair => pair.First.GlobalKeyword.IsKind(SyntaxKind.None) && Key(pair.First).CompareTo(Key(pair.Second)) > 0).Select(pair => Said(pair.Second, pair.Second.NamespaceOrType));

    /// <summary>Namespaces, types, aliases; of each System's first.</summary>
    private static (int Kind, bool IsOther, string Name) Key(UsingDirectiveSyntax directive)
    {
        var name = directive.NamespaceOrType.ToString();
        var kind = directive.Alias is not null ? 2 : directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword) ? 1 : 0;
        return (kind, name != "System" && !name.StartsWith("System.", StringComparison.Ordinal), directive.Alias?.Name.ToString() ?? name);
    }

    /// <summary>A name that the member declares as well means that; one that is called may be an extension.</summary>
    private static IEnumerable<string> Needless(SyntaxNode root) =>
        from access in root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.Expression is ThisExpressionSyntax && access.Parent is not InvocationExpressionSyntax
        let name = access.Name.Identifier.ValueText
        let around = access.Ancestors().OfType<MemberDeclarationSyntax>().SelectMany(member => member is TypeDeclarationSyntax type ? type.ParameterList?.DescendantTokens() ?? [] : member.DescendantTokens())
        where !around.Any(token => token.ValueText == name && token.Parent is ParameterSyntax or VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax)
        select Said(access, access);

    private static IEnumerable<string> Long(SyntaxNode root) =>
        from name in root.DescendantNodes().OfType<IdentifierNameSyntax>()
        where Predefined.Contains(name.Identifier.ValueText) && name.Parent is VariableDeclarationSyntax or ParameterSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax or ArrayTypeSyntax or NullableTypeSyntax or CastExpressionSyntax or TypeArgumentListSyntax
        select Said(name, name);

    private static string Said(SyntaxNode node, SyntaxNode what) => $"{node.SyntaxTree.FilePath}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {what}";

    private static IEnumerable<SyntaxTree> Files([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(here, "../../../.."));
        string[] folders = ["benchmarks", "generator", "samples", "src", "tests"];
        return folders.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')))
            .Where(file => !file.Name.Split('/').Any(part => part is "obj" or "bin") && !file.Name.Contains(".verified.", StringComparison.Ordinal) && !file.Name.Contains(".received.", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), Compiled.ParseOptions, file.Name));
    }
}
