using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// What ends an object of the class is the user's own: Dispose(), the interface's, or DisposeAsync(). The network's memory is given back only if it calls the generated method.
/// </summary>
internal static class DisposeCheck
{
    public static IEnumerable<Diagnostic> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var own = type.GetMembers().OfType<IMethodSymbol>().Where(m => GeneratedMembers.IsUsers(m) && m.Parameters.IsEmpty && Ends(m)).ToArray();
        if (own.Length == 0 || type.GetMembers(NetworkModel.DisposeOfNetwork).Any(GeneratedMembers.IsUsers))
            return [];
        var generated = own.Any(m => m.Name == nameof(IDisposable.Dispose)) ? NetworkModel.DisposeOfNetwork : nameof(IDisposable.Dispose);
        var calls = type.DeclaringSyntaxReferences.Where(GeneratedMembers.IsUsers).SelectMany(r => r.GetSyntax(cancellation).DescendantNodes())
            .OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == generated);
        return calls
            ? []
            : own.Take(1).Select(m => Diagnostic.Create(
                Descriptors.ForgottenDispose,
                m.Locations[0],
                $"'{m.Name}' is all that ends a '{type.Name}', and nothing in the class calls '{generated}()', which NetGen generates to give back the network's memory and threads. "
                + "Call it here."));
    }

    private static bool Ends(IMethodSymbol method) => method.Name is nameof(IDisposable.Dispose) or "DisposeAsync"
        || method.ExplicitInterfaceImplementations.Any(m => m.ContainingType.SpecialType == SpecialType.System_IDisposable || m.Name == "DisposeAsync");
}
