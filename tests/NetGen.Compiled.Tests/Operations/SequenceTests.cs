using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>
/// Networks over sequences of any length: what they compute, and their gradients, against the reference; and a sequence beside others has
/// the bits that it
/// has alone.
/// </summary>
public sealed class SequenceTests
{
    private static readonly Dictionary<string, string> Networks = new()
    {
        ["Recurrent"] = Numbers("", "Lstm(3, bidirectional: true, last: true)", "layers(x * s)"),
        ["Layers"] = Numbers("", "Sequential(Gru(2), Dropout(0.2f), Rnn(3, relu: true))", "layers(x * s)"),
        ["Attending"] = Numbers("", "SelfAttention(2, keyHeads: 1, rotary: true, window: 3)", "layers(x * s)"),
        ["Causal"] = Numbers("", "Sequential(SinusoidalPositions, LearnedPositions(), CausalSelfAttention(1, dropout: 0.3f, alibi: true))", "layers(x * s)"),
        ["Ends"] = Numbers("", "Dense(3)", "layers(Concat(First(x * s), Last(x * s), MeanOfSteps(x * s), MaxOfSteps(x * s), SumOfSteps(x * s)))"),
        ["Moved"] = Numbers("", "Dense(4)", "layers(Concat(ShiftSteps(x * s, 1), ShiftSteps(x * s, -2), ReverseSteps(x * s)) * EachStep(MaxOfSteps(x), like: x)[..1])"),
        ["OfNumbers"] = Numbers("", "BatchNorm()", "Last(layers(x * s))"),
        ["Cell"] = Numbers("private readonly Layer inner = Dense(4);", "Dense(4)", "Scan((h, step) => Tanh(inner(h) + layers(step)), Zeros(4), x * s)"),
        ["CellBack"] = Numbers(
            "private readonly Parameter start = Parameter(4);", "Dense(4, bias: false)", "Last(Scan((h, step) => Sigmoid(layers(h * step) + s) * h + step, start, x * s, reverse: true))"),
        ["Cells"] = Numbers(
            "private readonly Layer gates = Dense(8), rest = Sequential(LayerNorm(epsilon: 0.3f), Dense(3));", "Dense(3)",
            "Concat(Of(x * s).Item1, Of(x * s).Item2)").Replace(
                "[Objective]",
                """
                private (Tensor, Tensor) Of(Tensor x) => Scan((h, c, step) =>
                {
                    var gate = Sigmoid(gates(Concat(h, step, c)));
                    return (gate[..3] * h + layers(c) * MeanOfSteps(x)[1..], Tanh(rest(c + h) + gate[5..]));
                }, (First(x)[..3], Zeros(3)), x);

                [Objective]
                """, StringComparison.Ordinal),
        ["ResetBefore"] = Numbers("", "Gru(3, resetAfter: false, inputDropout: 0.2f)", "layers(x * s)"),
        ["Projected"] = Numbers("", "Lstm(4, peepholes: true, projection: 3, bidirectional: true)", "layers(x * s)"),
        ["Variational"] = Numbers("", "Rnn(3, recurrentDropout: 0.3f)", "layers(x * s)"),
        ["EncoderDecoder"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer source = Embedding(9, 4), target = Embedding(8, 4), output = Dense(8);
                private readonly StatefulLstm encoder = LstmWithState(3), decoder = LstmWithState(3);
                private readonly StatefulLayer reader = GruWithState(2, layers: 2), writer = GruWithState(2, layers: 2);

                public Tensor Forward([Sequence(3)] Indices words, [Sequence(2)] Indices written)
                {
                    var (_, state) = encoder(source(words));
                    var (read, last) = reader(source(words));
                    var (steps, (h, _)) = decoder(target(written), (state.Hidden, state.Cell + MeanOfSteps(read)[0]));
                    var (others, end) = writer(target(written), initial: last);
                    return output(Concat(steps, others, EachStep(Concat(h, end[1]), like: steps)));
                }

                [Objective]
                public Tensor Loss(Indices words, Indices written, [StepsOf("written")] Labels next) => CrossEntropy(Forward(words, written), next);
            }
            """,
        ["Convolved"] = Numbers(
            "private readonly Layer pools = Sequential(MaxPool1D(3, stride: 1, padding: Padding.Same), AveragePool1D(2, stride: 1, padding: Padding.Causal));",
            "Sequential(Conv1D(6, kernel: 3, padding: Padding.Same), Conv1D(4, kernel: 2, padding: Padding.Causal, dilation: 2, groups: 2))", "pools(layers(x * s))"),
        ["Pooled"] = Numbers("", "AttentionPool(5)", "layers(x * s)"),
        ["Corners"] = Numbers(
            "", "Dense(4)", "Concat(Scan((h, step) => h * 0.9f, s, x), Scan((h, step) => h, s, x), Scan((_, step) => layers(step), s, x * s), Scan((_, step) => step, s, x), Scan((h, step) => h + Sum(step), s, x))"),
        ["Tagger"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer embed = Embedding(11, 6), layers = Sequential(Lstm(5), Dense(4));

                public Tensor Forward([Sequence(7)] Indices words) => layers(embed(words));

                [Objective]
                public Tensor Loss(Indices words, [StepsOf("words")] Labels tags) => CrossEntropy(Forward(words), tags, ignoreIndex: 2);
            }
            """,
        ["Transcript"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(5), Tanh, Dense(4));

                public Tensor Forward([Sequence(9), Shape(3)] Tensor sound) => layers(sound);

                [Objective]
                public Tensor Loss(Tensor sound, [Sequence(4)] Labels text) => Ctc(Forward(sound), text, blank: 3, zeroInfinity: true);
            }
            """,
        // Called as generated locals are.
        ["Named"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer first = Embedding(5, 3), second = Embedding(6, 3), third = Embedding(7, 3), output = Dense(2);

                public Tensor Forward([Sequence(4)] Indices steps, [Sequence(3)] Indices all2, [StepsOf("all2")] Indices all, [Shape(3)] Tensor stepsLengths) =>
                    output(Last(first(steps)) * MeanOfSteps(second(all2) + third(all)) + stepsLengths);

                [Objective]
                public Tensor Loss(Indices steps, Indices all2, Indices all, Tensor stepsLengths) => Mean(Square(Forward(steps, all2, all, stepsLengths)));
            }
            """,
        ["Translator"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer source = Embedding(9, 6), target = Embedding(8, 6);
                private readonly CrossLayer attend = CrossAttention(2);
                private readonly Layer output = Dense(8);

                public Tensor Forward([Sequence(9)] Indices words, [Sequence(5)] Indices written)
                {
                    var (memory, own) = (source(words), target(written));
                    return output(own + attend(own, memory));
                }

                [Objective]
                public Tensor Loss(Indices words, Indices written, [StepsOf("written")] Labels next) => CrossEntropy(Forward(words, written), next);
            }
            """,
    };

    private static readonly Lazy<CompiledNetworks> Compiled = new(() =>
        CompiledNetworks.Compile([.. Networks.Select(n => new NetworkSource(n.Key, n.Value))]));

    public static IEnumerable<object[]> Names => Networks.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Agree_with_their_meaning(string name) => Assert.InRange(Agreement.Check(Compiled.Value[name], name == "OfNumbers" ? [4] : [1, 4], 2, 3), 0, 5e-3);

    [Theory]
    [MemberData(nameof(Names))]
    public void Have_the_bits_that_they_have_alone(string name)
    {
        if (name == "OfNumbers")
            return;
        var network = Compiled.Value[name];
        using var net = network.Create(threads: 2);
        TestData.FillWeights(net.Network, 3);
        var method = network.Model.Methods.Single(m => m.Name == "Forward");
        // More than stand side by side in a loop.
        var batch = name is "Cells" or "EncoderDecoder" ? 150 : 6;
        var inputs = network.Inputs("Forward", batch, 4);
        var result = method.Graph[method.Graph.Output("result")].Type;
        int Rows(NetGen.Generator.Graph.RowSpace space, int from, int count) =>
            space.IsSteps ? ((int[])inputs[space.Lengths]).Skip(from).Take(count).Sum() : count;
        float[] Predict(Array[] arrays, int from, int count)
        {
            var values = new float[Rows(result.Rows, from, count) * (int)result.Count];
            net.Predict("Forward", arrays, values);
            return values;
        }
        var together = Predict(inputs, 0, batch);
        var alone = Enumerable.Range(0, batch).SelectMany(b => Predict(
            [.. method.Inputs.Select((input, i) => Part(inputs[i], Rows(input.Type.Rows, 0, b), Rows(input.Type.Rows, b, 1), (int)input.Type.Count))], b, 1)).ToArray();
        Agreement.Same(alone, together, name);
    }

    private static Array Part(Array values, int start, int count, int width) => values is int[] ints
        ? ints.Skip(start * width).Take(count * width).ToArray()
        : ((float[])values).Skip(start * width).Take(count * width).ToArray();

    private static string Numbers(string fields, string layers, string result) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Parameter s = Parameter(4);
            private readonly Layer layers = {{layers}};
            {{fields}}

            public Tensor Forward([Sequence(max: 4), Shape(4)] Tensor x) => {{result}};

            [Objective]
            public Tensor Loss(Tensor x) => Mean(Square(Forward(x) + 0.3f));
        }
        """;
}
