using Comparison;
using NetGen;
using NetGen.Onnx;
using static NetGen.Layers;
using static TorchSharp.torch;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

/// <summary>The twelve layers of BERT base (Devlin et al. 2019), from vectors of 128 tokens on.</summary>
[Network]
internal sealed partial class BertLayers
{
    private readonly Layer layers = Repeat(BertTwin.Depth, () => TransformerEncoderLayer(BertTwin.Heads, 4 * BertTwin.Width, dropout: 0, gelu: true));

    public Tensor Forward([Shape(BertTwin.Steps, BertTwin.Width)] Tensor x) => layers(x);
}

/// <summary><see cref="BertLayers"/> in libtorch and as an ONNX model.</summary>
internal static class BertTwin
{
    public const int Depth = 12, Heads = 12, Width = 768, Steps = 128;

    public static TwinModel Model { get; } = new(
        "bert-base", "the twelve layers of BERT base, 128 tokens", [1, 8], new BatchShape(Steps * Width, Steps * Width),
        new Cost(2 * sizeof(float) * Steps * Width, () => new BertLayers()).Times(Depth, c => c
            .Dense(Width, 3 * Width, Steps).Attention(Steps, Width).Dense(Width, Width, Steps)
            .Dense(Width, 4 * Width, Steps).Dense(4 * Width, Width, Steps)),
        (batch, device) =>
        {
            var network = new BertLayers(Subject.Seed, device);
            return Subject.Create(network, batch, network.Predict);
        },
        (batch, _) => Build(batch))
    {
        Measured = [Pass.Forward],
        Onnx = Write,
    };

    private static TorchTwin Build(SampleBatch batch)
    {
        var x = TorchTwin.Keep(tensor(batch.Inputs).reshape(batch.Count, Steps, Width));
        var layers = nn.Sequential(Enumerable.Range(0, Depth).Select(_ => Block()).ToArray());
        return new(layers, () => layers.forward(x), null, x);
    }

    private static nn.Module<TorchTensor, TorchTensor> Block()
    {
        var (qkv, project, wide, narrow) = (nn.Linear(Width, 3 * Width), nn.Linear(Width, Width), nn.Linear(Width, 4 * Width), nn.Linear(4 * Width, Width));
        var (norm1, norm2) = (nn.LayerNorm([Width]), nn.LayerNorm([Width]));
        return new Wired(
            x =>
            {
                var parts = qkv.forward(x).reshape(x.shape[0], Steps, 3, Heads, Width / Heads).permute(2, 0, 3, 1, 4);
                var read = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
                x = norm1.forward(x + project.forward(read.transpose(1, 2).reshape(x.shape)));
                return norm2.forward(x + narrow.forward(nn.functional.gelu(wide.forward(x))));
            },
            qkv, project, norm1, wide, narrow, norm2);
    }

    private static string Write(OnnxGraph graph)
    {
        var x = graph.Input(Steps, Width);
        var (scale, half, one, root) = (
            graph.Constant(1 / MathF.Sqrt(Width / Heads)), graph.Constant(0.5f), graph.Constant(1f), graph.Constant(MathF.Sqrt(2)));
        var perHead = graph.Constant(0L, Steps, Heads, Width / Heads);
        var together = graph.Constant(0L, Steps, Width);
        for (var i = 0; i < Depth; i++)
        {
            // Weights come in the order of the file; ONNX's MatMul wants [inputs, outputs].
            var (qkv, qkvBias) = (graph.Hold(), graph.Hold());
            var (project, projectBias) = (graph.NextTurned(Width, Width), graph.Next(Width));
            string[] norm1 = [graph.Next(Width), graph.Next(Width)];
            var (wide, wideBias) = (graph.NextTurned(4 * Width, Width), graph.Next(4 * Width));
            var (narrow, narrowBias) = (graph.NextTurned(Width, 4 * Width), graph.Next(Width));
            string[] norm2 = [graph.Next(Width), graph.Next(Width)];
            string Part(int part) => graph.Node("Add", graph.Node("MatMul", x, graph.TurnedPart(qkv, part, Width, Width)), graph.Part(qkvBias, part, Width));
            string Heads(string rows, params long[] order) => graph.Node("Transpose", [graph.Node("Reshape", rows, perHead)], OnnxAttribute.Ints("perm", order));

            var (q, k, v) = (Heads(Part(0), 0, 2, 1, 3), Heads(Part(1), 0, 2, 3, 1), Heads(Part(2), 0, 2, 1, 3));
            var weights = graph.Node("Softmax", [graph.Node("Mul", graph.Node("MatMul", q, k), scale)], OnnxAttribute.Int("axis", -1));
            var read = graph.Node("Transpose", [graph.Node("MatMul", weights, v)], OnnxAttribute.Ints("perm", 0, 2, 1, 3));
            var attended = graph.Node("Add", graph.Node("MatMul", graph.Node("Reshape", read, together), project), projectBias);
            x = Norm(graph.Node("Add", attended, x), norm1);
            var h = graph.Node("Add", graph.Node("MatMul", x, wide), wideBias);
            // x/2·(1 + erf(x/√2)), which ONNX Runtime knows as Gelu.
            var gelu = graph.Node("Mul", graph.Node("Mul", h, graph.Node("Add", graph.Node("Erf", graph.Node("Div", h, root)), one)), half);
            x = Norm(graph.Node("Add", graph.Node("Add", graph.Node("MatMul", gelu, narrow), narrowBias), x), norm2);
        }
        return graph.Output(x, Steps, Width);

        string Norm(string value, string[] weights) =>
            graph.Node("LayerNormalization", [value, .. weights], OnnxAttribute.Int("axis", -1), OnnxAttribute.Float("epsilon", 1e-5f));
    }
}
