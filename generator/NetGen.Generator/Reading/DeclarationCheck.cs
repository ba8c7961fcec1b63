using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>What the user's half of a network must leave to the generated half, where the rest can be read nevertheless.</summary>
internal static class DeclarationCheck
{
    public static IEnumerable<Diagnostic> Of(INamedTypeSymbol type, TypeDeclarationSyntax syntax, CancellationToken cancellation)
    {
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return Diagnostic.Create(
                Descriptors.NotPartial,
                syntax.Identifier.GetLocation(),
                $"'{type.Name}' is not partial, so NetGen cannot write its other half. Declare it 'partial class {type.Name}'.");
        }
        if (EmptyParameterList(type) is { } list)
        {
            yield return Diagnostic.Create(
                Descriptors.EmptyParameterList, list.GetLocation(),
                $"The parameter list of '{type.Name}' is a constructor, and NetGen writes the constructors. Remove it.");
        }
        foreach (var constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is ConstructorDeclarationSyntax declaration
                && !declaration.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer))
            {
                yield return Diagnostic.Create(
                    Descriptors.ConstructorWithoutThis,
                    declaration.Identifier.GetLocation(),
                    $"This constructor does not call the one that NetGen generates, which makes the weights: the network would have none. "
                    + $"Write '{type.Name}({declaration.ParameterList.Parameters}) : this(seed: 0)'.");
            }
        }
        foreach (var forgotten in DisposeCheck.Of(type, cancellation))
            yield return forgotten;
        // That of a network is generated as well, unless it is a component.
        if (LacksConstructor(type))
        {
            var parent = type.BaseType!;
            yield return Diagnostic.Create(
                Descriptors.BaseConstructor,
                (syntax.BaseList?.Types.FirstOrDefault() as SyntaxNode)?.GetLocation() ?? syntax.Identifier.GetLocation(),
                $"The constructor that NetGen generates for '{type.Name}' calls that of '{parent.Name}' without arguments, and there is none. Give '{parent.Name}' one.");
        }
    }

    /// <summary>" : base(default(int)!)" where <c>base()</c> means nothing; " : this()" where there is an empty parameter list.</summary>
    public static string BaseCall(INamedTypeSymbol type)
    {
        if (EmptyParameterList(type) is not null)
            return " : this()";
        if (!LacksConstructor(type) || type.BaseType!.InstanceConstructors.FirstOrDefault(c => IsSeen(c, type)) is not { } constructor)
            return "";
        var defaults = constructor.Parameters.Select(p => $"default({p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})!");
        return $" : base({string.Join(", ", defaults)})";
    }

    private static ParameterListSyntax? EmptyParameterList(INamedTypeSymbol type) =>
        type.PrimaryConstructor() is { Parameters.IsEmpty: true } constructor
        ? (constructor.DeclaringSyntaxReferences[0].GetSyntax() as TypeDeclarationSyntax)?.ParameterList
        : null;

    private static bool LacksConstructor(INamedTypeSymbol type) => type.BaseType is { SpecialType: SpecialType.None } parent && !HasConstructor(parent, type)
        && (!parent.IsNetwork() || parent.PrimaryConstructor() is { Parameters.Length: > 0 });

    /// <summary>Whether <c>base()</c> means something in a constructor of the class.</summary>
    private static bool HasConstructor(INamedTypeSymbol parent, INamedTypeSymbol type) =>
        parent.InstanceConstructors.Any(c => c.Parameters.All(p => p.IsOptional || p.IsParams) && IsSeen(c, type));

    private static bool IsSeen(IMethodSymbol constructor, INamedTypeSymbol type) => constructor.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
        Accessibility.Internal or Accessibility.ProtectedAndInternal => SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, type.ContainingAssembly),
        _ => false,
    };
}
