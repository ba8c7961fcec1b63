using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.CodeFixes;

/// <summary>One edit of a user's text that mends a diagnostic.</summary>
internal sealed record Fix(string Title, SyntaxTree Tree, TextChange Change);

/// <summary>
/// Offers the edit for diagnostics that one edit mends. It knows the diagnostics by what they carry (place, cause, replacement) and nothing of the
/// compiler; what an edit is for which code says <see cref="Fixes"/>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NetworkCodeFixProvider : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. Fixes.Codes];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return;
        var solution = context.Document.Project.Solution;
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var fix in Fixes.For(diagnostic, root, model, context.CancellationToken))
            {
                // The edit may be in another file than the message.
                if (solution.GetDocument(fix.Tree) is { } document)
                    context.RegisterCodeFix(CodeAction.Create(fix.Title, cancellation => Apply(document, fix.Change, cancellation), fix.Title), diagnostic);
            }
        }
    }

    private static async Task<Document> Apply(Document document, TextChange change, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(change));
    }
}
