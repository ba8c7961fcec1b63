using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Comparison;

/// <summary>A network and its batch in libtorch.</summary>
internal sealed class TorchNetwork : IDisposable
{
    /// <summary>Settings for images.</summary>
    public const string Contiguous = "contiguous", ChannelsLast = "channels_last";

    private readonly TorchTwin twin;

    /// <param name="twin">What it computes.</param>
    /// <param name="parameters">Its parameters in the peers' order.</param>
    /// <param name="channelsLast">Keep the weights of convolutions in libtorch's format channels_last.</param>
    public TorchNetwork(TorchTwin twin, float[][] parameters, bool channelsLast)
    {
        this.twin = twin;
        Parameters = [.. twin.Module.parameters()];
        if (Parameters.Count != parameters.Length)
        {
            throw new InvalidOperationException($"The network has {parameters.Length} parameters; libtorch's has {Parameters.Count}.");
        }
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        for (var i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].set_(Format(tensor(parameters[i]).to(Parameters[i].dtype).reshape(Parameters[i].shape), channelsLast && Parameters[i].dim() == 4));
        }
    }

    /// <summary>Weight before bias, by layer.</summary>
    public IReadOnlyList<TorchSharp.Modules.Parameter> Parameters { get; }

    /// <summary>Dropout draws and norms take the batch's statistics, or they do as in predictions.</summary>
    public bool Training
    {
        set => twin.Module.train(value);
    }

    /// <summary>The caller disposes of the result.</summary>
    public Tensor Forward() => twin.Forward();

    /// <summary>The loss alone; within a scope that disposes of tensors.</summary>
    public float Loss() => LossOf(Forward()).to(ScalarType.Float32).item<float>();

    /// <summary>Makes the gradients anew; within a scope that disposes of tensors.</summary>
    public float Backward()
    {
        twin.Module.zero_grad(set_to_none: true);
        var loss = LossOf(Forward());
        loss.backward();
        return loss.to(ScalarType.Float32).item<float>();
    }

    public void Dispose()
    {
        twin.Module.Dispose();
        foreach (var tensor in twin.Kept)
        {
            tensor.Dispose();
        }
    }

    private Tensor LossOf(Tensor outputs) => (twin.Loss ?? throw new NotSupportedException("The network has no objective."))(outputs);

    /// <summary>What to(memory_format=torch.channels_last) does: the same shape, channels innermost in memory.</summary>
    private static Tensor Format(Tensor values, bool channelsLast) =>
        channelsLast ? values.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : values;
}
