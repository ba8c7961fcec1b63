using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Comparison;

/// <summary>Layers one after another in libtorch.</summary>
internal static class TorchChain
{
    /// <summary>The network, with its parameters and its batch.</summary>
    public static TorchNetwork Build(Architecture architecture, float[][] parameters, SampleBatch batch, string setting)
    {
        var module = nn.Sequential(architecture.Layers.Select(Build).ToArray());
        var (height, width, channels) = architecture.Input;
        var inputs = architecture.Layers.Any(layer => layer is ConvolutionSpec)
            ? TorchTwin.Images(batch, height, width, channels, setting)
            : TorchTwin.Keep(architecture.Layers.Any(layer => layer is RecurrentSpec)
                ? tensor(batch.Inputs).reshape(batch.Count, height, channels)
                : tensor(batch.Inputs).reshape(batch.Count, channels));
        var targets = architecture.Objective == Objective.BinaryCrossEntropy
            ? TorchTwin.Keep(tensor(batch.Targets).reshape(batch.Count, 1))
            : TorchTwin.Labels(batch);
        Func<Tensor, Tensor>? loss = architecture.Objective switch
        {
            Objective.CrossEntropy => outputs => nn.functional.cross_entropy(outputs, targets),
            Objective.BinaryCrossEntropy => outputs => nn.functional.binary_cross_entropy_with_logits(outputs, targets),
            _ => null,
        };
        return new(new TorchTwin(module, () => module.forward(inputs), loss, inputs, targets), parameters, setting == TorchNetwork.ChannelsLast);
    }

    private static nn.Module<Tensor, Tensor> Build(LayerSpec layer) => layer switch
    {
        ConvolutionSpec c => nn.Conv2d(c.Input.Channels, c.Output.Channels, c.Kernel, padding: c.Padding),
        DenseSpec d => nn.Linear(d.Input.Length, d.Outputs, hasBias: d.Bias),
        RecurrentSpec r => new LastState(r),
        ReluSpec => nn.ReLU(),
        MaxPoolSpec p => nn.MaxPool2d(p.Size),
        FlattenSpec => nn.Flatten(),
        DropoutSpec d => nn.Dropout(d.Probability),
        _ => throw new NotSupportedException(layer.ToString()),
    };

    /// <summary>nn.LSTM or nn.GRU, and the last of its results.</summary>
    private sealed class LastState : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.LSTM? lstm;
        private readonly TorchSharp.Modules.GRU? gru;

        public LastState(RecurrentSpec spec)
            : base(nameof(LastState))
        {
            if (spec.IsGru)
                gru = nn.GRU(spec.Input.Channels, spec.Units, batchFirst: true);
            else
                lstm = nn.LSTM(spec.Input.Channels, spec.Units, batchFirst: true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var states = gru is not null ? gru.call(input).Item1 : lstm!.call(input).Item1;
            return states.select(1, -1).MoveToOuterDisposeScope();
        }
    }
}
