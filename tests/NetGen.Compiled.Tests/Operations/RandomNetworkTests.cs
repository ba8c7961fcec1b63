using CsCheck;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>
/// Networks that nobody thought of: random layers and functions, branching and joining, against the reference. A failure prints the shrunk
/// network's text. NETGEN_RANDOM_NETWORKS=1000 tries more of them, and other ones each time.
/// </summary>
public sealed class RandomNetworkTests
{
    private const int Default = 24;

    /// <summary>Any seed that CsCheck prints can stand here.</summary>
    private const string Seed = "0000nRFYBk41";

    [Fact]
    public void Agree_with_the_reference()
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_RANDOM_NETWORKS"), out var more);
        Gen.Int[0, 1 << 20].Array[4, 60].Sample(
            decisions =>
            {
                try
                {
                    Agreement.Check(CompiledNetworks.Compile(RandomNetwork.Text(decisions)), [1, 5, 16], 2);
                }
                catch (Exception e) when (e is not InvalidOperationException { Message: var m } || !m.Contains("does not compile", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"{e.Message}\n{RandomNetwork.Text(decisions)}", e);
                }
            },
            seed: wanted ? null : Seed,
            iter: wanted ? more : Default,
            threads: 1);
    }
}
