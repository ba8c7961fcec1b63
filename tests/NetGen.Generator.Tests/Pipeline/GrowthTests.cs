using System.Diagnostics;
using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Optimization;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>
/// What the compiler costs grows as the network does: four times the operations are about four times the work, and not sixteen. Times are the
/// least of several, taken in turns, and the bound leaves room for a busy machine.
/// </summary>
[Collection(nameof(GrowthTests))]
[CollectionDefinition(nameof(GrowthTests), DisableParallelization = true)]
public class GrowthTests
{
    private const int Few = 200, Many = 800, MostRuns = 60;

    public static TheoryData<string, string, string> Chains => new()
    {
        { "a chain of functions", "", "Tanh(t#) * 0.5f" },
        { "a chain over a weight each", "private readonly Parameter p@ = Parameter(64);", "t# * p@" },
        { "one value read by all", "", "t# + Tanh(x * @f)" },
        { "kernels of the library", "", "Softmax(t#)" },
        { "equal layers", "private readonly Layer d@ = Dense(64);", "d@(t#)" },
        { "what has to do with weights only", "private readonly Parameter p@ = Parameter(64);", "t# * Softmax(p@)" },
        { "one layer called by all", "", "head(Softmax(t#))" },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Four_times_the_operations_take_about_four_times_the_work(string what, string field, string value)
    {
        var (few, many) = (Model(Few, field, value), Model(Many, field, value));
        var (bytes, bytesOfMany) = (long.MaxValue, long.MaxValue);
        var (time, timeOfMany) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        // What is made once, and what the JIT does.
        Measure(few, ref time, ref bytes);
        // A busy machine can make any one run slow and none fast, so the least times of both sides tell, and more runs only bring them nearer.
        // A compiler of quadratic cost stays at sixteen however often it is asked.
        for (var run = 0; run < 1 || (run < MostRuns && timeOfMany > 8 * time); run++)
        {
            Measure(few, ref time, ref bytes);
            Measure(many, ref timeOfMany, ref bytesOfMany);
        }

        Assert.True(bytesOfMany < 5.0 * bytes, $"{what}: {Few} operations allocate {bytes} bytes in the compiler, {Many} allocate {bytesOfMany}.");
        Assert.True(timeOfMany < 8 * time, $"{what}: {Few} operations take {time.TotalMilliseconds} ms, {Many} take {timeOfMany.TotalMilliseconds} ms.");
    }

    /// <summary>
    /// Images that must be as large as each other, the last of which cannot shrink: what one needs is found out from behind.
    /// </summary>
    [Fact]
    public void Four_times_the_images_that_wait_for_each_other_are_about_four_times_the_work()
    {
        var (few, many) = (Images(Few), Images(Many));
        var (time, timeOfMany) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var run = 0; run < 3 || (run < MostRuns && timeOfMany > 8 * time); run++)
        {
            Measure(few, ref time);
            Measure(many, ref timeOfMany);
        }

        Assert.True(
            timeOfMany < 8 * time, $"{Few} images take {time.TotalMilliseconds} ms, {Many} take {timeOfMany.TotalMilliseconds} ms.");
    }

    private static void Measure(TensorGraph graph, ref TimeSpan least)
    {
        var clock = Stopwatch.StartNew();
        DeadRegions.Run(graph, TestContext.Current.CancellationToken);
        least = clock.Elapsed < least ? clock.Elapsed : least;
    }

    /// <summary>pool(c1(x) + c2(x)) + pool(c2(x) + c3(x)) + … + pool(cn(x) + x) of 5×5 pixels, whose last line no pooling reads.</summary>
    private static TensorGraph Images(int count)
    {
        var builder = new GraphBuilder();
        var x = builder.Apply(new Input(0, "x", TensorType.PerSample(5, 5, 1)));
        var images = Enumerable.Range(0, count)
            .Select(i => builder.Apply(new Convolution(1, 1), x, builder.Apply(new Weight(string.Create(CultureInfo.InvariantCulture, $"w{i}"), TensorType.Shared(1, 1, 1, 1))))).Append(x).ToArray();
        var pools = Enumerable.Range(0, count).Select(
            i => builder.Apply(new MaxPool2D(new Window2D(2, 2, 2, 2, 0, 0, 0, 0)), builder.Add(images[i], images[i + 1])));
        builder.Output("result", pools.Aggregate(builder.Add));
        return builder.Build();
    }

    private static void Measure(NetworkModel model, ref TimeSpan least, ref long bytes)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        Compiler.Compile(model with { HasCuda = true });
        least = clock.Elapsed < least ? clock.Elapsed : least;
        bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
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
                private readonly Layer head = Dense(64);
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
