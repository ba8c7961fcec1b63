using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using NetGen.Generator;
using NetGen.Generator.Planning;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>No kernel writes over what another still reads, in the order in which the kernels really run.</summary>
public sealed class MemoryVerifierTests
{
    /// <summary>Networks that are planned but not compiled to IL. As many as NETGEN_RANDOM_NETWORKS says, and then other ones each time.</summary>
    private const int RandomNetworks = 48;

    public static IEnumerable<object[]> Names => WholeNetworks.Texts.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_written_over_what_is_still_read(string name) => Verify(WholeNetworks.Get(name).Model);

    [Fact]
    public void Nothing_is_written_over_what_is_still_read_in_random_networks()
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_RANDOM_NETWORKS"), out var more);
        var random = wanted ? new Random() : new Random(7);
        var sources = Enumerable.Range(0, wanted ? more : RandomNetworks)
            .Select(i => new NetworkSource($"Case{i}", RandomNetwork.Text([.. Enumerable.Range(0, 60).Select(_ => random.Next(1 << 20))]))).ToArray();
        foreach (var model in CompiledNetworks.Read(sources))
            Verify(model);
    }

    /// <summary>
    /// Weights only: softmax and sum of p in three phases, and softmax of q, which the samples' first kernel reads. By phases as the operands allow, that kernel has
    /// read q's before p's sum is written over it; but all kernels of weights run before the samples.
    /// </summary>
    [Fact]
    public void A_plan_by_phases_that_are_not_those_that_run_is_refused()
    {
        var program = Compiler.Programs(WholeNetworks.Get("WeightsOnly").Model).Single(p => p.Name == "Forward");
        Assert.NotEmpty(program.Once);
        MemoryVerifier.Verify(program);

        var byOperands = Generator.Planning.Schedule.Of(program.Program, []);
        var planned = program with { Memory = MemoryPlan.Of(program.Program, byOperands, program.Outputs.ToArray()) };
        Assert.Contains("was written", Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Verify(planned)).Message);
    }

    /// <summary>Every value to the start of the workspace.</summary>
    [Fact]
    public void Values_in_one_place_are_refused()
    {
        var program = Compiler.Programs(WholeNetworks.Get("Residual").Model).Single(p => p.Kind == ProgramKind.Step);
        var memory = program.Memory with { Slots = new(program.Memory.Slots.Select(s => s with { Offset = 0 })) };
        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Verify(program with { Memory = memory }));
    }

    /// <summary>A kernel of the next phase moves into the phase before.</summary>
    [Fact]
    public void A_kernel_that_runs_too_early_is_refused()
    {
        var program = Compiler.Programs(WholeNetworks.Get("Residual").Model).Single(p => p.Kind == ProgramKind.Step);
        var schedule = new Generator.Planning.Schedule(new(program.Schedule.Phase.Select(phase => phase == 2 ? 1 : phase)));
        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Verify(program with { Schedule = schedule }));
    }

    private static void Verify(NetworkModel model)
    {
        foreach (var program in Compiler.Programs(model).Concat(Compiler.CudaPrograms(model)))
            MemoryVerifier.Verify(program);
    }
}
