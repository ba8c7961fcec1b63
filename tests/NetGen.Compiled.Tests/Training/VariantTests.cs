using System.Reflection;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>A variant is the network that one would have written with its sizes: the same bits after training.</summary>
public sealed class VariantTests
{
    private const int Samples = 40;

    private static readonly Lazy<Assembly> Networks = new(() => Assembly.Load(
        CompiledNetworks.Compile([new("Several", Network(8, 1, "Variants(nameof(Width), 8, 20), Variants(nameof(Depth), 1, 2)")), new("Declared", Network(20, 2, "Serializable"))]).Image));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Network(int width, int depth, string attributes) =>
        $$"""
        [Network, {{attributes}}]
        public sealed partial class Net
        {
            private const int Width = {{width}}, Depth = {{depth}};

            private readonly Layer layers = Sequential(Repeat(Depth, () => Sequential(Dense(Width), Relu, Dropout(0.2f))), Dense(3));

            public Tensor Forward([Shape(4)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """;

    [Fact]
    public void A_variant_trains_as_the_network_of_its_sizes()
    {
        using ITrainable variant = Create(20, 2), declared = New("Declared.Net");
        Assert.Equal("Net.Width20_Depth2", variant.Name);
        Assert.Same(variant.GetType(), Networks.Value.GetType("Several.Net+Width20_Depth2"));
        foreach (ITrainable network in new[] { variant, declared })
            network.Fit(Data(), new FitOptions { Epochs = 3, BatchSize = 16, Seed = 2 }, new Adam(0.01f));
        Assert.Equal(declared.Parameters.Count, variant.Parameters.Count);
        for (int i = 0; i < declared.Parameters.Count; i++)
        {
            Assert.Equal(declared.Parameters[i].Name, variant.Parameters[i].Name);
            Assert.Equal(declared.Parameters[i].Values, variant.Parameters[i].Values);
        }
    }

    [Fact]
    public void The_class_itself_stays_as_it_is_declared()
    {
        using ITrainable itself = New("Several.Net"), variant = Create(8, 1);
        Assert.Equal(itself.Parameters[0].Values, variant.Parameters[0].Values);
        Assert.Equal(["8", "20"], Values("WidthVariants"));
        Assert.Equal(["1", "2"], Values("DepthVariants"));
    }

    [Fact]
    public void A_size_without_a_variant_is_refused()
    {
        var thrown = Assert.IsType<ArgumentOutOfRangeException>(Assert.Throws<TargetInvocationException>(() => Create(9, 1)).InnerException);
        Assert.Contains("Net has variants of Width 8, 20 and Depth 1, 2 only; others are stated in [Variants].", thrown.Message);
    }

    [Fact]
    public void A_search_runs_over_sizes()
    {
        SearchSpace space = SearchSpace.Empty.Choice("width", 8, 20).Choice("depth", 1, 2);
        IReadOnlyList<Trial> trials = HyperparameterSearch.Grid(space, trial =>
        {
            using ITrainable network = Create(trial.Integer("width"), trial.Integer("depth"), trial.Seed, trial.Device);
            network.Fit(Data(), new FitOptions { Epochs = 4, Seed = trial.Seed }, new Adam(0.01f));
            return network.Evaluate(Data(), cancellationToken: Cancellation).Loss;
        }, new SearchOptions { CancellationToken = Cancellation });
        Assert.Equal(4, trials.Select(trial => trial.Score).Distinct().Count());
    }

    private static ITrainable Create(int width, int depth, ulong seed = 1, Device? device = null) =>
        (ITrainable)Networks.Value.GetType("Several.Net")!.GetMethod("CreateVariant")!.Invoke(null, [width, depth, seed, device ?? Device.Cpu(1)])!;

    private static ITrainable New(string name) => (ITrainable)Activator.CreateInstance(Networks.Value.GetType(name)!, 1ul, Device.Cpu(1))!;

    /// <summary>Spans cannot be boxed: the texts of what the property gives.</summary>
    private static string[] Values(string property)
    {
        var get = Networks.Value.GetType("Several.Net")!.GetProperty(property)!.GetMethod!.CreateDelegate<Integers>();
        return [.. get().ToArray().Select(value => $"{value}")];
    }

    private delegate ReadOnlySpan<int> Integers();

    private static Dataset Data()
    {
        Random random = new(4);
        float[] x = [.. Enumerable.Range(0, Samples * 4).Select(_ => random.NextSingle() - 0.5f)];
        return new(new DataColumn("x", x, 4), new DataColumn("label", [.. Enumerable.Range(0, Samples).Select(i => x[4 * i] > 0 ? 1 : x[4 * i + 1] > 0 ? 2 : 0)]));
    }
}
