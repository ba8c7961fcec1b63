using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Reading.Evaluation;

internal sealed partial class Interpreter
{
    private object? Evaluate(IOperation operation, Scope scope)
    {
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            Step(operation);
            return Made(operation, Constant(constant.Value, operation));
        }
        Enter(operation.Syntax);
        try
        {
            return Made(operation, EvaluateCore(operation, scope));
        }
        catch (ArithmeticException e)
        {
            throw Error(Descriptors.NotConstant, $"'{operation.Syntax}' has no value: {e.Message}", operation.Syntax, isThrown: true);
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw Failure(e, operation);
        }
        finally
        {
            Budget.Leave();
        }
    }

    private object? Constant(object? value, IOperation operation) => operation.Type switch
    {
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => throw Outside(operation, "a number of native size"),
        INamedTypeSymbol { TypeKind: TypeKind.Enum } type when value is not null => new EnumValue(type, value),
        _ => value,
    };

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
                CheckPlain(function.Symbol, function);
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
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver or InstanceReferenceKind.PatternInput }:
                return scope.Receiver ?? throw Outside(operation, "this");
            case IFieldReferenceOperation field:
                return Field(field, scope);
            case IPropertyReferenceOperation property:
                return Property(property, scope);
            case IArrayElementReferenceOperation element:
                return Element(element, scope);
            case IImplicitIndexerReferenceOperation indexer:
                return Indexed(indexer, scope);
            case IBinaryOperation binary:
                return Binary(binary, scope);
            case IRangeOperation range:
                return RangeOf(range, scope);
            case ITupleBinaryOperation binary:
                return TupleBinary(binary, scope);
            case IUnaryOperation unary:
                return Unary(unary, scope);
            case IConditionalOperation { WhenFalse: { } whenFalse, IsRef: false } choice:
                return Evaluate(Condition(choice.Condition, scope) ? choice.WhenTrue : whenFalse, scope);
            case ICoalesceOperation coalesce:
                return Evaluate(coalesce.Value, scope) is { } known
                    ? ConvertTo(known, coalesce.Value.Type, coalesce.Type, isChecked: true, coalesce)
                    : Evaluate(coalesce.WhenNull, scope);
            case ISwitchExpressionOperation choice:
                return SwitchExpression(choice, scope);
            case IIsPatternOperation pattern:
                return Matches(pattern.Pattern, Evaluate(pattern.Value, scope), scope);
            case IIsTypeOperation test:
                return IsOfType(Evaluate(test.ValueOperand, scope), test.ValueOperand.Type!, test.TypeOperand, test) != test.IsNegated;
            case ITupleOperation tuple:
                return new TupleValue(tuple.Elements.Select(e => Evaluate(e, scope)).ToArray());
            case IArrayCreationOperation array:
                return NewArray(array, scope);
            case ICollectionExpressionOperation collection:
                return Collection(collection, scope);
            case IObjectCreationOperation creation:
                return New(creation, scope);
            case IWithOperation with:
                return With(with, scope);
            case IDefaultValueOperation @default:
                return Default(@default.Type, @default);
            case IInterpolatedStringOperation text:
                return Interpolated(text, scope);
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                return Assign(assignment, scope);
            case ICompoundAssignmentOperation assignment:
                return CompoundAssign(assignment, scope);
            case ICoalesceAssignmentOperation assignment:
                return CoalesceAssign(assignment, scope);
            case IIncrementOrDecrementOperation increment:
                return Increment(increment, scope);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction, scope);
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
        if (owner.ContainingType is { } extensions && extensions.Is("LayerWeights"))
            return WeightOf(Evaluate(reference.Instance!, scope), property.Name.ToLowerInvariant(), reference.Instance!.Syntax);
        if (property.IsStatic)
        {
            if (property.IsAbstract || property.IsVirtual)
                throw Outside(reference, "a static property that is virtual");
            if (property.OriginalDefinition.GetMethod is not { } getter || GetterBody(property) is null)
                return Static(property.OriginalDefinition, reference.Syntax);
            RunStaticConstructor(owner, reference.Syntax);
            return Invoke(UserMethod(getter, null, reference.Syntax) ?? throw Outside(reference, "this property"), [], new CallSite(reference.Syntax));
        }
        var instance = Evaluate(reference.Instance!, scope);
        switch (instance, property.Name)
        {
            case (Value tensor, "Shape"):
                return new ArrayValue(tensor.Type.Dims.Select(d => (object?)d).ToList());
            case (Value tensor, "Rank"):
                return tensor.Type.Rank;
            case (Value tensor, "this[]"):
                return Part(tensor, reference, scope);
            case (ParameterValue weight, "this[]"):
                return Part(Weight(weight, reference.Instance!.Syntax), reference, scope);
            case (int[] size, "Height"):
                return size[0];
            case (int[] size, "Width"):
                return size[1];
            case (string text, "Length"):
                return text.Length;
            case (string text, "this[]"):
                return text[Index(reference.Arguments[0].Value, text.Length, scope)];
            case (ArrayValue array, "Length" or "Count"):
                return array.Items.Count;
            case (ArrayValue array, "this[]"):
                return array.Items[Index(reference.Arguments[0].Value, array.Items.Count, scope)];
            case (var value, "HasValue") when IsNullable(owner):
                return value is not null;
            case (not null, "Value") when IsNullable(owner):
                return instance;
            case (ObjectValue self, _):
                var isBase = reference.Instance is { Syntax: BaseExpressionSyntax };
                return ObjectProperty(self, property, Arguments(reference.Arguments, property.Parameters.Length, scope), isBase, reference);
            default:
                throw Error(Descriptors.NotConstant, $"'{reference.Syntax}' is not a compile-time constant.", reference.Syntax);
        }
    }

    private SyntaxNode? GetterBody(IPropertySymbol property) =>
        property.OriginalDefinition.GetMethod is not { } getter ? null : Declaration(getter) switch
        {
            AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
            ArrowExpressionClauseSyntax arrow => arrow,
            _ => null,
        };

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
        OperationKind.AnonymousObjectCreation => "an anonymous object",
        OperationKind.ConditionalAccess => "a conditional access",
        OperationKind.EventReference or OperationKind.EventAssignment => "an event",
        _ => "this",
    };
}
