using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>Numbers that are not finite, and targets that would make them, in networks as users write them.</summary>
public sealed class NotFiniteTests
{
    private static readonly Lazy<CompiledNetworks> Networks = new(() => CompiledNetworks.Compile(
    [
        // The slope of √x at 0 is infinite: a pair of equal inputs breaks the weights, and its loss is finite.
        new("Distance",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer encoder = Dense(4);

                public Tensor Forward([Shape(3)] Tensor a, [Shape(3)] Tensor b) => Sqrt(Sum(Square(encoder(a) - encoder(b))));

                [Objective]
                public Tensor Loss(Tensor a, Tensor b, [Shape] Tensor target) => Square(Forward(a, b) - target);
            }
            """),
        new("Guarded",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer encoder = Dense(4);

                public Tensor Forward([Shape(3)] Tensor a, [Shape(3)] Tensor b) => Sqrt(Sum(Square(encoder(a) - encoder(b))) + 1e-6f);

                [Objective]
                public Tensor Loss(Tensor a, Tensor b, [Shape] Tensor target) => Square(Forward(a, b) - target);
            }
            """),
        new("Binary",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(2);

                public Tensor Forward([Shape(3)] Tensor x) => layer(x);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(2)] Tensor target) => BinaryCrossEntropy(Forward(x), target);
            }
            """),
        new("Attributes",
            """
            [Network, Input(3)]
            [Dense(2)]
            [Objective(NetGen.Loss.BinaryCrossEntropy)]
            public sealed partial class Net;
            """),
        // A target that is reshaped and joined is the caller's; so is an input that is its own target.
        new("Joined",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(5);

                public Tensor Forward([Shape(3)] Tensor x) => layer(x);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(1, 2)] Tensor more) => BinaryCrossEntropy(Forward(x), Concat(x, Flatten(more)));
            }
            """),
        // Of a scaled target it is known what its numbers must be.
        new("Smoothed",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(2);

                public Tensor Forward([Shape(3)] Tensor x) => layer(x);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(2)] Tensor target) => BinaryCrossEntropy(Forward(x), target * (1f / 255));
            }
            """),
        new("Mixed",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(2);

                public Tensor Forward([Shape(3)] Tensor x) => layer(x);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(2)] Tensor target) => BinaryCrossEntropy(Forward(x), 0.5f * target + 0.5f * target * target);
            }
            """),
        new("MixedShares",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(2);

                public Tensor Forward([Shape(3)] Tensor x) => layer(x);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(2)] Tensor target) => CrossEntropy(Forward(x), Abs(target) * target);
            }
            """),
        new("Shares",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(2);

                public Tensor Forward([Shape(3)] Tensor x) => layer(x);

                [Objective]
                public Tensor Loss(Tensor x, [Shape(2)] Tensor target) => CrossEntropy(Forward(x), target);
            }
            """),
    ]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pair_of_equal_inputs_in_the_last_step_is_not_completed(bool validated)
    {
        using var network = Networks.Value["Distance"].Create();
        var before = Weights(network);
        var data = Pairs(equal: 40);
        var history = ((ITrainable)network.Network).Fit(data, new FitOptions
        {
            BatchSize = 8,
            Shuffle = false,
            ValidationData = validated ? data.Take(8) : null,
            EarlyStopping = validated ? new(2) : null,
        });
        Assert.Equal(StopReason.WeightsNotFinite, history.Stopped);
        Assert.True(float.IsFinite(history.Last!.Loss));
        Assert.Equal(validated, history.Last.IsPartial);
        Assert.StartsWith("encoder.weight[0, 0] is NaN after the steps of epoch 1", history.Advice, StringComparison.Ordinal);
        Assert.Null(history.BestEpoch);
        Assert.Equal(0, history.RestoredEpoch);
        Agreement.Same(before, Weights(network), "the weights from before the training");
        // Adam's moments were NaN as well.
        Assert.Equal(StopReason.Completed, ((ITrainable)network.Network).Fit(data.Take(40), new FitOptions { BatchSize = 8 }).Stopped);
    }

    [Fact]
    public void A_pair_of_equal_inputs_in_an_earlier_step_breaks_the_next_loss()
    {
        using var network = Networks.Value["Distance"].Create();
        var history = ((ITrainable)network.Network).Fit(Pairs(equal: 3), new FitOptions { BatchSize = 8, Shuffle = false, Epochs = 3 });
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.StartsWith("The loss of step 2 of epoch 1 was not finite.", history.Advice, StringComparison.Ordinal);
        Assert.Contains("Sqrt(x + 1e-6f)", history.Advice, StringComparison.Ordinal);
        Assert.All(Weights(network), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void With_the_remedy_it_trains()
    {
        using var network = Networks.Value["Guarded"].Create();
        var history = ((ITrainable)network.Network).Fit(Pairs(equal: 40), new FitOptions { BatchSize = 8, Epochs = 3 });
        Assert.Equal(StopReason.Completed, history.Stopped);
        Assert.All(Weights(network), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void One_bad_cell_in_400_rows_is_named()
    {
        using var network = Networks.Value["Distance"].Create();
        var before = Weights(network);
        var data = Pairs(equal: -1, count: 400);
        var a = data["a"].Floats.ToArray();
        a[(3 * 217) + 1] = float.NaN;
        var e = Assert.Throws<ArgumentException>(() => ((ITrainable)network.Network).Fit(new Dataset(new DataColumn("a", a, 3), data["b"], data["target"])));
        Assert.StartsWith("'a' is NaN in row 217 at [1] (counted from 0); numbers must be finite.", e.Message, StringComparison.Ordinal);
        Agreement.Same(before, Weights(network), "weights after refused data");
    }

    [Theory]
    [InlineData("Binary", 255f)]
    [InlineData("Binary", -1f)]
    [InlineData("Binary", float.NaN)]
    [InlineData("Attributes", 1.5f)]
    [InlineData("Joined", 1.5f)]
    [InlineData("Shares", -0.25f)]
    [InlineData("Shares", float.NaN)]
    [InlineData("Smoothed", 256f)]
    [InlineData("Smoothed", -1f)]
    [InlineData("Smoothed", float.NaN)]
    public void Targets_out_of_range_are_refused_by_every_call(string name, float target)
    {
        var compiled = Networks.Value[name];
        using var network = compiled.Create();
        var objective = compiled.Model.Methods.Single(m => m.IsObjective);
        var before = Weights(network);
        var targets = new float[8];
        targets[5] = target;
        Array[] inputs = [new float[12], targets];
        var column = objective.Inputs[1].Name;
        var rule =
            name == "Shares" ? "0 or more." : name == "Smoothed" ? "which the objective makes of numbers from 0 to 255." : "from 0 to 1.";
        var message = FormattableString.Invariant($"{column}[5] (sample 2) is {target}; targets of a cross entropy are probabilities, {rule}");
        foreach (var call in new Action[] { () => network.Loss(objective.Name, inputs), () => network.Step(objective.Name, inputs, new Adam(1e-3f)) })
            Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(call).Message, StringComparison.Ordinal);

        var trainable = (ITrainable)network.Network;
        var data = new Dataset(new DataColumn("x", new float[12], 3), new DataColumn(column, targets, trainable.Columns[1].Shape));
        foreach (var call in new Action[] { () => trainable.Fit(data), () => trainable.Evaluate(data) })
        {
            var e = Assert.Throws<ArgumentOutOfRangeException>(call);
            Assert.StartsWith(FormattableString.Invariant($"'{column}' is {target} in row 2 at ["), e.Message, StringComparison.Ordinal);
            Assert.Contains(rule, e.Message, StringComparison.Ordinal);
        }
        Agreement.Same(before, Weights(network), "weights after refused targets");
    }

    [Theory]
    [InlineData("Smoothed", 255f)]
    [InlineData("Shares", 2.5f)]
    [InlineData("Binary", 1f)]
    [InlineData("Mixed", 1f)]
    [InlineData("Mixed", 1.000005f)]
    [InlineData("MixedShares", 2.5f)]
    public void Targets_in_range_are_taken(string name, float target)
    {
        using var network = Networks.Value[name].Create();
        Assert.True(float.IsFinite(network.Step("Loss", [new float[12], new float[8].Select(_ => target).ToArray()], new Adam(1e-3f))));
    }

    /// <summary>
    /// What cannot be asked of the data is seen where it is computed: the loss is NaN, never a number that falls without end.
    /// </summary>
    [Theory]
    [InlineData("Mixed", 1.5f)]
    [InlineData("Mixed", -0.5f)]
    [InlineData("MixedShares", -0.5f)]
    public void Computed_targets_out_of_range_are_seen_in_the_loss(string name, float target)
    {
        using var network = Networks.Value[name].Create();
        var before = Weights(network);
        var targets = new float[8];
        targets[5] = target;
        Assert.True(float.IsNaN(network.Loss("Loss", [new float[12], targets])));

        var history = ((ITrainable)network.Network).Fit(
            new Dataset(new DataColumn("x", new float[12], 3), new DataColumn("target", targets, 2)), new FitOptions { Epochs = 3 });

        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.Contains("computed targets of a cross entropy that are no probabilities", history.Advice, StringComparison.Ordinal);
        Agreement.Same(before, Weights(network), "weights after computed targets out of range");
    }

    [Fact]
    public void An_input_that_is_its_own_target_is_held_to_its_range_where_it_is_one()
    {
        using var network = Networks.Value["Joined"].Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Loss("Loss", [new float[] { 0, 255, 0 }, new float[2]]));
        network.Predict("Forward", [new float[] { 0, 255, 0 }], new float[5]);
    }

    [Fact]
    public void Labels_and_targets_are_described_by_the_columns()
    {
        using var binary = Networks.Value["Binary"].Create();
        var columns = ((ITrainable)binary.Network).Columns;
        Assert.Equal((float.NegativeInfinity, float.PositiveInfinity), (columns[0].Minimum, columns[0].Maximum));
        Assert.Equal((0f, 1f), (columns[1].Minimum, columns[1].Maximum));
        using var mlp = Operations.WholeNetworks.Get("Mlp").Create();
        Assert.Equal(10, ((ITrainable)mlp.Network).Columns[1].Classes);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_saved_only_on_demand()
    {
        var folder = Directory.CreateTempSubdirectory("netgen-");
        try
        {
            var file = Path.Combine(folder.FullName, "net.safetensors");
            using var network = Networks.Value["Binary"].Create();
            network.Network.Save(file);
            network.Network.Parameters["layer.bias"].Values[1] = float.NaN;
            var e = Assert.Throws<InvalidOperationException>(() => network.Network.Save(file));
            Assert.Contains("layer.bias[1] is NaN", e.Message, StringComparison.Ordinal);
            network.Network.Load(file);
            Assert.True(float.IsFinite(network.Network.Parameters["layer.bias"].Values[1]));
            network.Network.Parameters["layer.bias"].Values[1] = float.NaN;
            network.Network.Save(file, allowNotFinite: true);
            network.Network.Parameters["layer.bias"].Values[1] = 3;
            var refused = Assert.Throws<InvalidDataException>(() => network.Network.Load(file));
            Assert.Contains("layer.bias[1] is NaN", refused.Message, StringComparison.Ordinal);
            Assert.Equal(3, network.Network.Parameters["layer.bias"].Values[1]);
            network.Network.Load(file, allowNotFinite: true);
            Assert.True(float.IsNaN(network.Network.Parameters["layer.bias"].Values[1]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>41 pairs (or so many) whose inputs differ, but for one of them.</summary>
    private static Dataset Pairs(int equal, int count = 41)
    {
        var random = new Random(1);
        float[] a = TestData.Numbers(random, 3 * count, 0.1, 2), b = TestData.Numbers(random, 3 * count, 0.1, 2);
        if (equal >= 0)
            a.AsSpan(3 * equal, 3).CopyTo(b.AsSpan(3 * equal));
        return new(new DataColumn("a", a, 3), new DataColumn("b", b, 3), new DataColumn("target", new float[count]));
    }

    private static float[] Weights(ICompiledNetwork network) => [.. network.Network.Parameters.SelectMany(p => p.Values.ToArray())];
}
