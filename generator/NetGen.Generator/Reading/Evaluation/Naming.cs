using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// Names layers after where they are held, as PyTorch does: fields by name, elements by position, what a closure captures by the variable's name.
/// A layer held in two places has the name of the first.
/// </summary>
internal sealed class Naming
{
    private readonly HashSet<object> seen = [];
    private int ordinal;

    public void Name(object? value, string path)
    {
        if (value is null || !(value is Callable or ParameterValue or ArrayValue or TupleValue or ObjectValue) || !seen.Add(value))
            return;
        switch (value)
        {
            case ParameterValue parameter:
                parameter.Path = path;
                parameter.Ordinal = ordinal++;
                break;
            case Callable callable:
                callable.Path = path;
                if (callable is RegistryLayer layer)
                    layer.Ordinal = ordinal++;
                break;
        }
        foreach (var (part, name) in Parts(value))
            Name(part, name.Length == 0 ? path : path + "." + name);
    }

    /// <summary>All layers and parameters with weights of their own inside a value, networks included.</summary>
    public static IEnumerable<object> Leaves(object? value) => Leaves(value, []);

    private static IEnumerable<object> Leaves(object? value, HashSet<object> seen)
    {
        if (value is null or Graph.Value || !seen.Add(value))
            return [];
        return value is RegistryLayer or ParameterValue ? [value] : Parts(value).SelectMany(p => Leaves(p.Value, seen));
    }

    private static IEnumerable<(object? Value, string Name)> Parts(object value) => value switch
    {
        SequentialLayer sequential => Numbered(sequential.Layers),
        ArrayValue array => Numbered(array.Items),
        TupleValue tuple => Numbered(tuple.Items),
        ObjectValue instance => Interpreter.LayerMembers(instance.Type)
            .Where(instance.Members.ContainsKey).Select(m => (instance.Members[m], m.Name))
            .Concat(instance.Arguments.Select(a => (a.Value, a.Key.Name))),
        Closure closure => Captured(closure),
        _ => [],
    };

    private static IEnumerable<(object? Value, string Name)> Numbered(IEnumerable<object?> items) =>
        items.Select((item, i) => (item, i.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The variables of surrounding functions that a closure reads, in the order in which they are declared.</summary>
    private static IEnumerable<(object? Value, string Name)> Captured(Closure closure)
    {
        if (closure.Receiver is { } receiver)
            return [(receiver, "")];
        var captured = new List<(object? Value, ISymbol Symbol)>();
        var symbols = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in closure.Body.DescendantsAndSelf())
        {
            ISymbol? symbol = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function } => function,
                IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } => function,
                _ => null,
            };
            // What the closure declares itself is not in the scope that it captured.
            if (symbol is not null && symbols.Add(symbol.OriginalDefinition) && closure.Scope.TryGet(symbol, out var value))
                captured.Add((value, symbol));
        }
        return captured.OrderBy(c => c.Symbol.Locations[0].SourceSpan.Start).Select(c => (c.Value, c.Symbol.Name));
    }
}
