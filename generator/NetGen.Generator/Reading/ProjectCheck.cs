using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Reading;

/// <summary>Why nothing that is generated would compile in this project, whatever the network is.</summary>
internal static class ProjectCheck
{
    public static Diagnostic? Of(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellation) =>
        LanguageVersionCheck.Of(type, syntax, compilation) ?? ReferenceCheck.Of(type, syntax) ?? KeywordCheck.Of(type, syntax, compilation, cancellation);
}
