using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>Whole networks, compiled: every method, objective and gradient within what rounding explains.</summary>
[Trait("Category", "Kernels")]
public sealed class WholeNetworkTests
{
    public static IEnumerable<object[]> Names => WholeNetworks.Texts.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_reference(string name) => Agreement.Check(WholeNetworks.Get(name), [1, 2, 7, 16, 33], 2, 3);
}
