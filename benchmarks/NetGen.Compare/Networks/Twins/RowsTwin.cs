using Comparison;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;

/// <summary>Layer normalization of rows of 1,024 numbers.</summary>
[Network]
internal sealed partial class NormalizedRows
{
    private readonly Layer norm = LayerNorm();

    public Tensor Forward([Shape(RowsTwin.Width)] Tensor x) => norm(x);
}

/// <summary>Softmax of rows of 1,024 numbers.</summary>
[Network]
internal sealed partial class SoftRows
{
    public Tensor Forward([Shape(RowsTwin.Width)] Tensor x) => Softmax(x);
}

/// <summary>Both in libtorch. They compute next to nothing: what counts is how fast rows come from memory and go there.</summary>
internal static class RowsTwin
{
    public const int Width = 1024;

    public static TwinModel LayerNorm { get; } = Model("layernorm", "layer normalization of rows of 1,024", () => new NormalizedRows(), (batch, device) =>
    {
        var network = new NormalizedRows(Subject.Seed, device);
        return Subject.Create(network, batch, network.Predict);
    }, batch =>
    {
        var (x, norm) = (Rows(batch), nn.LayerNorm([Width]));
        return new(norm, () => norm.forward(x), null, x);
    });

    public static TwinModel Softmax { get; } = Model("softmax", "softmax of rows of 1,024", () => new SoftRows(), (batch, device) =>
    {
        var network = new SoftRows(Subject.Seed, device);
        return Subject.Create(network, batch, network.Predict);
    }, batch =>
    {
        var x = Rows(batch);
        return new(nn.Identity(), () => x.softmax(1), null, x);
    });

    private static TwinModel Model(
        string name, string title, Func<INetwork> create, Func<SampleBatch, NetGen.Device, Subject> subject, Func<SampleBatch, TorchTwin> twin) => new(
        name, title, [16_384], new BatchShape(Width, Width), new Cost(2 * sizeof(float) * Width, create), subject, (batch, _) => twin(batch))
        {
            Measured = [Pass.Forward],
        };

    private static TorchSharp.torch.Tensor Rows(SampleBatch batch) => TorchTwin.Keep(tensor(batch.Inputs).reshape(batch.Count, Width));
}
