using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Variants;

/// <summary>The [Variants] of a network: which classes they ask for, and what is wrong with them.</summary>
internal sealed record VariantDeclaration(IReadOnlyList<VariantModel> Variants, IReadOnlyList<Diagnostic> Errors)
{
    public const string AttributeName = "VariantsAttribute";

    /// <summary>Each is a network that is compiled whole.</summary>
    private const int MostVariants = 64;

    public static VariantDeclaration Nothing { get; } = new([], []);

    /// <summary>The error where it stands at something that has no variants; null: it stands nowhere, or at a network.</summary>
    public static Diagnostic? WithoutNetwork(INamedTypeSymbol type) =>
        Attributes(type).FirstOrDefault() is { } attribute && !type.IsNetwork()
            ? At(attribute, null, $"'{type.Name}' is no network, so it has no variants. Mark it with [Network].")
            : null;

    public static VariantDeclaration Of(INamedTypeSymbol type)
    {
        // Where arguments are no constants, or are not what the attribute takes, C# has said so.
        var attributes = Attributes(type).Where(attribute => IsWhole(attribute) && !IsBroken(type, attribute)).ToArray();
        if (attributes.Length == 0)
            return Nothing;
        if (type.PrimaryConstructor() is { Parameters.Length: > 0 })
        {
            return new([], [At(attributes[0], null,
                $"'{type.Name}' has hyper-parameters, so it is a part of other networks and has no variants. Put [Variants] at the network that holds it, "
                + "and pass it a constant of that network.")]);
        }
        var errors = attributes.SelectMany((attribute, i) => ErrorsOf(type, attribute, attributes.Take(i))).ToArray();
        if (errors.Length > 0)
            return new([], errors);
        var count = attributes.Aggregate(1L, (product, attribute) => product * Values(attribute).Length);
        if (count > MostVariants)
        {
            return new([], [At(attributes[attributes.Length - 1], null,
                $"'{type.Name}' would have {Text(count)} variants, each compiled as a network of its own; at most {Text(MostVariants)}. State fewer values.")]);
        }
        IEnumerable<VariantSize[]> sizes = [[]];
        foreach (var attribute in attributes)
            sizes = sizes.SelectMany(before => Values(attribute).Select(value => (VariantSize[])[.. before, new VariantSize(Constant(attribute)!, value)])).ToArray();
        return new([.. sizes.Select(of => new VariantModel(of.ToEquatableArray()))], []);
    }

    /// <summary>The place of the attribute that names a constant.</summary>
    public static Diagnostic At(INamedTypeSymbol type, string constant, string message) =>
        At(Attributes(type).First(attribute => Constant(attribute) == constant), null, message);

    private static IEnumerable<Diagnostic> ErrorsOf(INamedTypeSymbol type, AttributeData attribute, IEnumerable<AttributeData> before)
    {
        var (name, values) = (Constant(attribute)!, Values(attribute));
        var field = type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault();
        if (field is not { IsConst: true, Type.SpecialType: SpecialType.System_Int32 })
        {
            var others = type.GetMembers().OfType<IFieldSymbol>().Where(f => f is { IsConst: true, Type.SpecialType: SpecialType.System_Int32 }).Select(f => $"'{f.Name}'").ToArray();
            var has = others.Length > 0 ? $"It has {string.Join(", ", others)}." : $"Declare one: private const int {(field is null && IsIdentifier(name) ? name : "Width")} = 64;";
            yield return At(attribute, 0, field is null && !type.GetMembers(name).Any()
                ? $"'{type.Name}' has no constant '{name}'. {has}"
                : $"'{name}' is no constant of type int. {has}");
        }
        else if (before.Any(other => Constant(other) == name))
        {
            yield return At(attribute, 0, $"The variants of '{name}' have been stated already. State all values in one [Variants].");
        }
        if (values.Length == 0)
            yield return At(attribute, null, $"There is no value of '{name}'. State some: [Variants(nameof({(IsIdentifier(name) ? name : "Width")}), 64, 128, 256)].");
        for (var i = 0; i < values.Length; i++)
        {
            if (Array.IndexOf(values, values[i]) < i)
                yield return At(attribute, i + 1, $"{Text(values[i])} is stated twice, and a class is made once. Remove it.");
        }
    }

    private static IEnumerable<AttributeData> Attributes(INamedTypeSymbol type) => type.GetAttributes().Where(a => a.AttributeClass.Is(AttributeName));

    private static bool IsWhole(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: string }, { Kind: TypedConstantKind.Array, IsNull: false }];

    /// <summary>Whether the constant has no value, which is an error of C#.</summary>
    private static bool IsBroken(INamedTypeSymbol type, AttributeData attribute) =>
        type.GetMembers(Constant(attribute)!).Any(member => member is IFieldSymbol { IsConst: true, HasConstantValue: false });

    private static string? Constant(AttributeData attribute) => attribute.ConstructorArguments is [{ Value: string name }, ..] ? name : null;

    private static int[] Values(AttributeData attribute) => [.. attribute.ConstructorArguments[1].Values.Select(value => value.Value).OfType<int>()];

    private static bool IsIdentifier(string name) => Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">Which of its arguments; null, or where an array is passed instead of its values: the whole.</param>
    /// <param name="message">What is wrong.</param>
    private static Diagnostic At(AttributeData attribute, int? argument, string message)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
        var arguments = syntax?.ArgumentList?.Arguments;
        var place = argument is { } i && arguments is { } all && i < all.Count && all.All(a => a.NameColon is null) ? (SyntaxNode)all[i] : syntax;
        return Diagnostic.Create(Descriptors.Variants, place?.GetLocation() ?? Location.None, message);
    }
}
