using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading;

namespace NetGen.Generator;

/// <summary>
/// The incremental pipeline: read each [Network] class into a model, compile the model, add the files. Reading runs again on every edit, because what a network
/// computes may depend on any file; it is cheap, and its result is compared by value. Everything after it runs only when a network has changed.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetGenGenerator : IIncrementalGenerator
{
    /// <summary>Tracking names of the steps.</summary>
    public const string ReadStep = "Read", CompileStep = "Compile", ApiStep = "Api", KernelsStep = "Kernels", CudaStep = "Cuda";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                LanguageTypes.NetworkAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) =>
                    NetworkReader.Read((INamedTypeSymbol)found.TargetSymbol, found.SemanticModel.Compilation, cancellation).Model)
            .WithTrackingName(ReadStep);
        var compiled = models
            .Select(static (model, cancellation) => model is null ? null : Compile(model, cancellation))
            .WithTrackingName(CompileStep);

        // <NetGenDumpPasses>true</NetGenDumpPasses>: one more file, of comments, with what every pass made of the network.
        var dump = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.NetGenDumpPasses", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));
        context.RegisterImplementationSourceOutput(
            models.Combine(dump), static (output, pair) => Add(output, pair.Right && pair.Left is { } model ? Compiler.Dump(model) : null));

        // Typing needs the API at once; the kernels only when the project is built.
        context.RegisterSourceOutput(
            compiled.Select(static (network, _) => (network?.Files?.Api, network?.Failure)).WithTrackingName(ApiStep),
            static (output, result) =>
            {
                Add(output, result.Api);
                if (result.Failure is { } failure)
                    output.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalFailure, Location.None, failure));
            });
        context.RegisterImplementationSourceOutput(
            compiled.Select(static (network, _) => network?.Files?.Kernels).WithTrackingName(KernelsStep), static (output, file) => Add(output, file));
        context.RegisterImplementationSourceOutput(
            compiled.Select(static (network, _) => network?.Files?.Cuda).WithTrackingName(CudaStep), static (output, file) => Add(output, file));
    }

    private static void Add(SourceProductionContext output, GeneratedFile? file)
    {
        if (file is not null)
            output.AddSource(file.HintName, SourceText.From(file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
    }

    /// <summary>A failure is a bug of NetGen's own, since the reader has checked the model; it must not take the whole generator down.</summary>
    private static Result Compile(NetworkModel model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return new Result(Compiler.Compile(model), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Result(null, $"NetGen failed to compile '{model.FullName}'; this is a bug of NetGen, please report it. {e.GetType().Name}: {e.Message}");
        }
    }

    private sealed record Result(CompiledNetwork? Files, string? Failure);
}
