using System.Diagnostics;
using System.Globalization;
using NetGen.Generator.Emission.Api;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Graph;
using NetGen.Generator.Planning;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>A keystroke makes what is being compiled worthless: the compiler ends inside of whatever it does, not after it.</summary>
public class CancellationTests
{
    private static readonly NetworkModel Small = WithCuda(
        """
        [Network]
        public partial class Net
        {
            private readonly Layer layers = Sequential(Conv2D(8, 3), Relu, MaxPool2D(2), Flatten, Dense(8), Relu, Dropout(0.5f), Dense(10));

            public Tensor Forward([Shape(12, 12, 1)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """);

    [Fact]
    public void Every_pass_looks_at_cancellation()
    {
        var objective = Small.Methods.Single(m => m.IsObjective);
        foreach (var pass in Compiler.InferencePasses.Concat(Compiler.TrainingPasses(objective)).Append(BFloat16Operands.Pass))
            Assert.Throws<OperationCanceledException>(() => pass.Run(objective.Graph, Cancelled));
    }

    [Fact]
    public void Everything_after_the_passes_looks_at_cancellation()
    {
        var programs = Compiler.Programs(Small);
        var cuda = Compiler.CudaPrograms(Small);
        var program = programs.Single(p => p.Kind == ProgramKind.Step);
        var (fused, schedule) = (program.Program, program.Schedule);
        foreach (var run in new Action[]
        {
            () => FeatureAnalysis.Run(Small, Cancelled),
            () => GraphVerifier.Verify(fused.Graph, Cancelled),
            () => Fusion.Run(fused.Graph, Cancelled),
            () => CudaContraction.In(fused, Small.Precision, [32], Cancelled),
            () => NetGen.Generator.Planning.Schedule.Of(fused, [], Cancelled),
            () => MemoryPlan.Of(fused, schedule, [], Cancelled),
            () => Placement.Of([new Life(0, 1, 0, 1)], Cancelled),
            () => ApiEmitter.Emit(Small, programs, cuda, Cancelled),
            () => ProgramsEmitter.Emit(Small, programs, cuda, Cancelled),
            () => CpuEmitter.Emit(Small, programs, Cancelled),
            () => CudaEmitter.Emit(Small, cuda, Cancelled),
            () => PlanText.Of(Small, programs, Cancelled),
            () => Compiler.Dump(Small, Cancelled),
            () => Compiler.Build(Small, Cancelled),
        })
        {
            Assert.Throws<OperationCanceledException>(run);
        }
    }

    private static NetworkModel WithCuda(string source) => Compiled.Model(source) with { HasCuda = true };

    private static CancellationToken Cancelled => new(canceled: true);

    /// <summary>Whenever it comes. The whole takes seconds.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void A_large_network_is_left_within_a_second(double share)
    {
        var whole = TimeSpan.FromSeconds(4);
        for (var attempt = 1; ; attempt++)
        {
            using var cancellation = new CancellationTokenSource();
            var (clock, sinceCancelled) = (Stopwatch.StartNew(), new Stopwatch());
            using var stops = cancellation.Token.Register(sinceCancelled.Start);
            cancellation.CancelAfter(TimeSpan.FromTicks((long)(share * whole.Ticks)));
            try
            {
                Compiler.Build(Large.Value, cancellation.Token);
                whole = clock.Elapsed < whole ? clock.Elapsed : whole / 2;
            }
            catch (OperationCanceledException)
            {
                // A busy machine makes any one run slow.
                if (sinceCancelled.Elapsed < TimeSpan.FromSeconds(1))
                    return;
            }
            Assert.True(attempt < 20, $"It ended {sinceCancelled.Elapsed.TotalSeconds} s after it was cancelled, or before.");
        }
    }

    private static readonly Lazy<NetworkModel> Large = new(() =>
    {
        // Of many sizes, so that each has kernels of its own.
        var layers = Enumerable.Range(0, 120).Select(i => (20 + (i % 40)).ToString(CultureInfo.InvariantCulture)).ToArray();
        return WithCuda(
            $$"""
            [Network]
            public partial class Net
            {
                private readonly Layer layers = Sequential({{string.Join(", ", layers.Select(size => $"Dense({size}), Tanh, Softmax"))}});

                public Tensor Forward([Shape(64)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """);
    });
}
