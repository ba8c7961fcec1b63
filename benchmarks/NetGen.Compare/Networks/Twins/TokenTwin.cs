using Comparison;
using NetGen;
using static NetGen.Layers;
using static TorchSharp.torch;
using Device = NetGen.Device;
using Layer = NetGen.Layer;
using Tensor = NetGen.Tensor;
using TorchTensor = TorchSharp.torch.Tensor;

/// <summary><see cref="SmallGpt"/> for texts of any length, read token by token.</summary>
[Network]
internal sealed partial class SmallGptByToken
{
    private readonly Layer embed = Sequential(Embedding(GptTwin.Symbols, 128, init: Init.Normal(0.02f)), LearnedPositions());
    private readonly Layer blocks = Repeat(TokenTwin.SmallDepth, () => Gpt.Block(4, 128));
    private readonly Layer head = Sequential(LayerNorm(), Dense(GptTwin.Symbols, bias: false, init: Init.Normal(0.02f)));

    [Sessions]
    public Tensor Forward([Sequence(TokenTwin.Context)] Indices text) => head(blocks(embed(text)));
}

/// <summary>GPT-2's twelve blocks of twelve heads, 768 wide, over letters: 85 million weights that each token reads.</summary>
[Network]
internal sealed partial class LargeGptByToken
{
    private readonly Layer embed = Sequential(Embedding(GptTwin.Symbols, 768, init: Init.Normal(0.02f)), LearnedPositions());
    private readonly Layer blocks = Repeat(TokenTwin.LargeDepth, () => Gpt.Block(12, 768));
    private readonly Layer head = Sequential(LayerNorm(), Dense(GptTwin.Symbols, bias: false, init: Init.Normal(0.02f)));

    [Sessions]
    public Tensor Forward([Sequence(TokenTwin.Context)] Indices text) => head(blocks(embed(text)));
}

/// <summary>Both in libtorch, which keeps keys and values and appends to them: a text of 64 tokens, one by one.</summary>
internal static class TokenTwin
{
    public const int Context = 64, SmallDepth = 4, LargeDepth = 12;

    public static TwinModel Small { get; } = Model("tokens-small", SmallDepth, 4, 128, () => new SmallGptByToken(), (batch, device) =>
    {
        var network = new SmallGptByToken(Subject.Seed, device);
        return Reading(network, network.Start(), batch);
    });

    public static TwinModel Large { get; } = Model("tokens-large", LargeDepth, 12, 768, () => new LargeGptByToken(), (batch, device) =>
    {
        var network = new LargeGptByToken(Subject.Seed, device);
        return Reading(network, network.Start(), batch);
    });

    private static TwinModel Model(
        string name, int depth, int heads, int width, Func<INetwork> create, Func<SampleBatch, Device, Subject> subject) => new(
        name, $"{Context} tokens one by one, {depth} blocks of {heads} heads, {width} wide", [1],
        new BatchShape(0, Context * GptTwin.Symbols, Labels: 0, Targets: 0, Indices: Context, Vocabulary: GptTwin.Symbols),
        // Each token reads the weights of blocks and head.
        new Cost(sizeof(int), create, tables: (GptTwin.Symbols + Context) * width, readings: Context, readsNumbers: false)
            .Times(depth, c => c.Dense(width, 12 * width, Context).Attention(Context, width))
            .Dense(width, GptTwin.Symbols, Context),
        subject, (batch, _) => Build(batch, depth, heads, width))
        {
            Measured = [Pass.Forward],
        };

    private static Subject Reading(INetwork network, Session<int> session, SampleBatch batch)
    {
        Func<float> none = () => throw new NotSupportedException($"{network.Name} has no objective.");
        return new(
            network,
            () =>
            {
                session.Reset();
                for (var i = 0; i < Context; i++)
                {
                    session.Append(batch.Indices.AsSpan(i, 1), batch.Outputs.AsSpan(i * GptTwin.Symbols, GptTwin.Symbols));
                }
            },
            none, none, none);
    }

    private static TorchTwin Build(SampleBatch batch, int depth, int heads, int width)
    {
        var tokens = TorchTwin.Keep(tensor(batch.Indices, ScalarType.Int64).reshape(Context, 1, 1));
        var (words, positions) = (nn.Embedding(GptTwin.Symbols, width), new TorchSharp.Modules.Parameter(zeros(Context, width)));
        var place = new Wired(x => x).With(positions);
        var caches = new (TorchTensor Keys, TorchTensor Values)?[depth];
        var blocks = Enumerable.Range(0, depth).Select(i => Block(heads, width, caches, i)).ToArray();
        var (norm, head) = (nn.LayerNorm([width]), nn.Linear(width, GptTwin.Symbols, hasBias: false));
        var network = new Wired(x => x, [words, place, .. blocks, norm, head]);
        return new(network, Read, null, tokens);

        TorchTensor Read()
        {
            Array.Clear(caches);
            var logits = new TorchTensor[Context];
            for (var i = 0; i < Context; i++)
            {
                var x = words.forward(tokens[i]) + positions[i];
                foreach (var block in blocks)
                {
                    x = block.forward(x);
                }
                logits[i] = head.forward(norm.forward(x)).reshape(GptTwin.Symbols);
            }
            return stack(logits);
        }
    }

    private static Wired Block(int heads, int width, (TorchTensor Keys, TorchTensor Values)?[] caches, int which)
    {
        var (norm1, qkv, project) = (nn.LayerNorm([width]), nn.Linear(width, 3 * width, hasBias: false), nn.Linear(width, width, hasBias: false));
        var (norm2, wide, narrow) = (nn.LayerNorm([width]), nn.Linear(width, 4 * width, hasBias: false), nn.Linear(4 * width, width, hasBias: false));
        return new(
            x =>
            {
                var parts = qkv.forward(norm1.forward(x)).reshape(1, 1, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
                var (keys, values) = (parts[1], parts[2]);
                if (caches[which] is var (oldKeys, oldValues))
                {
                    (keys, values) = (cat([oldKeys, keys], 2), cat([oldValues, values], 2));
                }
                caches[which] = (keys, values);
                var read = nn.functional.scaled_dot_product_attention(parts[0], keys, values);
                x = x + project.forward(read.transpose(1, 2).reshape(1, 1, width));
                return x + narrow.forward(nn.functional.gelu(wide.forward(norm2.forward(x))));
            },
            norm1, qkv, project, norm2, wide, narrow);
    }
}
