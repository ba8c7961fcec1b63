using System.Diagnostics;
using NetGen;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Comparison;

/// <summary><see cref="AdultNetwork"/> in TorchSharp, and the loop that trains it.</summary>
internal sealed class TorchAdult : IDisposable
{
    private readonly TorchSharp.Modules.Sequential network;

    public TorchAdult(int threads, int seed)
    {
        set_num_threads(threads);
        random.manual_seed(seed);
        (int From, int To)[] hidden = [(AdultNetwork.Features, 512), (512, 256), (256, 128)];
        network = nn.Sequential([.. hidden.SelectMany(layer => new nn.Module<Tensor, Tensor>[] { Hidden(layer.From, layer.To), nn.ReLU(), nn.Dropout(0.5) }), nn.Linear(128, 1)]);
    }

    /// <returns>The seconds of the epochs.</returns>
    public double Train(Dataset data, int epochs, int batchSize, float rate)
    {
        using var x = Floats(data, "person");
        using var y = Floats(data, "rich");
        using var optimizer = optim.Adam(network.parameters(), rate, beta1: 0.9, beta2: 0.999, eps: 1e-8);
        network.train();
        var start = Stopwatch.GetTimestamp();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            using var order = randperm(data.Count);
            var sum = 0.0;
            for (var first = 0; first < data.Count; first += batchSize)
            {
                using var scope = NewDisposeScope();
                var rows = order.slice(0, first, Math.Min(first + batchSize, data.Count), 1);
                optimizer.zero_grad();
                var loss = nn.functional.binary_cross_entropy_with_logits(network.forward(x.index_select(0, rows)), y.index_select(0, rows));
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
            }
            if (!double.IsFinite(sum))
            {
                throw new InvalidOperationException($"libtorch's loss is {sum}.");
            }
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public double Accuracy(Dataset data)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        network.eval();
        return network.forward(Floats(data, "person")).gt(0).eq(Floats(data, "rich").gt(0.5)).to(ScalarType.Float32).mean().item<float>();
    }

    public void Dispose() => network.Dispose();

    private static TorchSharp.Modules.Linear Hidden(int from, int to)
    {
        var layer = nn.Linear(from, to);
        nn.init.kaiming_normal_(layer.weight!, nonlinearity: nn.init.NonlinearityType.ReLU);
        nn.init.zeros_(layer.bias!);
        return layer;
    }

    private static Tensor Floats(Dataset data, string column) => tensor(data[column].Floats.ToArray()).reshape(data.Count, data[column].Length);
}
