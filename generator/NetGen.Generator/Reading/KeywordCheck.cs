using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// Words of C# that are types where nothing else has their name. A type or alias of that name that every file sees gives generated code another meaning. All other names in
/// it are aliases of its own or begin with global::.
/// </summary>
internal static class KeywordCheck
{
    /// <summary>Those that generated code uses.</summary>
    private static readonly string[] Words = ["var", "nint"];

    public static Diagnostic? Of(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellation) => Words
        .Where(word => IsSeenByAllFiles(word, syntax, compilation, cancellation))
        .Select(word => Diagnostic.Create(
            Descriptors.ShadowedKeyword,
            syntax.Identifier.GetLocation(),
            $"A type or an alias called '{word}' is seen by all files of the project, and the half of '{type.Name}' that NetGen generates uses '{word}' as C# means it. "
            + $"Call it otherwise, or put it into a namespace that is not imported globally."))
        .FirstOrDefault();

    private static bool IsSeenByAllFiles(string word, TypeDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellation)
    {
        // Around what is generated.
        var library = compilation.GlobalNamespace.GetNamespaceMembers().FirstOrDefault(space => space.Name == "NetGen");
        var around = new[] { compilation.GlobalNamespace, library, library?.GetNamespaceMembers().FirstOrDefault(space => space.Name == "Generated") };
        if (around.OfType<INamespaceSymbol>().Any(space => Has(space, word, compilation)))
            return true;
        return compilation.GetSemanticModel(syntax.SyntaxTree).GetImportScopes(syntax.SpanStart, cancellation).Any(scope =>
            scope.Aliases.Any(alias => alias.Name == word && alias.DeclaringSyntaxReferences.Any(r => IsGlobal(r.GetSyntax(cancellation))))
            || scope.Imports.Any(import => IsGlobal(import.DeclaringSyntaxReference?.GetSyntax(cancellation)) && Has(import.NamespaceOrType, word, compilation)));
    }

    private static bool Has(INamespaceOrTypeSymbol symbol, string word, Compilation compilation) =>
        symbol.GetTypeMembers(word, 0).Any(found => compilation.IsSymbolAccessibleWithin(found, compilation.Assembly));

    private static bool IsGlobal(SyntaxNode? syntax) => syntax is UsingDirectiveSyntax { GlobalKeyword.RawKind: not 0 };
}
