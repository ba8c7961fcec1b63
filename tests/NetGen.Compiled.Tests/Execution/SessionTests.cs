using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>A session that reads a sequence piece by piece gives the bits of the whole sequence at once, alone and beside others.</summary>
public sealed class SessionTests
{
    private const int Classes = 9, Longest = 20;

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        Tokens("Attending", "Sequential(Embedding(9, 8), LearnedPositions(), TransformerEncoderLayer(2, 12, causal: true, normFirst: true), CausalSelfAttention(4, keyHeads: 2, rotary: true, window: 6), Dense(9))"),
        Tokens("Distant", "Sequential(Embedding(9, 6), SinusoidalPositions, CausalSelfAttention(3, alibi: true, dropout: 0.2f), RmsNorm(), Dense(9))"),
        Tokens("Recurring", "Sequential(Embedding(9, 6), Lstm(5, layers: 2), Gru(7), Rnn(3, bias: false), Dense(9))"),
        new NetworkSource("Scanning",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer embed = Embedding(9, 6), gates = Dense(7), output = Dense(9);
                private readonly Parameter start = Parameter(7);

                [Sessions]
                public Tensor Forward([Sequence(max: 20)] Indices x) =>
                    output(Scan((h, step) => h + Sigmoid(gates(Concat(h, step))) * (Tanh(gates(Concat(h * h, step))) - h), start, embed(x)));
            }
            """),
        new NetworkSource("Stated",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer embed = Embedding(9, 6), layers = Sequential(Gru(5, resetAfter: false, recurrentDropout: 0.2f, inputDropout: 0.1f), Lstm(4, projection: 3), Dense(9));
                private readonly StatefulLstm lstm = LstmWithState(5, layers: 2);
                private readonly StatefulLayer rnn = RnnWithState(6);
                private readonly Parameter hidden = Parameter(2, 5), cells = Parameter(2, 5), start = Parameter(6);

                [Sessions]
                public Tensor Forward([Sequence(max: 20)] Indices x)
                {
                    var (steps, _) = lstm(embed(x), (hidden, cells));
                    return layers(rnn(steps, start).Steps);
                }
            }
            """),
        Tokens("Convolving", "Sequential(Embedding(9, 6), Conv1D(7, kernel: 3, padding: Padding.Causal, dilation: 3), Relu, Conv1D(7, 2, padding: Padding.Causal, groups: 7), MaxPool1D(2, stride: 1, padding: Padding.Causal), x => Concat(x, ShiftSteps(x, 2)), Dense(9))"),
        Tokens("Rowwise", "Sequential(Embedding(9, 6), Dense(12), Gelu, Dense(9))"),
        new NetworkSource("OfNumbers",
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Gru(4), Dense(9));

                [Sessions]
                public Tensor Forward([Sequence(20), Shape(3)] Tensor x) => layers(x);
            }
            """),
    ]));

    public static IEnumerable<object[]> Names => new[] { "Attending", "Distant", "Recurring", "Scanning", "Stated", "Convolving", "Rowwise" }.SelectMany(name => new[] { 1, 2 }.Select(threads => new object[] { name, threads }));

    [Theory]
    [MemberData(nameof(Names))]
    public void Pieces_give_the_bits_of_the_whole(string name, int threads)
    {
        using var net = Compiled.Value[name].Create(threads: threads);
        var (tokens, whole) = Whole(net);
        using var session = Start<int>(net);
        var result = new float[whole.Length];
        var at = 0;
        foreach (var piece in new[] { 1, 5, 1, 1, 9, 3 })
        {
            Assert.Equal(at, session.Length);
            session.Append(tokens.AsSpan(at, piece), result.AsSpan(at * Classes, piece * Classes));
            at += piece;
        }
        Agreement.Same(whole, result, name);
        session.Reset();
        var last = new float[Classes];
        session.Append(tokens.AsSpan(0, 7), last);
        Agreement.Same(whole[(6 * Classes)..(7 * Classes)], last, "the last of several steps");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sessions_stand_side_by_side(string name, int threads)
    {
        using var net = Compiled.Value[name].Create(threads: threads);
        var (tokens, whole) = Whole(net);
        using Session<int> first = Start<int>(net), second = Start<int>(net);
        var row = new float[Classes];
        first.Append(tokens.AsSpan(0, 6), row);
        using var fork = first.Fork();
        second.Append(tokens.AsSpan(0, 2), row);
        var result = new float[(1 + 4 + 2) * Classes];
        int[] values = [tokens[6], .. tokens[2..6], .. tokens[6..8]];
        Session<int>.Append([first, second, fork], values, [1, 4, 2], result);
        Agreement.Same([.. Rows(whole, 6, 1), .. Rows(whole, 2, 4), .. Rows(whole, 6, 2)], result, name);
        Assert.Equal([7, 6, 8], new[] { first, second, fork }.Select(s => s.Length));
        var ends = new float[2 * Classes];
        Session<int>.Append([second, first], [.. tokens[6..9], tokens[7]], [3, 1], ends);
        Agreement.Same([.. Rows(whole, 8, 1), .. Rows(whole, 7, 1)], ends, "the last steps");
    }

    [Fact]
    public void Steps_of_numbers_have_as_many_as_their_shape()
    {
        using var net = Compiled.Value["OfNumbers"].Create();
        TestData.FillWeights(net.Network, 3);
        var x = TestData.Numbers(new Random(4), 5 * 3, 0.1, 1);
        var whole = new float[5 * Classes];
        net.Predict("Forward", [x, new[] { 5 }], whole);
        using var session = Start<float>(net);
        var result = new float[5 * Classes];
        session.Append(x.AsSpan(0, 6), result.AsSpan(0, 2 * Classes));
        session.Append(x.AsSpan(6), result.AsSpan(2 * Classes));
        Agreement.Same(whole, result, "numbers");
        Assert.Contains("x has 4 values; expected 3 for each of 1 steps.", Assert.Throws<ArgumentException>(() => session.Append(new float[4], new float[Classes])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_changes_nothing()
    {
        using var net = Compiled.Value["Recurring"].Create();
        var (tokens, whole) = Whole(net);
        var session = Start<int>(net);
        var row = new float[Classes];
        session.Append(tokens.AsSpan(0, 5), row);
        void Refused(string message, Action action) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
        Refused("has read 5 steps of x of at most 20; 16 more are too many", () => session.Append(new int[16], row));
        Refused("at least one step", () => session.Append([], row));
        Refused("room for 8 numbers; expected 9 for each of 2 steps, or for the last", () => session.Append([1, 2], new float[8]));
        Refused("x[1] is 9", () => session.Append([1, 9], row));
        Refused("Session 1 comes twice", () => Session<int>.Append([session, session], [1, 1], [1, 1], new float[2 * Classes]));
        Refused("sessions", () => Session<int>.Append([session, null!], [1, 1], [1, 1], new float[2 * Classes]));
        Refused("1 sessions and 2 lengths", () => Session<int>.Append([session], [1, 1], [1, 1], new float[2 * Classes]));
        using var other = Compiled.Value["Recurring"].Create();
        Refused("several networks", () => Session<int>.Append([session, Start<int>(other)], [1, 1], [1, 1], new float[2 * Classes]));
        session.Append(tokens.AsSpan(5, 1), row);
        Agreement.Same([.. Rows(whole, 5, 1)], row, "after all that");
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Append([1], row));
        Assert.Throws<ObjectDisposedException>(session.Fork);
    }

    [Theory]
    [InlineData("Attending")]
    [InlineData("Recurring")]
    [InlineData("Scanning")]
    [InlineData("Convolving")]
    public void A_step_allocates_nothing(string name)
    {
        using var net = Compiled.Value[name].Create();
        TestData.FillWeights(net.Network, 3);
        using var session = Start<int>(net);
        var row = new float[Classes];
        session.Append([1], row);
        session.Append([2], row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 2; i < Longest; i++)
            session.Append([i % Classes], row);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static NetworkSource Tokens(string name, string layers) => new(name,
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = {{layers}};

            [Sessions]
            public Tensor Forward([Sequence(max: {{Longest}})] Indices x) => layers(x);
        }
        """);

    private static (int[] Tokens, float[] Result) Whole(ICompiledNetwork net)
    {
        TestData.FillWeights(net.Network, 3);
        var random = new Random(7);
        var tokens = Enumerable.Range(0, Longest).Select(_ => random.Next(Classes)).ToArray();
        var whole = new float[Longest * Classes];
        net.Predict("Forward", [tokens, new[] { Longest }], whole);
        return (tokens, whole);
    }

    private static float[] Rows(float[] whole, int from, int count) => whole[(from * Classes)..((from + count) * Classes)];

    private static Session<T> Start<T>(ICompiledNetwork net)
        where T : unmanaged => (Session<T>)net.Network.GetType().GetMethod("Start")!.Invoke(net.Network, null)!;
}
