using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// C#'s arithmetic on boxed constants. The compiler has put in the conversions, so both operands of an operator have one type; integers below
/// int are computed with as int. Division by zero and overflow throw as they would at run time.
/// </summary>
internal static class Arithmetic
{
    /// <summary>false: the operator does not exist for these operands.</summary>
    public static bool TryBinary(BinaryOperatorKind kind, object? left, object? right, bool isChecked, out object? result)
    {
        result = (kind, Promote(left), Promote(right)) switch
        {
            (_, bool l, bool r) => Logic(kind, l, r),
            (_, int l, int r) => Int(kind, l, r, isChecked),
            (_, long l, int r) when IsShift(kind) => Long(kind, l, r, isChecked),
            (_, uint l, int r) when IsShift(kind) => UInt(kind, l, unchecked((uint)r), isChecked),
            (_, ulong l, int r) when IsShift(kind) => ULong(kind, l, unchecked((ulong)r), isChecked),
            (_, uint l, uint r) => UInt(kind, l, r, isChecked),
            (_, long l, long r) => Long(kind, l, r, isChecked),
            (_, ulong l, ulong r) => ULong(kind, l, r, isChecked),
            (_, float l, float r) => Float(kind, l, r),
            (_, double l, double r) => Double(kind, l, r),
            (_, decimal l, decimal r) => Decimal(kind, l, r),
            _ => null,
        };
        return result is not null;
    }

    /// <summary>Integers below int are computed with as int.</summary>
    public static object? Promote(object? value) => value switch
    {
        sbyte v => (int)v,
        byte v => (int)v,
        short v => (int)v,
        ushort v => (int)v,
        char v => (int)v,
        _ => value,
    };

    /// <summary>A number, a bool, a char or a text: what is compared by value whatever its static type.</summary>
    public static bool IsNumber(object? value) =>
        value is sbyte or byte or short or ushort or int or uint or long or ulong or char or float or double or decimal;

    public static bool TryUnary(UnaryOperatorKind kind, object? value, bool isChecked, out object? result)
    {
        result = (kind, Promote(value)) switch
        {
            (UnaryOperatorKind.Plus, int or uint or long or ulong or float or double or decimal) => Promote(value),
            (UnaryOperatorKind.Not, bool v) => !v,
            (UnaryOperatorKind.Minus, int v) => isChecked ? checked(-v) : unchecked(-v),
            (UnaryOperatorKind.Minus, long v) => isChecked ? checked(-v) : unchecked(-v),
            (UnaryOperatorKind.Minus, float v) => -v,
            (UnaryOperatorKind.Minus, double v) => -v,
            (UnaryOperatorKind.Minus, decimal v) => -v,
            (UnaryOperatorKind.BitwiseNegation, int v) => ~v,
            (UnaryOperatorKind.BitwiseNegation, uint v) => ~v,
            (UnaryOperatorKind.BitwiseNegation, long v) => ~v,
            (UnaryOperatorKind.BitwiseNegation, ulong v) => ~v,
            _ => null,
        };
        return result is not null;
    }

    /// <summary>A numeric conversion; false: not between numbers.</summary>
    public static bool TryConvert(object? value, SpecialType target, bool isChecked, out object? result)
    {
        result = value switch
        {
            char v => FromLong(v, target, isChecked),
            ulong v => FromULong(v, target, isChecked),
            sbyte or byte or short or ushort or int or uint or long =>
                FromLong(Convert.ToInt64(value, CultureInfo.InvariantCulture), target, isChecked),
            float v => target == SpecialType.System_Single ? v : FromDouble(v, target, isChecked),
            double v => FromDouble(v, target, isChecked),
            decimal v => FromDecimal(v, target, isChecked),
            _ => null,
        };
        return result is not null;
    }

    public static string Display(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    public static bool IsShift(BinaryOperatorKind kind) =>
        kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;

    private static object? Logic(BinaryOperatorKind kind, bool l, bool r) => kind switch
    {
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => l && r,
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => l || r,
        BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.NotEquals => l ^ r,
        BinaryOperatorKind.Equals => l == r,
        _ => null,
    };

    private static object? Int(BinaryOperatorKind kind, int l, int r, bool isChecked) => kind switch
    {
        BinaryOperatorKind.Add => isChecked ? checked(l + r) : unchecked(l + r),
        BinaryOperatorKind.Subtract => isChecked ? checked(l - r) : unchecked(l - r),
        BinaryOperatorKind.Multiply => isChecked ? checked(l * r) : unchecked(l * r),
        BinaryOperatorKind.Divide => l / r,
        BinaryOperatorKind.Remainder => l % r,
        BinaryOperatorKind.LeftShift => l << r,
        BinaryOperatorKind.RightShift => l >> r,
        BinaryOperatorKind.UnsignedRightShift => l >>> r,
        BinaryOperatorKind.And => l & r,
        BinaryOperatorKind.Or => l | r,
        BinaryOperatorKind.ExclusiveOr => l ^ r,
        _ => Compare(kind, l.CompareTo(r)),
    };

    private static object? UInt(BinaryOperatorKind kind, uint l, uint r, bool isChecked) => kind switch
    {
        BinaryOperatorKind.Add => isChecked ? checked(l + r) : unchecked(l + r),
        BinaryOperatorKind.Subtract => isChecked ? checked(l - r) : unchecked(l - r),
        BinaryOperatorKind.Multiply => isChecked ? checked(l * r) : unchecked(l * r),
        BinaryOperatorKind.Divide => l / r,
        BinaryOperatorKind.Remainder => l % r,
        BinaryOperatorKind.LeftShift => l << unchecked((int)r),
        BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift => l >> unchecked((int)r),
        BinaryOperatorKind.And => l & r,
        BinaryOperatorKind.Or => l | r,
        BinaryOperatorKind.ExclusiveOr => l ^ r,
        _ => Compare(kind, l.CompareTo(r)),
    };

    private static object? Long(BinaryOperatorKind kind, long l, long r, bool isChecked) => kind switch
    {
        BinaryOperatorKind.Add => isChecked ? checked(l + r) : unchecked(l + r),
        BinaryOperatorKind.Subtract => isChecked ? checked(l - r) : unchecked(l - r),
        BinaryOperatorKind.Multiply => isChecked ? checked(l * r) : unchecked(l * r),
        BinaryOperatorKind.Divide => l / r,
        BinaryOperatorKind.Remainder => l % r,
        BinaryOperatorKind.LeftShift => l << unchecked((int)r),
        BinaryOperatorKind.RightShift => l >> unchecked((int)r),
        BinaryOperatorKind.UnsignedRightShift => l >>> unchecked((int)r),
        BinaryOperatorKind.And => l & r,
        BinaryOperatorKind.Or => l | r,
        BinaryOperatorKind.ExclusiveOr => l ^ r,
        _ => Compare(kind, l.CompareTo(r)),
    };

    private static object? ULong(BinaryOperatorKind kind, ulong l, ulong r, bool isChecked) => kind switch
    {
        BinaryOperatorKind.Add => isChecked ? checked(l + r) : unchecked(l + r),
        BinaryOperatorKind.Subtract => isChecked ? checked(l - r) : unchecked(l - r),
        BinaryOperatorKind.Multiply => isChecked ? checked(l * r) : unchecked(l * r),
        BinaryOperatorKind.Divide => l / r,
        BinaryOperatorKind.Remainder => l % r,
        BinaryOperatorKind.LeftShift => l << unchecked((int)r),
        BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift => l >> unchecked((int)r),
        BinaryOperatorKind.And => l & r,
        BinaryOperatorKind.Or => l | r,
        BinaryOperatorKind.ExclusiveOr => l ^ r,
        _ => Compare(kind, l.CompareTo(r)),
    };

    private static object? Float(BinaryOperatorKind kind, float l, float r) => kind switch
    {
        BinaryOperatorKind.Add => l + r,
        BinaryOperatorKind.Subtract => l - r,
        BinaryOperatorKind.Multiply => l * r,
        BinaryOperatorKind.Divide => l / r,
        BinaryOperatorKind.Remainder => l % r,
        _ => CompareFloating(kind, l, r),
    };

    private static object? Double(BinaryOperatorKind kind, double l, double r) => kind switch
    {
        BinaryOperatorKind.Add => l + r,
        BinaryOperatorKind.Subtract => l - r,
        BinaryOperatorKind.Multiply => l * r,
        BinaryOperatorKind.Divide => l / r,
        BinaryOperatorKind.Remainder => l % r,
        _ => CompareFloating(kind, l, r),
    };

    private static object? Decimal(BinaryOperatorKind kind, decimal l, decimal r) => kind switch
    {
        BinaryOperatorKind.Add => l + r,
        BinaryOperatorKind.Subtract => l - r,
        BinaryOperatorKind.Multiply => l * r,
        BinaryOperatorKind.Divide => l / r,
        BinaryOperatorKind.Remainder => l % r,
        _ => Compare(kind, l.CompareTo(r)),
    };

    private static object? Compare(BinaryOperatorKind kind, int order) => kind switch
    {
        BinaryOperatorKind.Equals => order == 0,
        BinaryOperatorKind.NotEquals => order != 0,
        BinaryOperatorKind.LessThan => order < 0,
        BinaryOperatorKind.LessThanOrEqual => order <= 0,
        BinaryOperatorKind.GreaterThan => order > 0,
        BinaryOperatorKind.GreaterThanOrEqual => order >= 0,
        _ => null,
    };

    // Not CompareTo: every comparison with NaN is false, but that it differs.
    private static object? CompareFloating(BinaryOperatorKind kind, double l, double r) => kind switch
    {
        BinaryOperatorKind.Equals => l == r,
        BinaryOperatorKind.NotEquals => l != r,
        BinaryOperatorKind.LessThan => l < r,
        BinaryOperatorKind.LessThanOrEqual => l <= r,
        BinaryOperatorKind.GreaterThan => l > r,
        BinaryOperatorKind.GreaterThanOrEqual => l >= r,
        _ => null,
    };

    private static object? FromLong(long v, SpecialType target, bool isChecked) => target switch
    {
        SpecialType.System_SByte => isChecked ? checked((sbyte)v) : unchecked((sbyte)v),
        SpecialType.System_Byte => isChecked ? checked((byte)v) : unchecked((byte)v),
        SpecialType.System_Int16 => isChecked ? checked((short)v) : unchecked((short)v),
        SpecialType.System_UInt16 => isChecked ? checked((ushort)v) : unchecked((ushort)v),
        SpecialType.System_Int32 => isChecked ? checked((int)v) : unchecked((int)v),
        SpecialType.System_UInt32 => isChecked ? checked((uint)v) : unchecked((uint)v),
        SpecialType.System_Int64 => v,
        SpecialType.System_UInt64 => isChecked ? checked((ulong)v) : unchecked((ulong)v),
        SpecialType.System_Char => isChecked ? checked((char)v) : unchecked((char)v),
        SpecialType.System_Single => (float)v,
        SpecialType.System_Double => (double)v,
        SpecialType.System_Decimal => (decimal)v,
        _ => null,
    };

    private static object? FromULong(ulong v, SpecialType target, bool isChecked) => target switch
    {
        SpecialType.System_UInt64 => v,
        SpecialType.System_Single => (float)v,
        SpecialType.System_Double => (double)v,
        SpecialType.System_Decimal => (decimal)v,
        _ => FromLong(isChecked ? checked((long)v) : unchecked((long)v), target, isChecked),
    };

    private static object? FromDouble(double v, SpecialType target, bool isChecked) => target switch
    {
        SpecialType.System_Single => (float)v,
        SpecialType.System_Double => v,
        SpecialType.System_Decimal => (decimal)v,
        // Out of range and NaN are unspecified in C#: better an error than a number that depends on the machine.
        SpecialType.System_UInt64 => checked((ulong)v),
        _ => FromLong(checked((long)v), target, isChecked: true),
    };

    private static object? FromDecimal(decimal v, SpecialType target, bool isChecked) => target switch
    {
        SpecialType.System_Decimal => v,
        SpecialType.System_Single => (float)v,
        SpecialType.System_Double => (double)v,
        SpecialType.System_UInt64 => (ulong)v,
        _ => FromLong((long)v, target, isChecked: true),
    };
}
