using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>Arrays and lists. Sets, dictionaries and the rest are no part of the language.</summary>
internal sealed partial class Interpreter
{
    private enum Sequence
    {
        Fixed,
        List,
    }

    /// <summary>Which types an array or a list can have; null: another type.</summary>
    private static Sequence? SequenceKind(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } => Sequence.Fixed,
        INamedTypeSymbol { IsGenericType: true } named when named.ContainingNamespace.ToDisplayString() is var space => (space, named.Name) switch
        {
            ("System.Collections.Generic", "List" or "IList" or "ICollection") => Sequence.List,
            ("System.Collections.Generic", "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection") => Sequence.Fixed,
            ("System", "Span" or "ReadOnlySpan") => Sequence.Fixed,
            _ => null,
        },
        _ => null,
    };

    private ArrayValue NewList(IObjectCreationOperation creation, IMethodSymbol constructor, Scope scope)
    {
        switch (Arguments(creation.Arguments, constructor, scope))
        {
            case [ArrayValue array]:
                Step(creation, array.Items.Count);
                return new ArrayValue([.. array.Items], region, isList: true);
            case [int capacity] when capacity < 0:
                throw Error(Descriptors.OutOfRange, $"A list cannot have a capacity of {capacity}.", creation.Syntax, isThrown: true);
            case [] or [int]:
                return new ArrayValue([], region, isList: true);
            default:
                throw Outside(creation, "this list");
        }
    }

    private object? ListMethod(ArrayValue list, IInvocationOperation invocation, Scope scope)
    {
        var arguments = Arguments(invocation.Arguments, invocation.TargetMethod, scope);
        switch (invocation.TargetMethod.Name, arguments)
        {
            case ("ToArray", []):
                Step(invocation, list.Items.Count);
                return new ArrayValue([.. list.Items], region);
            case ("Add", [var item]) when list.IsList:
                Change(list, invocation);
                list.Items.Add(item);
                return null;
            case ("Insert", [int index, var item]) when list.IsList && index >= 0 && index <= list.Items.Count:
                Change(list, invocation);
                Step(invocation, 1 + (list.Items.Count / 16));
                list.Items.Insert(index, item);
                return null;
            case ("AddRange", [ArrayValue items]) when list.IsList:
                Step(invocation, items.Items.Count);
                if (items.Items.Count > 0)
                    Change(list, invocation);
                list.Items.AddRange(items.Items.ToArray());
                return null;
            case ("RemoveAt", [int index]) when list.IsList && index >= 0 && index < list.Items.Count:
                Change(list, invocation);
                list.Items.RemoveAt(index);
                return null;
            case ("Clear", []) when list.IsList:
                Change(list, invocation);
                list.Items.Clear();
                return null;
            case ("Reverse", []) when list.IsList:
                Change(list, invocation);
                Step(invocation, 1 + (list.Items.Count / 16));
                list.Items.Reverse();
                return null;
            default:
                throw Error(
                    Descriptors.CallOutsideLanguage,
                    $"'{invocation.TargetMethod.Name}' of {(list.IsList ? "a list" : "an array")} is outside the language or cannot be done; Add, AddRange, Insert, RemoveAt, Clear, Reverse and ToArray of a list are in it.",
                    invocation.Syntax);
        }
    }

    private object? NewArray(IArrayCreationOperation creation, Scope scope)
    {
        if (creation.DimensionSizes.Length != 1)
            throw Outside(creation, "an array of several dimensions");
        var element = ((IArrayTypeSymbol)creation.Type!).ElementType;
        if (creation.Initializer is { } initializer)
            return new ArrayValue(initializer.ElementValues.Select(e => Evaluate(e, scope)).ToList(), region);
        var length = Evaluate(creation.DimensionSizes[0], scope) switch { int n => n, uint n => n, long n => n, _ => -1 };
        if (length < 0)
            throw Error(Descriptors.OutOfRange, $"An array cannot have {length} elements.", creation.DimensionSizes[0].Syntax, isThrown: true);
        Step(creation, length);
        var zero = Default(element, creation);
        return new ArrayValue(Enumerable.Repeat(zero, (int)length).ToList(), region);
    }

    private object? Collection(ICollectionExpressionOperation collection, Scope scope)
    {
        if (SequenceKind(collection.Type) is not { } kind || collection.Type is not { } type)
            throw Outside(collection, "a collection of this type");
        var target = type is IArrayTypeSymbol array ? array.ElementType : ((INamedTypeSymbol)type).TypeArguments[0];
        var items = new List<object?>();
        foreach (var element in collection.Elements)
        {
            if (element is ISpreadOperation spread)
                items.AddRange(Enumerated(Evaluate(spread.Operand, scope), spread.Operand).Select(i => ConvertTo(i, spread.ElementType, target, isChecked: true, spread)));
            else
                items.Add(Evaluate(element, scope));
            Step(collection, 1 + (items.Count / 16));
        }
        return new ArrayValue(items, region, kind == Sequence.List);
    }

    private object? Element(IArrayElementReferenceOperation reference, Scope scope)
    {
        if (reference.Indices.Length != 1)
            throw Outside(reference, "an array of several dimensions");
        var items = Items(Evaluate(reference.ArrayReference, scope), reference.ArrayReference);
        return items.Items[Index(reference.Indices[0], items.Items.Count, scope)];
    }

    private object? Indexed(IImplicitIndexerReferenceOperation reference, Scope scope)
    {
        var value = Evaluate(reference.Instance, scope);
        if (value is string text)
            return text[Index(reference.Argument, text.Length, scope)];
        var items = Items(value, reference.Instance);
        return items.Items[Index(reference.Argument, items.Items.Count, scope)];
    }

    /// <summary>The part of a tensor that an indexer takes.</summary>
    private object? Part(Value tensor, IPropertyReferenceOperation reference, Scope scope)
    {
        var written = reference.Arguments[0].Value;
        var elements = written is IArrayCreationOperation { Initializer.ElementValues: var values } ? values.Select(v => v.Syntax).ToArray() : [];
        var arguments = new Dictionary<string, object?> { ["x"] = tensor, ["at"] = Evaluate(written, scope) };
        var places = elements.Select((syntax, i) => (Name: Text.Invariant($"at{i}"), syntax)).ToDictionary(e => e.Name, e => e.syntax);
        return CallFunction("Slice", arguments, new CallSite(reference.Syntax, places));
    }

    private object RangeOf(IRangeOperation range, Scope scope)
    {
        if (range.IsLifted)
            throw Outside(range, "a range of numbers that may be null");
        AxisIndex Bound(IOperation? bound, AxisIndex otherwise) => bound is null ? otherwise : (AxisIndex)Evaluate(bound, scope)!;
        var from = Bound(range.LeftOperand, AxisIndex.Start);
        return new AxisRange(from, Bound(range.RightOperand, AxisIndex.End));
    }

    private int Index(IOperation index, int count, Scope scope)
    {
        var position = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat
            ? count - (long)(int)Evaluate(hat.Operand, scope)!
            : Evaluate(index, scope) switch
            {
                int i => i,
                uint i => i,
                long i => i,
                ulong i when i <= int.MaxValue => (long)i,
                AxisIndex i => i.In(count),
                _ => throw Outside(index, "this index"),
            };
        return position >= 0 && position < count ? (int)position : throw Outside(position, count, index);
    }

    private ReadException Outside(long index, int count, IOperation at) =>
        Error(Descriptors.OutOfRange, $"Index {index} is outside the {count} elements.", at.Syntax, isThrown: true);

    private ArrayValue Items(object? value, IOperation at) => value as ArrayValue
        ?? throw Error(Descriptors.NotConstant, $"'{at.Syntax}' is not an array that is known at compile time.", at.Syntax);

    /// <summary>What a foreach gives: the elements of an array as they are then, those of a list while nobody changes it, the characters of a text.</summary>
    private IEnumerable<object?> Enumerated(object? value, IOperation at)
    {
        if (value is string text)
        {
            foreach (var character in text)
                yield return character;
            yield break;
        }
        var array = Items(value, at);
        var version = array.Version;
        for (var i = 0; i < array.Items.Count; i++)
        {
            yield return array.Items[i];
            if (array.IsList && array.Version != version)
                throw Error(Descriptors.OutOfRange, $"'{at.Syntax}' is changed while a foreach runs over it.", at.Syntax, isThrown: true);
        }
    }
}
