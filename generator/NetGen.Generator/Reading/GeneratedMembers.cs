using Microsoft.CodeAnalysis;
using NetGen.Generator.Common;

namespace NetGen.Generator.Reading;

/// <summary>The members that the generated half adds to the user's class, beside those that are there.</summary>
internal static class GeneratedMembers
{
    /// <summary>The model with the names that the members of the class leave free.</summary>
    public static NetworkModel Fit(INamedTypeSymbol type, NetworkModel model) => model with
    {
        StateField = new UniqueNames(Members(type).Select(member => member.Name)).Take(model.StateField),
        HasDispose = type.GetMembers("Dispose").Any(member => member is IMethodSymbol { Parameters.IsEmpty: true, IsGenericMethod: false }),
    };

    /// <summary>The members of the class, and those that it inherits.</summary>
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? from = type; from is not null; from = from.BaseType)
        {
            foreach (var member in from.GetMembers())
                yield return member;
        }
    }
}
