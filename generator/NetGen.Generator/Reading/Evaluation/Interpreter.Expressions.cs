using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Reading.Evaluation;

internal sealed partial class Interpreter
{
    private object? Evaluate(IOperation operation, Scope scope)
    {
        Step(operation);
        EnsureStack(operation.Syntax);
        if (operation.ConstantValue is { HasValue: true } constant)
            return constant.Value;
        try
        {
            return EvaluateCore(operation, scope);
        }
        catch (Exception e) when (e is DivideByZeroException or OverflowException)
        {
            throw Error(Descriptors.NotConstant, $"'{operation.Syntax}' has no value: {e.Message}", operation.Syntax);
        }
    }

    private object? EvaluateCore(IOperation operation, Scope scope)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return Convert(conversion, scope);
            case IInvocationOperation invocation:
                return Call(invocation, scope);
            case IDelegateCreationOperation creation:
                return Evaluate(creation.Target, scope);
            case IAnonymousFunctionOperation function:
                return new Closure("lambda", function.Symbol.Parameters, function.Body, scope, new object(), function.Syntax);
            case IMethodReferenceOperation reference:
                return MethodGroup(reference, scope);
            case ILocalReferenceOperation local:
                return scope.TryGet(local.Local, out var value)
                    ? value
                    : throw Error(Descriptors.NotConstant, $"'{local.Local.Name}' has no value here.", local.Syntax);
            case IParameterReferenceOperation parameter:
                return Parameter(parameter, scope);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return scope.Self ?? throw Outside(operation, "'this' here");
            case IFieldReferenceOperation field:
                return Field(field, scope);
            case IPropertyReferenceOperation property:
                return Property(property, scope);
            case IArrayElementReferenceOperation element:
                return Element(element, scope);
            case IImplicitIndexerReferenceOperation indexer:
                var indexed = Items(Evaluate(indexer.Instance, scope), indexer.Instance);
                return indexed[Index(indexer.Argument, indexed.Count, scope)];
            case IBinaryOperation binary:
                return Binary(binary, scope);
            case IUnaryOperation unary:
                return Unary(unary, scope);
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return Evaluate(Condition(choice.Condition, scope) ? choice.WhenTrue : whenFalse, scope);
            case ICoalesceOperation coalesce:
                return Evaluate(coalesce.Value, scope) ?? Evaluate(coalesce.WhenNull, scope);
            case ISwitchExpressionOperation choice:
                return SwitchExpression(choice, scope);
            case IIsPatternOperation pattern:
                return Matches(pattern.Pattern, Evaluate(pattern.Value, scope), scope);
            case ITupleOperation tuple:
                return new TupleValue(tuple.Elements.Select(e => Evaluate(e, scope)).ToArray());
            case IArrayCreationOperation array:
                return NewArray(array, scope);
            case ICollectionExpressionOperation collection:
                return Collection(collection, scope);
            case IObjectCreationOperation creation:
                return New(creation, scope);
            case IDefaultValueOperation @default:
                return Default(@default.Type, @default);
            case IInterpolatedStringOperation text:
                return string.Concat(text.Parts.Select(p => Part(p, scope)));
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                return Assign(assignment.Target, Evaluate(assignment.Value, scope), scope);
            case ICompoundAssignmentOperation assignment:
                return CompoundAssign(assignment, scope);
            case ICoalesceAssignmentOperation assignment:
                return Evaluate(assignment.Target, scope) ?? Assign(assignment.Target, Evaluate(assignment.Value, scope), scope);
            case IIncrementOrDecrementOperation increment:
                return Increment(increment, scope);
            case IDeconstructionAssignmentOperation deconstruction:
                return Assign(deconstruction.Target, Evaluate(deconstruction.Value, scope), scope);
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand, scope);
            case IThrowOperation thrown:
                throw Thrown(thrown, scope);
            case IInvalidOperation:
                throw new BrokenCodeException();
            default:
                throw operation.Type is IErrorTypeSymbol ? new BrokenCodeException() : Outside(operation, Describe(operation));
        }
    }

    private object? Parameter(IParameterReferenceOperation reference, Scope scope)
    {
        if (scope.TryGet(reference.Parameter, out var value))
            return value;
        if (scope.Self is { } self && self.Arguments.TryGetValue(reference.Parameter.OriginalDefinition, out value))
            return value;
        throw Error(Descriptors.NotConstant, $"'{reference.Parameter.Name}' has no value here.", reference.Syntax);
    }

    private object? Field(IFieldReferenceOperation reference, Scope scope)
    {
        var field = reference.Field;
        if (field.ContainingType.IsTupleType)
        {
            var index = (field.CorrespondingTupleField ?? field).Name.Substring("Item".Length);
            return ((TupleValue)Evaluate(reference.Instance!, scope)!).Items[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture) - 1];
        }
        if (field.IsStatic)
            return Static(field.OriginalDefinition, reference.Syntax);
        return Evaluate(reference.Instance!, scope) is ObjectValue owner
            ? Member(owner, field.OriginalDefinition, reference.Syntax)
            : throw Error(Descriptors.NotConstant, $"'{reference.Syntax}' is not a compile-time constant.", reference.Syntax);
    }

    private object? Property(IPropertyReferenceOperation reference, Scope scope)
    {
        var property = reference.Property;
        var owner = property.ContainingType;
        if (owner.Is("Init"))
            return StaticInit(property.Name);
        if (owner.Is("Padding"))
            return new PaddingModel(property.Name);
        if (property.IsStatic)
        {
            return property.OriginalDefinition.GetMethod is { } getter && GetterBody(property) is not null
                ? Invoke(UserMethod(getter, null, reference.Syntax)!, [], new CallSite(reference.Syntax))
                : Static(property.OriginalDefinition, reference.Syntax);
        }
        var instance = Evaluate(reference.Instance!, scope);
        switch (instance, property.Name)
        {
            case (Value tensor, "Shape"):
                return new ArrayValue(tensor.Type.Dims.Select(d => (object?)d).ToList());
            case (Value tensor, "Rank"):
                return tensor.Type.Rank;
            case (int[] size, "Height"):
                return size[0];
            case (int[] size, "Width"):
                return size[1];
            case (string text, "Length"):
                return text.Length;
            case (ArrayValue array, "Length" or "Count"):
                return array.Items.Count;
            case (ArrayValue array, "this[]"):
                return array.Items[Index(reference.Arguments[0].Value, array.Items.Count, scope)];
            case (var value, "HasValue") when IsNullable(owner):
                return value is not null;
            case (not null, "Value") when IsNullable(owner):
                return instance;
            case (ObjectValue self, _):
                return ObjectProperty(self, property.OriginalDefinition, reference);
            default:
                throw Error(Descriptors.NotConstant, $"'{reference.Syntax}' is not a compile-time constant.", reference.Syntax);
        }
    }

    private object? ObjectProperty(ObjectValue self, IPropertySymbol property, IPropertyReferenceOperation reference)
    {
        // A positional record's property has its constructor's parameter as its declaration.
        var parameter = self.Arguments.Keys.FirstOrDefault(p => p.Name == property.Name);
        if (parameter is not null && self.Type.IsRecord && GetterBody(property) is null)
            return self.Arguments[parameter];
        if (GetterBody(property) is null)
            return Member(self, property, reference.Syntax);
        if (property.IsIndexer || property.GetMethod is null)
            throw Outside(reference, "an indexer of your own");
        return Invoke(UserMethod(property.GetMethod, self, reference.Syntax)!, [], new CallSite(reference.Syntax));
    }

    private static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private object? Element(IArrayElementReferenceOperation reference, Scope scope)
    {
        if (reference.Indices.Length != 1)
            throw Outside(reference, "an array of several dimensions");
        var items = Items(Evaluate(reference.ArrayReference, scope), reference.ArrayReference);
        return items[Index(reference.Indices[0], items.Count, scope)];
    }

    private int Index(IOperation index, int count, Scope scope)
    {
        while (index is IConversionOperation { OperatorMethod: null, Type.SpecialType: not SpecialType.System_Int32 } conversion)
            index = conversion.Operand;
        var position = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat
            ? count - (int)Evaluate(hat.Operand, scope)!
            : Evaluate(index, scope) switch
            {
                int i => i,
                long i when i is >= int.MinValue and <= int.MaxValue => (int)i,
                _ => throw Outside(index, "this index"),
            };
        return position >= 0 && position < count
            ? position
            : throw Error(Descriptors.OutOfRange, $"Index {position} is outside the {count} elements.", index.Syntax);
    }

    private List<object?> Items(object? value, IOperation at) => value is ArrayValue array
        ? array.Items
        : throw Error(Descriptors.NotConstant, $"'{at.Syntax}' is not an array that is known at compile time.", at.Syntax);

    private object? Convert(IConversionOperation conversion, Scope scope)
    {
        if (!conversion.Conversion.Exists)
            throw new BrokenCodeException();
        var value = Evaluate(conversion.Operand, scope);
        if (conversion.OperatorMethod is { } method)
        {
            switch (value)
            {
                case null when conversion.Type is not null && (IsNullable(conversion.Type) || conversion.Type.IsReferenceType):
                    return null;
                case ParameterValue parameter when method.ContainingType.Is("Tensor"):
                    return Weight(parameter, conversion.Syntax);
                case int amount when method.ContainingType.Is("Padding"):
                    if (amount < 0)
                        throw Error(Descriptors.OutOfRange, $"'padding' must be at least 0; it is {amount}.", conversion.Syntax);
                    return amount == 0 ? new PaddingModel("Valid") : new PaddingModel("Explicit", amount);
                case int size when method.ContainingType.Is("Size2D"):
                    return new[] { size, size };
                case TupleValue { Items: [int height, int width] } when method.ContainingType.Is("Size2D"):
                    return new[] { height, width };
                default:
                    return UserMethod(method, null, conversion.Syntax) is { } closure
                        ? Invoke(closure, [value], new CallSite(conversion.Syntax))
                        : throw Outside(conversion, $"a conversion to {conversion.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
            }
        }
        if (value is null || conversion.Type is not { } type)
            return value;
        if (IsNullable(type))
            type = ((INamedTypeSymbol)type).TypeArguments[0];
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
            type = underlying;
        return type.SpecialType != SpecialType.System_Object && Arithmetic.TryConvert(value, type.SpecialType, conversion.IsChecked, out var number)
            ? number
            : value;
    }

    private object? Binary(IBinaryOperation binary, Scope scope)
    {
        if (binary.OperatorMethod is { } method && IsTensorType(method.ContainingType))
            return TensorOperator(method, [binary.LeftOperand, binary.RightOperand], binary, scope);
        // C# has no other operator of tensors and says so; TensorMisuse says what to write.
        if (binary.OperatorMethod is null && (IsTensorType(binary.LeftOperand.Type) || IsTensorType(binary.RightOperand.Type)))
            throw new BrokenCodeException();
        var left = Evaluate(binary.LeftOperand, scope);
        if ((binary.OperatorKind, left) is (BinaryOperatorKind.ConditionalAnd, false) or (BinaryOperatorKind.ConditionalOr, true))
            return left;
        var right = Evaluate(binary.RightOperand, scope);
        if (left is Value or ParameterValue && right is Value or ParameterValue)
            throw Error(Descriptors.TensorAsNumber, TensorMisuse.Choice, binary.Syntax);
        if (binary.OperatorMethod is { } own && UserMethod(own, null, binary.Syntax) is { } closure)
            return Invoke(closure, [left, right], new CallSite(binary.Syntax));
        // Lifted: an operator of nullable numbers.
        if (binary.IsLifted && (left is null || right is null)
            && binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
            return binary.Type?.SpecialType == SpecialType.System_Boolean ? false : null;
        if (!Arithmetic.TryBinary(binary.OperatorKind, left, right, binary.IsChecked, out var result))
            throw Outside(binary, "this operator");
        if (result is string { Length: > 4096 })
            throw Error(Descriptors.OutOfRange, "The text is longer than 4096 characters.", binary.Syntax);
        return result;
    }

    private object? Unary(IUnaryOperation unary, Scope scope)
    {
        if (unary.OperatorMethod is { } method && IsTensorType(method.ContainingType))
            return TensorOperator(method, [unary.Operand], unary, scope);
        var value = Evaluate(unary.Operand, scope);
        if (value is null && unary.IsLifted)
            return null;
        return Arithmetic.TryUnary(unary.OperatorKind, value, unary.IsChecked, out var result) ? result : throw Outside(unary, "this operator");
    }

    private object? SwitchExpression(ISwitchExpressionOperation choice, Scope scope)
    {
        var value = Evaluate(choice.Value, scope);
        foreach (var arm in choice.Arms)
        {
            var inner = scope.Nested();
            if (Matches(arm.Pattern, value, inner) && (arm.Guard is null || Condition(arm.Guard, inner)))
                return Evaluate(arm.Value, inner);
        }
        throw Error(Descriptors.OutOfRange, $"No arm of the switch matches {Arithmetic.Display(value)}.", choice.Syntax);
    }

    private bool Matches(IPatternOperation pattern, object? value, Scope scope)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return true;
            case IRelationalPatternOperation or IConstantPatternOperation { Value.ConstantValue.Value: not null } when value is Value:
                throw new BrokenCodeException();
            case IConstantPatternOperation constant:
                return Equals(Evaluate(constant.Value, scope), value);
            case IRelationalPatternOperation relational:
                var bound = Evaluate(relational.Value, scope);
                return Arithmetic.TryBinary(relational.OperatorKind, value, bound, isChecked: false, out var holds) && (bool)holds!;
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, value, scope);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Matches(both.LeftPattern, value, scope) && Matches(both.RightPattern, value, scope);
            case IBinaryPatternOperation either:
                return Matches(either.LeftPattern, value, scope) || Matches(either.RightPattern, value, scope);
            case IDeclarationPatternOperation { MatchesNull: true } or IDeclarationPatternOperation { MatchedType: null }:
                Bind(((IDeclarationPatternOperation)pattern).DeclaredSymbol, value, scope);
                return true;
            case IDeclarationPatternOperation declaration
                when SymbolEqualityComparer.Default.Equals(declaration.MatchedType, declaration.NarrowedType)
                && SymbolEqualityComparer.Default.Equals(StripNullable(declaration.InputType), declaration.MatchedType):
                if (value is null)
                    return false;
                Bind(declaration.DeclaredSymbol, value, scope);
                return true;
            case IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true } tuple
                when value is TupleValue items && items.Items.Length == tuple.DeconstructionSubpatterns.Length:
                Bind(tuple.DeclaredSymbol, value, scope);
                return tuple.DeconstructionSubpatterns.Zip(items.Items, (p, i) => Matches(p, i, scope)).All(m => m);
            case IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } any:
                if (value is null)
                    return false;
                Bind(any.DeclaredSymbol, value, scope);
                return true;
            default:
                throw Outside(pattern, "this pattern");
        }
    }

    private static ITypeSymbol StripNullable(ITypeSymbol type) => IsNullable(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    private static void Bind(ISymbol? symbol, object? value, Scope scope)
    {
        if (symbol is not null)
            scope.Declare(symbol, value);
    }

    private object? NewArray(IArrayCreationOperation creation, Scope scope)
    {
        if (creation.DimensionSizes.Length != 1)
            throw Outside(creation, "an array of several dimensions");
        if (creation.Initializer is { } initializer)
            return new ArrayValue(initializer.ElementValues.Select(e => Evaluate(e, scope)).ToList());
        var length = Evaluate(creation.DimensionSizes[0], scope) switch { int n => n, long n => n, _ => -1 };
        if (length < 0)
            throw Error(Descriptors.OutOfRange, $"An array cannot have {length} elements.", creation.DimensionSizes[0].Syntax);
        Step(creation, (int)Math.Min(length, Budget));
        var element = ((IArrayTypeSymbol)creation.Type!).ElementType;
        return new ArrayValue(Enumerable.Range(0, (int)length).Select(_ => Default(element, creation)).ToList());
    }

    private object? Collection(ICollectionExpressionOperation collection, Scope scope)
    {
        if (!(collection.Type is IArrayTypeSymbol or INamedTypeSymbol { IsGenericType: true }))
            throw Outside(collection, "a collection of this type");
        var items = new List<object?>();
        foreach (var element in collection.Elements)
        {
            if (element is ISpreadOperation spread)
                items.AddRange(Items(Evaluate(spread.Operand, scope), spread.Operand));
            else
                items.Add(Evaluate(element, scope));
            Step(collection, 1 + (items.Count / 16));
        }
        return new ArrayValue(items);
    }

    private object? Default(ITypeSymbol? type, IOperation at) => type switch
    {
        { IsReferenceType: true } => null,
        not null when IsNullable(type) => null,
        not null when type.Is("Padding") => new PaddingModel("Valid"),
        not null when type.Is("Size2D") => new[] { 0, 0 },
        { SpecialType: SpecialType.System_Boolean } => false,
        INamedTypeSymbol { IsTupleType: true } tuple => new TupleValue(tuple.TupleElements.Select(e => Default(e.Type, at)).ToArray()),
        INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => Default(underlying, at),
        not null when Arithmetic.TryConvert(0, type.SpecialType, isChecked: false, out var zero) => zero,
        _ => throw Outside(at, "a default value of this type"),
    };

    private string Part(IInterpolatedStringContentOperation part, Scope scope) => part switch
    {
        IInterpolatedStringTextOperation text => Arithmetic.Display(Evaluate(text.Text, scope)),
        IInterpolationOperation { Alignment: null, FormatString: null } hole => Arithmetic.Display(Evaluate(hole.Expression, scope)),
        _ => throw Outside(part, "a format in an interpolated string"),
    };

    private object? Assign(IOperation target, object? value, Scope scope)
    {
        switch (target)
        {
            case ILocalReferenceOperation { IsDeclaration: true } local:
                scope.Declare(local.Local, value);
                return value;
            case ILocalReferenceOperation local when scope.TrySet(local.Local, value):
            case IParameterReferenceOperation parameter when scope.TrySet(parameter.Parameter, value):
            case IDiscardOperation:
                return value;
            case IDeclarationExpressionOperation declaration:
                return Assign(declaration.Expression, value, scope);
            case ITupleOperation tuple when value is TupleValue items && items.Items.Length == tuple.Elements.Length:
                for (var i = 0; i < items.Items.Length; i++)
                    Assign(tuple.Elements[i], items.Items[i], scope);
                return value;
            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                var items2 = Items(Evaluate(element.ArrayReference, scope), element.ArrayReference);
                return items2[Index(element.Indices[0], items2.Count, scope)] = value;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } indexer
                when Evaluate(instance, scope) is ArrayValue array:
                return array.Items[Index(indexer.Arguments[0].Value, array.Items.Count, scope)] = value;
            case IFieldReferenceOperation { Field.ContainingType.IsTupleType: false } or IPropertyReferenceOperation:
                throw Outside(target, "an assignment to a field or property: a network has no state but its weights");
            default:
                throw Outside(target, "this assignment");
        }
    }

    private object? CompoundAssign(ICompoundAssignmentOperation assignment, Scope scope)
    {
        var left = Evaluate(assignment.Target, scope);
        if (assignment.OperatorMethod is { } method && IsTensorType(method.ContainingType))
        {
            var added = Evaluate(assignment.Value, scope);
            var sum = TensorOperator(
                method,
                [AsTensorOperand(left, assignment.Target.Syntax), AsTensorOperand(added, assignment.Value.Syntax)],
                assignment.Syntax);
            return Assign(assignment.Target, sum, scope);
        }
        if (assignment.OperatorMethod is not null)
            throw Outside(assignment, "this operator");
        var right = Evaluate(assignment.Value, scope);
        if (assignment.OperatorKind is not (BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift)
            && right is not (null or string) && left is not (null or string or bool)
            && assignment.Value.Type is { } type && Arithmetic.TryConvert(left, type.SpecialType, assignment.IsChecked, out var widened))
        {
            left = widened;
        }
        if (!Arithmetic.TryBinary(assignment.OperatorKind, left, right, assignment.IsChecked, out var result))
            throw Outside(assignment, "this operator");
        if (assignment.Target.Type is { } target && Arithmetic.TryConvert(result, target.SpecialType, assignment.IsChecked, out var narrowed))
            result = narrowed;
        if (result is string { Length: > 4096 })
            throw Error(Descriptors.OutOfRange, "The text is longer than 4096 characters.", assignment.Syntax);
        return Assign(assignment.Target, result, scope);
    }

    private object? Increment(IIncrementOrDecrementOperation increment, Scope scope)
    {
        var before = Evaluate(increment.Target, scope);
        var kind = increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        if (increment.Target.Type is not { } type
            || !Arithmetic.TryConvert(1, type.SpecialType, isChecked: false, out var one)
            || !Arithmetic.TryBinary(kind, before, one, increment.IsChecked, out var after))
        {
            throw Outside(increment, "this operator");
        }
        Assign(increment.Target, after, scope);
        return increment.IsPostfix ? before : after;
    }

    /// <summary>What the user wrote, in his words: "an await", "a using statement".</summary>
    private static string Describe(IOperation operation) => operation.Kind switch
    {
        OperationKind.Await => "an await",
        OperationKind.Try => "a try statement",
        OperationKind.Using or OperationKind.UsingDeclaration => "a using statement",
        OperationKind.Lock => "a lock statement",
        OperationKind.YieldReturn or OperationKind.YieldBreak => "an iterator",
        OperationKind.Branch or OperationKind.Labeled => "a goto",
        OperationKind.DynamicInvocation or OperationKind.DynamicMemberReference or OperationKind.DynamicIndexerAccess => "dynamic",
        OperationKind.TypeOf => "typeof",
        OperationKind.IsType => "a type test",
        OperationKind.AnonymousObjectCreation => "an anonymous object",
        OperationKind.With => "a with expression",
        OperationKind.ConditionalAccess => "a conditional access",
        OperationKind.EventReference or OperationKind.EventAssignment => "an event",
        _ => "this",
    };
}
