using System.Diagnostics;
using System.Globalization;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>
/// What the compiler costs grows as the network does: four times the operations are about four times the work, and not sixteen. Times are the
/// least of several, and the bound leaves room for a busy machine.
/// </summary>
[Collection(nameof(GrowthTests))]
[CollectionDefinition(nameof(GrowthTests), DisableParallelization = true)]
public class GrowthTests
{
    private const int Few = 200, Many = 800;

    public static TheoryData<string, string, string> Chains => new()
    {
        { "a chain of functions", "", "Tanh(t#) * 0.5f" },
        { "a chain over a weight each", "private readonly Parameter p@ = Parameter(64);", "t# * p@" },
        { "one value read by all", "", "t# + Tanh(x * @f)" },
        { "kernels of the library", "", "Softmax(t#)" },
        { "equal layers", "private readonly Layer d@ = Dense(64);", "d@(t#)" },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Four_times_the_operations_take_about_four_times_the_work(string what, string field, string value)
    {
        var (few, many) = (Model(Few, field, value), Model(Many, field, value));
        // The first run is the JIT's.
        Cost(few);
        var (time, bytes) = Cost(few);
        var (timeOfMany, bytesOfMany) = Cost(many);

        Assert.True(bytesOfMany < 5.0 * bytes, $"{what}: {Few} operations allocate {bytes} bytes in the compiler, {Many} allocate {bytesOfMany}.");
        Assert.True(timeOfMany < 8 * time, $"{what}: {Few} operations take {time.TotalMilliseconds} ms, {Many} take {timeOfMany.TotalMilliseconds} ms.");
    }

    private static (TimeSpan Time, long Bytes) Cost(NetworkModel model)
    {
        var (least, bytes) = (TimeSpan.MaxValue, long.MaxValue);
        for (var run = 0; run < 5; run++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            Compiler.Compile(model);
            least = clock.Elapsed < least ? clock.Elapsed : least;
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }
        return (least, bytes);
    }

    /// <summary>In fields and values, @ is the position and # the one before.</summary>
    private static NetworkModel Model(int operations, string field, string value)
    {
        string At(string text, int position) => text
            .Replace("@", position.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("#", (position - 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var positions = Enumerable.Range(1, operations).ToArray();
        return Compiled.Model(
            $$"""
            [Network]
            public partial class Net
            {
                private readonly Layer head = Dense(10);
                {{string.Join("\n    ", positions.Select(i => At(field, i)))}}

                public Tensor Forward([Shape(64)] Tensor x)
                {
                    var t0 = x;
                    {{string.Join("\n        ", positions.Select(i => $"var t{At("@", i)} = {At(value, i)};"))}}
                    return head(t{{operations}});
                }

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """);
    }
}
