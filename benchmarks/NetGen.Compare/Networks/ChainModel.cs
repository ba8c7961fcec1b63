using NetGen;
using NetGen.Onnx;

namespace Comparison;

/// <summary>A network whose layers stand one after another.</summary>
/// <param name="Name">As in the names of workloads.</param>
/// <param name="Title">What it is, for the report.</param>
/// <param name="Architecture">For the peers.</param>
/// <param name="NetGen">NetGen's side.</param>
/// <param name="WithoutRandom">The same network without what differs from run to run, or null where nothing does.</param>
/// <param name="Batches">Numbers of samples that it is compared with.</param>
internal sealed record ChainModel(
    string Name, string Title, Architecture Architecture, Func<SampleBatch, Device, Subject> NetGen,
    Func<SampleBatch, Device, Subject>? WithoutRandom, int[] Batches)
    : Model(Name, Title, Batches)
{
    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<ChainModel> Chains { get; } =
    [
        new("mlp", "784-128-10, samples/Mnist",
            Architecture.From(784).Dense(128).Relu().Dense(10).Minimizing(Objective.CrossEntropy), Subject.Mlp, null, [1, 32, 128]),
        new("cnn", "3 convolutions, 2 pools, 2 dense layers, samples/Mnist",
            Architecture.From(28, 28, 1)
                .Convolution(32, 3).Relu().MaxPool(2).Convolution(64, 3).Relu().MaxPool(2).Convolution(64, 3).Relu()
                .Flatten().Dense(64).Relu().Dense(10).Minimizing(Objective.CrossEntropy),
            Subject.Cnn, null, [1, 32, 128]),
        new("tabular", "20-512-256-128-1, dropout 0.5",
            Architecture.From(20)
                .Dense(512).Relu().Dropout(0.5).Dense(256).Relu().Dropout(0.5).Dense(128).Relu().Dropout(0.5)
                .Dense(1).Minimizing(Objective.BinaryCrossEntropy),
            Subject.Tabular, Subject.TabularWithoutDropout, [1, 32, 128]),
        new("wide-mlp", "784-512-512-10",
            Architecture.From(784).Dense(512).Relu().Dense(512).Relu().Dense(10).Minimizing(Objective.CrossEntropy), Subject.WideMlp, null, [32, 128]),
        new("even-cnn", "like cnn, 32×32×3, same padding: every pixel is used",
            Architecture.From(32, 32, 3)
                .Convolution(32, 3, 1).Relu().MaxPool(2).Convolution(64, 3, 1).Relu().MaxPool(2).Convolution(64, 3, 1).Relu()
                .Flatten().Dense(64).Relu().Dense(10).Minimizing(Objective.CrossEntropy),
            Subject.EvenCnn, null, [32]),
        new("lstm", "64 steps of 128 numbers, LSTM 128, the last state to 10",
            Architecture.From(64, 1, 128).Recurrent(128, isGru: false).Dense(10).Minimizing(Objective.CrossEntropy), Subject.Lstm, null,
                [32]),
        new("gru", "the same with a GRU",
            Architecture.From(64, 1, 128).Recurrent(128, isGru: true).Dense(10).Minimizing(Objective.CrossEntropy), Subject.Gru, null,
                [32]),
        Gemm(256, Subject.Gemm256),
        Gemm(512, Subject.Gemm512),
        Gemm(1024, Subject.Gemm1024),
        Gemm(2048, Subject.Gemm2048),
    ];

    public override IReadOnlyList<Pass> Passes => Architecture.Objective == Objective.None ? [Pass.Forward] : [Pass.Step, Pass.Forward];

    public override IWork Work => Architecture;

    public override IReadOnlyList<string> TorchSettings =>
        Architecture.Layers.Any(layer => layer is ConvolutionSpec) ? [TorchNetwork.Contiguous, TorchNetwork.ChannelsLast] : [""];

    public override SampleBatch NewBatch(int count) => new(Architecture, count);

    public override Subject Create(SampleBatch batch, Device device) => NetGen(batch, device);

    public override Subject CreateForGradients(SampleBatch batch, Device device) => (WithoutRandom ?? NetGen)(batch, device);

    public override float[][] Parameters(Subject subject) => PeerLayout.Parameters(Architecture, subject.Values());

    // NetGen's writer of ONNX files has no recurrent layers.
    public override bool HasOnnx => Architecture.Objective != Objective.None && !Architecture.Layers.Any(layer => layer is RecurrentSpec);

    public override (string Result, float[] Inputs) WriteOnnx(float[][] parameters, SampleBatch batch, OnnxModel model) =>
        (OnnxNetwork.Write(Architecture, parameters, model), PeerLayout.Images(batch.Inputs, Architecture.Input));

    public override TorchNetwork Torch(float[][] parameters, SampleBatch batch, string setting) => TorchChain.Build(Architecture, parameters, batch, setting);

    private static ChainModel Gemm(int size, Func<SampleBatch, Device, Subject> create) => new(
        "gemm", $"{size}×{size} by {size}×{size}, a dense layer without bias",
        Architecture.From(size).Dense(size, bias: false).Minimizing(Objective.None), create, null, [size]);
}
