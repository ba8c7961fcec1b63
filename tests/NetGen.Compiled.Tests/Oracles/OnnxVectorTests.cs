using System.Runtime.CompilerServices;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>
/// Law 1c: compiled networks, and the reference meaning of their operations, against ONNX's published operator vectors. What is compared
/// with the reference elsewhere, kernels and gradients, rests on this.
/// </summary>
public sealed class OnnxVectorTests(ITestOutputHelper output)
{
    private static readonly Lazy<OnnxRun[]> All = new(() => [.. OnnxVector.All.Select(vector => new OnnxRun(vector))]);

    /// <summary>All that are in scope with NETGEN_ALL_CASES=1, and otherwise the first of each operator.</summary>
    private static readonly Lazy<OnnxRun[]> Compared = new(() =>
    {
        var inScope = All.Value.Where(run => run.IsInScope());
        OnnxRun[] runs = [.. Environment.GetEnvironmentVariable("NETGEN_ALL_CASES") == "1" ? inScope : inScope.DistinctBy(run => run.Operators)];
        OnnxRun.ByMeaning(runs);
        var compiled = CompiledNetworks.Compile([.. runs.SelectMany(run => run.Sources)]);
        foreach (var run in runs)
            run.Compare(compiled);
        return runs;
    });

    [Fact]
    [Trait("Category", "Kernels")]
    public void Compiled_networks_agree()
    {
        SkipWithoutData();
        NoneFails(Compared.Value);
    }

    [Fact]
    public void Meanings_agree()
    {
        SkipWithoutData();
        OnnxRun[] others = [.. All.Value.Except(Compared.Value)];
        OnnxRun.ByMeaning(others);
        NoneFails(others);
    }

    /// <summary>A new operation brings its vectors. `bash tests/conformance.sh` writes the page.</summary>
    [Fact]
    public void The_page_names_what_passes_and_what_is_out_of_scope()
    {
        SkipWithoutData();
        OnnxRun.ByMeaning([.. All.Value.Except(Compared.Value)]);
        var (page, path) = (ConformanceReport.Write(All.Value), Path.GetFullPath("../../docs/conformance.md", Folder()));
        output.WriteLine(page);
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, page);
        var written = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(written == page, "docs/conformance.md is another: bash tests/conformance.sh writes it.");
    }

    private static void NoneFails(OnnxRun[] runs)
    {
        var failed = runs.Where(run => run.Failure is not null).Select(run => $"{run.Vector.Suite}/{run.Vector.Name}: {run.Failure}").ToArray();
        Assert.True(failed.Length == 0, $"{failed.Length} vectors fail.\n{string.Join("\n", failed)}");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetFullPath("..", Path.GetDirectoryName(file)!);

    private static void SkipWithoutData() => Assert.SkipUnless(
        OnnxVector.AreInstalled, $"ONNX's operator vectors are not installed ({OnnxVector.Data}; Debian package libonnx-testdata).");
}
