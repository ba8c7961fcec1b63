using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace AgainstTorch;

/// <summary>As BERT encodes: three tables, layers of an encoder, what the first token says.</summary>
[Network]
internal sealed partial class Bert
{
    private readonly Layer words = Embedding(30, 16), segments = Embedding(2, 16), norm = LayerNorm(epsilon: 1e-12f);
    private readonly Parameter positions = Parameter(12, 16, Init.Normal(1f));
    private readonly Layer encoder = Repeat(2, () => TransformerEncoderLayer(4, feedForward: 24, dropout: 0f, gelu: true));
    private readonly Layer pooler = Sequential(Dense(16), Tanh), classifier = Dense(3);

    public Tensor Forward([Shape(9)] Indices tokens, [Shape(9)] Indices segment)
    {
        Tensor place = positions;
        return classifier(pooler(encoder(norm(words(tokens) + segments(segment) + place[..9]))[0]));
    }

    [Objective]
    public Tensor Loss(Indices tokens, Indices segment, Labels label) => CrossEntropy(Forward(tokens, segment), label);
}

/// <summary>As GPT-2 decodes: norms first, a causal mask, the table again at the end.</summary>
[Network]
internal sealed partial class Gpt
{
    private readonly Layer wte = Embedding(30, 16), wpe = LearnedPositions(Init.Normal(1f)), h = Repeat(2, Block), ln_f = LayerNorm();

    private static Layer Block() => Sequential(
        Residual(Sequential(LayerNorm(), CausalSelfAttention(4))),
        Residual(Sequential(LayerNorm(), Dense(64), Gelu(approximate: true), Dense(16))));

    private static Layer Residual(Layer inner) => x => x + inner(x);

    public Tensor Forward([Shape(9)] Indices tokens) => MatMul(ln_f(h(wpe(wte(tokens)))), Transpose(wte.Weight));

    [Objective]
    public Tensor Loss(Indices tokens, [Shape(9)] Labels next) => CrossEntropy(Forward(tokens), next);
}

/// <summary>As Vaswani et al. translate: one table, an encoder, a decoder that looks into what it made.</summary>
[Network]
internal sealed partial class Translator
{
    private readonly Layer pieces = Embedding(30, 16), encoder = Repeat(2, () => TransformerEncoderLayer(4, feedForward: 24, dropout: 0f));
    private readonly CrossLayer[] decoder =
        [TransformerDecoderLayer(4, feedForward: 24, dropout: 0f), TransformerDecoderLayer(2, feedForward: 20, dropout: 0f, gelu: true)];

    public Tensor Forward([Shape(7)] Indices source, [Shape(9)] Indices target)
    {
        var memory = encoder(SinusoidalPositions(pieces(source)));
        var x = SinusoidalPositions(pieces(target));
        foreach (var layer in decoder)
            x = layer(x, memory);
        return MatMul(x, Transpose(pieces.Weight));
    }

    [Objective]
    public Tensor Loss(Indices source, Indices target, [Shape(9)] Labels next) => CrossEntropy(Forward(source, target), next);
}

/// <summary>A block as Llama's: RMS norms, fewer heads of keys than of queries, positions by turning, SwiGLU.</summary>
[Network]
internal sealed partial class Llama
{
    private readonly Layer input_layernorm = RmsNorm(epsilon: 1e-5f), post_attention_layernorm = RmsNorm(epsilon: 1e-5f);
    private readonly Layer q_proj = Dense(24, bias: false), k_proj = Dense(12, bias: false), v_proj = Dense(12, bias: false);
    private readonly Layer o_proj = Dense(24, bias: false);
    private readonly Layer gate_proj = Dense(40, bias: false), up_proj = Dense(40, bias: false), down_proj = Dense(24, bias: false), head = Dense(10);

    public Tensor Forward([Shape(9, 24)] Tensor x)
    {
        var y = input_layernorm(x);
        var (q, k) = (RotaryPositions(q_proj(y), heads: 4, theta: 500_000f), RotaryPositions(k_proj(y), heads: 2, theta: 500_000f));
        x = x + o_proj(Attention(q, k, v_proj(y), heads: 4, causal: true));
        var z = post_attention_layernorm(x);
        return head((x + down_proj(Silu(gate_proj(z)) * up_proj(z)))[^1]);
    }

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary>As a ViT sees: patches, a token before them, layers with norms first.</summary>
[Network]
internal sealed partial class Patches
{
    private readonly Layer patches = Sequential(Conv2D(16, kernel: 4, stride: 4), Reshape(9, 16));
    private readonly Layer positions = LearnedPositions(Init.Normal(1f));
    private readonly Parameter token = Parameter(1, 16, Init.Normal(1f));
    private readonly Layer encoder = Repeat(
        2, () => TransformerEncoderLayer(2, feedForward: 24, dropout: 0f, gelu: true, normFirst: true, epsilon: 1e-6f));
    private readonly Layer norm = LayerNorm(epsilon: 1e-6f), head = Dense(10);

    public Tensor Forward([Shape(12, 12, 3)] Tensor image) => head(norm(encoder(positions(Concat(0, token, patches(image))))[0]));

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

/// <summary>As Sutskever et al. translate: what an encoder has read is where a decoder starts from.</summary>
[Network]
internal sealed partial class EncoderDecoder
{
    private readonly Layer pieces = Embedding(30, 12), head = Dense(30);
    private readonly StatefulLstm encoder = LstmWithState(16, layers: 2), decoder = LstmWithState(16, layers: 2);
    private readonly StatefulLayer reader = GruWithState(10, bidirectional: true), writer = GruWithState(10, bidirectional: true);

    public Tensor Forward([Shape(7)] Indices source, [Shape(9)] Indices target)
    {
        var (x, y) = (pieces(source), pieces(target));
        var (_, state) = encoder(x);
        var (_, read) = reader(x);
        var (steps, _) = decoder(y, state);
        var (others, _) = writer(y, initial: read);
        return head(Concat(steps, others));
    }

    [Objective]
    public Tensor Loss(Indices source, Indices target, [Shape(9)] Labels next) => CrossEntropy(Forward(source, target), next);
}

/// <summary>A language model of recurrent layers: each step says the next token.</summary>
[Network]
internal sealed partial class LanguageModel
{
    private readonly Layer encoder = Embedding(30, 12), rnn = Lstm(16, layers: 2), decoder = Dense(30);

    public Tensor Forward([Shape(9)] Indices tokens) => decoder(rnn(encoder(tokens)));

    [Objective]
    public Tensor Loss(Indices tokens, [Shape(9)] Labels next) => CrossEntropy(Forward(tokens), next);
}
