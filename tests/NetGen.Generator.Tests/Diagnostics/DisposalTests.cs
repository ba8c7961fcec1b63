using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>A network that is made for one method and never disposed of is said, and one that somebody else has is not.</summary>
public class DisposalTests
{
    [Theory]
    [InlineData("var net = new Net(); net.Predict(x);", "Write 'using var net'")]
    [InlineData("Net net = new(seed: 3); net.Save(\"f\"); net.Load(\"f\");", "Write 'using var net'")]
    [InlineData("ITrainable net = new Net(); net.Fit(data); Console.WriteLine(net.Evaluate(data));", "Write 'using var net'")]
    [InlineData("var net = new Net(); Console.WriteLine(net.Parameters.TotalLength);", "Write 'using var net'")]
    [InlineData("new Net().Predict(x);", "put it into a variable")]
    public void Nobody_disposes_of_it(string body, string message)
    {
        var found = Assert.Single(Compiled.All(Program(body)));
        Assert.Equal("NG0814", found.Id);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using var net = new Net(); net.Predict(x);")]
    [InlineData("using (var net = new Net()) { net.Predict(x); }")]
    [InlineData("var net = new Net(); try { net.Predict(x); } finally { net.Dispose(); }")]
    [InlineData("var net = new Net(); using (net) { net.Predict(x); }")]
    [InlineData("var net = new Net(); kept.Add(net);")]
    [InlineData("var net = new Net(); var other = net; other.Dispose();")]
    [InlineData("var net = new Net(); Field = net;")]
    [InlineData("var net = new Net(); Later = () => net.Predict(x);")]
    [InlineData("var net = new Net(); Func<float[]> later = Get; float[] Get() => net.Predict(x);")]
    [InlineData("Field = new Net();")]
    [InlineData("kept.Add(new Net());")]
    public void Somebody_does(string body) => Assert.Empty(Compiled.All(Program(body)));

    private static string Program(string body) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = Dense(4);
            public Tensor Forward([Shape(8)] Tensor x) => layer(x);
            [Objective] public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        public static class Program
        {
            public static Net? Field;
            public static Func<float[]>? Later;
            public static void Run(float[] x, Dataset data, List<Net> kept) { {{body}} }
            public static Net Made() { var net = new Net(); net.Load("f"); return net; }
        }
        """;
}
