using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>From source text to source text: what the generator adds compiles with what the user wrote.</summary>
public class GeneratedCodeTests
{
    [Fact]
    public void The_design_s_network_compiles_without_errors() => Assert.Empty(Compiled.All(MnistTests.MnistCnn));
}
