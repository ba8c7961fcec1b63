using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading.Evaluation;

internal sealed partial class Interpreter
{
    private object? SwitchExpression(ISwitchExpressionOperation choice, Scope scope)
    {
        var value = Evaluate(choice.Value, scope);
        foreach (var arm in choice.Arms)
        {
            var inner = scope.Nested();
            if (Matches(arm.Pattern, value, inner) && (arm.Guard is null || Condition(arm.Guard, inner)))
                return Evaluate(arm.Value, inner);
        }
        throw Error(Descriptors.OutOfRange, "No arm of the switch matches.", choice.Syntax);
    }

    private bool Matches(IPatternOperation pattern, object? value, Scope scope)
    {
        Step(pattern);
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
                // A value of another type matches nothing.
                return value is not null && value.GetType() == bound?.GetType() && !(value is EnumValue v && !SymbolEqualityComparer.Default.Equals(v.Type, ((EnumValue)bound).Type))
                    && (Arithmetic.TryBinary(relational.OperatorKind, Number(value), Number(bound), isChecked: false, out var holds)
                        ? (bool)holds!
                        : throw Outside(relational, "this pattern"));
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, value, scope);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Matches(both.LeftPattern, value, scope) && Matches(both.RightPattern, value, scope);
            case IBinaryPatternOperation either:
                return Matches(either.LeftPattern, value, scope) || Matches(either.RightPattern, value, scope);
            case IDeclarationPatternOperation { MatchesNull: true } or IDeclarationPatternOperation { MatchedType: null }:
                Bind(((IDeclarationPatternOperation)pattern).DeclaredSymbol, value, scope);
                return true;
            case IDeclarationPatternOperation { MatchedType: { } type } declaration:
                return IsOfType(value, declaration.InputType, type, declaration) && Bind(declaration.DeclaredSymbol, value, scope);
            case ITypePatternOperation test:
                return IsOfType(value, test.InputType, test.MatchedType, test);
            case IRecursivePatternOperation recursive:
                return MatchesParts(recursive, value, scope);
            default:
                throw Outside(pattern, "this pattern");
        }
    }

    private bool MatchesParts(IRecursivePatternOperation pattern, object? value, Scope scope)
    {
        if (!IsOfType(value, pattern.InputType, pattern.MatchedType, pattern))
            return false;
        if (!pattern.DeconstructionSubpatterns.IsEmpty)
        {
            var items = value switch
            {
                TupleValue tuple => tuple.Items,
                ObjectValue { Type.IsRecord: true } record => Deconstructed(record, pattern.DeconstructionSubpatterns.Length, pattern),
                _ => throw Outside(pattern, "this pattern"),
            };
            if (items.Length != pattern.DeconstructionSubpatterns.Length)
                throw Outside(pattern, "this pattern");
            for (var i = 0; i < items.Length; i++)
            {
                if (!Matches(pattern.DeconstructionSubpatterns[i], items[i], scope))
                    return false;
            }
        }
        foreach (var part in pattern.PropertySubpatterns)
        {
            // The member's instance is the value that is matched.
            if (!Matches(part.Pattern, Evaluate(part.Member, scope.About(value!)), scope))
                return false;
        }
        return Bind(pattern.DeclaredSymbol, value, scope);
    }

    /// <summary>Where the static type says it already, only null is no match.</summary>
    private bool IsOfType(object? value, ITypeSymbol input, ITypeSymbol type, IOperation at) =>
        value is not null && (SymbolEqualityComparer.Default.Equals(ValueType(input), ValueType(type))
            || (input is INamedTypeSymbol { IsTupleType: true } && type is INamedTypeSymbol { IsTupleType: true })
            || IsInstance(value, type, at));

    private static bool Bind(ISymbol? symbol, object? value, Scope scope)
    {
        if (symbol is not null)
            scope.Declare(symbol, value);
        return true;
    }
}
