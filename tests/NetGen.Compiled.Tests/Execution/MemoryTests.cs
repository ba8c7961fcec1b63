using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using NetGen.Generator;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Planning;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>
/// No plan can need less than what is alive at once at the worst moment. The greedy one stays within 5 % of that bound.
/// </summary>
public sealed class MemoryTests
{
    public static IEnumerable<object[]> Names => WholeNetworks.Texts.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plan_is_near_the_bound_of_liveness(string name)
    {
        foreach (var program in Compiler.Programs(WholeNetworks.Get(name).Model))
        {
            var memory = program.Memory;
            Assert.InRange(memory.FloatsPerSample, memory.LiveOf(RowSpace.Samples), memory.LiveOf(RowSpace.Samples) * 1.05);
            Assert.InRange(memory.FixedFloats, memory.LiveOf(RowSpace.None), memory.LiveOf(RowSpace.None) * 1.05);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_alive_at_once_does_not_overlap(string name)
    {
        foreach (var program in Compiler.Programs(WholeNetworks.Get(name).Model))
        {
            // Asked for every pair.
            var lives = program.Memory.Slots.Select(slot => slot.Value).Distinct().ToDictionary(value => value, Life);
            foreach (var batched in new[] { true, false })
            {
                var slots = program.Memory.Slots.Where(s => program.Program.Graph[s.Value].Type.Batched == batched).ToArray();
                foreach (var (a, b) in from a in slots from b in slots where a.Value < b.Value && AreAliveAtOnce(a.Value, b.Value) select (a, b))
                {
                    var (first, second) = (a.PerSample + a.Fixed, b.PerSample + b.Fixed);
                    if (b.InPlaceOf == a.Value)
                    {
                        AssertWrittenOver(a, b);
                        continue;
                    }
                    Assert.True(first + a.Size <= second || second + b.Size <= first, $"{program.Name}: %{a.Value} and %{b.Value} share memory.");
                }
            }

            // The only kernel that reads a in its last phase makes b, of as many numbers, and reads a nowhere but where it writes.
            void AssertWrittenOver(Slot a, Slot b)
            {
                var fused = program.Program;
                Assert.Equal((a.PerSample, a.Fixed, a.Size), (b.PerSample, b.Fixed, b.Size));
                Assert.Equal(lives[a.Value].To, lives[b.Value].From);
                var reader = Assert.Single(
                    fused.Groups, g => program.Schedule.Phase[g.Id] == lives[a.Value].To && g.Reads(fused.Graph).Contains(a.Value));
                Assert.Contains(b.Value, reader.Stores);
                if (reader.Body is not RuntimeCallBody)
                    Assert.DoesNotContain(a.Value, reader.Operands.Concat(reader.Prologue.SelectMany(n => fused.Graph[n].Inputs)).Select(fused.Root));
            }

            bool AreAliveAtOnce(int a, int b)
            {
                var ((fromA, toA), (fromB, toB)) = (lives[a], lives[b]);
                return fromA <= toB && fromB <= toA;
            }

            // Phases from the one that stores a value to the last that reads it; an output is read after the last.
            (int From, int To) Life(int value)
            {
                var fused = program.Program;
                var touched = fused.Groups.Where(g => g.Stores.Contains(value) || g.Members.Contains(value) || g.Reads(fused.Graph).Contains(value))
                    .Select(g => program.Schedule.Phase[g.Id]).ToArray();
                var isOutput = fused.Graph.Outputs.Any(o => fused.Root(o.Value) == value);
                return (touched.Min(), isOutput ? int.MaxValue : touched.Max());
            }
        }
    }

    /// <summary>
    /// The second network's loss reads the layers' values again, times zero: backward needs them, and they keep memory of their own.
    /// </summary>
    [Theory]
    [Trait("Category", "Kernels")]
    [InlineData(1)]
    [InlineData(2)]
    public void Writing_over_what_dies_changes_no_bit(int threads)
    {
        const string layers = """
            private readonly Layer first = Dense(35), second = Dense(35), third = Dense(7);

            private Tensor Hidden(Tensor x) => Gelu(first(x));

            private Tensor Soft(Tensor x) => Softmax(second(Hidden(x)));

            private Tensor Logits(Tensor x) => third(Hidden(x) * Soft(x) + Tanh(Soft(x)));

            public Tensor Forward([Shape(21)] Tensor x) => Logits(x);
            """;
        static NetworkSource Source(string name, string loss) => new(name, $$"""
            [Network]
            public sealed partial class Net
            {
                {{layers}}

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => {{loss}};
            }
            """);
        var networks = CompiledNetworks.Compile(
        [
            Source("Over", "CrossEntropy(Logits(x), label)"),
            Source("Apart", "CrossEntropy(Logits(x), label) + 0f * (Mean(Logits(x)) + Mean(Soft(x)) + Mean(Hidden(x)))"),
        ]);
        Assert.True(IsOver("Over"));
        Assert.False(IsOver("Apart"));
        Agreement.Same(Train("Apart"), Train("Over"), "weights after ten steps");

        // Whether the loss's gradient is written over the logits.
        bool IsOver(string name)
        {
            var step = Compiler.Programs(networks[name].Model).Single(p => p.Kind == ProgramKind.Step);
            return step.Memory.Slots.Single(s => step.Program.Graph[s.Value].Operation is CrossEntropyGradient).InPlaceOf is not null;
        }

        float[] Train(string name)
        {
            using var network = networks[name].Create(seed: 3, threads);
            for (var step = 0; step < 10; step++)
                network.Step("Loss", networks[name].Inputs("Loss", 5, step), new Adam(1e-2f));
            return network.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        }
    }
}
