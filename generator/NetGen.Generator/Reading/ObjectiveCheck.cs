using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>Fit and Evaluate of a network that has not exactly one objective: the library has methods for them that throw, so that here can be said what exists instead.</summary>
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
        return Diagnostic.Create(Descriptors.NotOneObjective, Place(operation.Syntax), Message(method.Name, receiver?.Type as INamedTypeSymbol));
    }

    private static string Message(string method, INamedTypeSymbol? type)
    {
        if (type is null || !type.IsNetwork())
            return $"{method} is for networks with one [Objective], and an INetwork may have several or none. Take an ITrainable.";
        var objectives = type.GetMembers().OfType<IMethodSymbol>().Where(m => m.Attribute("ObjectiveAttribute") is not null).ToArray();
        if (objectives.Length == 0)
            return $"'{type.Name}' has no [Objective], so there is nothing to train and nothing to evaluate. Mark the method that returns its loss with [Objective].";
        var instead = objectives.Select(m =>
        {
            var inputs = string.Join(", ", m.Parameters.Select(p => p.Name));
            return method == "Evaluate" ? $"{m.Name}({inputs})" : $"{NetworkModel.StepName(m.Name, objectives.Length)}({inputs}, optimizer)";
        });
        return $"{method} is for networks with one [Objective], and '{type.Name}' has {Evaluation.Arithmetic.Display(objectives.Length)}. In a loop over batches, call {string.Join(" and ", instead)}.";
    }

    private static Location Place(SyntaxNode syntax) => (syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        MemberAccessExpressionSyntax access => access.Name,
        _ => syntax,
    }).GetLocation();
}
