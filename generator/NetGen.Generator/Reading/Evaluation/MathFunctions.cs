using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// The functions of Math, MathF, BitOperations and the number types themselves. They are those of the runtime that NetGen runs in, found by name
/// and types of parameters, so what they give is what the user's program would get, to the bit; what this runtime lacks is not computed.
/// </summary>
internal static class MathFunctions
{
    private static readonly Dictionary<string, Type> Owners = new[]
    {
        "System.Math", "System.MathF", "System.Numerics.BitOperations", "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32",
        "System.UInt32", "System.Int64", "System.UInt64", "System.Single", "System.Double", "System.Decimal",
    }
        .Select(name => typeof(Math).Assembly.GetType(name)).OfType<Type>().ToDictionary(type => type.FullName!);

    public static bool Has(ITypeSymbol owner) =>
        owner is { ContainingType: null } && (owner.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double
            || owner.ToDisplayString() is "System.Math" or "System.MathF" or "System.Numerics.BitOperations");

    /// <summary>false: the runtime has no such function of numbers. Throws what the function throws.</summary>
    public static bool TryCall(IMethodSymbol method, object?[] arguments, out object? result)
    {
        result = null;
        var values = arguments.Select(a => a is EnumValue { Type.Name: "MidpointRounding", Number: int mode } ? (MidpointRounding)mode : a).ToArray();
        if (!values.All(v => Arithmetic.IsNumber(v) || v is MidpointRounding) || !Owners.TryGetValue(FullName(method.ContainingType), out var owner))
            return false;
        var function = owner.GetMethod(
            method.Name, BindingFlags.Public | BindingFlags.Static, binder: null, values.Select(v => v!.GetType()).ToArray(), modifiers: null);
        if (function is null || !function.GetParameters().Select(p => p.ParameterType).SequenceEqual(values.Select(v => v!.GetType())))
            return false;
        try
        {
            result = FromRuntime(function.Invoke(null, values));
            return result is not null;
        }
        catch (TargetInvocationException e) when (e.InnerException is ArithmeticException or ArgumentException)
        {
            throw new ArithmeticException(e.InnerException.Message);
        }
    }

    /// <summary>Numbers and bools as they are, tuples of them (DivRem, SinCos) as tuples; null: something else.</summary>
    private static object? FromRuntime(object? value)
    {
        if (value is bool || Arithmetic.IsNumber(value))
            return value;
        if (value?.GetType() is not { IsGenericType: true, Namespace: "System", Name: "ValueTuple`2" } tuple)
            return null;
        var items = new[] { FromRuntime(tuple.GetField("Item1")!.GetValue(value)), FromRuntime(tuple.GetField("Item2")!.GetValue(value)) };
        return items.Contains(null) ? null : new TupleValue(items);
    }

    private static string FullName(INamedTypeSymbol type) => $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
}
