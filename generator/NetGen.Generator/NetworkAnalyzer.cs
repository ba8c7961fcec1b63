using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading;
using NetGen.Generator.Reading.Variants;

namespace NetGen.Generator;

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
        context.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(AnalyzeTraining, OperationKind.Invocation, OperationKind.MethodReference);
        context.RegisterCompilationStartAction(start =>
        {
            var compiled = 0;
            start.RegisterSymbolAction(symbol => Interlocked.Add(ref compiled, Analyze(symbol) ? 1 : 0), SymbolKind.NamedType);
            // Once for the project, whatever the number of its networks.
            start.RegisterCompilationEndAction(end =>
            {
                if (compiled > 0 && end.Compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
                    end.ReportDiagnostic(Diagnostic.Create(Descriptors.DebugBuild, Location.None, DebugBuild(end.Compilation.AssemblyName)));
            });
        });
    }

    /// <summary>Whether the class is a network for which code is generated.</summary>
    private static bool Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (VariantDeclaration.WithoutNetwork(type) is { } without)
            context.ReportDiagnostic(without);
        if (!type.IsNetwork())
            return false;
        // The generator has said it.
        if (UnreadNetwork.LacksPartial(type, context.CancellationToken) && !type.DeclaringSyntaxReferences.All(GeneratedMembers.IsUsers))
            return false;
        var read = NetworkReader.Read(type, context.Compilation, context.CancellationToken);
        foreach (var diagnostic in read.Diagnostics)
            context.ReportDiagnostic(diagnostic);
        return read.Model is not null;
    }

    /// <summary>
    /// A network that nobody disposes of; and a component that is made where nothing can hold it: neither in a network nor in what makes
    /// layers for one.
    /// </summary>
    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (DisposalCheck.Of(creation) is { } suggestion)
            context.ReportDiagnostic(suggestion);
        if (creation.Type is not INamedTypeSymbol type || !type.IsNetwork() || type.PrimaryConstructor() is not { Parameters.Length: > 0 }
            || IsForNetworks(context.ContainingSymbol))
        {
            return;
        }
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.NothingGenerated, creation.Syntax.GetLocation(), ComponentCheck.Made(type)));
    }

    private static void AnalyzeTraining(OperationAnalysisContext context)
    {
        if (ObjectiveCheck.Of(context.Operation) is { } diagnostic)
            context.ReportDiagnostic(diagnostic);
    }

    private static bool IsForNetworks(ISymbol? member)
    {
        var made = member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IMethodSymbol method => method.ReturnType,
            _ => null,
        };
        return made is null || made.HoldsLayers() || made.IsResult() || made.IsNetwork()
            || (member is IMethodSymbol { Parameters: var parameters } && parameters.Any(p => p.Type.Is("Tensor") || p.Type.HoldsLayers()))
            || (member!.ContainingType is { } owner && (owner.IsNetwork() || owner.GetMembers().Any(m => m is IFieldSymbol f && f.Type.HoldsLayers() && !f.IsStatic)));
    }

    private static string DebugBuild(string? project) =>
        $"The kernels of '{project}' are compiled without optimization (a Debug build): training and predicting are slower than in Release. "
        + "Build with -c Release, or set <Optimize>true</Optimize> for this project in Debug too; if slow is meant, add NG0702 to NoWarn.";
}
