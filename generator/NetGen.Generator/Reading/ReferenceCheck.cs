using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>Generated code names NetGen's types from global:: on; in a project that has them below an extern alias only there are none.</summary>
internal static class ReferenceCheck
{
    public static Diagnostic? Of(INamedTypeSymbol type, TypeDeclarationSyntax syntax) => OnlyAlias(type) is { } alias
        ? Diagnostic.Create(
            Descriptors.AliasOnly,
            syntax.Identifier.GetLocation(),
            $"The project references NetGen by an alias only ({string.Join(", ", Aliases(type))}), and the half of '{type.Name}' that NetGen generates names its types without one. "
            + $"Give the reference the alias 'global' as well: Aliases=\"global,{alias}\".")
        : null;

    /// <summary>
    /// An alias of the library that the class's attribute comes from, where it has some and <c>global</c> is none of them.
    /// </summary>
    public static string? OnlyAlias(INamedTypeSymbol type) =>
        Aliases(type) is { Length: > 0 } aliases && !aliases.Contains("global") ? aliases[0] : null;

    private static string[] Aliases(INamedTypeSymbol type) => type.Attribute("NetworkAttribute")?.AttributeClass?.ContainingAssembly is { } library
        && type.ContainingAssembly is ISourceAssemblySymbol project && project.Compilation.GetMetadataReference(library) is { } reference
            ? [.. reference.Properties.Aliases]
            : [];
}
