using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.CodeFixes;

/// <summary>For each code the edits that mend it: text for text, so that what stands around keeps its form.</summary>
internal static class Fixes
{
    /// <summary>A property of diagnostics: the text that belongs in place of what is wrong.</summary>
    private const string Replacement = "Replacement";

    private delegate IEnumerable<Fix?> Mend(Diagnostic diagnostic, SyntaxNode node, SemanticModel model);

    private static readonly Dictionary<string, Mend> All = new()
    {
        ["NG0101"] = (_, node, _) => [MakePartial(node)],
        ["NG0106"] = (_, node, _) => [AddShape(node.FirstAncestorOrSelf<ParameterSyntax>(), "[Shape(1)]")],
        ["NG0114"] = (_, node, _) => [CallGenerated(node)],
        ["NG0209"] = (_, node, model) => [MakeReadonly(node, model)],
        ["NG0303"] = (diagnostic, _, model) => [SwapDimensions(diagnostic, model)],
        ["NG0402"] = (diagnostic, node, model) => [StateShape(diagnostic, node, model)],
        ["NG0410"] = (diagnostic, node, _) => [Replace(diagnostic, node)],
        ["NG0506"] = (diagnostic, _, _) => [RemoveActivation(diagnostic)],
        ["NG0814"] = (_, node, _) => [AddUsing(node)],
    };

    public static IEnumerable<string> Codes => All.Keys;

    public static IEnumerable<Fix> For(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return All[diagnostic.Id](diagnostic, node, model).OfType<Fix>();
    }

    private static Fix? MakePartial(SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        ? Insert("Make the class partial", type, type.Keyword.SpanStart, "partial ")
        : null;

    private static Fix? CallGenerated(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not { } constructor)
            return null;
        const string Title = "Call the generated constructor";
        return constructor.Initializer switch
        {
            null => Insert(Title, constructor, constructor.ParameterList.Span.End, " : this(seed: 0)"),
            { ArgumentList.Arguments.Count: 0 } initializer => new Fix(Title, node.SyntaxTree, new TextChange(initializer.Span, ": this(seed: 0)")),
            // What its arguments are for nobody else knows.
            _ => null,
        };
    }

    private static Fix? AddUsing(SyntaxNode node) =>
        node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { Declaration.Variables: [{ Initializer.Value: var value }] } declaration
        && value.Contains(node)
            ? Insert("Dispose of it with using", declaration, declaration.SpanStart, "using ")
            : null;

    private static Fix? MakeReadonly(SyntaxNode node, SemanticModel model) =>
        model.GetSymbolInfo(node).Symbol is IFieldSymbol { IsReadOnly: false, IsConst: false } field
        && field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()?.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } declaration
        && declaration.Declaration.Variables.All(v => v.Initializer is not null)
            ? Insert($"Make '{field.Name}' readonly", declaration, declaration.Declaration.SpanStart, "readonly ")
            : null;

    private static Fix? AddShape(ParameterSyntax? parameter, string shape)
    {
        if (parameter is null)
            return null;
        var stated = parameter.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => a.Name.ToString() is "Shape" or "ShapeAttribute");
        return stated is null
            ? Insert($"Add {shape}", parameter, parameter.SpanStart, shape + " ")
            : new Fix($"State {shape}", parameter.SyntaxTree, new TextChange(stated.Span, shape.Trim('[', ']')));
    }

    /// <summary>The argument is a parameter whose shape is stated where it is declared.</summary>
    private static Fix? StateShape(Diagnostic diagnostic, SyntaxNode node, SemanticModel model) =>
        diagnostic.Properties.TryGetValue(Replacement, out var shape) && shape is not null
        && model.GetSymbolInfo(node is ArgumentSyntax argument ? argument.Expression : node).Symbol is IParameterSymbol { DeclaringSyntaxReferences: [var declared, ..] }
            ? AddShape(declared.GetSyntax() as ParameterSyntax, shape)
            : null;

    /// <summary>[Shape(3, 32, 32)] or Input(3, 32, 32), found by its numbers among the attributes of the cause.</summary>
    private static Fix? SwapDimensions(Diagnostic diagnostic, SemanticModel model)
    {
        if (diagnostic.AdditionalLocations is not [{ SourceTree: { } tree } cause] || !diagnostic.Properties.TryGetValue(Replacement, out var dims) || dims is null)
            return null;
        var wanted = dims.Split([", "], StringSplitOptions.None).OrderBy(d => d, StringComparer.Ordinal);
        var attribute = tree.GetRoot().FindNode(cause.SourceSpan).DescendantNodesAndSelf().OfType<AttributeSyntax>().FirstOrDefault(a =>
            a.Name.ToString() is "Shape" or "Input"
            && a.ArgumentList is { } list && wanted.SequenceEqual(list.Arguments.Select(v => Constant(v.Expression)).OrderBy(d => d, StringComparer.Ordinal)));
        return attribute is null ? null : new Fix($"State {attribute.Name}({dims})", tree, new TextChange(attribute.ArgumentList!.Span, $"({dims})"));

        string Constant(ExpressionSyntax expression) => expression.SyntaxTree == model.SyntaxTree && model.GetConstantValue(expression) is { HasValue: true, Value: int value }
            ? value.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : expression.ToString();
    }

    private static Fix? RemoveAttribute(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            return null;
        return list.Attributes.Count == 1
            ? new Fix("Remove the attribute", node.SyntaxTree, new TextChange(TextSpan.FromBounds(list.SpanStart, list.GetLastToken().GetNextToken().SpanStart), ""))
            : RemoveOf(list.Attributes, attribute, "Remove the attribute");
    }

    private static Fix? Replace(Diagnostic diagnostic, SyntaxNode node) =>
        diagnostic.Properties.TryGetValue(Replacement, out var text) && text is not null
            ? new Fix($"Write {text}", node.SyntaxTree, new TextChange(diagnostic.Location.SourceSpan, text))
            : null;

    /// <summary>Sigmoid(z) becomes z; in a Sequential or a list of attributes it is taken out.</summary>
    private static Fix? RemoveActivation(Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations is not [{ SourceTree: { } tree } cause])
            return null;
        var node = tree.GetRoot().FindNode(cause.SourceSpan, getInnermostNodeForTie: true);
        if (node is NameSyntax { Parent: AttributeSyntax named })
            node = named;
        var title = $"Remove {Name(node)}: the loss applies its own";
        switch (node)
        {
            case InvocationExpressionSyntax { ArgumentList.Arguments: [{ } operand] }:
                return new Fix(title, tree, new TextChange(node.Span, operand.Expression.ToString()));
            case AttributeSyntax { Parent: AttributeListSyntax { Attributes.Count: > 1 } list } attribute:
                return RemoveOf(list.Attributes, attribute, title);
            case AttributeSyntax attribute:
                return RemoveAttribute(attribute) is { } removal ? removal with { Title = title } : null;
            case ExpressionSyntax { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax } arguments } argument } when arguments.Arguments.Count > 1:
                return RemoveOf(arguments.Arguments, argument, title);
            case ExpressionSyntax { Parent: ExpressionElementSyntax { Parent: CollectionExpressionSyntax collection } element } when collection.Elements.Count > 1:
                return RemoveOf(collection.Elements, element, title);
            default:
                return null;
        }
    }

    private static string Name(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => call.Expression.ToString(),
        AttributeSyntax attribute => attribute.Name.ToString(),
        _ => node.ToString(),
    };

    /// <summary>An element of a list with the comma before it, or after it where it is the first.</summary>
    private static Fix RemoveOf<T>(SeparatedSyntaxList<T> list, T element, string title)
        where T : SyntaxNode
    {
        var at = list.IndexOf(element);
        var span = at > 0
            ? TextSpan.FromBounds(list[at - 1].Span.End, element.Span.End)
            : TextSpan.FromBounds(element.SpanStart, list[1].SpanStart);
        return new Fix(title, element.SyntaxTree, new TextChange(span, ""));
    }

    private static Fix Insert(string title, SyntaxNode node, int position, string text) =>
        new(title, node.SyntaxTree, new TextChange(new TextSpan(position, 0), text));
}
