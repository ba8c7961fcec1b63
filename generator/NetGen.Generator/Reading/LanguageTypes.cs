using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading;

/// <summary>Recognizes the types of the language surface (src/NetGen/Language) by name.</summary>
internal static class LanguageTypes
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";

    /// <summary>A type of the package NetGen.Cuda.</summary>
    public const string CudaDevice = "NetGen.Cuda.CudaDevice";

    public static bool Is(this ITypeSymbol? type, string name) =>
        type is INamedTypeSymbol { ContainingType: null, ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true } } named
        && named.Name == name;

    /// <summary>What a method over tensors gives: a tensor, or a tuple of some.</summary>
    public static bool IsResult(this ITypeSymbol type) =>
        type.Is("Tensor") || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(element => element.Type.Is("Tensor")));

    /// <summary>What a method over tensors takes.</summary>
    public static bool IsInput(this ITypeSymbol type) => type.Is("Tensor") || type.IsIntegers();

    /// <summary>Labels or indices: whole numbers from the caller.</summary>
    public static bool IsIntegers(this ITypeSymbol type) => type.Is("Labels") || type.Is("Indices");

    public static bool IsNetwork(this ITypeSymbol type) => type.Attribute("NetworkAttribute") is not null;

    /// <summary>The network that a class which NetGen made is a variant of; else the class itself.</summary>
    public static INamedTypeSymbol AsWritten(this INamedTypeSymbol type) =>
        !type.IsNetwork() && type.ContainingType is { } network && network.IsNetwork() && type.AllInterfaces.Any(i => i.Is("INetwork")) ? network : type;

    public static AttributeData? Attribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass.Is(name));

    /// <summary>A function of one tensor or of two, or of one and a state, with weights or without.</summary>
    public static bool IsLayer(this ITypeSymbol? type) => type.Is("Layer") || type.Is("CrossLayer") || type.Is("StatefulLayer") || type.Is("StatefulLstm");

    /// <summary>A field or property of this type can hold weights.</summary>
    public static bool HoldsLayers(this ITypeSymbol type)
    {
        while (type is IArrayTypeSymbol array)
            type = array.ElementType;
        return type is INamedTypeSymbol named && named.HoldsLayers();
    }

    private static bool HoldsLayers(this INamedTypeSymbol type) => type switch
    {
        { IsTupleType: true } => type.TupleElements.Any(e => e.Type.HoldsLayers()),
        _ => type.IsLayer() || type.Is("Parameter") || type.IsNetwork()
            || (type.IsGenericType && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic"
                && type.TypeArguments.Any(a => a.HoldsLayers())),
    };

    /// <summary>The primary constructor's parameters: compile-time hyper-parameters. Empty for a class without.</summary>
    public static IMethodSymbol? PrimaryConstructor(this INamedTypeSymbol type) => type.InstanceConstructors.FirstOrDefault(c =>
        c.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax));
}
