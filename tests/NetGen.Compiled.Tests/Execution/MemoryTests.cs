using NetGen.Compiled.Tests.Operations;
using NetGen.Generator;
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
            Assert.InRange(memory.FloatsPerSample, memory.LivePerSample, memory.LivePerSample * 1.05);
            Assert.InRange(memory.FixedFloats, memory.LiveFixed, memory.LiveFixed * 1.05);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_alive_at_once_does_not_overlap(string name)
    {
        foreach (var program in Compiler.Programs(WholeNetworks.Get(name).Model))
        {
            foreach (var batched in new[] { true, false })
            {
                var slots = program.Memory.Slots.Where(s => program.Program.Graph[s.Value].Type.Batched == batched).ToArray();
                foreach (var (a, b) in from a in slots from b in slots where a.Value < b.Value && AreAliveAtOnce(a.Value, b.Value) select (a, b))
                {
                    var (first, second) = (a.PerSample + a.Fixed, b.PerSample + b.Fixed);
                    Assert.True(first + a.Size <= second || second + b.Size <= first, $"{program.Name}: %{a.Value} and %{b.Value} share memory.");
                }
            }

            bool AreAliveAtOnce(int a, int b)
            {
                var ((fromA, toA), (fromB, toB)) = (Life(a), Life(b));
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
}
