using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Emission.Api;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Benchmarks;

/// <summary>The generator from the start, as in a build, and its parts: C# to graph, all passes to the memory plan, and the two files.</summary>
public class Generation
{
    private SyntaxTree tree = null!;
    private NetworkModel model = null!;
    private IReadOnlyList<CompiledProgram> programs = null!;

    public static IEnumerable<Network> Networks => Network.All;

    [ParamsSource(nameof(Networks))]
    public Network Network { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        tree = Users.Parse(Network.Source, "Net.cs");
        model = Users.Read(Users.Project(tree));
        programs = Compiler.Programs(model);
    }

    [Benchmark]
    public object Generate() => Users.Driver().RunGenerators(Users.Project(tree));

    [Benchmark]
    public object Read() => Users.Read(Users.Project(tree));

    [Benchmark]
    public object Passes() => Compiler.Programs(model);

    [Benchmark]
    public object WriteApi() => ApiEmitter.Emit(model, programs);

    [Benchmark]
    public object WriteKernels() => CpuEmitter.Emit(model, programs);
}
