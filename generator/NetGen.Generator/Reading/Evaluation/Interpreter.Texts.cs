using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>Values as text, as ToString gives it in the invariant culture.</summary>
internal sealed partial class Interpreter
{
    /// <summary>.NET Framework writes fewer digits of floats than .NET.</summary>
    private static readonly bool WritesFloatsAsNet = 0.1f.ToString(CultureInfo.InvariantCulture) == "0.1"
        && 1.0000001f.ToString(CultureInfo.InvariantCulture) == "1.0000001";

    private string TextOf(object? value, IOperation at)
    {
        Step(at);
        EnsureStack(at.Syntax);
        switch (value)
        {
            case null:
                return "";
            case string text:
                return text;
            case bool or char:
                return Arithmetic.Display(value);
            case float or double when !WritesFloatsAsNet:
                throw Outside(at, "the text of a float");
            case var _ when Arithmetic.IsNumber(value):
                return Arithmetic.Display(value);
            case EnumValue member:
                return EnumText(member) ?? throw Outside(at, "the text of a value with several names");
            case TupleValue tuple:
                return Bounded("(" + string.Join(", ", tuple.Items.Select(i => TextOf(i, at))) + ")", at);
            case ObjectValue made:
                return Bounded(ObjectText(made, made.Type, at), at);
            default:
                throw Outside(at, "the text of this");
        }
    }

    /// <summary>What the ToString of a class gives for an object of it or of a class below.</summary>
    private string ObjectText(ObjectValue made, INamedTypeSymbol? type, IOperation at)
    {
        for (; type is not null; type = type.BaseType)
        {
            var own = type.GetMembers("ToString").OfType<IMethodSymbol>().FirstOrDefault(m => m.Parameters.IsEmpty && m.IsOverride);
            if (own is { IsImplicitlyDeclared: false } && UserMethod(own, made, at.Syntax) is { } closure)
                return (string?)Invoke(closure, [], new CallSite(at.Syntax)) ?? "";
            if (type.IsRecord && Overriding(made.Type, "PrintMembers") is null)
                break;
        }
        if (type is not { IsRecord: true } || Overriding(made.Type, "PrintMembers") is not null)
            throw Outside(at, $"the text of a '{made.Type.Name}'");
        // The name is that of the class whose method it is; the members are printed by a virtual one.
        var members = string.Join(", ", Printed(made.Type).Select(m => $"{m.Name} = {TextOf(Value(m), at)}"));
        return $"{type.Name} {{ {(members.Length == 0 ? "" : members + " ")}}}";

        object? Value(ISymbol member) => member is IPropertySymbol property
            ? ObjectProperty(made, property, [], isBase: false, at)
            : Member(made, member, at.Syntax);
    }

    /// <summary>What a record prints: public fields and properties, the base's first.</summary>
    private static IEnumerable<ISymbol> Printed(INamedTypeSymbol? type) => type is null
        ? []
        : Printed(type.BaseType).Concat(type.GetMembers().Where(m => m is { IsStatic: false, IsOverride: false, DeclaredAccessibility: Accessibility.Public }
            and (IFieldSymbol or IPropertySymbol { IsIndexer: false, GetMethod: not null })));

    /// <summary>The name of the value, those of its flags, or its number; null: several names have the value, and which one is taken is not said.</summary>
    private static string? EnumText(EnumValue value)
    {
        var members = value.Type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue)
            .Select(f => (f.Name, Bits: Bits(f.ConstantValue!))).OrderBy(m => m.Bits).ToArray();
        var bits = Bits(value.Number);
        var named = members.Where(m => m.Bits == bits).ToArray();
        if (named.Length > 0)
            return named.Length == 1 ? named[0].Name : null;
        var number = Arithmetic.Display(value.Number);
        if (bits == 0 || !value.Type.GetAttributes().Any(a => a.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" }))
            return number;
        var flags = new List<string>();
        foreach (var member in Enumerable.Reverse(members))
        {
            if (member.Bits == 0 || (bits & member.Bits) != member.Bits)
                continue;
            if (members.Count(m => m.Bits == member.Bits) > 1)
                return null;
            flags.Insert(0, member.Name);
            bits &= ~member.Bits;
        }
        return bits == 0 ? string.Join(", ", flags) : number;
    }

    /// <summary>As an unsigned number of the enum's own width.</summary>
    private static ulong Bits(object number) => unchecked(number switch
    {
        sbyte v => (byte)v,
        short v => (ushort)v,
        int v => (uint)v,
        long v => (ulong)v,
        byte v => v,
        ushort v => v,
        uint v => v,
        ulong v => v,
        char v => v,
        _ => 0,
    });

    private string Interpolated(IInterpolatedStringOperation text, Scope scope)
    {
        var result = "";
        foreach (var part in text.Parts)
            result = Bounded(result + Part(part, scope), text);
        return result;
    }

    private string Part(IInterpolatedStringContentOperation part, Scope scope)
    {
        if (part is IInterpolatedStringTextOperation literal)
            return (string)Evaluate(literal.Text, scope)!;
        if (part is not IInterpolationOperation hole)
            throw Outside(part, "this interpolated string");
        var value = Evaluate(hole.Expression, scope);
        var format = hole.FormatString is { } f ? (string?)Evaluate(f, scope) : null;
        var text = string.IsNullOrEmpty(format) || value is null ? TextOf(value, hole) : Formatted(value, format!, hole);
        if (hole.Alignment is not { } alignment)
            return text;
        var width = (int)Evaluate(alignment, scope)!;
        if (width is < -4096 or > 4096)
            throw Outside(hole, "such an alignment");
        return width >= 0 ? text.PadLeft(width) : text.PadRight(-width);
    }

    private string Formatted(object value, string format, IOperation at)
    {
        // What has no format of its own ignores it.
        if (value is string or bool or char)
            return TextOf(value, at);
        if (value is EnumValue member && (format is "D" or "d"))
            return Arithmetic.Display(member.Number);
        if (value is EnumValue && (format is "G" or "g"))
            return TextOf(value, at);
        if (!Arithmetic.IsNumber(value) || !WritesFloatsAsNet)
            throw Outside(at, "a format of this");
        try
        {
            return Bounded(((IFormattable)value).ToString(format, CultureInfo.InvariantCulture), at);
        }
        catch (FormatException e)
        {
            throw Error(Descriptors.NotConstant, $"'{at.Syntax}' has no value: {e.Message}", at.Syntax, isThrown: true);
        }
    }

    /// <summary>The methods of numbers, texts, enums and objects that have no source: ToString, Equals and HasFlag.</summary>
    private bool TryValueMethod(object? self, Location? variable, IInvocationOperation invocation, Scope scope, out object? result)
    {
        var target = invocation.TargetMethod;
        result = null;
        var isUsers = !target.IsImplicitlyDeclared && !target.DeclaringSyntaxReferences.IsEmpty;
        if (self is null || target.IsStatic || isUsers || self is Graph.Value or Callable or ParameterValue or ArrayValue)
            return false;
        var isBase = invocation.Instance is { Syntax: BaseExpressionSyntax };
        switch (target.Name, target.Parameters.Length)
        {
            case ("ToString", 0) when isBase && self is ObjectValue made:
                result = ObjectText(made, target.ContainingType.OriginalDefinition, invocation);
                return true;
            case ("Equals", 1) when isBase:
                throw Outside(invocation, "the equality of a base");
            case ("ToString", 0):
                result = TextOf(self, invocation);
                return true;
            case ("Equals", 1) when self is not ObjectValue { Type.IsValueType: true, Type.IsRecord: false }:
                var other = Arguments(invocation.Arguments, target, scope)[0];
                result = AreEqualValues(variable is { } place ? place.Get() : self, other, invocation);
                return true;
            case ("HasFlag", 1) when self is EnumValue mine && Arguments(invocation.Arguments, target, scope)[0] is EnumValue flag
                && SymbolEqualityComparer.Default.Equals(mine.Type, flag.Type):
                result = (Bits(mine.Number) & Bits(flag.Number)) == Bits(flag.Number);
                return true;
            default:
                return false;
        }
    }
}
