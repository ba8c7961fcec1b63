using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Tables;

/// <summary>
/// What stands in the attributes of a class with [Table]; nothing of where they stand, so that it is the same after an edit elsewhere.
/// </summary>
/// <param name="Namespace">Of the class; empty: none.</param>
/// <param name="Name">Of the class.</param>
/// <param name="File">The file, as it is written.</param>
/// <param name="Uses">The columns of [Column] attributes, in their order, with NetGen.Data.ColumnUse as a number.</param>
internal sealed record TableDeclaration(string Namespace, string Name, string File, EquatableArray<(string Column, int Use)> Uses)
{
    public string? Label { get; init; }

    public string? Positive { get; init; }

    public char Separator { get; init; } = ',';

    public bool HasHeader { get; init; } = true;

    public EquatableArray<string>? Names { get; init; }

    public EquatableArray<string>? Missing { get; init; }

    public int MostCategories { get; init; } = 100;

    public int OnUnknown { get; init; }

    public int Rows { get; init; } = 100_000;

    public string FullName => Namespace.Length == 0 ? Name : Namespace + "." + Name;
}

/// <summary>Where something is said: by value, for it outlives the syntax tree.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place Of(Location location) => new(location.GetLineSpan().Path, location.SourceSpan, location.GetLineSpan().Span);

    public SaidByGenerator Say(string id, string message) => new(id, message, Path, Span, Lines);
}

/// <summary>A class with [Table], with the places of what its attributes say.</summary>
/// <param name="Declaration">What is said.</param>
/// <param name="Places">By what is said: <c>File</c>, <c>Label</c>, …, <c>Column0</c> for the column of the first [Column] attribute and
/// <c>Use0</c> for its use.</param>
/// <param name="Wrong">Why the class can have no other half.</param>
internal sealed record DeclaredTable(TableDeclaration Declaration, EquatableArray<(string Of, Place Place)> Places, SaidByGenerator? Wrong)
{
    public const string Attribute = "NetGen.Data.TableAttribute", FileKey = "File";

    private const string ColumnAttribute = "NetGen.Data.ColumnAttribute";

    public Place PlaceOf(string key) =>
        Places.FirstOrDefault(place => place.Of == key).Place ?? Places.First(place => place.Of == FileKey).Place;

    /// <summary>Null where C# has an error in the attribute, or another part of the class has the first one.</summary>
    public static DeclaredTable? Of(GeneratorAttributeSyntaxContext found, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)found.TargetSymbol;
        var attribute = type.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == Attribute);
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax
            || !found.TargetNode.Span.Contains(syntax.Span)
            || syntax.SyntaxTree != found.TargetNode.SyntaxTree || attribute.ConstructorArguments.FirstOrDefault().Value is not string file)
        {
            return null;
        }

        List<(string, Place)> places = [(FileKey, Place.Of(Argument(syntax, 0)))];
        foreach (var argument in syntax.ArgumentList!.Arguments)
        {
            if (argument.NameEquals is { } name)
                places.Add((name.Name.Identifier.ValueText, Place.Of(argument.Expression.GetLocation())));
        }
        List<(string, int)> uses = [];
        foreach (var column in type.GetAttributes().Where(a => a.AttributeClass?.ToDisplayString() == ColumnAttribute))
        {
            if (column.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax of
                || column.ConstructorArguments is not [{ Value: string name }, { Value: int use }])
            {
                return null;
            }
            var key = uses.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            places.Add(("Column" + key, Place.Of(Argument(of, 0))));
            places.Add(("Use" + key, Place.Of(Argument(of, 1))));
            uses.Add((name, use));
        }

        var given = attribute.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value);
        T Value<T>(string name, T otherwise) => given.TryGetValue(name, out var value) && value.Value is T stated ? stated : otherwise;
        EquatableArray<string>? Texts(string name) =>
            given.TryGetValue(name, out var value) && value is { Kind: TypedConstantKind.Array, IsNull: false }
            ? value.Values.Select(text => text.Value as string ?? "").ToEquatableArray()
            : null;
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        var declaration = new TableDeclaration(space, type.Name, file, uses.ToEquatableArray())
        {
            Label = Value<string?>("Label", null),
            Positive = Value<string?>("Positive", null),
            Separator = Value("Separator", ','),
            HasHeader = Value("HasHeader", true),
            Names = Texts("Names"),
            Missing = Texts("Missing"),
            MostCategories = Value("MostCategories", 100),
            OnUnknown = Value("OnUnknown", 0),
            Rows = Value("Rows", 100_000),
        };
        return new DeclaredTable(declaration, places.ToEquatableArray(), WhyWithoutOtherHalf(type, cancellation));
    }

    private static SaidByGenerator? WhyWithoutOtherHalf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().ToArray();
        var why =
            !parts.All(part => part.Modifiers.Any(SyntaxKind.PartialKeyword))
                ? $"is not partial, so NetGen cannot write its other half. Declare it 'partial class {type.Name}'"
            : type.ContainingType is not null ? $"is nested in '{type.ContainingType.Name}'. Declare it in a namespace"
            : type.TypeParameters.Length > 0 ? "is generic. A table is one file"
            : type.IsRecord ? "is a record. Declare it as a class; its rows are a record that NetGen writes"
            : type.IsStatic || type.IsAbstract
                ? $"is {(type.IsStatic ? "static" : "abstract")}. What has learned from rows for training is an object of it"
            : type.IsFileLocal ? "is local to its file, and its other half is in another"
            : type.BaseType is { SpecialType: SpecialType.None } parent
                ? $"has the base class '{parent.Name}', and NetGen gives it another: FittedTable"
            : type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "NetGen.NetworkAttribute")
                ? "is a network. Make the table a class of its own"
            : null;
        return why is null ? null : Place.Of(parts[0].Identifier.GetLocation()).Say(Descriptors.TableClass.Id, $"'{type.Name}' {why}.");
    }

    private static Location Argument(AttributeSyntax syntax, int index) =>
        syntax.ArgumentList is { } list && list.Arguments.Where(a => a.NameEquals is null).ElementAtOrDefault(index) is { } argument
            ? argument.Expression.GetLocation()
            : syntax.GetLocation();
}
