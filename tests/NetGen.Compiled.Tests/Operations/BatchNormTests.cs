using System.Text;
using NetGen.Compiled.Tests.Harness;
using NetGen.Generator.Differentiation;
using NetGen.Generator.Emission.Cpu;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>Statistics over the batch: what a step makes of weights and of state, what other calls read, how few samples are enough.</summary>
public sealed class BatchNormTests
{
    private const string Vector =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(Dense(33, bias: false), BatchNorm(epsilon: 0.1f), Gelu, Dense(5), BatchNorm(epsilon: 0.1f, affine: false));

            public Tensor Forward([Shape(7)] Tensor x) => layers(x);

            [Objective]
            public Tensor Loss(Tensor x, [Shape(5)] Tensor y) => Mean(Square(Forward(x) - y));
        }
        """;

    private const string Image =
        """
        [Network, Input(9, 8, 2)]
        [Conv2D(12, 3), BatchNorm(Epsilon = 0.1f), Relu, MaxPool2D(2), Conv2D(17, 2), BatchNorm(Epsilon = 0.1f, Momentum = 0.25f), Relu, GlobalAveragePool, Dense(3)]
        [Objective(Loss.CrossEntropy)]
        public sealed partial class Net;
        """;

    /// <summary>One layer that is called twice in a step, and one that another objective trains.</summary>
    private const string Shared =
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer generator = Sequential(Dense(6), BatchNorm(epsilon: 0.1f), Tanh, Dense(4));
            private readonly Layer critic = Sequential(Dense(9), BatchNorm(epsilon: 0.1f, momentum: 0.4f), Tanh, Dense(1));

            public Tensor Forward([Shape(3)] Tensor noise) => generator(noise);

            [Objective(Updates = [nameof(generator)])]
            public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-critic(Forward(noise))));

            [Objective(Updates = [nameof(critic)])]
            public Tensor CriticLoss(Tensor noise, [Shape(4)] Tensor real) => Mean(Softplus(critic(Forward(noise)))) + Mean(Softplus(-critic(real)));
        }
        """;

    /// <summary>A component with a frozen layer, before and behind layers that are trained.</summary>
    private const string Frozen =
        """
        [Network]
        public sealed class Block(int width)
        {
            [Frozen]
            private readonly Layer first = Sequential(Dense(width), BatchNorm(epsilon: 0.1f), Tanh);
            private readonly Layer second = Dense(width);

            public Tensor Forward(Tensor x) => second(first(x));
        }

        [Network]
        public sealed partial class Net
        {
            private readonly Layer stem = Sequential(Dense(9), BatchNorm(epsilon: 0.1f), Tanh);
            private readonly Block block = new(17);

            [Frozen]
            private readonly Layer head = Dense(3);

            public Tensor Forward([Shape(5)] Tensor x) => head(block.Forward(stem(x)));

            [Objective]
            public Tensor Loss(Tensor x, [Shape(3)] Tensor y) => Mean(Square(Forward(x) - y));
        }
        """;

    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(
        [new NetworkSource("OfVectors", Vector), new NetworkSource("OfImages", Image), new NetworkSource("OfTwo", Shared), new NetworkSource("OfFrozen", Frozen)]));

    [Theory]
    [InlineData("OfVectors", 2, 3, 16)]
    [InlineData("OfImages", 1, 2)]
    [InlineData("OfTwo", 2, 16)]
    [InlineData("OfFrozen", 2, 16)]
    public void Agrees_with_the_reference(string network, params int[] batches) =>
        Assert.InRange(Agreement.Check(Networks.Value[network], batches, 2, 3), 0, 0.1);

    /// <summary>Of many parts of the rows, which the threads share.</summary>
    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var compiled = Networks.Value["OfImages"];
        var all = new[] { 1, 2, 3, 5 }.Select(threads =>
        {
            using var net = compiled.Create(threads: threads);
            TestData.FillWeights(net.Network, seed: 3);
            for (var step = 0; step < 2; step++)
                net.Step("ComputeLoss", compiled.Inputs("ComputeLoss", 301, step), new Sgd(0.05f));
            return net.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        }).ToArray();
        Assert.All(all, weights => Agreement.Same(all[0], weights, "after two steps"));
    }

    /// <summary>Weights and running statistics beside the meaning, step after step from its own numbers.</summary>
    [Theory]
    [InlineData("OfVectors")]
    [InlineData("OfImages")]
    public void Ten_steps_are_those_of_the_meaning(string network)
    {
        var compiled = Networks.Value[network];
        using var net = compiled.Create(threads: 2);
        TestData.FillWeights(net.Network, seed: 3);
        var objective = compiled.Model.Methods.Single(m => m.IsObjective);
        var meaning = Differentiator.Differentiate(TrainingMode.Apply(objective.Graph, _ => true, _ => false), _ => true);
        var weights = net.Network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray().Select(v => (double)v).ToArray());
        const double rate = 0.05;
        for (var step = 0; step < 10; step++)
        {
            // The last batch of an epoch is smaller.
            var batch = step % 5 == 4 ? 5 : 24;
            var inputs = TestData.Inputs(objective, batch, seed: step);
            net.Step(objective.Name, inputs, new Sgd((float)rate));
            var values = ReferenceInterpreter.Run(meaning, new ReferenceEnvironment
            {
                Batch = batch,
                Input = i => inputs[i] is int[] labels ? Array.ConvertAll(labels, l => (double)l) : Array.ConvertAll((float[])inputs[i], v => (double)v),
                Weight = name => weights[name],
            });
            foreach (var output in meaning.Outputs.Where(o => o.Role == "update"))
            {
                var (effect, value) = ((Effect)meaning[output.Value].Operation, values[output.Value]);
                weights[effect.Parameter] = effect is Assign ? value : [.. weights[effect.Parameter].Zip(value, (w, g) => w - (rate * g))];
            }
        }
        foreach (var parameter in net.Network.Parameters)
        {
            var expected = weights[parameter.Name];
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], parameter.Values[i], 1e-4 * Math.Max(1, Math.Abs(expected[i])));
        }
        Assert.Equal(13, net.Network.Parameters.Single(p => p.Name.EndsWith("1.num_batches_tracked", StringComparison.Ordinal)).Values[0]);
    }

    [Fact]
    public void Predictions_of_a_sample_do_not_depend_on_the_others_and_change_nothing()
    {
        using var net = Networks.Value["OfVectors"].Create();
        TestData.FillWeights(net.Network, seed: 3);
        var before = net.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        var x = TestData.Numbers(new Random(1), 4 * 7, 0.1, 2);
        var (together, alone) = (new float[4 * 5], new float[5]);
        net.Predict("Forward", [x], together);
        net.Predict("Forward", [x[14..21]], alone);
        Agreement.Same(together[10..15], alone, "the third sample");
        net.Loss("Loss", [x, together]);
        Agreement.Same(before, [.. net.Network.Parameters.SelectMany(p => p.Values.ToArray())], "weights and state");
    }

    [Fact]
    public void A_step_on_one_sample_of_a_vector_is_refused_before_anything_changes()
    {
        using var net = Networks.Value["OfVectors"].Create();
        var before = net.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        var error = Assert.Throws<ArgumentException>(() => net.Step("Loss", [new float[7], new float[5]], new Sgd(0.1f)));
        Assert.Contains("at least 2 samples, not 1", error.Message);
        Agreement.Same(before, [.. net.Network.Parameters.SelectMany(p => p.Values.ToArray())], "weights and state");
        // An image has many numbers of each channel.
        using var image = Networks.Value["OfImages"].Create();
        Assert.True(float.IsFinite(image.Step("ComputeLoss", [new float[9 * 8 * 2], new int[1]], new Sgd(0.1f))));
    }

    [Fact]
    public void Fit_says_before_the_first_step_that_the_last_batch_is_too_small()
    {
        using var net = Networks.Value["OfVectors"].Create();
        var data = new Dataset([new DataColumn("x", new float[9 * 7], [7]), new DataColumn("y", new float[9 * 5], [5])]);
        var trainable = (ITrainable)net.Network;
        Assert.Equal(2, trainable.SmallestBatch);
        var error = Assert.Throws<ArgumentException>(() => trainable.Fit(data, new FitOptions { BatchSize = 4 }, new Sgd(0.1f)));
        Assert.Contains("the last batch has 1", error.Message);
    }

    [Fact]
    public void A_plain_mean_of_weights_is_refused_and_a_moving_one_has_the_last_statistics()
    {
        using var net = Networks.Value["OfVectors"].Create();
        var random = new Random(2);
        var data = new Dataset([new DataColumn("x", TestData.Numbers(random, 8 * 7, 0.1, 2), [7]), new DataColumn("y", TestData.Numbers(random, 8 * 5, 0.1, 2), [5])]);
        var trainable = (ITrainable)net.Network;
        var refused = Assert.Throws<NotSupportedException>(() => trainable.Fit(data, new FitOptions { Average = WeightAverage.Equal() }, new Sgd(0.1f)));
        Assert.Contains("running_mean' is a running statistic, and those of a mean over epochs are not known", refused.Message);
        using var plain = Networks.Value["OfVectors"].Create();
        trainable.Fit(data, new FitOptions { BatchSize = 4, Average = WeightAverage.Exponential() }, new Sgd(0.1f));
        ((ITrainable)plain.Network).Fit(data, new FitOptions { BatchSize = 4 }, new Sgd(0.1f));
        foreach (var (averaged, own) in net.Network.Parameters.Zip(plain.Network.Parameters))
            Assert.True(own.IsState == averaged.Values.SequenceEqual(own.Values), own.Name);
    }

    [Fact]
    public void Frozen_layers_keep_their_bits()
    {
        using var net = Networks.Value["OfFrozen"].Create();
        var before = net.Network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());
        net.Step("Loss", Networks.Value["OfFrozen"].Inputs("Loss", 8, 1), new Sgd(0.1f, weightDecay: 0.1f));
        string[] frozen =
        [
            "block.first.0.bias", "block.first.0.weight", "block.first.1.bias", "block.first.1.num_batches_tracked", "block.first.1.running_mean", "block.first.1.running_var",
            "block.first.1.weight", "head.bias", "head.weight",
        ];
        Assert.Equal(
            frozen, net.Network.Parameters.Where(p => p.Values.SequenceEqual(before[p.Name])).Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Contains("; frozen\n", PlanText.Summary(Networks.Value["OfFrozen"].Model));
    }

    [Fact]
    public void Files_have_state_under_PyTorchs_names_and_types()
    {
        using var net = Networks.Value["OfImages"].Create();
        TestData.FillWeights(net.Network, seed: 3);
        var before = net.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        using var file = new MemoryStream();
        SafeTensors.Save(file, net.Network.Parameters);
        var header = Encoding.UTF8.GetString(file.ToArray().AsSpan(8, (int)BitConverter.ToInt64(file.ToArray())));
        Assert.Contains("\"1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],", header);
        Assert.Contains("\"1.running_mean\":{\"dtype\":\"F32\",\"shape\":[12],", header);
        Assert.Contains("\"1.running_var\":{\"dtype\":\"F32\",\"shape\":[12],", header);
        net.Step("ComputeLoss", Networks.Value["OfImages"].Inputs("ComputeLoss", 4, 1), new Sgd(0.1f));
        Assert.NotEqual(before, net.Network.Parameters.SelectMany(p => p.Values.ToArray()));
        file.Position = 0;
        SafeTensors.Load(file, net.Network.Parameters);
        Agreement.Same(before, [.. net.Network.Parameters.SelectMany(p => p.Values.ToArray())], "weights and state");
    }

    /// <summary>A loss that is not finite brings the weights back, and with them what belongs to them.</summary>
    [Fact]
    public void State_goes_back_with_the_weights()
    {
        using var net = Networks.Value["OfVectors"].Create();
        var trainable = (ITrainable)net.Network;
        var before = net.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        var x = TestData.Numbers(new Random(1), 8 * 7, 0.1, 2);
        x[^1] = 3e38f;
        var history = trainable.Fit(
            new Dataset([new DataColumn("x", x, [7]), new DataColumn("y", new float[8 * 5], [5])]), new FitOptions { BatchSize = 4, Shuffle = false }, new Sgd(0.1f));
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Agreement.Same(before, [.. net.Network.Parameters.SelectMany(p => p.Values.ToArray())], "weights and state");
    }

    [Fact]
    public void State_is_told_apart_from_weights()
    {
        using var net = Networks.Value["OfImages"].Create();
        Assert.Equal(
            ["1.num_batches_tracked", "1.running_mean", "1.running_var", "5.num_batches_tracked", "5.running_mean", "5.running_var"],
            net.Network.Parameters.Where(p => p.IsState).Select(p => p.Name).Order(StringComparer.Ordinal));
        var summary = PlanText.Summary(Networks.Value["OfImages"].Model);
        Assert.Contains("\n  1.running_var          [12]; not trained, changed by steps\n", summary);
        Assert.Contains("\n  1,173 weights in 10 parameters\n  60 numbers that are not trained, in 6 more", summary);
        Assert.All(net.Network.Parameters["1.running_mean"].Values.ToArray(), v => Assert.Equal(0, v));
        Assert.All(net.Network.Parameters["1.running_var"].Values.ToArray(), v => Assert.Equal(1, v));
    }
}
