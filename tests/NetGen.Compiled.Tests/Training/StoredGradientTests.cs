using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>Optimizers that end a step by a look at all weights: gradients stored first, norms, and more state than kernels know.</summary>
public sealed class StoredGradientTests
{
    private const int Steps = 5;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        new NetworkSource("Layers",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer body = Sequential(Dense(120), LayerNorm(), Relu), head = Dense(5);

                public Tensor Forward([Shape(90)] Tensor x) => head(body(x));

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }
            """),
        new NetworkSource("Image",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer features = Sequential(Conv2D(8, 3), BatchNorm(), Relu, MaxPool2D(2), Conv2D(4, 3), Flatten);

                [Frozen]
                private readonly Layer bottom = Conv2D(3, 1);

                private readonly Layer head = Sequential(Dropout(0.2f), Dense(3));

                public Tensor Forward([Shape(12, 12, 2)] Tensor x) => head(features(bottom(x)));

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label) + 0.01f * L2(head);
            }
            """),
        new NetworkSource("Table",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer words = Embedding(40, 8), answer = Dense(3);

                public Tensor Forward([Shape(6)] Indices text) => answer(Mean(words(text), 0));

                [Objective]
                public Tensor Loss(Indices text, Labels label) => CrossEntropy(Forward(text), label);
            }
            """),
        new NetworkSource("Gan",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer generator = Dense(6), critic = Sequential(Dense(7), Tanh, Dense(1));

                public Tensor Forward([Shape(4)] Tensor noise) => generator(noise);

                [Objective(Updates = [nameof(generator)])]
                public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-critic(Forward(noise))));

                [Objective(Updates = [nameof(critic)])]
                public Tensor CriticLoss(Tensor noise, [Shape(6)] Tensor real) =>
                    Mean(Softplus(critic(Forward(noise)))) + Mean(Softplus(-critic(real)));
            }
            """),
    ]));

    public static TheoryData<string, int> Networks => new()
    {
        { "Layers", 1 }, { "Layers", 3 }, { "Image", 2 }, { "Table", 2 }, { "Gan", 1 },
    };

    /// <summary>
    /// What needs nothing of the other gradients has the bits of the step that stores none; what a step does not change has no decay.
    /// </summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Stored_gradients_give_the_bits_of_fused_ones(string name, int threads)
    {
        Same(new Sgd(0.1f));
        Same(new Sgd(0.1f, momentum: 0.9f, dampening: 0.5f, weightDecay: 0.1f));
        Same(new AdamW(0.01f, weightDecay: 0.2f));
        Same(new Nadam(0.01f, weightDecay: 0.2f));

        void Same<TOptimizer>(TOptimizer optimizer)
            where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var fused = Train(name, optimizer, threads);
            Agreement.Same(fused, Train(name, optimizer.StoreGradients(), threads), $"stored, {optimizer}");
            Agreement.Same(fused, Train(name, optimizer.StoreGradients() with { ClipNorm = 1e6f }, threads), $"nothing to clip, {optimizer}");
            Agreement.Same(fused, Train(name, optimizer.ClipValue(1e6f), threads), $"no value to clip, {optimizer}");
            Agreement.Same(fused, Train(name, optimizer.Lookahead(every: 100), threads), $"never back, {optimizer}");
        }
    }

    [Theory]
    [InlineData("Layers")]
    [InlineData("Image")]
    public void The_number_of_threads_changes_no_bit(string name)
    {
        Same(new Adam(0.01f).StoreGradients() with { ClipNorm = 0.1f, AdaptiveClip = 0.02f, Accumulate = 2 });
        Same(new Lamb(0.01f));
        Same(new AmsGrad(0.01f).StoreGradients() with { ClipNorm = 0.1f });
        Same(new Lamb(0.01f).StoreGradients().Lookahead(every: 2));
        Same(new Muon(0.01f));
        Same(new Muon(0.01f).StoreGradients() with { ClipNorm = 0.1f, Groups = [new(new Muon(0.03f, weightDecay: 0.1f)) { Fields = ["head"] }] });

        void Same<TOptimizer>(TOptimizer optimizer)
            where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var one = Train(name, optimizer, threads: 1);
            Agreement.Same(one, Train(name, optimizer, threads: 2), $"2 threads, {optimizer}");
            Agreement.Same(one, Train(name, optimizer, threads: 5), $"5 threads, {optimizer}");
        }
    }

    /// <summary><c>torch.nn.utils.clip_grad_norm_</c>: all gradients times min(1, c / (‖g‖ + 1e-6)).</summary>
    [Theory]
    [InlineData(0.05f)]
    [InlineData(0.9f)]
    [InlineData(1e4f)]
    public void A_norm_is_clipped_as_PyTorch_does(float most) => Follow(new Sgd(0.5f).StoreGradients() with { ClipNorm = most }, (w, g) =>
    {
        var norm = Math.Sqrt(g.Sum(p => p.Sum(x => x * x)));
        var factor = Math.Min(1, most / (norm + 1e-6));
        Step(w, (p, i) => w[p][i] - (0.5 * factor * g[p][i]));
    });

    [Fact]
    public void Values_are_clipped_as_PyTorch_does() => Follow(new Sgd(0.5f).ClipValue(0.02f), (w, g) =>
        Step(w, (p, i) => w[p][i] - (0.5 * Math.Clamp(g[p][i], -0.02f, 0.02f))));

    /// <summary>Values come first where the clamp is around the stored gradients, and last where it is inside.</summary>
    [Fact]
    public void Clamps_and_norms_are_applied_in_the_order_in_which_they_are_written()
    {
        Follow((new Sgd(0.5f).StoreGradients() with { ClipNorm = 0.1f }).ClipValue(0.02f), (w, g) =>
        {
            var norm = Math.Sqrt(g.Sum(p => p.Sum(x => Math.Pow(Math.Clamp(x, -0.02f, 0.02f), 2))));
            Step(w, (p, i) => w[p][i] - (0.5 * Math.Min(1, 0.1f / (norm + 1e-6)) * Math.Clamp(g[p][i], -0.02f, 0.02f)));
        });
        Follow(new Sgd(0.5f).ClipValue(0.02f).StoreGradients() with { ClipNorm = 0.1f }, (w, g) =>
        {
            var norm = Math.Sqrt(g.Sum(p => p.Sum(x => x * x)));
            Step(w, (p, i) => w[p][i] - (0.5 * Math.Clamp(Math.Min(1, 0.1f / (norm + 1e-6)) * g[p][i], -0.02f, 0.02f)));
        });
    }

    /// <summary>Brock et al. 2021, section 4.1; an output's weights are a unit, and a vector is one.</summary>
    [Fact]
    public void Adaptive_clipping_compares_each_output_s_gradient_with_its_weights() => Follow(
        new Sgd(0.5f).StoreGradients() with { AdaptiveClip = 0.01f }, (w, g, parameters) =>
        {
            var clipped = 0;
            for (var p = 0; p < w.Length; p++)
            {
                var units = parameters[p].Shape.Length < 2 ? 1 : parameters[p].Shape[^1];
                for (var unit = 0; unit < units; unit++)
                {
                    var of = Enumerable.Range(0, w[p].Length).Where(i => i % units == unit).ToArray();
                    var most = 0.01f * Math.Max(1e-3, Math.Sqrt(of.Sum(i => w[p][i] * w[p][i])));
                    var norm = Math.Sqrt(of.Sum(i => g[p][i] * g[p][i]));
                    clipped += norm > most ? 1 : 0;
                    foreach (var i in of)
                    {
                        w[p][i] -= 0.5 * g[p][i] * (norm > most ? most / norm : 1);
                    }
                }
            }
            Assert.InRange(clipped, 10, 200);
        });

    /// <summary><c>torch.optim.Adam(…, amsgrad=True)</c>.</summary>
    [Fact]
    public void AmsGrad_is_PyTorchs()
    {
        var (m, v, largest, t) = (new State(), new State(), new State(), 0);
        Follow(new AmsGrad(0.05f, beta1: 0.8f, beta2: 0.5f, epsilon: 1e-3f, weightDecay: 0.1f), (w, g) =>
        {
            t++;
            Step(w, (p, i) =>
            {
                var gradient = g[p][i] + (0.1f * w[p][i]);
                m[p, i] = (0.8f * m[p, i]) + ((1 - 0.8f) * gradient);
                v[p, i] = (0.5 * v[p, i]) + (0.5 * gradient * gradient);
                largest[p, i] = Math.Max(largest[p, i], v[p, i]);
                return w[p][i] - (0.05f / (1 - Math.Pow(0.8f, t)) * m[p, i] / ((Math.Sqrt(largest[p, i]) / Math.Sqrt(1 - Math.Pow(0.5, t))) + 1e-3f));
            });
        });
    }

    /// <summary>Algorithm 2 of You et al. 2020, a parameter of the network being a layer.</summary>
    [Fact]
    public void Lamb_is_its_authors()
    {
        var (m, v, u, t) = (new State(), new State(), new State(), 0);
        Follow(new Lamb(0.05f, beta1: 0.8f, beta2: 0.5f, epsilon: 1e-3f, weightDecay: 0.1f), (w, g) =>
        {
            t++;
            for (var p = 0; p < w.Length; p++)
            {
                for (var i = 0; i < w[p].Length; i++)
                {
                    m[p, i] = (0.8f * m[p, i]) + ((1 - 0.8f) * g[p][i]);
                    v[p, i] = (0.5 * v[p, i]) + (0.5 * g[p][i] * g[p][i]);
                    u[p, i] = (m[p, i] / (1 - Math.Pow(0.8f, t)) / (Math.Sqrt(v[p, i] / (1 - Math.Pow(0.5, t))) + 1e-3f)) + (0.1f * w[p][i]);
                }
                var (weight, direction) = (Math.Sqrt(w[p].Sum(x => x * x)), Math.Sqrt(w[p].Select((_, i) => u[p, i] * u[p, i]).Sum()));
                var trust = weight > 0 && direction > 0 ? weight / direction : 1;
                for (var i = 0; i < w[p].Length; i++)
                {
                    w[p][i] -= 0.05f * trust * u[p, i];
                }
            }
        });
    }

    /// <summary>
    /// <c>zeropower_via_newtonschulz5</c>, <c>muon_update</c> and <c>adam_update</c> of Jordan's Muon, in double: a weight with more outputs than inputs and one with fewer, which also
    /// goes by Adam.
    /// </summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Muon_is_its_authors(bool nesterov, bool adamHead)
    {
        var (m, v, t) = (new State(), new State(), 0);
        Follow(new Muon(0.02f, momentum: 0.9f, nesterov, weightDecay: 0.1f, adamLearningRate: 3e-3f) { Epsilon = 1e-3f, AdamFields = adamHead ? ["head"] : [] }, (w, g, parameters) =>
        {
            t++;
            for (var p = 0; p < w.Length; p++)
            {
                var isMatrix = parameters[p].Name == "body.0.weight" || (parameters[p].Name == "head.weight" && !adamHead);
                for (var i = 0; i < w[p].Length; i++)
                {
                    m[p, i] += (1 - (double)0.9f) * (g[p][i] - m[p, i]);
                    v[p, i] = (0.95f * v[p, i]) + ((1 - (double)0.95f) * g[p][i] * g[p][i]);
                }
                if (!isMatrix)
                {
                    for (var i = 0; i < w[p].Length; i++)
                    {
                        var (mean, square) = (m[p, i] / (1 - Math.Pow(0.9f, t)), v[p, i] / (1 - Math.Pow(0.95f, t)));
                        w[p][i] = (w[p][i] * (1 - (3e-3f * 0.1f))) - (3e-3f * mean / (Math.Sqrt(square) + 1e-3f));
                    }
                    continue;
                }
                var (outputs, k) = (parameters[p].Shape[^1], p);
                double[] direction = [.. g[p].Select((gradient, i) => nesterov ? gradient + (0.9f * (m[k, i] - gradient)) : m[k, i])];
                var orthogonal = Orthogonal(direction, direction.Length / outputs, outputs);
                var stretch = Math.Sqrt(Math.Max(1, outputs / ((double)direction.Length / outputs)));
                for (var i = 0; i < w[p].Length; i++)
                {
                    w[p][i] = (w[p][i] * (1 - (0.02f * 0.1f))) - (0.02f * stretch * orthogonal[i]);
                }
            }
        });

        static double[] Orthogonal(double[] x, int rows, int columns)
        {
            var norm = Math.Sqrt(x.Sum(value => value * value)) + 1e-7;
            x = [.. x.Select(value => value / norm)];
            for (var step = 0; step < 5; step++)
            {
                // (a + b·X·Xᵀ + c·(X·Xᵀ)²)·X
                var once = Product(Gram(x, rows, columns), x, rows, rows, columns);
                var twice = Product(Gram(x, rows, columns), once, rows, rows, columns);
                x = [.. x.Select((value, i) => (3.4445 * value) - (4.7750 * once[i]) + (2.0315 * twice[i]))];
            }
            return x;
        }

        static double[] Gram(double[] x, int rows, int columns) =>
            [.. Enumerable.Range(0, rows * rows).Select(at => Enumerable.Range(0, columns).Sum(c => x[(at / rows * columns) + c] * x[(at % rows * columns) + c]))];

        static double[] Product(double[] a, double[] b, int rows, int terms, int columns) =>
            [.. Enumerable.Range(0, rows * columns).Select(at => Enumerable.Range(0, terms).Sum(i => a[(at / columns * terms) + i] * b[(i * columns) + (at % columns)]))];
    }

    /// <summary>A schedule changes both rates; embeddings and vectors go by Adam; convolutions are matrices of their filters.</summary>
    [Fact]
    public void Muon_has_two_rates_and_takes_what_is_a_matrix()
    {
        var scheduled = new Muon(0.02f, adamLearningRate: 1e-3f).WithLearningRate(0.01f);
        Assert.Equal((0.01f, 5e-4f), (scheduled.LearningRate, scheduled.AdamLearningRate));
        foreach (var (name, matrices) in new[] { ("Table", new[] { "answer.weight" }), ("Image", ["features.0.weight", "features.4.weight", "head.1.weight"]) })
        {
            var compiled = Compiled.Value[name];
            using var network = compiled.Create(seed: 2);
            var before = network.Network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());
            network.Step("Loss", compiled.Inputs("Loss", 6, 1), new Muon(0.02f, adamLearningRate: 0f));
            Assert.Equal(
                matrices, network.Network.Parameters.Where(p => !p.IsState && !p.Values.SequenceEqual(before[p.Name])).Select(p => p.Name).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Algorithm 1 of Zhang et al. 2019: the slow weights begin where the fast ones do.</summary>
    [Fact]
    public void Lookahead_goes_back_a_part_of_the_way()
    {
        double[][]? slow = null;
        var t = 0;
        Follow(new Sgd(0.5f).Lookahead(every: 2, rate: 0.25f), (w, g) =>
        {
            slow ??= [.. w.Select(p => p.ToArray())];
            Step(w, (p, i) => w[p][i] - (0.5 * g[p][i]));
            if (++t % 2 == 0)
            {
                Step(w, (p, i) => slow[p][i] += 0.25 * (w[p][i] - slow[p][i]));
            }
        });
    }

    /// <summary>Three steps of 4 samples are one of 12; until then no weight moves.</summary>
    [Fact]
    public void Accumulated_steps_are_one_of_all_their_samples()
    {
        var compiled = Compiled.Value["Layers"];
        using var whole = compiled.Create();
        using var parts = compiled.Create(threads: 2);
        for (var step = 0; step < 3; step++)
        {
            var inputs = compiled.Inputs("Loss", 12, step);
            whole.Step("Loss", inputs, new Adam(0.01f));
            for (var part = 0; part < 3; part++)
            {
                var before = Weights(parts);
                parts.Step(
                    "Loss", [((float[])inputs[0])[(part * 360)..((part + 1) * 360)], ((int[])inputs[1])[(part * 4)..((part + 1) * 4)]],
                    new Adam(0.01f).StoreGradients() with { Accumulate = 3 });
                Assert.Equal(part < 2, before.SequenceEqual(Weights(parts)));
            }
        }
        // Adam's first steps are of length η whatever a gradient is: where it is rounding alone, its sign is.
        var off = Weights(whole).Zip(Weights(parts), (a, b) => Math.Abs(a - b)).Order().ToArray();
        Assert.InRange(off[off.Length * 99 / 100], 0, 1e-5);
    }

    [Fact]
    public void Groups_have_rates_and_decay_of_their_own()
    {
        var usual = new AdamW(0.01f, weightDecay: 0.5f);
        var (head, vectors) = (new AdamW(0.03f, weightDecay: 0.2f), new AdamW(0.01f, weightDecay: 0f));
        var grouped = usual.StoreGradients() with
        {
            Groups = [new(head) { Fields = ["head"] }, new(vectors) { OnlyVectors = true }],
        };
        var compiled = Compiled.Value["Layers"];
        var inputs = compiled.Inputs("Loss", 6, 1);
        var (all, none) = (new HashSet<string>(), new List<string>());
        foreach (var factor in new[] { 1f, 0.25f })
        {
            var steps = new[] { usual, head, vectors }.Select(o => One(o.WithLearningRate(o.LearningRate * factor))).ToArray();
            foreach (var (name, values) in One(grouped.WithLearningRate(0.01f * factor)))
            {
                var group = name.StartsWith("head", StringComparison.Ordinal) ? 1 : name == "body.0.weight" ? 0 : 2;
                Agreement.Same(steps[group][name], values, name);
                all.Add(name);
            }
        }
        Assert.Equal(["body.0.bias", "body.0.weight", "body.1.bias", "body.1.weight", "head.bias", "head.weight"], all.Order(StringComparer.Ordinal));

        Dictionary<string, float[]> One<TOptimizer>(TOptimizer optimizer)
            where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            using var network = compiled.Create();
            network.Step("Loss", inputs, optimizer);
            return network.Network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());
        }
    }

    [Fact]
    public void What_makes_no_sense_is_refused_before_anything_changes()
    {
        var compiled = Compiled.Value["Layers"];
        using var network = compiled.Create();
        var before = Weights(network);
        var inputs = compiled.Inputs("Loss", 4, 1);
        var field = Assert.Throws<ArgumentException>(() => network.Step(
            "Loss", inputs, new Adam().StoreGradients() with { Groups = [new(new Adam(0f)) { Fields = ["heads"] }] }));
        Assert.StartsWith("'Groups' has the field 'heads', and ", field.Message);
        Assert.Contains("has no parameter of it; it has: body.0.weight, body.0.bias", field.Message);
        var twice = Assert.Throws<NotSupportedException>(() => network.Step("Loss", inputs, new Adam().StoreGradients().ClipValue(1f).StoreGradients()));
        Assert.Equal("StoredGradients<ClipValue<StoredGradients<Adam>>> would store the gradients twice: set all on one.", twice.Message);
        Refused(new Adam().StoreGradients() with { ClipNorm = 0f }, "StoredGradients.ClipNorm is 0; expected a finite number above 0");
        Refused(new Adam().StoreGradients() with { ClipNorm = float.NaN }, "StoredGradients.ClipNorm is NaN; expected");
        Refused(new Adam().StoreGradients() with { AdaptiveClip = -1f }, "StoredGradients.AdaptiveClip is -1; expected");
        Refused(new Adam().StoreGradients() with { Accumulate = 0 }, "StoredGradients.Accumulate is 0; expected 1 or more.");
        Refused(new Adam(-1f).StoreGradients(), "Adam.LearningRate is -1; expected");
        Refused(new Adam().StoreGradients() with { Groups = [new(new Adam(-2f))] }, "Adam.LearningRate is -2; expected");
        Refused(new Muon(-1f), "Muon.LearningRate is -1; expected");
        Refused(new Muon { AdamLearningRate = float.NaN }, "Muon.AdamLearningRate is NaN; expected");
        Refused(new Muon { Iterations = 0 }, "Muon.Iterations is 0; expected 1 or more.");
        Refused(new Muon { Momentum = 1f }, "Muon.Momentum is 1; expected a number in [0, 1).");
        Assert.StartsWith("'AdamFields' has the field 'top', and ", Assert.Throws<ArgumentException>(() => network.Step("Loss", inputs, new Muon { AdamFields = ["top"] })).Message);
        Refused(new Adam().ClipValue(0f), "ClipValue.Limit is 0; expected");
        Refused(new Adam().Lookahead(every: 0), "Lookahead.Every is 0; expected 1 or more.");
        Refused(new Adam().Lookahead(rate: 1.5f), "Lookahead.Rate is 1.5; expected a number above 0, at most 1.");
        Assert.Equal(before, Weights(network));

        void Refused<TOptimizer>(TOptimizer optimizer, string message)
            where TOptimizer : struct, IOptimizer<TOptimizer> =>
            Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => network.Step("Loss", inputs, optimizer)).Message);
    }

    /// <summary>Steps of the network named Layers, each compared with one in double from where it began.</summary>
    private static void Follow<TOptimizer>(TOptimizer optimizer, Action<double[][], double[][]> step)
        where TOptimizer : struct, IOptimizer<TOptimizer> => Follow(optimizer, (w, g, _) => step(w, g));

    private static void Follow<TOptimizer>(TOptimizer optimizer, Action<double[][], double[][], NetworkParameters> step)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var compiled = Compiled.Value["Layers"];
        using var network = compiled.Create(threads: 2);
        for (var i = 0; i < Steps; i++)
        {
            var inputs = compiled.Inputs("Loss", 7, i);
            var weights = network.Network.Parameters.Select(p => p.Values.ToArray()).ToArray();
            using var probe = compiled.Create();
            foreach (var (parameter, values) in probe.Network.Parameters.Zip(weights))
            {
                values.CopyTo(parameter.Values);
            }
            probe.Step("Loss", inputs, default(GradientCapture));
            double[][] expected = [.. weights.Select(Doubles)];
            step(expected, [.. probe.Network.Parameters.Select(p => Doubles(p.Values.ToArray()))], network.Network.Parameters);

            network.Step("Loss", inputs, optimizer);
            foreach (var (parameter, values) in network.Network.Parameters.Zip(expected))
            {
                for (var at = 0; at < values.Length; at++)
                {
                    // A few roundings of numbers below 2.
                    Assert.True(Math.Abs(parameter.Values[at] - values[at]) < 2e-6, $"{parameter.Name}[{at}] is {parameter.Values[at]}, not {values[at]}, after step {i + 1} of {optimizer}");
                }
            }
        }

        static double[] Doubles(float[] values) => [.. values.Select(x => (double)x)];
    }

    private static void Step(double[][] weights, Func<int, int, double> changed)
    {
        for (var p = 0; p < weights.Length; p++)
        {
            for (var i = 0; i < weights[p].Length; i++)
            {
                weights[p][i] = changed(p, i);
            }
        }
    }

    /// <summary>All weights after some steps, of all objectives in turn.</summary>
    private static float[] Train<TOptimizer>(string name, TOptimizer optimizer, int threads)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var compiled = Compiled.Value[name];
        using var network = compiled.Create(seed: 5, threads);
        for (var step = 0; step < Steps; step++)
        {
            foreach (var objective in compiled.Model.Methods.Where(m => m.IsObjective))
            {
                network.Step(objective.Name, compiled.Inputs(objective.Name, 9, step), optimizer);
            }
        }
        return Weights(network);
    }

    private static float[] Weights(ICompiledNetwork network) => [.. network.Network.Parameters.SelectMany(p => p.Values.ToArray())];

    /// <summary>A number for each weight.</summary>
    private sealed class State
    {
        private readonly Dictionary<(int, int), double> values = [];

        public double this[int parameter, int place]
        {
            get => values.GetValueOrDefault((parameter, place));
            set => values[(parameter, place)] = value;
        }
    }
}
