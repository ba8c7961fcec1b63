using NetGen.Compiled.Tests.Operations;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>The process's allocations are counted, so nothing else may run.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationCollection;

/// <summary>Nothing is allocated per step or prediction once the first has made its workspace.</summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData("Mlp", 1)]
    [InlineData("Mlp", 2)]
    [InlineData("Cnn", 1)]
    [InlineData("Cnn", 2)]
    public void Steps_and_predictions_allocate_nothing(string name, int threads) => AllocateNothing(name, threads, new Adam(1e-3f));

    [Fact]
    public void Steps_that_look_at_all_gradients_allocate_nothing() => AllocateNothing(
        "Mlp", 2, new Adam(1e-3f).StoreGradients() with { ClipNorm = 1f, AdaptiveClip = 0.01f, Accumulate = 2, Groups = [new(new(1e-4f)) { OnlyVectors = true }] });

    private static void AllocateNothing<TOptimizer>(string name, int threads, TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var compiled = WholeNetworks.Get(name);
        using var network = compiled.Create(threads: threads);
        var inputs = compiled.Inputs("Loss", 16, 1);
        var short1 = compiled.Inputs("Loss", 5, 2);
        var (image, shortImage) = (inputs[..1], short1[..1]);
        var (result, shortResult) = (new float[160], new float[50]);
        Run(3);
        // Another thread of the process (the runtime's own) may allocate now and then; ten rounds of it are no coincidence.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 10 && least != 0; attempt++)
        {
            var own = GC.GetAllocatedBytesForCurrentThread();
            var all = GC.GetTotalAllocatedBytes(precise: true);
            Run(5);
            all = GC.GetTotalAllocatedBytes(precise: true) - all;
            own = GC.GetAllocatedBytesForCurrentThread() - own;
            Assert.Equal(0, own);
            least = Math.Min(least, all);
        }
        Assert.Equal(0, least);

        void Run(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                network.Step("Loss", inputs, optimizer);
                network.Step("Loss", short1, optimizer);
                network.Loss("Loss", inputs);
                network.Predict("Forward", image, result);
                network.Predict("Forward", shortImage, shortResult);
            }
        }
    }
}
