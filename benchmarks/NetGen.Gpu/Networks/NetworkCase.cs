using System.Globalization;
using NetGen;

namespace Gpu;

/// <summary>A network in a precision.</summary>
/// <param name="Name">As in workloads.</param>
/// <param name="Precision">float32, tf32 or bf16: the setting of its class.</param>
/// <param name="Inputs">Floats of a sample.</param>
/// <param name="Outputs">Floats of a prediction.</param>
/// <param name="Terms">Of its longest sum over a sample's numbers.</param>
/// <param name="Positions">How often a sample uses a weight: a weight's gradient is a sum of that many terms for each sample.</param>
/// <param name="Batches">What it is timed with; none: it is only checked.</param>
/// <param name="IsMnist">Whether it can be trained with handwritten digits.</param>
/// <param name="Create">By seed and device.</param>
internal sealed record NetworkCase(
    string Name, string Precision, int Inputs, int Outputs, int Terms, int Positions, IReadOnlyList<int> Batches, bool IsMnist, Func<ulong, Device, NetworkRun> Create)
{
    /// <summary>What each network is checked with.</summary>
    public static readonly IReadOnlyList<int> CheckedBatches = [1, 3, 32, 128];

    /// <summary>What a step and a prediction are timed with.</summary>
    private static readonly int[] TimedBatches = [1, 32, 128, 1024];

    /// <summary>All. Another precision of a network is a class of its own in this folder, and a line here.</summary>
    public static IReadOnlyList<NetworkCase> All { get; } =
    [
        new("mlp", "float32", 784, 10, 784, 1, TimedBatches, true, (seed, device) => Labelled(new MnistMlp(seed, device), n => n.Predict, n => n.Loss, n => n.Step, n => n.Step, n => n.Step)),
        new("cnn", "float32", 784, 10, 576, 26 * 26, TimedBatches, true, (seed, device) => Labelled(new MnistCnn(seed, device), n => n.Predict, n => n.Loss, n => n.Step, n => n.Step, n => n.Step)),
        new("mlp", "tf32", 784, 10, 784, 1, TimedBatches, true, (seed, device) => Labelled(new MnistMlpTensorFloat32(seed, device), n => n.Predict, n => n.Loss, n => n.Step, n => n.Step, n => n.Step)),
        new("mlp", "bf16", 784, 10, 784, 1, TimedBatches, true, (seed, device) => Labelled(new MnistMlpBFloat16(seed, device), n => n.Predict, n => n.Loss, n => n.Step, n => n.Step, n => n.Step)),
        new("cnn", "tf32", 784, 10, 576, 26 * 26, TimedBatches, true, (seed, device) => Labelled(new MnistCnnTensorFloat32(seed, device), n => n.Predict, n => n.Loss, n => n.Step, n => n.Step, n => n.Step)),
        new("cnn", "bf16", 784, 10, 576, 26 * 26, TimedBatches, true, (seed, device) => Labelled(new MnistCnnBFloat16(seed, device), n => n.Predict, n => n.Loss, n => n.Step, n => n.Step, n => n.Step)),
        new("tabular", "float32", 20, 1, 512, 1, TimedBatches, false, (seed, device) =>
        {
            var network = new Tabular(seed, device);
            return NetworkRun.Of(network, samples => samples.Targets, network.Predict, network.Loss, network.Step, network.Step, samples => samples.Targets, network.Step);
        }),
        new("assorted", "float32", 11 * 12 * 3, 5, 108, 11 * 12, [], false, (seed, device) => Labelled(new Assorted(seed, device), n => n.Predict, n => n.Loss, n => n.Step, n => n.Step, n => n.Step)),
    ];

    /// <summary>As the parts of the program name it.</summary>
    public string Title => $"{Name}/{Precision}";

    /// <summary><c>mlp/128/step/float32</c>.</summary>
    public string Workload(int batch, string pass) => string.Create(CultureInfo.InvariantCulture, $"{Name}/{batch}/{pass}/{Precision}");

    /// <summary>Whether this is the name of a workload of this network, or of a check of it.</summary>
    public bool Owns(string name) => name.Split('/') is [var network, _, _, var precision, ..] && network == Name && precision == Precision;

    private static NetworkRun Labelled<TNetwork>(
        TNetwork network, Func<TNetwork, NetworkRun.Prediction> predict, Func<TNetwork, NetworkRun.Objective<int>> loss, Func<TNetwork, NetworkRun.Step<int, Adam>> adam,
        Func<TNetwork, NetworkRun.Step<int, Sgd>> sgd, Func<TNetwork, NetworkRun.BufferStep<int>> resident)
        where TNetwork : ITrainable => NetworkRun.Of(
            network, samples => samples.Labels, predict(network), loss(network), adam(network), sgd(network), samples => samples.Labels, resident(network));
}
