using System.Buffers.Binary;
using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using NetGen.Tests.Training;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>What only compiled networks can show in TensorBoard: gradients, and the graph of their kernels.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private static readonly Lazy<CompiledNetwork> Network = new(() => CompiledNetworks.Compile([new("Only",
        """
        [Network]
        public sealed partial class Net
        {
            [Frozen]
            private readonly Layer first = Dense(6);
            private readonly Parameter scale = Parameter(4);
            private readonly Layer layers = Sequential(Tanh, Dense(5), Relu, Dense(4));

            public Tensor Forward([Shape(3)] Tensor x) => layers(first(x)) + scale;

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """)])["Only"]);

    private readonly string root = Directory.CreateTempSubdirectory("netgen-tensorboard-").FullName;

    public static IEnumerable<object[]> Names => WholeNetworks.Texts.Keys.Select(name => new object[] { name });

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_gradient_is_what_the_step_used()
    {
        using ICompiledNetwork network = Network.Value.Create();
        Gradients seen = new(rate: 0.5f);
        ((ITrainable)network.Network).Fit(Data(), new FitOptions { BatchSize = 4, Callbacks = [seen] }, new Sgd(0.5f).StoreGradients());
        Assert.Equal(["layers.1.bias", "layers.1.weight", "layers.3.bias", "layers.3.weight", "scale"], seen.Changed.Order());
        Assert.Equal(["first.bias", "first.weight"], seen.Unchanged.Order());
    }

    [Fact]
    public void A_log_has_gradients_and_the_graph()
    {
        using ICompiledNetwork network = Network.Value.Create();
        TensorBoardLog log = new(root) { Histograms = 1, GradientHistograms = 2, Plan = Plan(network) };
        ((ITrainable)network.Network).Fit(Data(), new FitOptions { Epochs = 2, BatchSize = 4, Callbacks = [log] }, new Adam(0.01f).StoreGradients());
        List<byte[]> events = Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(root))));

        List<ProtoField> last = ProtoField.All(events[^1]).Single(field => field.Id == 5).Parts();
        string[] tags = [.. last.Select(value => value.Part(1).Text)];
        Assert.Equal(
            ["gradients/scale", "gradients/layers.1.weight", "gradients/layers.1.bias", "gradients/layers.3.weight", "gradients/layers.3.bias"],
            tags.Where(tag => tag.StartsWith("gradients/", StringComparison.Ordinal)));
        // Min, max and number, as TensorFlow's histogram.proto numbers them.
        ProtoField histogram = last.Single(value => value.Part(1).Text == "gradients/layers.3.weight").Part(5);
        Assert.True(histogram.Part(1).Double < 0 && histogram.Part(2).Double > 0);
        Assert.Equal(20, histogram.Part(3).Double);
        Assert.DoesNotContain(
            ProtoField.All(events[^3]).Single(field => field.Id == 5).Parts(), value => value.Part(1).Text.StartsWith("gradients/", StringComparison.Ordinal));

        // GraphDef { node = 1 { name = 1, op = 2, input = 3, attr = 5 }, versions = 4 }, as TensorFlow's graph.proto and node_def.proto number them.
        List<ProtoField> graph = ProtoField.All(ProtoField.All(events[1]).Single(field => field.Id == 4).Data);
        var nodes = graph.Where(field => field.Id == 1).Select(field => field.Parts()).Select(parts => (
            Name: parts.Single(part => part.Id == 1).Text, Operation: parts.Single(part => part.Id == 2).Text,
            Inputs: parts.Where(part => part.Id == 3).Select(part => part.Text).ToArray(),
            Attributes: parts.Where(part => part.Id == 5).ToDictionary(part => part.Part(1).Text, part => part.Part(2).Part(2).Text))).ToArray();
        Assert.Equal(["x"], nodes.Where(node => node.Operation == "Input").Select(node => node.Name));
        Assert.Equal(
            ["first.bias", "first.weight", "layers.1.bias", "layers.1.weight", "layers.3.bias", "layers.3.weight", "scale"],
            nodes.Where(node => node.Operation == "Weight").Select(node => node.Name).Order());
        var kernels = nodes.Where(node => node.Inputs.Length > 0).ToArray();
        Assert.Equal(3, kernels.Length);
        Assert.StartsWith("MatMul + Add + Tanh", kernels[0].Operation);
        Assert.Equal(["x", "first.weight", "first.bias"], kernels[0].Inputs);
        Assert.Equal([kernels[0].Name, "layers.1.weight", "layers.1.bias"], kernels[1].Inputs);
        Assert.Equal([kernels[1].Name, "layers.3.weight", "layers.3.bias", "scale"], kernels[2].Inputs);
        Assert.StartsWith("[B, 3], [3, 6], [6] → ", kernels[0].Attributes["shapes"]);
        Assert.Equal("1", kernels[0].Attributes["phase"]);
        Assert.Single(graph, field => field.Id == 4);
    }

    /// <summary>Every name that a kernel reads is an input, a weight, or what an earlier kernel made.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_graph_of_a_whole_network_has_no_loose_ends(string name)
    {
        CompiledNetwork compiled = WholeNetworks.Get(name);
        using ICompiledNetwork network = compiled.Create();
        string[] weights = [.. network.Network.Parameters.Select(parameter => parameter.Name)];
        IReadOnlyList<PlanGraph.Node> nodes = PlanGraph.Of(Plan(network), weights);
        string[] inputs = [.. compiled.Model.Methods.SelectMany(method => method.Inputs).Select(input => input.Name).Distinct()];
        Assert.All(nodes.Where(node => node.Operation == "Input"), node => Assert.Contains(node.Name, inputs));
        Assert.Equal(nodes.Count, nodes.Select(node => node.Name).Distinct().Count());
        HashSet<string> before = [];
        foreach (PlanGraph.Node node in nodes)
        {
            Assert.All(node.Inputs, input => Assert.Contains(input, before));
            before.Add(node.Name);
        }

        // All but the last are read by somebody.
        HashSet<string> read = [.. nodes.SelectMany(node => node.Inputs)];
        Assert.All(nodes.SkipLast(1), node => Assert.Contains(node.Name, read));
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        using ICompiledNetwork network = Network.Value.Create();
        NotSupportedException thrown = Assert.Throws<NotSupportedException>(() => ((ITrainable)network.Network).Fit(
            Data(), new FitOptions { Callbacks = [new TensorBoardLog(root) { GradientHistograms = 1 }] }, new Adam(0.01f)));
        Assert.Contains("optimizer.StoreGradients()", thrown.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoardLog(root) { GradientHistograms = -1 });
        Assert.Contains("no plan", Assert.Throws<ArgumentException>(() => new TensorBoardLog(root) { Plan = "Net" }).Message);
    }

    private static string Plan(ICompiledNetwork network) => (string)network.Network.GetType().GetProperty("Plan")!.GetValue(null)!;

    private static Dataset Data()
    {
        Random random = new(4);
        return new(
            new DataColumn("x", [.. Enumerable.Range(0, 24).Select(_ => random.NextSingle() - 0.5f)], 3),
            new DataColumn("label", [.. Enumerable.Range(0, 8).Select(i => i % 4)]));
    }

    /// <summary>The records of a file: length, a checksum, what it is, a checksum.</summary>
    private static List<byte[]> Records(byte[] file)
    {
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            records.Add(file[(at + 12)..(at + 12 + length)]);
            at += length + 16;
        }

        return records;
    }

    private sealed class Gradients(float rate) : StepCallback
    {
        private readonly Dictionary<string, float[]> before = [];

        public HashSet<string> Changed { get; } = [];

        public HashSet<string> Unchanged { get; } = [];

        public override void OnStepBegin(FitContext fit)
        {
            foreach (NetworkParameter parameter in fit.Network.Parameters)
                before[parameter.Name] = parameter.Values.ToArray();
        }

        public override void OnStepEnd(FitContext fit)
        {
            foreach (NetworkParameter parameter in fit.Network.Parameters)
            {
                ReadOnlySpan<float> gradient = fit.GradientBy(parameter);
                (gradient.IsEmpty ? Unchanged : Changed).Add(parameter.Name);
                for (int i = 0; i < gradient.Length; i++)
                    Assert.Equal(before[parameter.Name][i] - rate * gradient[i], parameter.Values[i], 1e-6f);
            }
        }
    }
}
