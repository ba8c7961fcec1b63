using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading.Evaluation;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Borders;

/// <summary>What one program gives when .NET runs it and when NetGen reads it.</summary>
/// <param name="Net">The value in a form that tells all bits, or "throws …".</param>
/// <param name="NetGen">The same, or the error's id and message.</param>
internal sealed record Outcome(string Program, string Net, string NetGen, bool IsRefused)
{
    /// <summary>NetGen gives the very value, or says that it does not; what throws must be refused.</summary>
    public bool Agrees => IsRefused ? !NetGen.StartsWith("NG0901", StringComparison.Ordinal) : NetGen == Net;

    public override string ToString() => $"{Program}\n  .NET:   {Net}\n  NetGen: {NetGen}";
}

/// <summary>Runs constant C# by .NET (compiled and loaded) and by NetGen's interpreter.</summary>
internal static class BothWays
{
    /// <summary>Bodies of functions that return an object, beside these declarations. What does not compile is left out.</summary>
    public static IReadOnlyList<Outcome> Run(string declarations, IReadOnlyList<string> bodies) => Run(declarations, [.. bodies.Select(body => ("", body))]);

    /// <summary>The same, each with declarations of its own.</summary>
    public static IReadOnlyList<Outcome> Run(string declarations, IReadOnlyList<(string Members, string Body)> programs, List<string>? errors = null)
    {
        var (compilation, kept) = Compile(declarations, programs, [.. Enumerable.Range(0, programs.Count)], errors);
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join("\n", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        stream.Position = 0;
        var context = new AssemblyLoadContext("constants", isCollectible: true);
        try
        {
            var assembly = context.LoadFromStream(stream);
            return kept.Select(i => Run(assembly, compilation, i, programs[i].Members + programs[i].Body)).ToArray();
        }
        finally
        {
            context.Unload();
        }
    }

    private static (Compilation Compilation, IReadOnlyList<int> Kept) Compile(string declarations, IReadOnlyList<(string Members, string Body)> programs, IReadOnlyList<int> kept, List<string>? errors)
    {
        while (true)
        {
            var sources = kept.Select(i => $"sealed class Program{i} {{ public readonly object? Result = Run(); static object? Run() {{ {programs[i].Body} }} {programs[i].Members} }}");
            var compilation = Compiled.Compilation([declarations, .. sources]);
            var broken = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
            if (broken.Length == 0)
                return (compilation, kept);
            errors?.AddRange(broken.Select(d => d.ToString()));
            var files = broken.Select(d => int.Parse(d.Location.SourceTree!.FilePath.AsSpan(4, d.Location.SourceTree.FilePath.Length - 7), CultureInfo.InvariantCulture)).ToHashSet();
            if (files.Contains(0))
                throw new InvalidOperationException(string.Join("\n", (object[])broken));
            kept = kept.Where((_, i) => !files.Contains(i + 1)).ToArray();
        }
    }

    private static Outcome Run(Assembly assembly, Compilation compilation, int number, string body)
    {
        var name = "Program" + number.ToString(CultureInfo.InvariantCulture);
        string net;
        try
        {
            var program = Activator.CreateInstance(assembly.GetType(name)!)!;
            net = Show(program.GetType().GetField("Result")!.GetValue(program));
        }
        catch (TargetInvocationException e)
        {
            net = "throws " + e.GetBaseException().GetType().Name;
        }
        var type = compilation.GetTypeByMetadataName(name)!;
        var field = type.GetMembers("Result")[0];
        try
        {
            var read = new Interpreter(compilation, CancellationToken.None).Member(new ObjectValue(type), field, field.DeclaringSyntaxReferences[0].GetSyntax());
            return new Outcome(body, net, ShowRead(read), false);
        }
        catch (ReadException e)
        {
            return new Outcome(body, net, $"{e.Descriptor.Id} at '{e.Place}': {e.Message}", true);
        }
        catch (Exception e)
        {
            return new Outcome(body, net, $"{Descriptors.InternalFailure.Id} {e}", true);
        }
    }

    /// <summary>A value of .NET: type and bits of numbers, elements, fields in the order of their names.</summary>
    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        float f => $"float {BitConverter.SingleToUInt32Bits(f):x8} ({f.ToString(CultureInfo.InvariantCulture)})",
        double d => $"double {BitConverter.DoubleToUInt64Bits(d):x16} ({d.ToString(CultureInfo.InvariantCulture)})",
        Enum e => $"{e.GetType().Name} {Show(System.Convert.ChangeType(e, Enum.GetUnderlyingType(e.GetType()), CultureInfo.InvariantCulture))}",
        IConvertible number => $"{number.GetType().Name} {number.ToString(CultureInfo.InvariantCulture)}",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Show(tuple[i])))})",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Show))}]",
        _ => $"{value.GetType().Name} {{{string.Join(", ", Fields(value.GetType()).OrderBy(f => Name(f.Name), StringComparer.Ordinal).Select(f => $"{Name(f.Name)} = {Show(f.GetValue(value))}"))}}}",
    };

    private static string ShowRead(object? value) => value switch
    {
        EnumValue member => $"{member.Type.Name} {Show(member.Number)}",
        TupleValue tuple => $"({string.Join(", ", tuple.Items.Select(ShowRead))})",
        ArrayValue array => $"[{string.Join(", ", array.Items.Select(ShowRead))}]",
        ObjectValue made => $"{made.Type.Name} {{{string.Join(", ", ReadFields(made))}}}",
        _ => Show(value),
    };

    private static IEnumerable<FieldInfo> Fields(Type? type) => type is null || type == typeof(object) || type == typeof(System.ValueType)
        ? []
        : Fields(type.BaseType).Concat(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            // What a primary constructor's parameter is captured in is no field of the source.
            .Where(f => !f.Name.EndsWith("P", StringComparison.Ordinal) || !f.Name.StartsWith('<')));

    private static string Name(string field) => field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field;

    /// <summary>Fields that no initializer assigned are default, as the .NET object shows them; they are asked of the interpreter in no other way.</summary>
    private static IEnumerable<string> ReadFields(ObjectValue made)
    {
        var fields = new List<(string Name, string Value)>();
        for (var type = made.Type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && (f.AssociatedSymbol is not null || !f.IsImplicitlyDeclared)))
            {
                var key = field.AssociatedSymbol ?? field;
                made.Members.TryGetValue(key.OriginalDefinition, out var value);
                fields.Add((key.Name, value is null && field.Type.IsValueType ? ShowDefault(field.Type) : ShowRead(value)));
            }
        }
        return fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} = {f.Value}");
    }

    private static string ShowDefault(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => Show(0),
        SpecialType.System_Boolean => Show(false),
        SpecialType.System_Single => Show(0f),
        _ => "null",
    };
}
