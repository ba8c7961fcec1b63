using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using NetGen.Testing;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>The generated file for CUDA, reviewed as code, and when there is one.</summary>
public sealed class CudaTextTests
{
    /// <summary>What the generator knows the package by.</summary>
    private const string Package = "namespace NetGen.Cuda { public sealed class CudaDevice; }";

    private const string Mlp =
        """
        [Network]
        public sealed partial class MnistMlp
        {
            private readonly Layer layers = Sequential(Flatten, Dense(128), Relu, Dense(10));

            public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    [Fact]
    public void MnistMlp()
    {
        var network = Compiler.Compile(Compiled.Model(Mlp + Package, "MnistMlp"));
        Assert.Multiple(
            () => Snapshot.Verify(network.Cuda!.Text, "cs", "Cuda"),
            () => Snapshot.Verify(network.Api.Text, "cs", "Api"),
            () => Snapshot.Verify(network.Programs.Text, "cs", "Programs"));
    }

    [Fact]
    public void Without_the_package_nothing_speaks_of_devices()
    {
        var model = Compiled.Model(Mlp);
        Assert.False(model.HasCuda);
        Assert.NotEqual(model, Compiled.Model(Mlp + Package, "MnistMlp"));
        var network = Compiler.Compile(model);
        Assert.Null(network.Cuda);
        Assert.DoesNotContain("OnDevice", network.Api.Text + network.Programs.Text, StringComparison.Ordinal);
        Assert.Equal(["MnistMlp.Kernels.g.cs", "MnistMlp.Programs.g.cs", "MnistMlp.g.cs"], Files(Run(Mlp)));
    }

    [Fact]
    public void With_the_package_there_is_one_more_file() =>
        Assert.Equal(["MnistMlp.Cuda.g.cs", "MnistMlp.Kernels.g.cs", "MnistMlp.Programs.g.cs", "MnistMlp.g.cs"], Files(Run(Mlp, Package)));

    [Fact]
    public void The_processors_kernels_are_the_same_with_and_without_the_package() =>
        Assert.Equal(Compiler.Compile(Compiled.Model(Mlp)).Kernels.Text, Compiler.Compile(Compiled.Model(Mlp + Package, "MnistMlp")).Kernels.Text);

    [Fact]
    public void A_comment_compiles_nothing()
    {
        var compilation = Compiled.Compilation(Mlp, Package);
        var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Compiled.Parse("// A comment.\n" + Mlp, 0));
        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        foreach (var step in new[] { NetGenGenerator.CompileStep, NetGenGenerator.CudaStep })
        {
            Assert.All(
                result.TrackedSteps[step].SelectMany(s => s.Outputs),
                output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {output.Reason}"));
        }
    }

    private static GeneratorDriverRunResult Run(params string[] sources) =>
        Driver().RunGenerators(Compiled.Compilation(sources), TestContext.Current.CancellationToken).GetRunResult();

    private static IEnumerable<string> Files(GeneratorDriverRunResult result) =>
        result.GeneratedTrees.Select(tree => Path.GetFileName(tree.FilePath)).Order(StringComparer.Ordinal);

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new NetGenGenerator().AsSourceGenerator()],
        parseOptions: Compiled.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
