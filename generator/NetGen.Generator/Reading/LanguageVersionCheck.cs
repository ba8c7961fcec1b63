using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// What is generated is C# of a certain version, whatever version the project asks for: below it nothing is generated, and one error at the network
/// says why, instead of errors inside of files that nobody wrote.
/// </summary>
internal static class LanguageVersionCheck
{
    /// <summary>The lowest that compiles what is generated.</summary>
    public const LanguageVersion Lowest = LanguageVersion.CSharp12;

    public static Diagnostic? Of(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Compilation compilation) =>
        compilation is CSharpCompilation { LanguageVersion: < Lowest and var version }
            ? Diagnostic.Create(
                Descriptors.LanguageVersion,
                syntax.Identifier.GetLocation(),
                $"'{type.Name}' is compiled as C# {version.ToDisplayString()}; what NetGen generates needs C# {Lowest.ToDisplayString()} or later. "
                + "Leave LangVersion out of the project: for net10.0 it is 14.0.")
            : null;
}
