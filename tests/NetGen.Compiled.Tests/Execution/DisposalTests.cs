using System.Reflection;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>A network whose base class is disposable: through either type, both give back what they hold, once.</summary>
public sealed class DisposalTests
{
    private static readonly (string Name, string Members)[] Bases =
    [
        ("Virtual", "public virtual void Dispose() => Ended++;"),
        ("Pattern", "public void Dispose() { Dispose(true); GC.SuppressFinalize(this); } protected virtual void Dispose(bool disposing) => Ended++;"),
        ("Plain", "public void Dispose() => Ended++;"),
        ("Overridden", "public abstract class Root { public abstract void Dispose(); } public class Middle : Root { public override void Dispose() => Ended++; }"),
    ];

    private static readonly Lazy<Assembly> Compiled = new(() => Assembly.Load(CompiledNetworks.Compile([.. Bases.Select(Source)]).Image));

    public static TheoryData<string, bool> Cases => [.. Bases.SelectMany(b => new[] { (b.Name, true), (b.Name, false) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_are_disposed(string kind, bool throughBase)
    {
        // Through a base whose Dispose is not virtual only the interface reaches the network.
        var asBase = throughBase && kind != "Plain";
        var said = (string)Compiled.Value.GetType($"{kind}.Check", throwOnError: true)!.GetMethod("Run")!.Invoke(null, [asBase])!;

        Assert.Equal("ended 1, network disposed", said);
    }

    private static NetworkSource Source((string Name, string Members) kind) => new(
        kind.Name,
        $$"""
        public abstract class Model : {{(kind.Name == "Overridden" ? "Middle, " : "")}}IDisposable
        {
            {{(kind.Name == "Overridden" ? "" : "public static int Ended; " + kind.Members)}}
        }

        {{(kind.Name == "Overridden" ? kind.Members.Replace("Ended++", "Counter.Ended++", StringComparison.Ordinal) + " public static class Counter { public static int Ended; }" : "")}}

        [Network]
        public sealed partial class Net : Model
        {
            private readonly Layer layer = Dense(2);
            public Tensor Forward([Shape(3)] Tensor x) => layer(x);
        }

        public static class Check
        {
            public static string Run(bool throughBase)
            {
                {{(kind.Name == "Overridden" ? "Counter" : "Model")}}.Ended = 0;
                var net = new Net();
                if (throughBase)
                {
                    Model model = net;
                    model.Dispose();
                }
                else
                {
                    using (net)
                    {
                    }
                }
                var ended = {{(kind.Name == "Overridden" ? "Counter" : "Model")}}.Ended;
                try
                {
                    net.Predict(new float[3]);
                    return $"ended {ended}, network alive";
                }
                catch (ObjectDisposedException)
                {
                    return $"ended {ended}, network disposed";
                }
            }
        }
        """);
}
