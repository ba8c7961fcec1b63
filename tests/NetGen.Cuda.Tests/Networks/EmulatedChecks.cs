using Gpu;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>The checks that benchmarks/NetGen.Gpu makes on a GPU, on ILGPU's CPU accelerator. <see cref="EmulationTests"/> runs this in a process of its own.</summary>
public sealed class EmulatedChecks
{
    [Fact(Explicit = true)]
    public void The_small_network_is_right()
    {
        var found = new Dictionary<string, Agreement>();
        var network = NetworkCase.All.Single(network => network.Name == "assorted");
        var check = new Correctness(network, Emulator.Device(), (name, agreement) => found[name] = agreement);
        check.Forward(3);
        check.Training(2, 1);
        check.SameBits(2, 1);
        check.SaveAndLoad(2);
        Assert.Equal(7, found.Count);
        Assert.All(found, pair => Assert.True(pair.Value.Holds, $"{pair}"));
        // Roundings differ: these are not the processor's kernels.
        Assert.Contains(found.Values, agreement => agreement.LargestError > 0);
    }

    /// <summary>The processor does not round operands: what it finds when they are off by as much is enough for those that are rounded.</summary>
    [Fact(Explicit = true)]
    public void Rounded_operands_stay_within_the_bounds()
    {
        var found = new Dictionary<string, Agreement>();
        var check = new Correctness(NetworkCase.All.Single(network => network.Title == "mlp/bf16"), Emulator.Device(), (name, agreement) => found[name] = agreement);
        // Training is EmulatedPrecision's, whose networks are smaller.
        check.Forward(3);
        Assert.Equal(2, found.Count);
        Assert.All(found, pair => Assert.True(pair.Value.Holds, $"{pair}"));
        Assert.Contains(found.Values, agreement => agreement.LargestError > 1e-5);
    }
}
