using Comparison;
using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;
using static TorchSharp.torch;
using Device = NetGen.Device;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

/// <summary>
/// nanoGPT's character model for processors (github.com/karpathy/nanoGPT): four blocks of four heads, 128 wide, a context of 64.
/// </summary>
[Network]
internal sealed partial class SmallGpt
{
    private readonly Layer embed = Sequential(Embedding(GptTwin.Symbols, 128, init: Init.Normal(0.02f)), LearnedPositions());
    private readonly Layer blocks = Repeat(4, () => Gpt.Block(4, 128));
    private readonly Layer head = Sequential(LayerNorm(), Dense(GptTwin.Symbols, bias: false, init: Init.Normal(0.02f)));

    public Tensor Forward([Shape(64)] Indices text) => head(blocks(embed(text)));

    [Objective]
    public Tensor Loss(Indices text, [Shape(64)] Labels next) => CrossEntropy(Forward(text), next);
}

/// <summary>nanoGPT's character model for graphics cards: six blocks of six heads, 384 wide, a context of 256.</summary>
[Network]
internal sealed partial class LargeGpt
{
    private readonly Layer embed = Sequential(Embedding(GptTwin.Symbols, 384, init: Init.Normal(0.02f)), LearnedPositions());
    private readonly Layer blocks = Repeat(6, () => Gpt.Block(6, 384));
    private readonly Layer head = Sequential(LayerNorm(), Dense(GptTwin.Symbols, bias: false, init: Init.Normal(0.02f)));

    public Tensor Forward([Shape(256)] Indices text) => head(blocks(embed(text)));

    [Objective]
    public Tensor Loss(Indices text, [Shape(256)] Labels next) => CrossEntropy(Forward(text), next);
}

/// <summary>What both have.</summary>
internal static class Gpt
{
    /// <summary>A block of GPT-2 without biases, its norms first.</summary>
    public static Layer Block(int heads, int width) => Sequential(
        Residual(Sequential(LayerNorm(), CausalSelfAttention(heads, bias: false))),
        Residual(Sequential(LayerNorm(), Dense(4 * width, bias: false), Gelu, Dense(width, bias: false))));

    private static Layer Residual(Layer inner) => x => x + inner(x);
}

/// <summary>Both in libtorch, with its scaled_dot_product_attention.</summary>
internal static class GptTwin
{
    public const int Symbols = 65;

    public static TwinModel Small { get; } = Model("gpt-small", 4, 4, 128, 64, 12, () => new SmallGpt(), (batch, device) =>
    {
        var network = new SmallGpt(Subject.Seed, device);
        return new(
            network, () => network.Predict(batch.Indices, batch.Outputs), () => network.Loss(batch.Indices, batch.Labels),
            () => network.Step(batch.Indices, batch.Labels, new Adam(Subject.LearningRate)), () => network.Step(batch.Indices, batch.Labels, new Sgd(1f)));
    });

    public static TwinModel Large { get; } = Model("gpt-large", 6, 6, 384, 256, 4, () => new LargeGpt(), (batch, device) =>
    {
        var network = new LargeGpt(Subject.Seed, device);
        return new(
            network, () => network.Predict(batch.Indices, batch.Outputs), () => network.Loss(batch.Indices, batch.Labels),
            () => network.Step(batch.Indices, batch.Labels, new Adam(Subject.LearningRate)), () => network.Step(batch.Indices, batch.Labels, new Sgd(1f)));
    });

    private static TwinModel Model(
        string name, int depth, int heads, int width, int context, int batch, Func<INetwork> create, Func<SampleBatch, Device, Subject> subject) => new(
        name, $"character GPT: {depth} blocks of {heads} heads, {width} wide, {context} steps", [batch],
        new BatchShape(0, context * Symbols, Symbols, context, 0, context, Symbols),
        new Cost(sizeof(int) * context, create, readsNumbers: false)
            .Times(depth, c => c
                .Dense(width, 3 * width, context).Attention(context, width).Dense(width, width, context)
                .Dense(width, 4 * width, context).Dense(4 * width, width, context))
            .Dense(width, Symbols, context),
        subject, (samples, _) => Build(samples, depth, heads, width, context));

    private static TorchTwin Build(SampleBatch batch, int depth, int heads, int width, int context)
    {
        var text = TorchTwin.Keep(tensor(batch.Indices, ScalarType.Int64).reshape(batch.Count, context));
        var next = TorchTwin.Labels(batch);
        var (words, positions) = (nn.Embedding(Symbols, width), new TorchSharp.Modules.Parameter(zeros(context, width)));
        var place = new Wired(x => x + positions).With(positions);
        var blocks = nn.Sequential(Enumerable.Range(0, depth).Select(_ => Block(heads, width)).ToArray());
        var (norm, head) = (nn.LayerNorm([width]), nn.Linear(width, Symbols, hasBias: false));
        var network = new Wired(x => head.forward(norm.forward(blocks.forward(place.forward(words.forward(x))))), words, place, blocks, norm, head);
        return new(
            network, () => network.forward(text), outputs => nn.functional.cross_entropy(outputs.reshape(-1, Symbols), next), text, next);
    }

    private static nn.Module<TorchTensor, TorchTensor> Block(int heads, int width)
    {
        var (norm1, qkv, project) = (nn.LayerNorm([width]), nn.Linear(width, 3 * width, hasBias: false), nn.Linear(width, width, hasBias: false));
        var (norm2, wide, narrow) = (nn.LayerNorm([width]), nn.Linear(width, 4 * width, hasBias: false), nn.Linear(4 * width, width, hasBias: false));
        return new Wired(
            x =>
            {
                var (samples, steps) = (x.shape[0], x.shape[1]);
                var parts = qkv.forward(norm1.forward(x)).reshape(samples, steps, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
                var read = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true);
                x = x + project.forward(read.transpose(1, 2).reshape(samples, steps, width));
                return x + narrow.forward(nn.functional.gelu(wide.forward(norm2.forward(x))));
            },
            norm1, qkv, project, norm2, wide, narrow);
    }
}
