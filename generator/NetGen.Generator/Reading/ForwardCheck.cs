using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading.Evaluation;

namespace NetGen.Generator.Reading;

/// <summary>Why a class has no Forward: none at all, or one that is no function from tensors to tensors.</summary>
internal static class ForwardCheck
{
    public static ReadException Missing(INamedTypeSymbol type, TypeDeclarationSyntax syntax, IReadOnlyList<IMethodSymbol> entryPoints)
    {
        if (type.GetMembers("Forward").OfType<IMethodSymbol>().FirstOrDefault(GeneratedMembers.IsUsers) is { } forward
            && forward.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax declaration)
        {
            return new ReadException(
                Descriptors.ForwardSignature,
                $"Forward takes Tensor, Labels and Indices parameters and returns a Tensor, or a tuple of some; this one {Otherwise(forward)}",
                declaration);
        }
        var other = entryPoints.FirstOrDefault(m => m.Attribute("ObjectiveAttribute") is null);
        return new ReadException(
            Descriptors.NothingToCompile,
            $"'{type.Name}' has neither a method 'Tensor Forward(Tensor x)' nor layer attributes, so there is nothing to compile."
            + (other is null ? "" : $" If '{other.Name}' is what it predicts, call it Forward."),
            syntax);
    }

    private static string Otherwise(IMethodSymbol forward)
    {
        if (forward.IsStatic)
            return "is static. Make it an instance method.";
        if (forward.IsGenericMethod)
            return "is generic. Tensors have one type; leave the type parameters out.";
        if (forward.ReturnType is IArrayTypeSymbol { ElementType: var item } && item.Is("Tensor")
            || forward.ReturnType is INamedTypeSymbol { TypeArguments: [var element] } && element.Is("Tensor"))
        {
            return $"returns several ({forward.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}), and how many is not in its type. "
                + "Return a tuple, (Tensor Mean, Tensor Variance) Forward(…); or join them, Concat(a, b).";
        }
        if (!forward.ReturnType.IsResult())
            return $"returns {forward.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}.";
        if (forward.Parameters.IsEmpty)
            return "takes none. A network computes something of its inputs; weights alone are a Parameter.";
        var parameter = forward.Parameters.FirstOrDefault(p => p.RefKind != RefKind.None) ?? forward.Parameters.First(p => !p.Type.IsInput());
        return parameter.RefKind != RefKind.None
            ? $"takes '{parameter.Name}' by reference."
            : $"takes '{parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'. Settings are constants of the class; what differs from call to call is a Tensor.";
    }
}
