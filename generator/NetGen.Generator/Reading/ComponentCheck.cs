using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// A network with hyper-parameters is a component: other networks hold it, and nothing is generated for it. Where it was surely meant to be
/// trained by itself, or could not be held by anything, that is said.
/// </summary>
internal static class ComponentCheck
{
    public static IEnumerable<Diagnostic> Of(INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        var attribute = type.Attribute("InputAttribute") ?? type.Attribute("ObjectiveAttribute") ?? AttributeFormReader.Layers(type).FirstOrDefault();
        if (attribute is not null)
        {
            yield return At(
                attribute.ApplicationSyntaxReference?.GetSyntax() ?? syntax,
                $"{Nothing(type)} The attribute form is for networks without them.");
            yield break;
        }
        var methods = type.GetMembers().OfType<IMethodSymbol>().ToArray();
        foreach (var objective in methods.Where(m => m.Attribute("ObjectiveAttribute") is not null))
        {
            yield return At(
                objective.Attribute("ObjectiveAttribute")!.ApplicationSyntaxReference?.GetSyntax() ?? syntax,
                $"{Nothing(type)} This objective trains nothing. Make the hyper-parameters constants of the class, or put the objective into the network that holds '{type.Name}'.");
        }
        if (!methods.Any(m => m.ReturnType is IErrorTypeSymbol or ITypeParameterSymbol || m.ReturnType.IsResult() || m.ReturnType.IsLayer()
            || m.Parameters.Any(p => p.Type.Is("Tensor"))) && !type.GetMembers().Any(HoldsLayers))
        {
            yield return Diagnostic.Create(
                Descriptors.NothingGenerated,
                syntax.Identifier.GetLocation(),
                $"{Nothing(type)} It has no method over tensors either, so no other network can use it.");
        }
    }

    /// <summary>An object of a component that no network holds.</summary>
    public static string Made(INamedTypeSymbol type) =>
        $"{Nothing(type)} This object cannot compute: hold '{type.Name}' in a field of another network, or make its hyper-parameters constants of the class.";

    private static string Nothing(INamedTypeSymbol type) =>
        $"'{type.Name}' has hyper-parameters ({string.Join(", ", type.PrimaryConstructor()!.Parameters.Select(p => p.Name))}), so NetGen generates nothing for it: no Predict, no Step, no Save.";

    private static bool HoldsLayers(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type.HoldsLayers() && !field.IsImplicitlyDeclared,
        IPropertySymbol property => property.Type.HoldsLayers(),
        _ => false,
    };

    private static Diagnostic At(SyntaxNode place, string message) => Diagnostic.Create(Descriptors.NothingGenerated, place.GetLocation(), message);
}
