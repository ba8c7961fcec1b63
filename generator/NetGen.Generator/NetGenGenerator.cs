using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading;
using NetGen.Generator.Tables;

namespace NetGen.Generator;

/// <summary>
/// The incremental pipeline: read each [Network] class into a model, compile the model, add the files. Reading runs again on every edit,
/// because what a network computes may depend on any file; it is cheap, and its result is compared by value. Everything after it runs only
/// when a network has changed.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetGenGenerator : IIncrementalGenerator
{
    /// <summary>Tracking names of the steps.</summary>
    public const string ReadStep = "Read", TableStep = "Table", CompileStep = "Compile", ApiStep = "Api", KernelsStep = "Kernels", CudaStep = "Cuda";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var tables = TablePipeline.Read(context);
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(LanguageTypes.NetworkAttribute, static (node, _) => node is TypeDeclarationSyntax, static (found, _) => found)
            // Networks are read in the project with its tables, whose constants they may use.
            .Combine(tables.Select(static (table, _) => table.Text).Collect().Select(static (texts, _) => texts.ToEquatableArray()))
            .SelectMany(static (pair, cancellation) => Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(ReadStep)
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => !IsOff(options, "RunAnalyzers") && !IsOff(options, "RunAnalyzersDuringBuild")))
            // Where no analyzer says what is wrong, that the members are missing must.
            .Select(static (pair, _) => pair.Left is { Unread.Said.Count: 0 } && !pair.Right ? null : pair.Left);
        var compiled = models
            .Select(static (model, cancellation) => model is null ? null : Compile(model, cancellation))
            .WithTrackingName(CompileStep);
        var ambiguous = models.Select(static (model, _) => model?.FullName).Collect().Combine(tables.Select(static (table, _) => table.Network).Collect())
            .Select(static (names, _) => HintNames.Ambiguous(names.Left.OfType<string>().Concat(names.Right)));
        context.RegisterSourceOutput(tables.Combine(ambiguous), static (output, pair) => Add(output, pair.Left, pair.Right));

        // <NetGenDumpPasses>true</NetGenDumpPasses>: one more file, of comments, with what every pass made of the network.
        var dump = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.NetGenDumpPasses", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));
        context.RegisterImplementationSourceOutput(
            models.Combine(dump).Select(static (pair, _) => pair.Right ? pair.Left : null).Combine(ambiguous),
            static (output, pair) => Add(output, pair.Left is { } model ? () => Compiler.Dump(model, output.CancellationToken) : null, pair.Right, pair.Left?.FullName));

        // Typing needs the API at once; the kernels only when the project is built.
        var api = compiled.Select(
            static (network, _) => (network?.Api, network?.Files?.Programs, network?.Failure)).WithTrackingName(ApiStep);
        context.RegisterSourceOutput(api.Combine(ambiguous), static (output, pair) =>
        {
            Add(output, pair.Left.Api, pair.Right);
            Add(output, pair.Left.Programs, pair.Right);
            if (pair.Left.Failure is { } failure)
                output.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalFailure, Location.None, failure));
        });
        context.RegisterSourceOutput(models, static (output, model) =>
        {
            foreach (var said in model?.Unread?.Said ?? default)
                output.ReportDiagnostic(said.ToDiagnostic());
        });
        context.RegisterImplementationSourceOutput(
            compiled.Select(static (network, _) => network?.Files?.Kernels).WithTrackingName(KernelsStep).Combine(ambiguous),
            static (output, pair) => Add(output, pair.Left, pair.Right));
        context.RegisterImplementationSourceOutput(
            compiled.Select(static (network, _) => network?.Files?.Cuda).WithTrackingName(CudaStep).Combine(ambiguous),
            static (output, pair) => Add(output, pair.Left, pair.Right));
    }

    private static bool IsOff(AnalyzerConfigOptionsProvider options, string property) =>
        options.GlobalOptions.TryGetValue("build_property." + property, out var value) && value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The network and its variants, or where the analyzer reports what is wrong with one what its signatures promise; nothing where there
    /// is nothing to compile.
    /// </summary>
    private static ImmutableArray<NetworkModel?> Read(GeneratorAttributeSyntaxContext found, EquatableArray<string> tables, CancellationToken cancellation)
    {
        try
        {
            // A class of several parts is one network, at the part with the attribute; where several have it C# reports the second.
            var compilation = TableTrees.With(found.SemanticModel.Compilation, tables, cancellation);
            var type = tables.Count == 0
                ? (INamedTypeSymbol)found.TargetSymbol
                : (INamedTypeSymbol)compilation.GetSemanticModel(found.TargetNode.SyntaxTree).GetDeclaredSymbol(found.TargetNode, cancellation)!;
            return type.Attribute("NetworkAttribute")?.ApplicationSyntaxReference is { } attribute
                && attribute.SyntaxTree == found.TargetNode.SyntaxTree && found.TargetNode.Span.Contains(attribute.Span)
                ? Models(NetworkReader.Read(type, compilation, cancellation), type, compilation, cancellation)
                : [];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [];
        }
    }

    private static ImmutableArray<NetworkModel?> Models(ReadResult read, INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (Model(read, type, compilation, cancellation) is not { } network)
            return [];
        // A variant is as much as the network that it stands in.
        var unread = network.IsUnread ? network : read.Variants.Contains(null) ? UnreadNetwork.Of(type, compilation, cancellation) : null;
        var variants = network.Variants.Select((variant, i) => network.IsUnread || read.Variants[i] is null
            ? unread is null || unread.Unread!.Taken.Contains(variant.Name) ? null : UnreadNetwork.Variant(unread, variant)
            : read.Variants[i]);
        return [network, .. variants];
    }

    private static NetworkModel? Model(ReadResult read, INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (read.Model is { } model && !UnreadNetwork.LacksPartial(type, cancellation))
            return model;
        var unread = UnreadNetwork.Of(type, compilation, cancellation);
        return unread is not null && UnreadNetwork.LacksPartial(type, cancellation)
            ? unread with { Unread = unread.Unread! with { Said = read.Diagnostics.Select(SaidByGenerator.Of).ToEquatableArray() } }
            : unread;
    }

    private static void Add(SourceProductionContext output, GeneratedFile? file, EquatableArray<string> ambiguous) =>
        Add(output, file is null ? null : () => file, ambiguous, file?.Network);

    /// <summary>
    /// Nothing that goes wrong with one network's file is allowed to reach Roslyn: it would take away all files of all networks.
    /// </summary>
    private static void Add(SourceProductionContext output, Func<GeneratedFile>? make, EquatableArray<string> ambiguous, string? network)
    {
        if (make is null)
            return;
        try
        {
            var file = make();
            output.AddSource(
                HintNames.Of(file.Network, file.Kind, ambiguous.Contains(file.Network)), SourceText.From(file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalFailure, Location.None, Failure(network!, e)));
        }
    }

    /// <summary>
    /// A failure is a bug of NetGen's own, since the reader has checked the model; it must not take the whole generator down.
    /// </summary>
    private static Result Compile(NetworkModel model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            if (model.IsUnread)
                return new Result(Compiler.Members(model, cancellation), null, null);
            var files = Compiler.Build(model, cancellation);
            return new Result(files.Api, files, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var unread = model.IsUnread ? null : Compile(UnreadNetwork.Of(model), cancellation).Api;
            return new Result(unread, null, Failure(model.FullName, e));
        }
    }

    private static string Failure(string network, Exception e) =>
        $"NetGen failed to compile '{network}'; this is a bug of NetGen, please report it. {e.GetType().Name}: {e.Message}";

    /// <param name="Api">What users see of a network; the only file of one with errors.</param>
    /// <param name="Files">All files of a network without.</param>
    /// <param name="Failure">What NetGen failed by.</param>
    private sealed record Result(GeneratedFile? Api, CompiledNetwork? Files, string? Failure);
}
