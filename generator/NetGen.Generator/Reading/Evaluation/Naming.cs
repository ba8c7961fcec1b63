using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// Names layers after where they are held, as PyTorch does: fields by name, elements by position, what a closure captures by the variable's name.
/// A layer held in two places has the name of the first.
/// </summary>
internal sealed class Naming(Budget budget)
{
    /// <summary>Kernels are called after layers, and .NET's names end at 1023 bytes.</summary>
    private const int LongestName = 300;

    private readonly HashSet<object> seen = [];
    private int ordinal;

    /// <param name="value">What a field holds, or a part of it.</param>
    /// <param name="path">Its name.</param>
    /// <param name="place">Where it was made, as far as that is known.</param>
    public void Name(object? value, string path, SyntaxNode place)
    {
        if (!MayHoldLayers(value) || !seen.Add(value!))
            return;
        switch (value)
        {
            case ParameterValue parameter:
                parameter.Path = path;
                parameter.Ordinal = ordinal++;
                break;
            case Callable callable:
                callable.Path = path;
                place = callable.Syntax;
                if (callable is RegistryLayer layer)
                    layer.Ordinal = ordinal++;
                break;
        }
        if (path.Length > LongestName)
        {
            throw new ReadException(
                Descriptors.NameTooLong,
                $"This layer's name would have more than {LongestName} characters: '{path.Substring(0, 40)}…'. Names are those of fields, positions and captured variables.",
                place);
        }
        budget.Spend(place, 1 + (path.Length / Budget.Bulk));
        budget.Enter(place);
        foreach (var (part, name) in Parts(value!, place))
            Name(part, name.Length == 0 ? path : path + "." + name, place);
        budget.Leave();
    }

    /// <summary>The fields and properties marked [Frozen] of a network and of those inside it, with what they hold; null: nothing that is read.</summary>
    public IReadOnlyList<(ISymbol Member, object? Value)> Frozen(object? value, SyntaxNode place)
    {
        var frozen = new List<(ISymbol Member, object? Value)>();
        AddFrozen(value, place, frozen);
        return frozen;
    }

    private void AddFrozen(object? value, SyntaxNode place, List<(ISymbol Member, object? Value)> frozen)
    {
        if (!MayHoldLayers(value) || !seen.Add(value!))
            return;
        if (value is ObjectValue instance)
        {
            for (var type = instance.Type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
            {
                frozen.AddRange(type.GetMembers().Where(m => m.Attribute("FrozenAttribute") is not null)
                    .Select(m => (m, instance.Members.TryGetValue(m, out var held) ? held : null)));
            }
        }
        budget.Spend(place, 1);
        budget.Enter(place);
        foreach (var (part, _) in Parts(value!, place))
            AddFrozen(part, place, frozen);
        budget.Leave();
    }

    /// <summary>All layers and parameters with weights of their own inside a value, networks included.</summary>
    public IReadOnlyList<object> Leaves(object? value, SyntaxNode place)
    {
        var leaves = new List<object>();
        AddLeaves(value, place, leaves);
        return leaves;
    }

    private void AddLeaves(object? value, SyntaxNode place, List<object> leaves)
    {
        if (!MayHoldLayers(value) || !seen.Add(value!))
            return;
        if (value is RegistryLayer or ParameterValue)
        {
            leaves.Add(value);
            return;
        }
        budget.Spend(place, 1);
        budget.Enter(place);
        foreach (var (part, _) in Parts(value!, place))
            AddLeaves(part, place, leaves);
        budget.Leave();
    }

    private static bool MayHoldLayers(object? value) => value is Callable or ParameterValue or ArrayValue or TupleValue or ObjectValue;

    private IEnumerable<(object? Value, string Name)> Parts(object value, SyntaxNode place) => value switch
    {
        SequentialLayer sequential => Numbered(sequential.Layers, place),
        ArrayValue array => Numbered(array.Items, place),
        TupleValue tuple => Numbered(tuple.Items, place),
        ObjectValue instance => Interpreter.LayerMembers(instance.Type)
            .Where(instance.Members.ContainsKey).Select(m => (instance.Members[m], m.Name))
            .Concat(instance.Arguments.Select(a => (a.Value, a.Key.Name))),
        Closure closure => Captured(closure),
        _ => [],
    };

    private IEnumerable<(object? Value, string Name)> Numbered(IReadOnlyCollection<object?> items, SyntaxNode place)
    {
        budget.Spend(place, items.Count);
        return items.Select((item, i) => (item, i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>The variables of surrounding functions that a closure reads, in the order in which they are declared.</summary>
    private IEnumerable<(object? Value, string Name)> Captured(Closure closure)
    {
        if (closure.Receiver is { } receiver)
            return [(receiver, "")];
        var captured = new List<(object? Value, ISymbol Symbol)>();
        var symbols = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in closure.Body.DescendantsAndSelf())
        {
            budget.Spend(closure.Syntax, 1);
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
