using System.Reflection;
using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>Methods that return a tuple: a span for each element.</summary>
public sealed class SeveralResultsTests
{
    private static readonly Dictionary<string, string> Networks = new()
    {
        ["Gaussian"] = """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer hidden = Dense(24), mean = Dense(5), spread = Dense(7);

                public (Tensor Mean, Tensor Spread, Tensor) Forward([Shape(17)] Tensor x)
                {
                    var h = Relu(hidden(x));
                    return (mean(h), Softplus(spread(h)), Mean(h));
                }

                [Objective]
                public Tensor Loss(Tensor x)
                {
                    var (m, s, h) = Forward(x);
                    return Mean(Square(m + 0.3f)) + Mean(Square(s - 1f)) + h;
                }

                public static float[][] Arrays()
                {
                    using var network = new Net(seed: 3);
                    var x = new float[34];
                    x[20] = 1;
                    (float[] Mean, float[] Spread, float[] Result3) all = network.Predict(x);
                    float[][] spans = [new float[10], new float[14], new float[2]];
                    network.Predict(x, mean: spans[0], spread: spans[1], result3: spans[2]);
                    return [all.Mean, all.Spread, all.Result3, .. spans];
                }
            }
            """,
        // Results that are each other, views of each other, an input, a part of one.
        ["Aliases"] = """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer hidden = Dense(24);

                public (Tensor, Tensor same, Tensor View, Tensor again, Tensor X, Tensor Part) Forward([Shape(24)] Tensor x)
                {
                    var h = hidden(x);
                    return (h, h, Reshape(h, 4, 6), h, x, h[3..8]);
                }
            }
            """,
        // A result that is pooled and one that is not: no pixel of the first is dead.
        ["Images"] = """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer conv = Conv2D(32, 3), pool = MaxPool2D(2), head = Dense(3);

                public (Tensor Features, Tensor Pooled, Tensor Logits) Forward([Shape(9, 9, 16)] Tensor image)
                {
                    var features = Relu(conv(image));
                    var pooled = pool(features);
                    return (features, pooled, head(Flatten(pooled)));
                }

                [Objective]
                public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image).Logits, label);
            }
            """,
        ["States"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly StatefulLstm layer = LstmWithState(3, bidirectional: true);

                public (Tensor Steps, Tensor Hidden, Tensor Cell) Forward([Sequence(6), Shape(2)] Tensor x, [Shape(2, 3)] Tensor h, [Shape(2, 3)] Tensor c)
                {
                    var (steps, (hidden, cell)) = layer(x, (h, c));
                    return (steps, hidden, cell);
                }
            }
            """,
        ["ManyStates"] =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly StatefulLayer layer = GruWithState(1, layers: 3, bidirectional: true);

                public (Tensor Steps, Tensor State) Forward([Shape(2, 2)] Tensor x, [Shape(6, 1)] Tensor h) => layer(x, h);
            }
            """,
        ["Steps"] = """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer embedding = Embedding(11, 8), gru = Gru(8), head = Dense(11);

                public (Tensor Each, Tensor Last) Forward([Sequence(max: 6)] Indices words)
                {
                    var states = gru(embedding(words));
                    return (head(states), Last(states));
                }
            }
            """,
    };

    private static readonly Lazy<CompiledNetworks> Compiled = new(() =>
        CompiledNetworks.Compile([.. Networks.Select(n => new NetworkSource(n.Key, n.Value))]));

    public static IEnumerable<object[]> Names => Networks.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Agree_with_their_meaning(string name) => Assert.InRange(Agreement.Check(Compiled.Value[name], name == "Images" ? [1, 4, 33] : [1, 4, 33, 140], 2, 3), 0, 5e-3);

    [Fact]
    public void Predict_gives_an_array_for_each()
    {
        using var network = Compiled.Value["Gaussian"].Create();
        var arrays = (float[][])network.Network.GetType().GetMethod("Arrays", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null)!;
        Assert.Equal([10, 14, 2], arrays.Take(3).Select(array => array.Length));
        Assert.Equal(arrays[3..], arrays[..3]);
        Assert.All(arrays, array => Assert.Contains(array, value => value != 0));
    }

    [Fact]
    public void Each_result_is_checked_by_its_name()
    {
        using var network = Compiled.Value["Gaussian"].Create();
        Array[] x = [new float[34]];
        float[] mean = new float[10], spread = new float[14], third = new float[2];
        Assert.Equal("spread", Assert.Throws<ArgumentException>(() => network.Predict("Forward", x, mean, new float[13], third)).ParamName);
        Assert.Contains("[5]", Assert.Throws<ArgumentException>(() => network.Predict("Forward", x, spread, spread, third)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_share_no_memory()
    {
        using var network = Compiled.Value["Aliases"].Create();
        Array[] x = [new float[24]];
        float[] Result(int count = 24) => new float[count];
        var shared = Result();
        var error = Assert.Throws<ArgumentException>(() => network.Predict("Forward", x, Result(), shared, Result(), shared, Result(), Result(5)));
        Assert.Equal(("again", "again shares memory with same; each result needs memory of its own. (Parameter 'again')"), (error.ParamName, error.Message));
        Assert.All(shared, value => Assert.Equal(0, value));
        error = Assert.Throws<ArgumentException>(() => network.Predict("Forward", x, Result(), Result(), Result(), Result(), (float[])x[0], Result(5)));
        Assert.StartsWith("x2 shares memory with x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_serves_one_prediction_is_not_for_several()
    {
        using var network = Compiled.Value["Gaussian"].Create();
        Assert.False(network.Network is IPredictor);
        Assert.True(network.Network is ITrainable);
    }
}
