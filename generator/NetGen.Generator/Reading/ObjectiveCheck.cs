using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// Fit and Evaluate of a network that has no objective, or calls that one with several does not have: the library has methods for them that
/// throw, so that here can be said what exists instead.
/// </summary>
internal static class ObjectiveCheck
{
    /// <summary>The error at a call, or at a method group; null: it is of something else.</summary>
    public static Diagnostic? Of(IOperation operation)
    {
        var (method, receiver) = operation switch
        {
            IInvocationOperation call => (call.TargetMethod, call.Instance ?? call.Arguments.FirstOrDefault()?.Value),
            IMethodReferenceOperation group => (group.Method, group.Instance),
            _ => (null, null),
        };
        method = method?.ReducedFrom ?? method;
        if (method is not { Name: "Fit" or "Evaluate", Parameters: [var network, ..] } || !method.ContainingType.Is("Training") || !network.Type.Is("INetwork"))
            return null;
        while (receiver is IConversionOperation conversion)
            receiver = conversion.Operand;
        return Diagnostic.Create(Descriptors.NotOneObjective, Place(operation.Syntax), Message(method.Name, (receiver?.Type as INamedTypeSymbol)?.AsWritten()));
    }

    private static string Message(string method, INamedTypeSymbol? type)
    {
        if (type is null || !type.IsNetwork())
            return $"{method} is for networks with an [Objective], and an INetwork may have none. Take an ITrainable, or an IMultiObjective where there are several.";
        var objectives = type.GetMembers().OfType<IMethodSymbol>().Where(m => m.Attribute("ObjectiveAttribute") is not null).ToArray();
        if (objectives.Length == 0)
            return $"'{type.Name}' has no [Objective], so there is nothing to train and nothing to evaluate. Mark the method that returns its loss with [Objective].";
        return $"'{type.Name}' has {Evaluation.Arithmetic.Display(objectives.Length)} objectives, and each has an optimizer of its own where that changes from step to step: "
            + $"Fit(data, options, {string.Join(", ", objectives.Select(m => $"new ObjectiveSteps<Adam>(nameof({type.Name}.{m.Name}), step => …)"))}).";
    }

    private static Location Place(SyntaxNode syntax) => (syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        MemberAccessExpressionSyntax access => access.Name,
        _ => syntax,
    }).GetLocation();
}
