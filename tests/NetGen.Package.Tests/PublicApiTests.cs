using System.Reflection;
using NetGen.Cuda;
using NetGen.Data;
using NetGen.Metrics;
using NetGen.Terminal;
using NetGen.Testing;
using PublicApiGenerator;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>
/// Everything that a user, or generated code compiled long ago, may call: a change of it shows up in review. What editors hide
/// (NetGen.Runtime) is part of it.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void NetGen() => Verify(typeof(NetworkAttribute).Assembly);

    [Fact]
    public void NetGenAspNetCore() => Verify(typeof(AspNetCore.Prediction).Assembly);

    [Fact]
    public void NetGenCuda() => Verify(typeof(CudaDevice).Assembly);

    [Fact]
    public void NetGenData() => Verify(typeof(Mnist).Assembly);

    [Fact]
    public void NetGenEvaluation() => Verify(typeof(RocCurve).Assembly);

    [Fact]
    public void NetGenDataTables() => Verify(typeof(Table).Assembly);

    [Fact]
    public void NetGenDataAnalysis() => Verify(typeof(DataFrames).Assembly);

    [Fact]
    public void NetGenDataParquet() => Verify(typeof(ParquetTables).Assembly);

    [Fact]
    public void NetGenDataImages() => Verify(typeof(ImageInput).Assembly);

    [Fact]
    public void NetGenPlots() => Verify(typeof(Plot).Assembly);

    [Fact]
    public void NetGenText() => Verify(typeof(Text.ITokenizer).Assembly);

    [Fact]
    public void NetGenTextTokenizers() => Verify(typeof(Text.MicrosoftTokenizers).Assembly);

    [Fact]
    public void NetGenTerminal() => Verify(typeof(ConsoleProgress).Assembly);

    private static void Verify(Assembly assembly, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var options = new ApiGeneratorOptions
        {
            // Facts about the build, not about what can be called.
            IncludeAssemblyAttributes = false,
        };
        Snapshot.Verify(assembly.GeneratePublicApi(options), "cs", method: method);
    }
}
