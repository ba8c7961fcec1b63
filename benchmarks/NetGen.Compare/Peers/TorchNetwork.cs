using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Comparison;

/// <summary>A network and its batch in libtorch.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Objective objective;
    private readonly nn.Module<Tensor, Tensor> module;
    private readonly Tensor inputs;
    private readonly Tensor targets;

    /// <param name="architecture">What to build.</param>
    /// <param name="parameters">Its parameters in the peers' order.</param>
    /// <param name="batch">What to compute with.</param>
    /// <param name="channelsLast">Keep images and the weights of convolutions in libtorch's format channels_last.</param>
    public TorchNetwork(Architecture architecture, float[][] parameters, SampleBatch batch, bool channelsLast)
    {
        objective = architecture.Objective;
        module = nn.Sequential(architecture.Layers.Select(Build).ToArray());
        var (height, width, channels) = architecture.Input;
        var images = architecture.Layers.Any(layer => layer is ConvolutionSpec);
        inputs = Keep(images
            ? Format(tensor(PeerLayout.Images(batch.Inputs, architecture.Input)).reshape(batch.Count, channels, height, width), channelsLast)
            : architecture.Layers.Any(layer => layer is RecurrentSpec)
                ? tensor(batch.Inputs).reshape(batch.Count, height, channels)
                : tensor(batch.Inputs).reshape(batch.Count, channels));
        targets = Keep(objective == Objective.BinaryCrossEntropy
            ? tensor(batch.Targets).reshape(batch.Count, 1)
            : tensor(batch.Labels, ScalarType.Int64));
        Parameters = [.. module.parameters()];
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        for (var i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].set_(Format(tensor(parameters[i]).reshape(Parameters[i].shape), channelsLast && Parameters[i].dim() == 4));
        }
    }

    /// <summary>Weight before bias, by layer.</summary>
    public IReadOnlyList<TorchSharp.Modules.Parameter> Parameters { get; }

    /// <summary>Dropout draws, or is the identity.</summary>
    public bool Training
    {
        set => module.train(value);
    }

    /// <summary>The caller disposes of the result.</summary>
    public Tensor Forward() => module.forward(inputs);

    /// <summary>Makes the gradients anew; within a scope that disposes of tensors.</summary>
    public float Backward()
    {
        module.zero_grad(set_to_none: true);
        var loss = Loss(Forward());
        loss.backward();
        return loss.item<float>();
    }

    /// <summary>Of what <see cref="Forward"/> gave.</summary>
    public Tensor Loss(Tensor outputs) => objective switch
    {
        Objective.CrossEntropy => nn.functional.cross_entropy(outputs, targets),
        Objective.BinaryCrossEntropy => nn.functional.binary_cross_entropy_with_logits(outputs, targets),
        _ => throw new NotSupportedException("The network has no objective."),
    };

    public void Dispose()
    {
        module.Dispose();
        inputs.Dispose();
        targets.Dispose();
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

    /// <summary>What to(memory_format=torch.channels_last) does: the same shape, channels innermost in memory.</summary>
    private static Tensor Format(Tensor values, bool channelsLast) =>
        channelsLast ? values.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : values;

    private static Tensor Keep(Tensor values) => values.DetachFromDisposeScope();
}
