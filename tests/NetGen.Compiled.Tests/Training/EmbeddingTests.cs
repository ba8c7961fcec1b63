using System.Runtime.InteropServices;
using NetGen.Compiled.Tests.Harness;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Compiled.Tests.Training;

/// <summary>
/// Tables in training: which rows a step touches, what it refuses, and two networks as users write them against the same steps by hand.
/// </summary>
public sealed class EmbeddingTests
{
    private const int Users = 30, Items = 20, Words = 40, Length = 6, Width = 8, Hidden = 16, Classes = 3;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        new NetworkSource("Recommender",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer users = Embedding(30, 8), items = Embedding(20, 8);
                private readonly Layer tower = Sequential(Dense(16), Relu, Dense(1));

                public Tensor Forward(Indices user, Indices item) => tower(Concat(users(user), items(item)));

                [Objective]
                public Tensor Loss(Indices user, Indices item, [Shape(1)] Tensor liked) => BinaryCrossEntropy(Forward(user, item), liked);
            }
            """),
        new NetworkSource("Text",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer words = Embedding(40, 8, paddingIndex: 0), answer = Dense(3);

                public Tensor Forward([Shape(6)] Indices text) => answer(Mean(words(text), 0));

                [Objective]
                public Tensor Loss(Indices text, Labels topic) => CrossEntropy(Forward(text), topic);
            }
            """),
        new NetworkSource("Tagger",
            """
            [Network, Input(6)]
            [Embedding(40, 8), Dense(3)]
            [Objective(Loss.CrossEntropy)]
            public sealed partial class Net;
            """),
        new NetworkSource("Large",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer table = Embedding(100_000, 32);

                public Tensor Forward([Shape(2)] Indices rows) => Mean(table(rows));

                [Objective]
                public Tensor Loss(Indices rows) => Square(Forward(rows) - 1f);
            }
            """),
        new NetworkSource("Linear",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer table = Embedding(10, 8);

                public Tensor Forward([Shape(2)] Indices rows) => Mean(table(rows));

                [Objective]
                public Tensor Loss(Indices rows) => Forward(rows);
            }
            """),
    ]));

    [Fact]
    public void Rows_that_no_index_names_are_not_touched()
    {
        using var network = Compiled.Value["Large"].Create(threads: 2);
        var table = network.Network.Parameters["table.weight"];
        var before = table.Values.ToArray();
        int[] rows = [7, 99_999, 7, 50_000, 0, 7];
        network.Step("Loss", [rows], new Marker(Skips: true));

        for (var row = 0; row < 100_000; row++)
        {
            var expected = rows.Contains(row) ? Enumerable.Repeat(Marker.Mark, 32) : before.Skip(row * 32).Take(32);
            if (!table.Values.Slice(row * 32, 32).SequenceEqual(expected.ToArray()))
                Assert.Fail($"Row {row}.");
        }
    }

    [Theory]
    [InlineData("Large")]
    [InlineData("Recommender")]
    [InlineData("Text")]
    public void Skipped_rows_have_the_bits_of_rows_without_a_gradient(string name)
    {
        var compiled = Compiled.Value[name];
        ICompiledNetwork[] networks = [.. new[] { 1, 1, 2, 3 }.Select(threads => compiled.Create(3, threads))];
        for (var step = 0; step < 3; step++)
        {
            var inputs = compiled.Inputs("Loss", 67, step);
            networks[0].Step("Loss", inputs, new Sgd(0.1f));
            networks[1].Step("Loss", inputs, new DenseSgd());
            networks[2].Step("Loss", inputs, new Sgd(0.1f));
            networks[3].Step("Loss", inputs, new DenseSgd());
        }
        foreach (var parameter in networks[0].Network.Parameters)
        {
            foreach (var other in networks[1..])
                Assert.True(Bits(parameter).SequenceEqual(Bits(other.Network.Parameters[parameter.Name])), parameter.Name);
        }
        foreach (var network in networks)
            network.Dispose();
    }

    /// <summary>The gradient of a row is 1/16 where it is named: its own moments, with the corrections of all steps there were.</summary>
    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Lazy_moments_are_those_of_the_steps_that_name_a_row(float decay)
    {
        int[][] steps = [[3, 5], [5, 7], [3, 7], [5, 5]];
        var compiled = Compiled.Value["Linear"];
        using var network = compiled.Create(threads: 2);
        using var all = compiled.Create();
        var table = network.Network.Parameters["table.weight"];
        var expected = table.Values.ToArray().Select(v => (double)v).ToArray();
        double[] m = new double[10 * 8], v = new double[10 * 8];
        for (var t = 1; t <= steps.Length; t++)
        {
            network.Step("Loss", [steps[t - 1]], new AdamW(0.05f, 0.8f, 0.9f, 1e-3f, decay) { Lazy = true });
            all.Step("Loss", [steps[t - 1]], new AdamW(0.05f, 0.8f, 0.9f, 1e-3f, decay));
            foreach (var row in steps[t - 1].Distinct())
            {
                var gradient = steps[t - 1].Count(r => r == row) / 16.0;
                for (var i = row * 8; i < (row + 1) * 8; i++)
                {
                    (m[i], v[i]) = ((0.8f * m[i]) + ((1 - (double)0.8f) * gradient), (0.9f * v[i]) + ((1 - (double)0.9f) * gradient * gradient));
                    expected[i] = (expected[i] * (1 - (0.05f * decay)))
                        - (0.05f * (m[i] / (1 - Math.Pow(0.8f, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.9f, t))) + 1e-3f));
                }
            }
        }
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], table.Values[i], 1e-6);
        // The usual one goes on with row 3 in the second step.
        Assert.NotEqual(all.Network.Parameters["table.weight"].Values[3 * 8], table.Values[3 * 8]);
    }

    private static ReadOnlySpan<int> Bits(NetworkParameter parameter) => MemoryMarshal.Cast<float, int>(parameter.Values);

    [Fact]
    public void A_step_allocates_nothing()
    {
        var compiled = Compiled.Value["Recommender"];
        using var network = compiled.Create(threads: 1);
        var inputs = compiled.Inputs("Loss", 256, 1);
        for (var i = 0; i < 3; i++)
            network.Step("Loss", inputs, new Sgd(0.1f));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++)
            network.Step("Loss", inputs, new Sgd(0.1f));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(40, "text[8] (sample 1) is 40; indices are from 0 to 39.")]
    [InlineData(-1, "text[8] (sample 1) is -1; indices are from 0 to 39.")]
    public void An_index_out_of_range_is_refused_before_anything_is_written(int index, string message)
    {
        using var network = Compiled.Value["Text"].Create();
        var text = new int[18];
        text[8] = index;
        var before = network.Network.Parameters["words.weight"].Values.ToArray();
        float[] result = [9, 9, 9, 9, 9, 9, 9, 9, 9];

        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => network.Predict("Forward", [text], result)).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => network.Step("Loss", [text, new int[3]], new Sgd(1f))).Message, StringComparison.Ordinal);
        Assert.All(result, value => Assert.Equal(9f, value));
        Assert.Equal(before, network.Network.Parameters["words.weight"].Values.ToArray());
    }

    [Fact]
    public void A_data_set_with_an_index_out_of_range_is_refused_by_its_row_and_place()
    {
        using var network = Compiled.Value["Text"].Create();
        var text = new int[5 * Length];
        text[(3 * Length) + 2] = 41;
        var data = new Dataset(new DataColumn("text", text, Length), new DataColumn("topic", new int[5]));
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => ((ITrainable)network.Network).Fit(data, new FitOptions(), new Adam()));
        Assert.StartsWith("'text' is 41 in row 3 at [2] (counted from 0); indices are from 0 to 39.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_row_of_the_padding_starts_and_stays_at_zero()
    {
        using var network = Compiled.Value["Text"].Create(seed: 4);
        var words = network.Network.Parameters["words.weight"];
        Assert.All(words.Values[..Width].ToArray(), value => Assert.Equal(0f, value));
        Assert.All(words.Values[Width..].ToArray(), value => Assert.NotEqual(0f, value));
        // N(0, 1): the spread of 312 numbers.
        Assert.InRange(Math.Sqrt(words.Values[Width..].ToArray().Average(value => value * value)), 0.85, 1.15);

        int[] text = [0, 5, 0, 6, 7, 0, 0, 0, 0, 0, 0, 0];
        for (var i = 0; i < 3; i++)
        {
            network.Step("Loss", [text, new[] { 1, 2 }], new Adam(0.1f));
            network.Step("Loss", [text, new[] { 1, 2 }], new Sgd(0.1f));
        }
        Assert.All(words.Values[..Width].ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void A_recommender_learns_as_one_by_hand()
    {
        using var network = Compiled.Value["Recommender"].Create(seed: 2);
        var hand = new Ratings(network.Network);
        var random = new Random(3);
        var losses = new List<double>();
        for (var step = 0; step < 150; step++)
        {
            int[] users = [.. Enumerable.Range(0, 32).Select(_ => random.Next(Users))], items = [.. users.Select(_ => random.Next(Items))];
            float[] liked = [.. users.Zip(items, (user, item) => (user % 3) + (item % 4) > 2 ? 1f : 0f)];
            losses.Add(network.Step("Loss", [users, items, liked], new Sgd(0.5f)));
            Assert.Equal(hand.Step(users, items, liked, 0.5), losses[^1], 2e-4);
        }
        Assert.True(losses.TakeLast(10).Average() < 0.6 * losses.Take(10).Average(), string.Join(" ", losses));
    }

    [Fact]
    public void A_text_classifier_learns_as_one_by_hand()
    {
        using var network = Compiled.Value["Text"].Create(seed: 2);
        var hand = new Topics(network.Network);
        var losses = new List<double>();
        for (var step = 0; step < 60; step++)
        {
            var (text, topics) = Texts(32, step);
            losses.Add(network.Step("Loss", [text, topics], new Sgd(1f)));
            Assert.Equal(hand.Step(text, topics, 1), losses[^1], 2e-4);
        }
        Assert.True(losses[^1] < 0.3 * losses[0], string.Join(" ", losses));
    }

    [Fact]
    public void Data_sets_have_columns_of_indices()
    {
        using var network = Compiled.Value["Text"].Create(seed: 2);
        var trainable = (ITrainable)network.Network;
        Dataset Data(int seed, int count)
        {
            var (text, topics) = Texts(count, seed);
            return new Dataset(new DataColumn("text", text, Length), new DataColumn("topic", topics));
        }
        trainable.Fit(Data(1, 400), new FitOptions { Epochs = 5, BatchSize = 32, Seed = 1 }, new Adam(0.02f));
        Assert.InRange(trainable.Evaluate(Data(2, 200)).Accuracy!.Value, 0.95f, 1f);
    }

    /// <summary>The accuracy is the share of right positions, in Fit and in Evaluate.</summary>
    [Fact]
    public void Each_position_has_a_label_of_its_own()
    {
        using var network = Compiled.Value["Tagger"].Create(seed: 2);
        var trainable = (ITrainable)network.Network;
        var (text, _) = Texts(300, 7);
        var data = new Dataset(new DataColumn("x", text, Length), new DataColumn("label", [.. text.Select(word => word % Classes)], Length));
        var history = trainable.Fit(data, new FitOptions { Epochs = 8, BatchSize = 32, Seed = 1, ValidationData = data }, new Adam(0.05f));

        var scores = new float[text.Length * Classes];
        network.Predict("Forward", [text], scores);
        var right = text.Where((word, i) => scores.AsSpan(i * Classes, Classes).IndexOf(scores.Skip(i * Classes).Take(Classes).Max()) == word % Classes).Count();
        Assert.Equal(right / (float)text.Length, trainable.Evaluate(data).Accuracy!.Value, 1e-6f);
        Assert.Equal(trainable.Evaluate(data).Accuracy, history.Last!.ValidationAccuracy);
        Assert.InRange(right / (float)text.Length, 0.99f, 1f);
    }

    /// <summary>Each topic has words of its own, and all have some; the end is padding.</summary>
    private static (int[] Text, int[] Topics) Texts(int count, int seed)
    {
        var random = new Random(seed);
        int[] topics = [.. Enumerable.Range(0, count).Select(_ => random.Next(Classes))];
        var text = topics.SelectMany(topic => Enumerable.Range(0, Length).Select(i =>
            i >= 4 && random.Next(2) == 0 ? 0 : random.Next(3) == 0 ? 31 + random.Next(9) : 1 + (topic * 10) + random.Next(10)));
        return ([.. text], topics);
    }

    /// <summary>As SGD, but asking for all rows.</summary>
    private readonly struct DenseSgd : IOptimizer<DenseSgd>
    {
        public static DenseSgd Default => default;

        public static int StateSlots => 0;

        public void Validate()
        {
        }

        public DenseSgd Prepare(long step) => this;

        public static V Update<V>(in DenseSgd prepared, V weight, V gradient, ref V state0, ref V state1)
            where V : struct, IVector<V> => Sgd.Update(new Sgd(0.1f), weight, gradient, ref state0, ref state1);
    }

    /// <summary>Shows which weights a step touches.</summary>
    private readonly record struct Marker(bool Skips) : IOptimizer<Marker>
    {
        public const float Mark = 1234.5f;

        public static Marker Default => default;

        public static int StateSlots => 0;

        public static bool SkipsZeroGradients(in Marker optimizer) => optimizer.Skips;

        public void Validate()
        {
        }

        public Marker Prepare(long step) => this;

        public static V Update<V>(in Marker prepared, V weight, V gradient, ref V state0, ref V state1)
            where V : struct, IVector<V> => V.Broadcast(Mark);
    }

    /// <summary>Weights in double, and what a step adds to them.</summary>
    private abstract class ByHand(INetwork network)
    {
        private readonly List<(double[] Weights, double[] Gradient)> all = [];

        protected (double[] Weights, double[] Gradient) Take(string name)
        {
            var weights = Array.ConvertAll(network.Parameters[name].Values.ToArray(), value => (double)value);
            all.Add((weights, new double[weights.Length]));
            return all[^1];
        }

        protected void Update(double learningRate)
        {
            foreach (var (weights, gradient) in all)
            {
                for (var i = 0; i < weights.Length; i++)
                    weights[i] -= learningRate * gradient[i];
                Array.Clear(gradient);
            }
        }
    }

    /// <summary>σ(W₂ · relu(W₁ · [u; v] + b₁) + b₂) and its cross entropy, one sample at a time.</summary>
    private sealed class Ratings : ByHand
    {
        private readonly (double[] Weights, double[] Gradient) users, items, first, firstBias, second, secondBias;

        public Ratings(INetwork network)
            : base(network) =>
            (users, items, first, firstBias, second, secondBias) = (
                Take("users.weight"), Take("items.weight"), Take("tower.0.weight"), Take("tower.0.bias"), Take("tower.2.weight"), Take("tower.2.bias"));

        public double Step(int[] user, int[] item, float[] liked, double learningRate)
        {
            double loss = 0;
            for (var b = 0; b < user.Length; b++)
            {
                double Input(int k) => k < Width ? users.Weights[(user[b] * Width) + k] : items.Weights[(item[b] * Width) + k - Width];
                var hidden = new double[Hidden];
                var logit = secondBias.Weights[0];
                for (var h = 0; h < Hidden; h++)
                {
                    hidden[h] = firstBias.Weights[h];
                    for (var k = 0; k < 2 * Width; k++)
                        hidden[h] += Input(k) * first.Weights[(k * Hidden) + h];
                    hidden[h] = Math.Max(0, hidden[h]);
                    logit += hidden[h] * second.Weights[h];
                }
                loss += Math.Log(1 + Math.Exp(logit)) - (logit * liked[b]);
                var slope = ((1 / (1 + Math.Exp(-logit))) - liked[b]) / user.Length;
                secondBias.Gradient[0] += slope;
                for (var h = 0; h < Hidden; h++)
                {
                    second.Gradient[h] += slope * hidden[h];
                    if (hidden[h] <= 0)
                        continue;
                    var inner = slope * second.Weights[h];
                    firstBias.Gradient[h] += inner;
                    for (var k = 0; k < 2 * Width; k++)
                    {
                        first.Gradient[(k * Hidden) + h] += inner * Input(k);
                        var (table, row) = k < Width ? (users, (user[b] * Width) + k) : (items, (item[b] * Width) + k - Width);
                        table.Gradient[row] += inner * first.Weights[(k * Hidden) + h];
                    }
                }
            }
            Update(learningRate);
            return loss / user.Length;
        }
    }

    /// <summary>softmax(W · mean of rows + b) and its cross entropy, one sample at a time.</summary>
    private sealed class Topics : ByHand
    {
        private readonly (double[] Weights, double[] Gradient) words, answer, bias;

        public Topics(INetwork network)
            : base(network) => (words, answer, bias) = (Take("words.weight"), Take("answer.weight"), Take("answer.bias"));

        public double Step(int[] text, int[] topics, double learningRate)
        {
            double loss = 0;
            for (var b = 0; b < topics.Length; b++)
            {
                var own = text.Skip(b * Length).Take(Length).ToArray();
                var mean = Enumerable.Range(0, Width).Select(k => own.Average(word => words.Weights[(word * Width) + k])).ToArray();
                var scores = Enumerable.Range(0, Classes)
                    .Select(c => Math.Exp(bias.Weights[c] + mean.Select((m, k) => m * answer.Weights[(k * Classes) + c]).Sum())).ToArray();
                loss -= Math.Log(scores[topics[b]] / scores.Sum());
                for (var c = 0; c < Classes; c++)
                {
                    var slope = ((scores[c] / scores.Sum()) - (c == topics[b] ? 1 : 0)) / topics.Length;
                    bias.Gradient[c] += slope;
                    for (var k = 0; k < Width; k++)
                    {
                        answer.Gradient[(k * Classes) + c] += slope * mean[k];
                        foreach (var word in own.Where(word => word != 0))
                            words.Gradient[(word * Width) + k] += slope * answer.Weights[(k * Classes) + c] / Length;
                    }
                }
            }
            Update(learningRate);
            return loss / topics.Length;
        }
    }
}
