using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace NetGen.Testing;

/// <summary>
/// Finds in compiled code what turns a number into a text, or back, by the culture of the thread: a minus or a decimal point would depend on it. A run under
/// such a culture sees only the messages that it makes.
/// </summary>
internal static class CultureScan
{
    private static readonly HashSet<string> Numbers =
    [
        "Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Int128", "UInt128", "IntPtr", "UIntPtr", "BigInteger",
        "Half", "Single", "Double", "Decimal", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly",
        "Object", "ISpanFormattable", "IFormattable", "!!", "!",   // which may be numbers
    ];

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The places, as <c>File.cs:12-13 what</c>, or <c>Type.Method what</c> where the compiler wrote the method.</summary>
    public static IReadOnlyList<string> Find(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        var symbols = Path.ChangeExtension(assembly.Location, ".pdb");
        using var provider = File.Exists(symbols) ? MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols)) : null;
        var lines = provider?.GetMetadataReader();
        var found = new List<string>();
        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0 && !IsUnseen(reader, method))
                Scan(reader, lines, handle, file.GetMethodBody(method.RelativeVirtualAddress).GetILContent(), found);
        }
        return found;
    }

    /// <summary>What prints a record that no user sees: an internal one, one for generated code only, or one whose ToString is written by hand.</summary>
    private static bool IsUnseen(MetadataReader reader, MethodDefinition method)
    {
        if (reader.GetString(method.Name) != "PrintMembers")
            return false;
        var type = reader.GetTypeDefinition(method.GetDeclaringType());
        foreach (var other in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            if (reader.GetString(other.Name) == nameof(ToString) && !Has<CompilerGeneratedAttribute>(reader, other.GetCustomAttributes()))
                return true;
        }

        while (!type.GetDeclaringType().IsNil && (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.NestedPublic)
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        return (type.Attributes & TypeAttributes.VisibilityMask) != TypeAttributes.Public || Has<EditorBrowsableAttribute>(reader, type.GetCustomAttributes());
    }

    private static bool Has<T>(MetadataReader reader, CustomAttributeHandleCollection attributes)
        where T : Attribute =>
        attributes.Any(handle => Called.Of(reader, reader.GetCustomAttribute(handle).Constructor).Type == typeof(T).Name);

    private static void Scan(MetadataReader reader, MetadataReader? lines, MethodDefinitionHandle method, ImmutableArray<byte> il, List<string> found)
    {
        // Whether the interpolated strings that are being built know a culture; they may stand inside each other.
        var building = new Stack<bool>();
        var isTextGiven = reader.GetString(reader.GetTypeDefinition(reader.GetMethodDefinition(method).GetDeclaringType()).Name) == "OutOfRange";
        var constrained = "";
        for (var at = 0; at < il.Length;)
        {
            var start = at;
            var code = Codes[il[at] == 0xFE ? 0xFE00 | il[at + 1] : il[at]];
            at += code.Size;
            var token = code.OperandType is OperandType.InlineMethod or OperandType.InlineType ? BitConverter.ToInt32(il.AsSpan()[at..]) : 0;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il.AsSpan()[at..])),
                _ => 4,
            };
            if (code == OpCodes.Constrained)
            {
                constrained = Names.OfType(reader, MetadataTokens.EntityHandle(token));
                continue;
            }
            if (code.OperandType == OperandType.InlineMethod && Problem(Called.Of(reader, MetadataTokens.EntityHandle(token)), constrained, building, isTextGiven) is { } problem)
                found.Add($"{Place(reader, lines, method, start)} {problem}");
            constrained = "";
        }
    }

    private static string? Problem(Called called, string constrained, Stack<bool> building, bool isTextGiven)
    {
        var hasProvider = called.Parameters.Any(p => p is "IFormatProvider" or "CultureInfo");
        var type = constrained.Length > 0 ? constrained : called.Type;
        if (called.Type.EndsWith("InterpolatedStringHandler", StringComparison.Ordinal))
        {
            if (called.Name == ".ctor")
                building.Push(hasProvider);
            else if (called.Name == "AppendFormatted" && building.TryPeek(out var known) && !known && called.Arguments.Any(IsNumber))
                return $"{called.Arguments[0]} in an interpolated string";
            else if (called.Name is "ToStringAndClear")
                building.TryPop(out _);
            return null;
        }
        if (called.Parameters.Any(p => p.EndsWith("InterpolatedStringHandler", StringComparison.Ordinal)))
        {
            building.TryPop(out _);
            return null;
        }
        if (called.Type == nameof(ArgumentOutOfRangeException))
        {
            // .NET writes the value into the message. NetGen's own helper gives it the value's text.
            return called.Name.StartsWith("ThrowIf", StringComparison.Ordinal) ? $"{called.Type}.{called.Name}"
                : called.Name == ".ctor" && called.Parameters is ["String", "Object", "String"] && !isTextGiven ? $"{called.Type} of a value" : null;
        }

        return called.Name switch
        {
            "ToString" when constrained.Length > 0 && IsNumber(type) => $"{type}.ToString()",
            "ToString" when IsNumber(type) && type != "Object" && !hasProvider => $"{type}.ToString()",
            "ToString" when type == "Convert" && called.Parameters.Any(IsNumber) && !hasProvider => "Convert.ToString",
            "ToUpper" or "ToLower" when type is "String" or "Char" && !hasProvider => $"{type}.{called.Name}()",
            "Parse" or "TryParse" when IsNumber(type) && !hasProvider => $"{type}.{called.Name}()",
            "Append" or "Insert" when type == "StringBuilder" && called.Parameters[^1] != "Object" && IsNumber(called.Parameters[^1]) => "StringBuilder.Append",
            "Write" or "WriteLine" when type is "Console" or "TextWriter" && called.Parameters.Any(IsNumber) => $"{type}.{called.Name}",
            "Join" when called.Type == "String" && called.Arguments.Any(IsNumber) => $"string.Join of {called.Arguments[0]}",
            "Format" when called.Type == "String" && !hasProvider => "string.Format",
            _ => null,
        };
    }

    private static bool IsNumber(string type) => Numbers.Contains(type.StartsWith("Nullable`1<", StringComparison.Ordinal) ? type[11..^1] : type);

    private static string Place(MetadataReader reader, MetadataReader? lines, MethodDefinitionHandle method, int offset)
    {
        if (lines is not null)
        {
            var point = lines.GetMethodDebugInformation(method).GetSequencePoints().Where(p => !p.IsHidden && p.Offset <= offset).LastOrDefault();
            if (!point.Document.IsNil)
                return string.Create(CultureInfo.InvariantCulture, $"{lines.GetString(lines.GetDocument(point.Document).Name)}:{point.StartLine}-{point.EndLine}");
        }
        var definition = reader.GetMethodDefinition(method);
        return $"{reader.GetString(reader.GetTypeDefinition(definition.GetDeclaringType()).Name)}.{reader.GetString(definition.Name)}";
    }

    /// <summary>A method that is called.</summary>
    private sealed record Called(string Type, string Name, ImmutableArray<string> Parameters, ImmutableArray<string> Arguments)
    {
        public static Called Of(MetadataReader reader, EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.MethodSpecification:
                    var specification = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                    return Of(reader, specification.Method) with { Arguments = specification.DecodeSignature(new Names(), null) };
                case HandleKind.MemberReference:
                    var reference = reader.GetMemberReference((MemberReferenceHandle)handle);
                    return new(
                        Names.OfType(reader, reference.Parent), reader.GetString(reference.Name),
                        reference.DecodeMethodSignature(new Names(), null).ParameterTypes, []);
                default:
                    var definition = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                    return new(
                        reader.GetString(reader.GetTypeDefinition(definition.GetDeclaringType()).Name), reader.GetString(definition.Name),
                        definition.DecodeSignature(new Names(), null).ParameterTypes, []);
            }
        }
    }

    /// <summary>Types by their simple names.</summary>
    private sealed class Names : ISignatureTypeProvider<string, object?>
    {
        public static string OfType(MetadataReader reader, EntityHandle handle) => handle.Kind switch
        {
            HandleKind.TypeReference => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)handle).Name),
            HandleKind.TypeDefinition => reader.GetString(reader.GetTypeDefinition((TypeDefinitionHandle)handle).Name),
            HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new Names(), null),
            _ => "",
        };

        public string GetPrimitiveType(PrimitiveTypeCode code) => code.ToString();

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte kind) => OfType(reader, handle);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte kind) => OfType(reader, handle);

        public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte kind) => OfType(reader, handle);

        public string GetGenericInstantiation(string type, ImmutableArray<string> arguments) => $"{type}<{string.Join(",", arguments)}>";

        public string GetSZArrayType(string element) => element + "[]";

        public string GetArrayType(string element, ArrayShape shape) => element + "[,]";

        public string GetByReferenceType(string element) => element;

        public string GetPointerType(string element) => element + "*";

        public string GetPinnedType(string element) => element;

        public string GetModifiedType(string modifier, string type, bool required) => type;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericMethodParameter(object? context, int index) => "!!";

        public string GetGenericTypeParameter(object? context, int index) => "!";
    }
}
