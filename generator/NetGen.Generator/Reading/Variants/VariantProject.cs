using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Reading.Variants;

/// <summary>
/// The user's project as if he had written other values of some constants: so a variant means what C# makes of it, also in attributes and
/// in the constants that are computed of them.
/// </summary>
internal sealed class VariantProject
{
    private readonly Dictionary<SyntaxTree, (SyntaxTree Written, TextChange[] Changes)> changed = [];

    private VariantProject(INamedTypeSymbol type, VariantModel variant, Compilation compilation, CancellationToken cancellation)
    {
        var constants = variant.Sizes.Select(size =>
        {
            var field = type.GetMembers(size.Constant).OfType<IFieldSymbol>().First();
            var value = ((VariableDeclaratorSyntax)field.DeclaringSyntaxReferences[0].GetSyntax(cancellation)).Initializer!.Value;
            return (value.SyntaxTree, Change: new TextChange(value.Span, size.Value.ToString(CultureInfo.InvariantCulture)));
        });
        foreach (var file in constants.GroupBy(constant => constant.SyntaxTree, constant => constant.Change))
        {
            TextChange[] changes = [.. file.OrderBy(change => change.Span.Start)];
            var tree = file.Key.WithChangedText(file.Key.GetText(cancellation).WithChanges(changes));
            compilation = compilation.ReplaceSyntaxTree(file.Key, tree);
            changed.Add(tree, (file.Key, changes));
        }
        Compilation = compilation;
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString() + ".";
        Type = compilation.Assembly.GetTypeByMetadataName(space + type.MetadataName)!;
    }

    public Compilation Compilation { get; }

    /// <summary>The network in it.</summary>
    public INamedTypeSymbol Type { get; }

    public static VariantProject Of(INamedTypeSymbol type, VariantModel variant, Compilation compilation, CancellationToken cancellation) =>
        new(type, variant, compilation, cancellation);

    /// <summary>What is wrong with the variant, where the user wrote it.</summary>
    public Diagnostic AsWritten(Diagnostic said, VariantModel variant) => Diagnostic.Create(
        said.Descriptor, AsWritten(said.Location), said.AdditionalLocations.Select(AsWritten), said.Properties,
        $"With {variant.Text}: {said.GetMessage(CultureInfo.InvariantCulture)}");

    private Location AsWritten(Location location) => location.SourceTree is { } tree && changed.TryGetValue(tree, out var file)
        ? Location.Create(file.Written, TextSpan.FromBounds(AsWritten(location.SourceSpan.Start, file.Changes), AsWritten(location.SourceSpan.End, file.Changes)))
        : location;

    private static int AsWritten(int position, TextChange[] changes)
    {
        var shift = 0;
        foreach (var change in changes)
        {
            var start = change.Span.Start + shift;
            if (position <= start)
                break;
            if (position < start + change.NewText!.Length)
                return change.Span.End;
            shift += change.NewText.Length - change.Span.Length;
        }
        return position - shift;
    }
}
