using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;
using NetGen.Testing;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>The generated files, reviewed as code: what users call (#Api), what that does (#Programs), what computes it (#Kernels).</summary>
public sealed class GeneratedTextTests
{
    /// <summary>Two dense layers: the shortest network that shows forward, backward and update.</summary>
    [Fact]
    public void MnistMlp() => Verify(
        """
        namespace Samples;

        [Network]
        public sealed partial class MnistMlp
        {
            private readonly Layer layers = Sequential(Flatten, Dense(128), Relu, Dense(10));

            public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """);

    /// <summary>The design's network: convolutions with pooling in their kernels.</summary>
    [Fact]
    public void MnistCnn() => Verify(MnistTests.MnistCnn);

    /// <summary>The attribute form.</summary>
    [Fact]
    public void Tiny() => Verify(
        """
        [Network, Input(28, 28, 1)]
        [Conv2D(32, 3), Relu, MaxPool2D(2)]
        [Flatten, Dense(10)]
        [Objective(Loss.CrossEntropy)]
        public sealed partial class Tiny;
        """);

    /// <summary>A network of which other sizes are made, and one of them: a class in the user's.</summary>
    [Fact]
    public void Variants()
    {
        var read = Compiled.Read(
            """
            namespace Samples;

            [Network, Variants(nameof(Width), 64, 128)]
            public sealed partial class Sized
            {
                private const int Width = 32;

                private readonly Layer layers = Sequential(Dense(Width), Relu, Dense(1));

                public Tensor Forward([Shape(8)] Tensor x) => layers(x);
            }
            """);
        Assert.Multiple(
            () => Snapshot.Verify(Compiler.Compile(read.Model!).Api.Text, "cs", "Api"),
            () => Snapshot.Verify(Compiler.Compile(read.Variants[1]!).Api.Text, "cs", "ApiOfWidth128"));
    }

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var network = Compiler.Compile(Compiled.Model(source));
        Assert.Multiple(
            () => Snapshot.Verify(network.Api.Text, "cs", "Api", method: method),
            () => Snapshot.Verify(network.Programs.Text, "cs", "Programs", method: method),
            () => Snapshot.Verify(network.Kernels.Text, "cs", "Kernels", method: method));
    }
}
