using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>
/// Predictions, losses and gradients of kernels on ILGPU's CPU accelerator against the reference in double, each within what rounding explains: the bounds
/// are those of the processor's tests and nothing in them is tuned. <see cref="EmulationTests"/> runs this in a process of its own.
/// </summary>
public sealed class EmulatedAgreement
{
    public static TheoryData<string> OperationNames => [.. Operations.Names];

    public static TheoryData<string> TiledNames => [.. TiledNetworks.Names];

    private static readonly Lazy<CompiledNetworks> Whole = new(() => CompiledNetworks.Compile([.. WholeNames!.Select(name => new NetworkSource(name, WholeNetworks.Texts[name]))], forDevice: true));

    public static IReadOnlyList<string> WholeNames { get; } = [.. WholeNetworks.Texts.Keys.Where(name => name is "Cnn" or "LayerTwice" or "Branches" or "TwoInputs" or "Gan" or "Tied" or "Views" or "WeightsOnly" or "OneWeight" or "OddPooling" or "InputGradients" or "GradientsOfValues" or "VariationalAutoencoder")];

    public static TheoryData<string> WholeData => [.. WholeNames];

    [Theory(Explicit = true)]
    [MemberData(nameof(OperationNames))]
    public void Operations_agree(string name) => Agreement.Check(Operations.Get(name), [3], Emulator.Device());

    [Theory(Explicit = true)]
    [MemberData(nameof(TiledNames))]
    public void Tiles_agree(string name) => Agreement.Check(TiledNetworks.Get(name), [3], Emulator.Device());

    public static TheoryData<int> Seeds => [.. RandomNetworks.Seeds];

    [Theory(Explicit = true)]
    [MemberData(nameof(Seeds))]
    public void Random_networks_agree(int seed)
    {
        var network = RandomNetworks.Get(seed);
        try
        {
            Agreement.Check(network, [3], Emulator.Device());
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\n{network.Source}", e);
        }
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(WholeData))]
    public void Networks_agree(string name) => Agreement.Check(Whole.Value[name], [3], Emulator.Device());
}
