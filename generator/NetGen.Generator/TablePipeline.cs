using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Tables;

namespace NetGen.Generator;

/// <summary>
/// Classes with [Table], and the files that they are of. A file is read when it, or what attributes say of it, has changed; after all other
/// edits its table is the same. What is wrong the generator itself says: without the constants of a table C# ends a build before it asks
/// any analyzer.
/// </summary>
internal static class TablePipeline
{
    /// <summary>The other halves of the tables of a project; what is wrong with the others is reported.</summary>
    public static IncrementalValuesProvider<GeneratedFile> Read(IncrementalGeneratorInitializationContext context)
    {
        var declared = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DeclaredTable.Attribute, static (node, _) => node is TypeDeclarationSyntax, DeclaredTable.Of)
            .Where(static table => table is not null).Select(static (table, _) => table!);
        var declarations = declared.Where(static table => table.Wrong is null).Select(static (table, _) => table.Declaration).Collect()
            .Select(static (all, _) => all.ToEquatableArray());
        var reads = context.AdditionalTextsProvider.Combine(declarations)
            .SelectMany(static (pair, cancellation) => Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(NetGenGenerator.TableStep);
        var all = reads.Collect().Select(static (reads, _) => reads.Distinct().ToEquatableArray());

        context.RegisterSourceOutput(declared.Combine(all), static (output, pair) =>
        {
            foreach (var said in Wrong(pair.Left, pair.Right))
                output.ReportDiagnostic(said.ToDiagnostic());
        });
        return declarations.Combine(all).SelectMany(static (pair, _) => Models(pair.Left, pair.Right))
            .Select(static (model, _) => new GeneratedFile(model.Declaration.FullName, "Table", TableEmitter.Emit(model)));
    }

    private static IEnumerable<TableRead> Read(
        AdditionalText file, EquatableArray<TableDeclaration> declarations, CancellationToken cancellation)
    {
        string? text = null;
        foreach (var declaration in declarations)
        {
            if (!TableReader.Names(declaration, file.Path))
                continue;
            text ??= file.GetText(cancellation)?.ToString();
            if (text is null)
            {
                yield return Failed(Descriptors.NoTableFile, $"'{file.Path}' cannot be read as text.");
                continue;
            }
            TableRead read;
            try
            {
                read = TableReader.Read(declaration, file.Path, text, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                read = Failed(
                    Descriptors.InternalFailure,
                    $"NetGen failed to read '{declaration.File}'; this is a bug of NetGen, please report it. {e.GetType().Name}: {e.Message}");
            }
            yield return read;

            TableRead Failed(DiagnosticDescriptor descriptor, string message) => new(
                declaration.FullName, file.Path, null,
                    EquatableArray.Create(new TableError(descriptor.Id, message, DeclaredTable.FileKey)));
        }
    }

    private static IEnumerable<TableModel> Models(EquatableArray<TableDeclaration> declarations, EquatableArray<TableRead> reads) =>
        declarations.Distinct().Select(declaration => reads.Where(read => read.Table == declaration.FullName).ToArray())
            .Where(files => files is [{ Model: not null }]).Select(files => files[0].Model!);

    private static IEnumerable<SaidByGenerator> Wrong(DeclaredTable table, EquatableArray<TableRead> reads)
    {
        if (table.Wrong is { } wrong)
            return [wrong];
        var (file, place) = (table.Declaration.File, table.PlaceOf(DeclaredTable.FileKey));
        var files = reads.Where(read => read.Table == table.Declaration.FullName).ToImmutableArray();
        return files.Length switch
        {
            0 => [place.Say(
                Descriptors.NoTableFile.Id,
                $"No additional file of the project is '{file}'. Add it to the project: <AdditionalFiles Include=\"{file}\" />.")],
            1 => files[0].Errors.Select(error => table.PlaceOf(error.Key).Say(error.Id, error.Message)),
            _ => [place.Say(
                Descriptors.NoTableFile.Id,
                $"Several additional files are '{file}': {string.Join(", ", files.Select(read => read.Path))}. Write more of the path of the one that is meant.")],
        };
    }
}
