using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>Operators as C# defines them: of numbers, of enums, of texts, lifted to nullable ones, of the user's own.</summary>
internal sealed partial class Interpreter
{
    private object? Binary(IBinaryOperation binary, Scope scope)
    {
        if (binary.OperatorMethod is { } method && IsTensorType(method.ContainingType))
            return TensorOperator(method, [binary.LeftOperand, binary.RightOperand], binary, scope);
        var isNullTest = binary.LeftOperand.ConstantValue is { HasValue: true, Value: null } || binary.RightOperand.ConstantValue is { HasValue: true, Value: null };
        // C# has no other operator of tensors and says so; TensorMisuse says what to write.
        if (binary.OperatorMethod is null && !isNullTest && (IsTensorType(binary.LeftOperand.Type) || IsTensorType(binary.RightOperand.Type)))
            throw new BrokenCodeException();
        var left = Evaluate(binary.LeftOperand, scope);
        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
            return ShortCircuit(binary, left, scope);
        var right = Evaluate(binary.RightOperand, scope);
        if (left is Value or ParameterValue && right is Value or ParameterValue)
            throw Error(Descriptors.TensorAsNumber, TensorMisuse.Choice, binary.Syntax);
        return Operate(
            new Operator(binary.OperatorKind, binary.OperatorMethod, binary.Type, binary.IsLifted, binary.IsChecked, binary),
            left, binary.LeftOperand.Type, right, binary.RightOperand.Type);
    }

    /// <summary>x &amp;&amp; y, and for a user's operators T.false(x) ? x : x &amp; y; of || likewise.</summary>
    private object? ShortCircuit(IBinaryOperation binary, object? left, Scope scope)
    {
        var isAnd = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd;
        if (binary.OperatorMethod is not { } method)
            return left is bool known ? known == isAnd ? Evaluate(binary.RightOperand, scope) : left : throw Outside(binary, "this operator");
        var decides = method.ContainingType.GetMembers(isAnd ? "op_False" : "op_True").OfType<IMethodSymbol>().FirstOrDefault();
        if (decides is null || binary.IsLifted)
            throw Outside(binary, "this operator");
        return UserOperator(decides, binary, left) is true ? left : UserOperator(method, binary, left, Evaluate(binary.RightOperand, scope));
    }

    private object? Unary(IUnaryOperation unary, Scope scope)
    {
        if (unary.OperatorMethod is { } tensor && IsTensorType(tensor.ContainingType))
            return TensorOperator(tensor, [unary.Operand], unary, scope);
        var value = Evaluate(unary.Operand, scope);
        if (unary.OperatorKind == UnaryOperatorKind.Hat)
            return value is int place ? new AxisIndex(place, FromEnd: true) : throw Outside(unary, "this index");
        if (value is null && unary.IsLifted)
            return null;
        if (unary.OperatorMethod is { } method)
            return UserOperator(method, unary, value);
        var operand = value is EnumValue member ? member.Number : value;
        if (!Arithmetic.TryUnary(unary.OperatorKind, operand, unary.IsChecked, out var result))
            throw Outside(unary, "this operator");
        return value is EnumValue ? ToNumber(result, ValueType(unary.Type)!, isChecked: false, unary) : result;
    }

    /// <summary>An operator of two operands, as an expression or as a part of a compound assignment.</summary>
    private readonly record struct Operator(
        BinaryOperatorKind Kind, IMethodSymbol? Method, ITypeSymbol? Type, bool IsLifted, bool IsChecked, IOperation At);

    private object? Operate(Operator @operator, object? left, ITypeSymbol? leftType, object? right, ITypeSymbol? rightType)
    {
        var (kind, method, type, isLifted, isChecked, at) = @operator;
        var isEquality = kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals;
        if (isLifted && (left is null || right is null))
            return LiftedNull(kind, left, right);
        if (method is { IsImplicitlyDeclared: true, ContainingType.IsRecord: true } && isEquality)
            return (left is null || right is null ? left == right : AreEqualValues(left, right, at)) == (kind == BinaryOperatorKind.Equals);
        if (method is not null)
            return UserOperator(method, at, left, right);
        if (kind == BinaryOperatorKind.Add && type?.SpecialType == SpecialType.System_String)
            return Bounded(TextOf(left, at) + TextOf(right, at), at);
        if (isEquality && !IsComparedByValue(leftType, rightType))
            return AreSame(left, right, at) == (kind == BinaryOperatorKind.Equals);
        if (isEquality && (left is string or null || right is string or null))
            return Equals(left, right) == (kind == BinaryOperatorKind.Equals);
        var isEnum = left is EnumValue || right is EnumValue;
        if (!Arithmetic.TryBinary(kind, Number(left), Number(right), isChecked, out var result))
            throw Outside(at, "this operator");
        // The sum of an enum and a number is an enum, the difference of two enums is of the type below.
        return isEnum && result is not bool && ValueType(type) is { } resultType ? ToNumber(result, resultType, isChecked, at) : result;
    }

    private static object? Number(object? value) => value is EnumValue member ? member.Number : value;

    /// <summary>An operator of nullable operands of which one is null; and, or of bools know a result even then.</summary>
    private static object? LiftedNull(BinaryOperatorKind kind, object? left, object? right) => kind switch
    {
        BinaryOperatorKind.Equals => left is null && right is null,
        BinaryOperatorKind.NotEquals => !(left is null && right is null),
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => false,
        BinaryOperatorKind.And when left is false || right is false => false,
        BinaryOperatorKind.Or when left is true || right is true => true,
        _ => null,
    };

    private object? UserOperator(IMethodSymbol method, IOperation at, params object?[] operands)
    {
        if (!method.IsStatic || method.IsAbstract || method.IsVirtual || UserMethod(method, null, at.Syntax) is not { } closure)
            throw Outside(at, $"the operator of '{method.ContainingType.Name}'");
        RunStaticConstructor(method.ContainingType, at.Syntax);
        return Invoke(closure, operands, new CallSite(at.Syntax));
    }

    private static bool IsComparedByValue(ITypeSymbol? left, ITypeSymbol? right)
    {
        var type = ValueType(left) ?? ValueType(right);
        return type is { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String };
    }

    /// <summary>Equality of references. That of two delegates, tensors or boxes is not known here.</summary>
    private bool AreSame(object? left, object? right, IOperation at)
    {
        if (left is null || right is null)
            return left is null && right is null;
        var isKnown = (left, right) switch
        {
            (ArrayValue { Items.Count: 0, IsList: false }, ArrayValue { Items.Count: 0, IsList: false }) => ReferenceEquals(left, right),
            (ArrayValue or ObjectValue { Type.IsReferenceType: true }, ArrayValue or ObjectValue { Type.IsReferenceType: true }) => true,
            (Callable or ParameterValue, Callable or ParameterValue) => ReferenceEquals(left, right),
            _ => false,
        };
        return isKnown ? ReferenceEquals(left, right) : throw Outside(at, "a comparison of these references");
    }

    /// <summary>EqualityComparer.Default: numbers and texts by value, records member by member, other objects by reference.</summary>
    private bool AreEqualValues(object? left, object? right, IOperation at)
    {
        Step(at);
        EnsureStack(at.Syntax);
        switch (left, right)
        {
            case (null, _) or (_, null):
                return left is null && right is null;
            case (TupleValue l, TupleValue r):
                return l.Items.Length == r.Items.Length && l.Items.Zip(r.Items, (a, b) => AreEqualValues(a, b, at)).All(e => e);
            case (ObjectValue l, ObjectValue r) when l.Type.IsRecord:
                return AreEqualRecords(l, r, at);
            case (ObjectValue { Type: { IsReferenceType: true } type }, _) when Overriding(type, "Equals") is null:
            case (ArrayValue or Callable or ParameterValue, _):
                return AreSame(left, right, at);
            case (string or bool or EnumValue, _):
            case var _ when Arithmetic.IsNumber(left):
                return left.Equals(right);
            default:
                throw Outside(at, "a comparison of these values");
        }
    }

    private bool AreEqualRecords(ObjectValue left, ObjectValue right, IOperation at)
    {
        if (Overriding(left.Type, "Equals") is not null || Overriding(left.Type, "EqualityContract") is not null)
            throw Outside(at, $"the equality of '{left.Type.Name}'");
        if (!SymbolEqualityComparer.Default.Equals(left.Type, right.Type))
            return false;
        return Fields(left.Type).All(field => AreEqualValues(Stored(left, field, at), Stored(right, field, at), at));
    }

    /// <summary>The user's own member of that name in the class or one of its bases.</summary>
    private static ISymbol? Overriding(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).FirstOrDefault(m => !m.IsImplicitlyDeclared && m.DeclaringSyntaxReferences.Length > 0) is { } member)
                return member;
        }
        return null;
    }

    /// <summary>Tuples are equal where their elements are; each pair is compared with the operator of its types.</summary>
    private object? TupleBinary(ITupleBinaryOperation binary, Scope scope)
    {
        var left = Evaluate(binary.LeftOperand, scope);
        var right = Evaluate(binary.RightOperand, scope);
        return Compare(left, right) == (binary.OperatorKind == BinaryOperatorKind.Equals);

        bool Compare(object? l, object? r) => (l, r) switch
        {
            (null, _) or (_, null) => l is null && r is null,
            (TupleValue a, TupleValue b) => a.Items.Zip(b.Items, Compare).All(e => e),
            (string a, string b) => a == b,
            (EnumValue a, EnumValue b) => a.Equals(b),
            _ when l.GetType() == r.GetType() && Arithmetic.TryBinary(BinaryOperatorKind.Equals, l, r, false, out var equal) => (bool)equal!,
            _ => throw Outside(binary, "a comparison of these tuples"),
        };
    }

    private object? Increment(IIncrementOrDecrementOperation increment, Scope scope)
    {
        var place = Place(increment.Target, scope);
        var before = place.Get();
        var after = before;
        if (increment.OperatorMethod is { } method)
        {
            after = increment.IsLifted && before is null ? null : UserOperator(method, increment, before);
        }
        else if (before is not null)
        {
            var kind = increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
            var number = Arithmetic.Promote(Number(before));
            if (!Arithmetic.TryConvert(1, SpecialTypeOf(number), isChecked: false, out var one)
                || !Arithmetic.TryBinary(kind, number, one, increment.IsChecked, out var sum))
            {
                throw Outside(increment, "this operator");
            }
            after = ToNumber(sum, ValueType(increment.Target.Type)!, increment.IsChecked, increment);
        }
        place.Set(after);
        return increment.IsPostfix ? before : after;
    }

    private object? CompoundAssign(ICompoundAssignmentOperation assignment, Scope scope)
    {
        var place = Place(assignment.Target, scope);
        var left = place.Get();
        var right = Evaluate(assignment.Value, scope);
        var method = assignment.OperatorMethod;
        object? result;
        if (method is not null && IsTensorType(method.ContainingType))
        {
            result = TensorOperator(
                method,
                [AsTensorOperand(left, assignment.Target.Syntax), AsTensorOperand(right, assignment.Value.Syntax)],
                assignment.Syntax);
        }
        else
        {
            var targetType = assignment.Target.Type;
            // A shift is never checked, what it is narrowed by is.
            var isChecked = IsCheckedContext(assignment.Syntax);
            var rightType = assignment.Value.Type;
            var isShift = Arithmetic.IsShift(assignment.OperatorKind);
            var isNumeric = IsNumeric(ValueType(targetType)) && IsNumeric(ValueType(rightType));
            if (method is not null)
                left = ConvertTo(left, targetType, method.Parameters[0].Type, isChecked, assignment);
            else if (isNumeric && !isShift && left is not null)
                left = ToNumber(left, ValueType(rightType)!, isChecked, assignment);
            var type = method?.ReturnType ?? (isNumeric ? null : targetType);
            result = Operate(
                new Operator(assignment.OperatorKind, method, type, assignment.IsLifted, assignment.IsChecked, assignment),
                left, isNumeric && !isShift ? rightType : targetType, right, rightType);
            if (result is not null && isNumeric && method is null)
                result = ToNumber(result, ValueType(targetType)!, isChecked, assignment);
            else if (method is not null)
                result = ConvertTo(result, method.ReturnType, targetType, isChecked, assignment);
        }
        place.Set(result);
        return result;
    }

    private string Bounded(string text, IOperation at) => text.Length > 4096
        ? throw Error(Descriptors.TextTooLong, "The text is longer than 4096 characters.", at.Syntax)
        : text;
}
