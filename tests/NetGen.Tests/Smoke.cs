using Xunit;

namespace NetGen.Tests;
public class Smoke { [Fact] public void Runs() => Assert.True(true); }
