using System.Globalization;
using NetGen.Compiled.Tests.Harness;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>Networks that nobody thought of. NETGEN_RANDOM_NETWORKS=100 in the environment takes more of them.</summary>
internal static class RandomNetworks
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_RANDOM_NETWORKS"), CultureInfo.InvariantCulture, out var more) ? more : 10;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
        [.. Enumerable.Range(0, Count).Select(seed => new NetworkSource($"Random{seed}", RandomNetwork.Text(Decisions(seed))))], forDevice: true));

    public static IEnumerable<int> Seeds => Enumerable.Range(0, Count);

    public static CompiledNetwork Get(int seed) => Compiled.Value[$"Random{seed}"];

    private static int[] Decisions(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 4 + random.Next(56)).Select(_ => random.Next(1 << 20))];
    }
}
