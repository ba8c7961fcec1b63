using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Borders;

/// <summary>What the compiler makes of a program that nobody wrote: an error, or code that compiles; never anything else, and within bounds.</summary>
internal static class MutantRun
{
    /// <summary>
    /// So many times as long as an ordinary network, at the same time on the same machine, is what a program may take: one that uses up its budget takes
    /// as long as five or so.
    /// </summary>
    private const int Longest = 40;

    /// <summary>So much may be allocated for one program, by all of its threads together.</summary>
    private const long Most = 2L << 30;

    private static readonly ReaderWriterLockSlim Others = new();

    /// <summary>What is wrong with what the compiler makes of the program; null: nothing.</summary>
    public static string? Check(string text, bool withGenerated)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Other mutants at the same time allocate as well, and a busy machine makes any one run slow: what seems too much is measured
            // alone.
            var (wrong, cost) = attempt == 1
                ? Beside(() => Measured(text, withGenerated))
                : Alone(() => Measured(text, withGenerated: false));
            if (wrong is not null)
                return wrong;
            if (cost.Bytes < Most && (cost.Time < TimeSpan.FromSeconds(2) || cost.Time < Longest * Ordinary().Time))
                return null;
            if (attempt == 3)
                return $"took {cost.Time.TotalSeconds:0.0} s and {cost.Bytes >> 20} MB";
        }
    }

    private static Cost Ordinary() => Measured(Corpus.Ordinary, withGenerated: false).Cost;

    private static T Beside<T>(Func<T> measure)
    {
        Others.EnterReadLock();
        try
        {
            return measure();
        }
        finally
        {
            Others.ExitReadLock();
        }
    }

    private static T Alone<T>(Func<T> measure)
    {
        Others.EnterWriteLock();
        try
        {
            return measure();
        }
        finally
        {
            Others.ExitWriteLock();
        }
    }

    /// <summary>What NetGen takes is measured, without what C# takes for the result.</summary>
    private static (string? Wrong, Cost Cost) Measured(string text, bool withGenerated)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var compilation = Compiled.Compilation(text);
        var tree = compilation.SyntaxTrees.Last();
        var semantics = compilation.GetSemanticModel(tree);
        var networks = tree.GetRoot(timeout.Token).DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Select(declaration => semantics.GetDeclaredSymbol(declaration, timeout.Token)).OfType<INamedTypeSymbol>()
            .Where(type => type.IsNetwork())
            .Distinct(SymbolEqualityComparer.Default).Cast<INamedTypeSymbol>();
        var cost = new Cost(TimeSpan.Zero, 0);
        foreach (var network in networks)
        {
            try
            {
                if (Network(network, compilation, withGenerated, ref cost, timeout.Token) is { } wrong)
                    return ($"{network.Name}: {wrong}", cost);
            }
            catch (Exception e)
            {
                return ($"{network.Name}: {e}", cost);
            }
        }
        return (null, cost);
    }

    private static string? Network(
        INamedTypeSymbol network, Compilation compilation, bool withGenerated, ref Cost cost, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var bytes = GC.GetTotalAllocatedBytes();
        var result = NetworkReader.Read(network, compilation, cancellation);
        var files = result.Model is null ? null : Compiler.Build(result.Model, cancellation);
        cost = new(cost.Time + clock.Elapsed, cost.Bytes + GC.GetTotalAllocatedBytes() - bytes);

        if (result.Diagnostics.FirstOrDefault(d => d.Id == "NG0901" || d.Location.SourceTree is null) is { } failure)
            return failure.ToString();
        if (files is null)
        {
            return result.Diagnostics.Count > 0 || IsComponent(network) || HasErrors(compilation, cancellation)
                ? null
                : "C# has no errors, NetGen says nothing, and there is no program";
        }
        // The user's text may call what is generated, also for other networks.
        if (!withGenerated || result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) || HasErrors(compilation, cancellation))
            return null;
        var errors = compilation
            .AddSyntaxTrees(new[] { files.Api, files.Programs, files.Kernels }.Select((file, i) => Compiled.Parse(file.Text, 8 + i))).GetDiagnostics(cancellation)
            .Where(d => d.Severity == DiagnosticSeverity.Error);
        return errors.FirstOrDefault() is { } error ? $"what is generated does not compile: {error}" : null;
    }

    private static bool IsComponent(INamedTypeSymbol network) => network.PrimaryConstructor() is { Parameters.Length: > 0 };

    private static bool HasErrors(Compilation compilation, CancellationToken cancellation) =>
        compilation.GetDiagnostics(cancellation).Any(d => d.Severity == DiagnosticSeverity.Error);

    private readonly record struct Cost(TimeSpan Time, long Bytes);
}
