using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>What runs again after an edit: reading always, everything expensive only for the network that has changed.</summary>
public class IncrementalTests
{
    private const string Network =
        """
        [Network]
        public sealed partial class First
        {
            private const int Width = 4;
            private readonly Layer layer = Dense(Width);
            public Tensor Forward([Shape(8)] Tensor x) => layer(x);
        }
        """;

    private const string Second =
        """
        [Network]
        public sealed partial class Second
        {
            private readonly Layer layer = Dense(3);
            public Tensor Forward([Shape(5)] Tensor x) => layer(x);
        }
        """;

    [Fact]
    public void A_comment_compiles_nothing() => AssertCompiles([Network], [Network.Replace("private const", "// Wide.\n    private const")], []);

    [Fact]
    public void A_comment_inside_an_expression_compiles_nothing() => AssertCompiles([Network], [Network.Replace("Dense(Width)", "Dense( /* wide */ Width)")], []);

    [Fact]
    public void Shifted_lines_compile_nothing() => AssertCompiles([Network], ["\n\n" + Network], []);

    [Fact]
    public void Another_file_compiles_nothing() => AssertCompiles([Network, "class Other;"], [Network, "class Other { int x; }"], []);

    [Fact]
    public void Another_name_for_the_same_constant_compiles_nothing() => AssertCompiles([Network], [Network.Replace("Width", "Size")], []);

    [Fact]
    public void A_changed_constant_compiles_that_network() =>
        AssertCompiles([Network, Second], [Network.Replace("Width = 4", "Width = 5"), Second], ["First"]);

    [Fact]
    public void A_changed_constant_in_another_file_compiles_the_network_that_uses_it() => AssertCompiles(
        [Network.Replace("Dense(Width)", "Dense(Sizes.Width)"), Second, "static class Sizes { public const int Width = 4; }"],
        [Network.Replace("Dense(Width)", "Dense(Sizes.Width)"), Second, "static class Sizes { public const int Width = 6; }"],
        ["First"]);

    /// <summary>The network itself has the list of its variants.</summary>
    [Fact]
    public void Another_value_of_variants_compiles_its_variant() => AssertCompiles(
        [Network.Replace("[Network]", "[Network, Variants(nameof(Width), 5, 6)]")], [Network.Replace("[Network]", "[Network, Variants(nameof(Width), 5, 7)]")], ["First", "First.Width7"]);

    [Fact]
    public void A_comment_compiles_no_variants() => AssertCompiles(
        [Network.Replace("[Network]", "[Network, Variants(nameof(Width), 5, 6)]")], [Network.Replace("[Network]", "// Wide.\n[Network, Variants(nameof(Width), 5, 6)]")], []);

    [Fact]
    public void A_second_network_compiles_alone() => AssertCompiles([Network, "class Other;"], [Network, Second], ["Second"]);

    [Fact]
    public void A_mistake_changes_the_files_of_its_network_alone()
    {
        var driver = Driver().RunGenerators(Compiled.Compilation(Network, Second), Cancellation);
        Assert.Equal(6, driver.GetRunResult().GeneratedTrees.Length);

        driver = driver.RunGenerators(Compiled.Compilation(Network.Replace("Width = 4", "Width = 0"), Second), Cancellation);

        // What it cannot compute it still has, for the sake of those who call it: its members, and no kernels.
        var files = driver.GetRunResult().GeneratedTrees.ToDictionary(t => Path.GetFileName(t.FilePath), t => t.ToString());
        Assert.Equal(4, files.Count);
        Assert.Single(files, file => file.Value.Contains("has errors", StringComparison.Ordinal));
        Assert.DoesNotContain("has errors", files["Second.g.cs"], StringComparison.Ordinal);
    }

    /// <summary>Runs the first sources, then the second, and looks at which networks the compile step ran for.</summary>
    private static void AssertCompiles(string[] before, string[] after, string[] networks)
    {
        var compilation = Compiled.Compilation(before);
        var driver = Driver().RunGenerators(compilation, Cancellation);
        for (var i = 0; i < before.Length; i++)
        {
            // As the IDE does it: the same tree object where a file did not change.
            if (before[i] != after[i])
                compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[i + 1], Compiled.Parse(after[i], i));
        }
        var result = driver.RunGenerators(compilation, Cancellation).GetRunResult().Results.Single();

        var ran = Outputs(result, NetGenGenerator.CompileStep).Where(o => o.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
        Assert.Equal(networks.Length, ran.Count());
        var sources = Outputs(result, NetGenGenerator.ApiStep).Where(o => o.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
            .Select(o => (((GeneratedFile? Api, GeneratedFile? Programs, string? Failure))o.Value).Api!.Network);
        Assert.Equal(networks, sources);
    }

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new NetGenGenerator().AsSourceGenerator()],
        parseOptions: Compiled.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
