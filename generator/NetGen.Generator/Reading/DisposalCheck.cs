using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// A network that is made for one method and never disposed of: its threads stay until the garbage collector finds it. Said only where
/// nobody else can have it, for what is returned, kept or passed on is somebody else's.
/// </summary>
internal static class DisposalCheck
{
    /// <summary>The suggestion at <c>new Net()</c>; null: it is disposed of, somebody else has it, or it is no network.</summary>
    public static Diagnostic? Of(IObjectCreationOperation creation)
    {
        if (creation.Type is not INamedTypeSymbol type || !type.AsWritten().IsNetwork() || type.PrimaryConstructor() is { Parameters.Length: > 0 })
            return null;
        var made = Converted(creation);
        if (made.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
            return IsUsing(declarator) || !IsOnlyUsed(declarator) ? null : Say(creation, type, declarator.Symbol.Name);
        return IsReceiver(made) ? Say(creation, type, null) : null;
    }

    private static Diagnostic Say(IObjectCreationOperation creation, INamedTypeSymbol type, string? variable) => Diagnostic.Create(
        Descriptors.NeverDisposed, creation.Syntax.GetLocation(), variable is null
            ? $"This '{type.Name}' is never disposed of, and nobody can: put it into a variable with 'using var network = new {type.Name}()'."
            : $"'{variable}' is never disposed of: a network holds threads and memory. Write 'using var {variable}'.");

    /// <summary><c>using var</c>, or <c>using (…)</c>.</summary>
    private static bool IsUsing(IVariableDeclaratorOperation declarator) =>
        declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation;

    /// <summary>Whether the variable is nothing but asked for members, in the very method, and Dispose is none of them.</summary>
    private static bool IsOnlyUsed(IVariableDeclaratorOperation declarator)
    {
        IOperation body = declarator;
        while (body.Parent is { } parent)
            body = parent;
        return body.Descendants().OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol))
            .All(reference => IsReceiver(Converted(reference)) && !IsInFunction(reference, declarator));
    }

    /// <summary>Whether a member is called on it that keeps it for nobody.</summary>
    private static bool IsReceiver(IOperation operation) => operation.Parent switch
    {
        IInvocationOperation call => ReferenceEquals(call.Instance, operation)
            && call.TargetMethod.Name is not ("Dispose" or "DisposeNetwork" or "DisposeAsync"),
        // What is called as a member and is none: Fit and Evaluate. Those of others may keep it.
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } method } call } argument =>
            ReferenceEquals(call.Arguments[0], argument) && method.ContainingType.Is("Training"),
        IPropertyReferenceOperation property => ReferenceEquals(property.Instance, operation),
        _ => false,
    };

    /// <summary>What a lambda or a local function captures may live longer.</summary>
    private static bool IsInFunction(IOperation operation, IVariableDeclaratorOperation declarator)
    {
        var scope = Function(declarator);
        return !ReferenceEquals(Function(operation), scope);

        static IOperation? Function(IOperation? inner)
        {
            while (inner is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
                inner = inner.Parent;
            return inner;
        }
    }

    private static IOperation Converted(IOperation operation)
    {
        while (operation.Parent is IConversionOperation conversion)
            operation = conversion;
        return operation;
    }
}
