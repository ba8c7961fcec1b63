using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>Conversions as C# defines them. A value knows its own type, so boxing and unboxing need no box.</summary>
internal sealed partial class Interpreter
{
    private object? Convert(IConversionOperation conversion, Scope scope)
    {
        if (!conversion.Conversion.Exists)
            throw new BrokenCodeException();
        var value = Evaluate(conversion.Operand, scope);
        if (conversion.OperatorMethod is { } method)
            return UserConversion(conversion, method, value);
        if (conversion.IsTryCast)
            return IsInstance(value, conversion.Type!, conversion) ? value : null;
        if (conversion.Operand is IInterpolatedStringOperation && conversion.Type is not { SpecialType: SpecialType.System_String or SpecialType.System_Object })
            throw Outside(conversion, "an interpolated string of this type");
        var isImplicitReference = conversion.Conversion is { IsImplicit: true, IsReference: true };
        return isImplicitReference && value is not ArrayValue
            ? value
            : ConvertTo(value, conversion.Operand.Type, conversion.Type, IsChecked(conversion), conversion);
    }

    /// <summary>Roslyn says it of conversions between numbers, and not of those of enums and nullable numbers.</summary>
    private bool IsChecked(IConversionOperation conversion) => conversion.IsImplicit || conversion.Conversion.IsNumeric
        ? conversion.IsChecked
        : IsCheckedContext(conversion.Syntax);

    private bool IsCheckedContext(SyntaxNode place)
    {
        for (SyntaxNode? node = place; node is not null; node = node.Parent)
        {
            if (node.Kind() is SyntaxKind.CheckedExpression or SyntaxKind.CheckedStatement)
                return true;
            if (node.Kind() is SyntaxKind.UncheckedExpression or SyntaxKind.UncheckedStatement)
                return false;
        }
        return compilation.Options is CSharpCompilationOptions { CheckOverflow: true };
    }

    private object? UserConversion(IConversionOperation conversion, IMethodSymbol method, object? value)
    {
        var parameter = method.Parameters[0].Type;
        switch (value)
        {
            case null when IsLanguageType(method.ContainingType) || (parameter.IsValueType && !IsNullable(parameter)):
                return conversion.Type is { } target && CanBeNull(target) ? null : throw IsNull(conversion);
            case ParameterValue weight when method.ContainingType.Is("Tensor"):
                return Weight(weight, conversion.Syntax);
            case Value when method.ContainingType.Is("Indices"):
                return value;
            case int amount when method.ContainingType.Is("Padding"):
                if (amount < 0)
                    throw Error(Descriptors.OutOfRange, $"'padding' must be at least 0; it is {amount}.", conversion.Syntax);
                return amount == 0 ? new PaddingModel("Valid") : new PaddingModel("Explicit", amount);
            case int place when method.ContainingType.Is("TensorIndex") || IsIndex(method.ContainingType):
                return new AxisIndex(place, FromEnd: false);
            case AxisIndex or AxisRange when method.ContainingType.Is("TensorIndex"):
                return value;
            case int size when method.ContainingType.Is("Size2D"):
                return new[] { size, size };
            case TupleValue { Items: [int height, int width] } when method.ContainingType.Is("Size2D"):
                return new[] { height, width };
        }
        if (!method.IsStatic || method.IsAbstract || method.IsVirtual || UserMethod(method, null, conversion.Syntax) is not { } closure)
            throw Outside(conversion, $"a conversion to {conversion.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
        RunStaticConstructor(method.ContainingType, conversion.Syntax);
        var argument = ConvertTo(value, conversion.Operand.Type, parameter, conversion.IsChecked, conversion);
        var result = Invoke(closure, [argument], new CallSite(conversion.Syntax));
        return ConvertTo(result, method.ReturnType, conversion.Type, conversion.IsChecked, conversion);
    }

    /// <summary>A conversion that C# has of its own, from one type to another.</summary>
    private object? ConvertTo(object? value, ITypeSymbol? from, ITypeSymbol? to, bool isChecked, IOperation at)
    {
        if (to is null)
            return value;
        if (value is null)
            return CanBeNull(to) ? null : throw IsNull(at);
        (from, to) = (ValueType(from), ValueType(to)!);
        if (SymbolEqualityComparer.Default.Equals(from, to))
            return value;
        switch (value)
        {
            case EnumValue or var _ when (value is EnumValue || Arithmetic.IsNumber(value)) && IsNumeric(to):
                if (IsNumeric(from) || IsType(value, to))
                    return ToNumber(value, to, isChecked, at);
                throw WrongType(value, to, at);
            case bool when to.SpecialType == SpecialType.System_Boolean:
                return value;
            case TupleValue tuple when to is INamedTypeSymbol { IsTupleType: true } type && type.TupleElements.Length == tuple.Items.Length:
                var elements = (from as INamedTypeSymbol)?.TupleElements ?? default;
                return new TupleValue(tuple.Items
                    .Select((item, i) => ConvertTo(item, elements.IsDefault ? null : elements[i].Type, type.TupleElements[i].Type, isChecked, at))
                    .ToArray());
            case ArrayValue when from is IArrayTypeSymbol source && to is IArrayTypeSymbol target:
                return SymbolEqualityComparer.Default.Equals(source.ElementType, target.ElementType)
                    ? value
                    : throw Outside(at, "an array as an array of another type");
            case ArrayValue when SequenceKind(to) is not null && SequenceKind(from) is not null:
                return value;
            case int[] when to.Is("Size2D"):
            case PaddingModel when to.Is("Padding"):
                return value;
        }
        if (to.TypeKind == TypeKind.Dynamic || to is ITypeParameterSymbol || (to.IsValueType && value is not ObjectValue))
            throw Outside(at, $"a conversion to {to.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
        // Boxing, and references to a base or an interface.
        if (to.SpecialType == SpecialType.System_Object || from is { IsValueType: true } || (from is INamedTypeSymbol && IsBase(to, from)))
            return value;
        return IsInstance(value, to, at) ? value : throw WrongType(value, to, at);
    }

    /// <summary>A number or enum as another; what C# leaves open (floats out of range) is an error.</summary>
    private object ToNumber(object? value, ITypeSymbol to, bool isChecked, IOperation at)
    {
        var number = Number(value);
        if (to is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
            return new EnumValue((INamedTypeSymbol)to, ToNumber(number, underlying, isChecked, at));
        return Arithmetic.TryConvert(number, to.SpecialType, isChecked, out var result)
            ? result!
            : throw Outside(at, $"a number of type {to.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
    }

    /// <summary>Whether "is" holds; where that is not known here, an error.</summary>
    private bool IsInstance(object? value, ITypeSymbol type, IOperation at)
    {
        if (value is null)
            return false;
        if (type.SpecialType == SpecialType.System_Object)
            return true;
        type = ValueType(type)!;
        return value switch
        {
            _ when HasTypeParameter(type) => throw Outside(at, "a test for a type that is a parameter"),
            ObjectValue made when !HasTypeParameter(made.Type) => SymbolEqualityComparer.Default.Equals(made.Type, type) || IsBase(type, made.Type),
            Value { Type.Element: ElementType.Float32 } => type.Is("Tensor"),
            Value when !type.Is("Labels") => type.Is("Indices"),
            string when type.SpecialType == SpecialType.System_String => true,
            string or bool or EnumValue or TupleValue when type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Enum, IsTupleType: false }
                && type.SpecialType is not (SpecialType.System_ValueType or SpecialType.System_Enum) => IsType(value, type),
            _ when Arithmetic.IsNumber(value) && type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Enum
                && type.SpecialType != SpecialType.System_ValueType => IsType(value, type),
            _ => throw Outside(at, "this type test"),
        };
    }

    /// <summary>Whether a number, bool, text or enum is of exactly this type.</summary>
    private static bool IsType(object value, ITypeSymbol type) => value is EnumValue member
        ? SymbolEqualityComparer.Default.Equals(member.Type, type)
        : type.TypeKind != TypeKind.Enum && SpecialTypeOf(value) is not SpecialType.None and var special && special == type.SpecialType;

    private static bool IsBase(ITypeSymbol type, ITypeSymbol derived)
    {
        if (derived.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i, type)))
            return true;
        for (var parent = derived.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(parent, type))
                return true;
        }
        return false;
    }

    private static bool HasTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => HasTypeParameter(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasTypeParameter),
        _ => false,
    };

    private static SpecialType SpecialTypeOf(object? value) => value switch
    {
        bool => SpecialType.System_Boolean,
        char => SpecialType.System_Char,
        sbyte => SpecialType.System_SByte,
        byte => SpecialType.System_Byte,
        short => SpecialType.System_Int16,
        ushort => SpecialType.System_UInt16,
        int => SpecialType.System_Int32,
        uint => SpecialType.System_UInt32,
        long => SpecialType.System_Int64,
        ulong => SpecialType.System_UInt64,
        float => SpecialType.System_Single,
        double => SpecialType.System_Double,
        decimal => SpecialType.System_Decimal,
        string => SpecialType.System_String,
        _ => SpecialType.None,
    };

    private static bool IsNumeric(ITypeSymbol? type) => type is { TypeKind: TypeKind.Enum }
        or { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr };

    private static bool IsNullable(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    /// <summary>T of T?.</summary>
    private static ITypeSymbol? ValueType(ITypeSymbol? type) => type is not null && IsNullable(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    private static bool CanBeNull(ITypeSymbol type) => !type.IsValueType || IsNullable(type);

    private static bool IsIndex(ITypeSymbol type) => type is { Name: "Index", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsLanguageType(ITypeSymbol type) => type.Is("Tensor") || type.Is("Indices") || type.Is("Padding") || type.Is("Size2D");

    private ReadException IsNull(IOperation at) => Error(Descriptors.NotConstant, $"'{at.Syntax}' has no value: it is null here.", at.Syntax, isThrown: true);

    private ReadException WrongType(object value, ITypeSymbol to, IOperation at) => Error(
        Descriptors.NotConstant,
        $"'{at.Syntax}' has no value: what is converted is no {to.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}.",
        at.Syntax, isThrown: true);

    private object? Default(ITypeSymbol? type, IOperation at) => Default(type, at.Syntax);

    private object? Default(ITypeSymbol? type, SyntaxNode at) => type switch
    {
        { IsReferenceType: true } => null,
        not null when IsNullable(type) => null,
        not null when type.Is("Padding") => new PaddingModel("Valid"),
        not null when type.Is("Size2D") => new[] { 0, 0 },
        { SpecialType: SpecialType.System_Boolean } => false,
        INamedTypeSymbol { IsTupleType: true } tuple => new TupleValue(tuple.TupleElements.Select(e => Default(e.Type, at)).ToArray()),
        INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } @enum => new EnumValue(@enum, Default(underlying, at)!),
        not null when Arithmetic.TryConvert(0, type.SpecialType, isChecked: false, out var zero) => zero,
        // A struct of the user's, without its constructors and initializers: what nothing has assigned is default.
        INamedTypeSymbol { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false } made => new ObjectValue(made) { IsConstructed = true },
        _ => throw Outside(at, "a default value of this type"),
    };
}
