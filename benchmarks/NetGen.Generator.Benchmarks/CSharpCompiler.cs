using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Benchmarks;

/// <summary>What the C# compiler takes for the project with the generated files: parsing, binding, IL. The generator has run before.</summary>
public class CSharpCompiler
{
    private string[] texts = [];

    public static IEnumerable<Network> Networks => Network.All;

    [ParamsSource(nameof(Networks))]
    public Network Network { get; set; } = null!;

    [GlobalSetup]
    public void Generate() => texts = [Network.Source, .. Users.Generated(Network.Source)];

    /// <summary>A new project each time: a compilation remembers what it has found out.</summary>
    [Benchmark]
    public byte[] Compile() => Users.Emit(Users.Project([.. texts.Select((text, i) => Users.Parse(text, $"File{i}.cs"))]));
}
