using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Reading;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// Reports what reading a network finds. It reads by the generator's own code; diagnostics come from an analyzer because #pragma and
/// .editorconfig work only on those.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors.All.Values];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!type.IsNetwork())
            return;
        foreach (var diagnostic in NetworkReader.Read(type, context.Compilation, context.CancellationToken).Diagnostics)
            context.ReportDiagnostic(diagnostic);
    }
}
