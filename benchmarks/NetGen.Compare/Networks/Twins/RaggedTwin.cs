using Comparison;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Device = NetGen.Device;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

/// <summary>Sequences of 8 to 64 steps of 128 numbers through an LSTM of 128 units, whose last state is classified.</summary>
[Network]
internal sealed partial class RaggedLstm
{
    private readonly Layer layers = Sequential(Lstm(128, last: true), Dense(10));

    public Tensor Forward([Sequence(64), Shape(128)] Tensor steps) => layers(steps);

    [Objective]
    public Tensor Loss(Tensor steps, Labels label) => CrossEntropy(Forward(steps), label);
}

/// <summary><see cref="RaggedLstm"/> with a GRU.</summary>
[Network]
internal sealed partial class RaggedGru
{
    private readonly Layer layers = Sequential(Gru(128, last: true), Dense(10));

    public Tensor Forward([Sequence(64), Shape(128)] Tensor steps) => layers(steps);

    [Objective]
    public Tensor Loss(Tensor steps, Labels label) => CrossEntropy(Forward(steps), label);
}

/// <summary>Both in libtorch: packed sequences, or padded to the longest.</summary>
internal static class RaggedTwin
{
    private const string Padded = "padded", Packed = "packed";

    // Lengths are spread evenly.
    private const int MeanSteps = 36;

    public static TwinModel Lstm { get; } = Model("ragged-lstm", "8 to 64 steps of 128 numbers, LSTM 128, the last state to 10", 4, () => new RaggedLstm(), (batch, device) =>
    {
        var network = new RaggedLstm(Subject.Seed, device);
        return new(
            network, () => network.Predict(batch.Inputs, batch.Lengths, batch.Outputs), () => network.Loss(batch.Inputs, batch.Lengths, batch.Labels),
            () => network.Step(batch.Inputs, batch.Lengths, batch.Labels, new Adam(Subject.LearningRate)),
            () => network.Step(batch.Inputs, batch.Lengths, batch.Labels, new Sgd(1f)));
    });

    public static TwinModel Gru { get; } = Model("ragged-gru", "the same with a GRU", 3, () => new RaggedGru(), (batch, device) =>
    {
        var network = new RaggedGru(Subject.Seed, device);
        return new(
            network, () => network.Predict(batch.Inputs, batch.Lengths, batch.Outputs), () => network.Loss(batch.Inputs, batch.Lengths, batch.Labels),
            () => network.Step(batch.Inputs, batch.Lengths, batch.Labels, new Adam(Subject.LearningRate)),
            () => network.Step(batch.Inputs, batch.Lengths, batch.Labels, new Sgd(1f)));
    });

    private static TwinModel Model(string name, string title, int gates, Func<INetwork> create, Func<SampleBatch, Device, Subject> subject) => new(
        name, title, [32], new BatchShape(128, 10, Shortest: 8, Longest: 64),
        new Cost(sizeof(float) * 128 * MeanSteps, create).Dense(128, 128 * gates, MeanSteps).Dense(128, 128 * gates, MeanSteps).Dense(128, 10),
        subject, (batch, setting) => Build(batch, setting, gates == 3))
    {
        Settings = [Packed, Padded],
    };

    private static TorchTwin Build(SampleBatch batch, string setting, bool isGru)
    {
        long[] lengths = [.. batch.Lengths.Select(length => (long)length)];
        var steps = tensor(batch.Inputs).reshape(-1, 128).split(lengths);
        var (padded, counts) = (TorchTwin.Keep(nn.utils.rnn.pad_sequence(steps, batch_first: true)), TorchTwin.Keep(tensor(lengths)));
        var ends = TorchTwin.Keep((counts - 1).reshape(-1, 1, 1).expand(batch.Count, 1, 128).contiguous());
        var (lstm, gru, head) = (nn.LSTM(128, 128, batchFirst: true), nn.GRU(128, 128, batchFirst: true), nn.Linear(128, 10));
        var labels = TorchTwin.Labels(batch);
        var network = new Wired(x => head.forward(setting == Packed ? LastPacked(x) : LastPadded(x)), isGru ? gru : lstm, head);
        return new(
            network, () => network.forward(padded), outputs => nn.functional.cross_entropy(outputs, labels), padded, counts, ends, labels);

        // The states after each sequence's last step come as a result of their own.
        TorchTensor LastPacked(TorchTensor x)
        {
            var packed = nn.utils.rnn.pack_padded_sequence(x, counts, batch_first: true, enforce_sorted: false);
            return (isGru ? gru.call(packed).Item2 : lstm.call(packed).Item2)[0];
        }

        TorchTensor LastPadded(TorchTensor x) => (isGru ? gru.call(x).Item1 : lstm.call(x).Item1).gather(1, ends).squeeze(1);
    }
}
