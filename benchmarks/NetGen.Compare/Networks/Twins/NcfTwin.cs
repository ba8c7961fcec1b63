using Comparison;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;

/// <summary>
/// Neural collaborative filtering (He et al. 2017): 100,000 users and as many items, 32 numbers for each, three layers over both.
/// </summary>
[Network]
internal sealed partial class NcfOfMany
{
    public const int Count = 100_000;

    private readonly Layer users = Embedding(Count, 32, init: Init.Normal(0.1f)), items = Embedding(Count, 32, init: Init.Normal(0.1f));
    private readonly Layer tower = Sequential(Dense(64), Relu, Dense(32), Relu, Dense(1));

    public Tensor Forward(Indices user, Indices item) => tower(Concat(users(user), items(item)));

    [Objective]
    public Tensor Loss(Indices user, Indices item, [Shape(1)] Tensor clicked) => BinaryCrossEntropy(Forward(user, item), clicked);
}

/// <summary><see cref="NcfOfMany"/> in libtorch.</summary>
internal static class NcfTwin
{
    public static TwinModel Model { get; } = new(
        "ncf", "two tables of 100,000 × 32, 64-64-32-1", [256], new BatchShape(0, 1, Indices: 2, Vocabulary: NcfOfMany.Count),
        new Cost(2 * (sizeof(int) + (32 * sizeof(float))), () => new NcfOfMany(), 2 * 32 * NcfOfMany.Count, readsNumbers: false).Dense(64, 64).Dense(64, 32).Dense(32, 1),
        (batch, device) =>
        {
            var network = new NcfOfMany(Subject.Seed, device);
            var (users, items) = (batch.Indices[..batch.Count], batch.Indices[batch.Count..]);
            return new(
                network, () => network.Predict(users, items, batch.Outputs), () => network.Loss(users, items, batch.Targets),
                () => network.Step(users, items, batch.Targets, new Adam(Subject.LearningRate)),
                () => network.Step(users, items, batch.Targets, new Sgd(1f)));
        },
        Build);

    private static TorchTwin Build(SampleBatch batch, string setting)
    {
        var indices = TorchTwin.Keep(tensor(batch.Indices, ScalarType.Int64).reshape(2, batch.Count));
        var targets = TorchTwin.Keep(tensor(batch.Targets).reshape(batch.Count, 1));
        var (users, items) = (nn.Embedding(NcfOfMany.Count, 32), nn.Embedding(NcfOfMany.Count, 32));
        var tower = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1));
        var network = new Wired(x => tower.forward(cat([users.forward(x[0]), items.forward(x[1])], 1)), users, items, tower);
        return new(network, () => network.forward(indices), outputs => nn.functional.binary_cross_entropy_with_logits(outputs, targets), indices, targets);
    }
}
