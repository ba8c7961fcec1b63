using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>From source text to source text: what the generator adds compiles with what the user wrote.</summary>
public class GeneratedCodeTests
{
    public static TheoryData<string> Sources => [.. Programs.All];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Compiles_without_errors(string source) => Assert.Empty(Compiled.All(source));
}
