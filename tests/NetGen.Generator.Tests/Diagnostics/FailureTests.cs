using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>What happens when reading cannot go on for reasons that are not the user's.</summary>
public class FailureTests
{
    /// <summary>A NetGen.dll of another version, whose Dense lacks what the generator knows.</summary>
    private const string OtherVersion =
        """
        namespace NetGen
        {
            public sealed class NetworkAttribute : System.Attribute;
            public sealed class ShapeAttribute(params int[] dims) : System.Attribute { public int[] Dims => dims; }
            public sealed class Tensor;
            public delegate Tensor Layer(Tensor x);
            public static class Layers { public static Layer Dense(int units) => null!; }
        }

        [NetGen.Network]
        public partial class Net
        {
            private readonly NetGen.Layer layer = NetGen.Layers.Dense(3);
            public NetGen.Tensor Forward([NetGen.Shape(8)] NetGen.Tensor x) => layer(x);
        }
        """;

    [Fact]
    public void An_exception_is_one_diagnostic_that_names_the_network()
    {
        var compilation = CSharpCompilation.Create("Users", [Compiled.Parse(OtherVersion, 0)], Net100.References.All);

        var result = NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, CancellationToken.None);

        Assert.Null(result.Model);
        var found = Assert.Single(result.Diagnostics);
        Assert.Equal("NG0901", found.Id);
        var message = found.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("'Net'", message, StringComparison.Ordinal);
        Assert.Contains("KeyNotFoundException", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_is_no_diagnostic()
    {
        var compilation = Compiled.Compilation(MnistTests.MnistCnn);

        Assert.Throws<OperationCanceledException>(
            () => NetworkReader.Read(compilation.GetTypeByMetadataName("Samples.MnistCnn")!, compilation, new CancellationToken(canceled: true)));
    }
}
