using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading;

/// <summary>
/// A network is disposable, and its base class may be too: then <c>using</c> over either type must give back what both hold. A virtual Dispose is
/// overridden, that of the pattern (Dispose(bool)) likewise; one that is neither is called.
/// </summary>
internal static class BaseDisposal
{
    public static Disposal Of(INamedTypeSymbol type)
    {
        // A network as base has its Dispose from NetGen too: it is not there while this is read.
        if (type.BaseType is { } network && network.IsNetwork() && network.PrimaryConstructor() is not { Parameters.Length: > 0 })
            return new Disposal(DisposeMethod.Plain, "public new", CallsBase: true);
        var plain = Inherited(type, "Dispose");
        if (plain is null)
            return Disposal.None;
        if (IsOverridable(plain) && plain.DeclaredAccessibility == Accessibility.Public)
            return new Disposal(DisposeMethod.Plain, "public override", CallsBase: !plain.IsAbstract);
        var pattern = Inherited(type, "Dispose", SpecialType.System_Boolean);
        if (pattern is not null && IsOverridable(pattern) && !type.GetMembers("Dispose").OfType<IMethodSymbol>().Any(m => m.Parameters.Length == 1))
            return new Disposal(DisposeMethod.OfPattern, Access(pattern, type) + " override", CallsBase: !pattern.IsAbstract);
        return new Disposal(DisposeMethod.Plain, "public new", CallsBase: !plain.IsAbstract);
    }

    private static IMethodSymbol? Inherited(INamedTypeSymbol type, string name, params SpecialType[] parameters)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            var found = parent.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(m =>
                !m.IsStatic && m.DeclaredAccessibility is not (Accessibility.Private or Accessibility.NotApplicable)
                && m.Parameters.Select(p => p.Type.SpecialType).SequenceEqual(parameters));
            if (found is not null)
                return found;
        }
        return null;
    }

    private static bool IsOverridable(IMethodSymbol method) => (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed;

    /// <summary>An override keeps the accessibility, without "internal" where that is another assembly's.</summary>
    private static string Access(IMethodSymbol method, INamedTypeSymbol type) => method.DeclaredAccessibility switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => "internal",
        Accessibility.ProtectedOrInternal when SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, type.ContainingAssembly) => "protected internal",
        Accessibility.ProtectedAndInternal => "private protected",
        _ => "protected",
    };
}
