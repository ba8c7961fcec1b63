using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Reading;

namespace NetGen.Generator;

/// <summary>The incremental pipeline: read each [Network] class, compile its model, add the files.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetGenGenerator : IIncrementalGenerator
{
    public const string ReadStep = "Read";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider.ForAttributeWithMetadataName(
                LanguageTypes.NetworkAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (found, cancellation) =>
                    NetworkReader.Read((INamedTypeSymbol)found.TargetSymbol, found.SemanticModel.Compilation, cancellation).Model)
            .Where(static model => model is not null)
            .WithTrackingName(ReadStep);
        context.RegisterSourceOutput(models, static (_, _) => { });
    }
}
