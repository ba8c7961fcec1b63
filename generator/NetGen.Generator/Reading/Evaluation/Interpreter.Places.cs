using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>Assignments. As in C#, the operands of a target are evaluated once, from left to right, and before the value.</summary>
internal sealed partial class Interpreter
{
    /// <summary>How often an array, a list, a variable or an object was changed.</summary>
    private int changes;

    /// <summary>What can be read and assigned, with its operands evaluated.</summary>
    private readonly record struct Location(Func<object?> Get, Action<object?> Set);

    private object? Assign(ISimpleAssignmentOperation assignment, Scope scope)
    {
        var place = Place(assignment.Target, scope);
        var value = Evaluate(assignment.Value, scope);
        place.Set(value);
        return value;
    }

    private object? CoalesceAssign(ICoalesceAssignmentOperation assignment, Scope scope)
    {
        var place = Place(assignment.Target, scope);
        if (place.Get() is { } known)
            return known;
        var value = Evaluate(assignment.Value, scope);
        place.Set(value);
        return value;
    }

    /// <summary>(x, y) = value: first the targets, then the value, then the assignments from left to right.</summary>
    private object? Deconstruct(IDeconstructionAssignmentOperation assignment, Scope scope)
    {
        var place = Place(assignment.Target, scope, assignment.Value.Type);
        var value = Evaluate(assignment.Value, scope);
        place.Set(value);
        return value;
    }

    /// <param name="from">What is deconstructed into the target; its parts are converted to those of the target.</param>
    private Location Place(IOperation target, Scope scope, ITypeSymbol? from = null)
    {
        Step(target);
        switch (target)
        {
            case ILocalReferenceOperation { IsDeclaration: true } local:
                return new Location(() => null, value => scope.Declare(local.Local, value));
            case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }:
                return Variable(local, target, scope);
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter }:
                return Variable(parameter, target, scope);
            case IDiscardOperation:
                return new Location(() => null, _ => { });
            case IDeclarationExpressionOperation declaration:
                return Place(declaration.Expression, scope, from);
            case ITupleOperation tuple:
                return Places(tuple, from, scope);
            case IArrayElementReferenceOperation { Indices: [var index] } element:
                return ElementPlace(Items(Evaluate(element.ArrayReference, scope), element.ArrayReference), index, target, scope);
            case IImplicitIndexerReferenceOperation indexer:
                return ElementPlace(Items(Evaluate(indexer.Instance, scope), indexer.Instance), indexer.Argument, target, scope);
            case IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.DeclaringSyntaxReferences.IsEmpty: true }, Instance: { } instance } indexer
                when indexer.Arguments.Length == 1:
                return ElementPlace(Items(Evaluate(instance, scope), instance), indexer.Arguments[0].Value, target, scope);
            case IFieldReferenceOperation { Field.IsStatic: true } field:
                return StaticPlace(field.Field, target, scope);
            case IPropertyReferenceOperation { Property.IsStatic: true } property:
                return StaticPlace(property.Property, target, scope);
            case IFieldReferenceOperation { Field.ContainingType.IsTupleType: false, Instance: { } instance } field:
                return MemberPlace(Evaluate(instance, scope), field.Field, target);
            case IPropertyReferenceOperation { Property.IsIndexer: false, Instance: { } instance } property:
                return MemberPlace(Evaluate(instance, scope), property.Property, target);
            default:
                throw Outside(target, "this assignment");
        }
    }

    private Location Variable(ISymbol symbol, IOperation at, Scope scope) => new(
        () => scope.TryGet(symbol, out var value) ? value : throw Error(Descriptors.NotConstant, $"'{symbol.Name}' has no value here.", at.Syntax),
        value =>
        {
            if (scope.Declaring(symbol) is not { } declaring)
                throw Outside(at, "this assignment");
            Change(declaring.Region, at);
            declaring.Declare(symbol, value);
        });

    private Location Places(ITupleOperation tuple, ITypeSymbol? from, Scope scope)
    {
        var types = from switch
        {
            INamedTypeSymbol { IsTupleType: true } type => type.TupleElements.Select(e => e.Type).ToArray(),
            INamedTypeSymbol { IsRecord: true } type => type.PrimaryConstructor()?.Parameters.Select(p => p.Type).ToArray(),
            _ => null,
        };
        if (types?.Length != tuple.Elements.Length)
            throw Outside(tuple, "this deconstruction");
        var places = tuple.Elements.Select((e, i) => Place(e, scope, types[i])).ToArray();
        return new Location(
            () => null,
            value =>
            {
                var items = value is TupleValue known ? known.Items : Deconstructed((ObjectValue)value!, places.Length, tuple);
                for (var i = 0; i < items.Length; i++)
                {
                    var element = tuple.Elements[i];
                    var isNested = element is ITupleOperation or IDeclarationExpressionOperation { Expression: ITupleOperation } or IDiscardOperation;
                    places[i].Set(isNested ? items[i] : ConvertTo(items[i], types[i], element.Type, isChecked: true, element));
                }
            });
    }

    /// <summary>The values of a record's parameters: what the Deconstruct that C# writes gives.</summary>
    private object?[] Deconstructed(ObjectValue record, int count, IOperation at)
    {
        if (Overriding(record.Type, "Deconstruct") is not null || record.Type.OriginalDefinition.PrimaryConstructor() is not { } constructor
            || constructor.Parameters.Length != count)
        {
            throw Outside(at, "this deconstruction");
        }
        return constructor.Parameters.Select(p =>
        {
            var property = record.Type.OriginalDefinition.GetMembers(p.Name).OfType<IPropertySymbol>().FirstOrDefault() ?? throw Outside(at, "this deconstruction");
            return ObjectProperty(record, property, [], isBase: false, at);
        }).ToArray();
    }

    private Location ElementPlace(ArrayValue array, IOperation index, IOperation at, Scope scope)
    {
        var position = Index(index, array.Items.Count, scope);
        return new Location(
            () => array.Items[Inside(position)],
            value =>
            {
                Change(array, at);
                array.Items[Inside(position)] = value;
            });

        // The value may have changed the list.
        int Inside(int i) => i < array.Items.Count ? i : throw Outside(i, array.Items.Count, index);
    }

    /// <summary>A member of an object is assigned by its constructor and its initializer alone.</summary>
    private Location MemberPlace(object? instance, ISymbol member, IOperation at)
    {
        if (instance is not ObjectValue { IsInConstruction: true } made)
            throw Outside(at, "an assignment to a field or property: a network has no state but its weights");
        if (member is IPropertySymbol property)
        {
            var setter = property.SetMethod is { } declared ? Implementation(declared, made.Type, at) : null;
            if (setter is not null && UserMethod(setter, made, at.Syntax) is { } closure)
            {
                return new Location(
                    () => ObjectProperty(made, property, [], isBase: false, at),
                    value => Invoke(closure, [value], new CallSite(at.Syntax)));
            }
            member = setter?.AssociatedSymbol ?? property;
        }
        var key = Key(member);
        return new Location(
            () => Stored(made, key, at),
            value =>
            {
                changes++;
                made.Members[key] = value;
            });
    }

    private Location StaticPlace(ISymbol member, IOperation at, Scope scope)
    {
        var type = member.ContainingType.OriginalDefinition;
        if (!runningStaticConstructors.Contains(type))
            throw Outside(at, "an assignment to a field or property: a network has no state but its weights");
        var key = Key(member);
        return new Location(
            () => staticFields.TryGetValue(key, out var value) ? value : Default(TypeOf(key), at),
            value => staticFields[key] = value);
    }

    private void Change(ArrayValue array, IOperation at)
    {
        Change(array.Region, at);
        array.Version++;
    }

    private void Change(Region? owner, IOperation at)
    {
        changes++;
        if (owner is { IsOpen: true })
            return;
        throw Error(
            Descriptors.OutlivesMethod,
            $"'{at.Syntax}' changes what was made elsewhere. NetGen reads each method and each initializer once, so it changes only what it made itself.",
            at.Syntax);
    }
}
