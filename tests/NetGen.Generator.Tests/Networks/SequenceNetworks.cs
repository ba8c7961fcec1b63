namespace NetGen.Generator.Tests.Networks;

/// <summary>
/// Networks over sequences, as a user writes them, with the sizes of the literature or small ones. Where the published number of positions is more than
/// the steps that are read, the table has all of them.
/// </summary>
internal static class SequenceNetworks
{
    /// <summary>
    /// Zaremba, Sutskever and Vinyals 2014, the large one, over 35 words; PyTorch's example word_language_model. PyTorch's layer has two biases
    /// where the paper has one.
    /// </summary>
    public static string LstmLanguageModel(int words = 10_000, int width = 1_500, int steps = 35) =>
        $$"""
        [Network]
        public sealed partial class LanguageModel
        {
            private readonly Layer encoder = Embedding({{words}}, {{width}}, init: Init.Uniform(-0.04f, 0.04f));
            private readonly Layer rnn = Lstm({{width}}, layers: 2, dropout: 0.65f), decoder = Dense({{words}});
            private readonly Layer drop = Dropout(0.65f);

            public Tensor Forward([Shape({{steps}})] Indices words) => decoder(drop(rnn(drop(encoder(words)))));

            [Objective]
            public Tensor Loss(Indices words, [Shape({{steps}})] Labels next) => CrossEntropy(Forward(words), next);
        }
        """;

    /// <summary>
    /// Vaswani et al. 2017, base: one table for source, target and output, with the "about 37000" pieces of its German and English. Table 3 says 65·10⁶
    /// weights; without the table there are 44,138,496, so that counts some 40,800 pieces.
    /// </summary>
    public static string Transformer(int pieces = 37_000, int width = 512, int heads = 8, int feedForward = 2_048, int layers = 6, int steps = 64) =>
        $$"""
        [Network]
        public sealed partial class Transformer
        {
            private readonly Layer pieces = Embedding({{pieces}}, {{width}}, init: Init.Normal({{1 / Math.Sqrt(width):F4}}f));
            private readonly Layer encoder = Repeat({{layers}}, () => TransformerEncoderLayer({{heads}}, {{feedForward}}));
            private readonly CrossLayer[] decoder = [{{string.Join(", ", Enumerable.Repeat($"TransformerDecoderLayer({heads}, {feedForward})", layers))}}];
            private readonly Layer drop = Dropout(0.1f);

            private Tensor Embed(Indices tokens) => drop(SinusoidalPositions(pieces(tokens) * MathF.Sqrt({{width}})));

            public Tensor Forward([Shape({{steps}})] Indices source, [Shape({{steps}})] Indices target)
            {
                var memory = encoder(Embed(source));
                var x = Embed(target);
                foreach (var layer in decoder)
                    x = layer(x, memory);
                return MatMul(x, Transpose(pieces.Weight));
            }

            [Objective]
            public Tensor Loss(Indices source, Indices target, [Shape({{steps}})] Labels next) =>
                CrossEntropy(Forward(source, target), next, labelSmoothing: 0.1f);
        }
        """;

    /// <summary>
    /// Devlin et al. 2019, base and uncased, as it is fine-tuned: 109,482,240 weights of the encoder with its pooler, and a classifier of two classes.
    /// </summary>
    public static string Bert(
        int pieces = 30_522, int width = 768, int heads = 12, int layers = 12, int positions = 512, int steps = 128) =>
        $$"""
        [Network]
        public sealed partial class Bert
        {
            private readonly Layer words = Embedding({{pieces}}, {{width}}, init: Init.Normal(0.02f)), segments = Embedding(2, {{width}}, init: Init.Normal(0.02f));
            private readonly Parameter positions = Parameter({{positions}}, {{width}}, Init.Normal(0.02f));
            private readonly Layer norm = Sequential(LayerNorm(epsilon: 1e-12f), Dropout(0.1f));
            private readonly Layer encoder = Repeat({{layers}}, () => TransformerEncoderLayer({{heads}}, {{4 * width}}, gelu: true, epsilon: 1e-12f));
            private readonly Layer pooler = Sequential(Dense({{width}}), Tanh), classifier = Sequential(Dropout(0.1f), Dense(2));

            public Tensor Forward([Shape({{steps}})] Indices tokens, [Shape({{steps}})] Indices segment)
            {
                Tensor place = positions;
                var x = norm(words(tokens) + segments(segment) + place[..{{steps}}]);
                return classifier(pooler(encoder(x)[0]));
            }

            [Objective]
            public Tensor Loss(Indices tokens, Indices segment, Labels label) => CrossEntropy(Forward(tokens, segment), label);
        }
        """;

    /// <summary>Radford et al. 2019, the small one, in the form of its published weights: 124M, where the paper counts 117M.</summary>
    public static string Gpt2(
        int pieces = 50_257, int width = 768, int heads = 12, int layers = 12, int positions = 1_024, int steps = 128) =>
        $$"""
        [Network]
        public sealed partial class Gpt2
        {
            private readonly Layer wte = Embedding({{pieces}}, {{width}}, init: Init.Normal(0.02f));
            private readonly Parameter wpe = Parameter({{positions}}, {{width}}, Init.Normal(0.02f));
            private readonly Layer h = Repeat({{layers}}, Block), ln_f = LayerNorm();

            private static Layer Block() => Sequential(
                Residual(Sequential(LayerNorm(), CausalSelfAttention({{heads}}))),
                Residual(Sequential(LayerNorm(), Dense({{4 * width}}), Gelu(approximate: true), Dense({{width}}))));

            private static Layer Residual(Layer inner) => x => x + inner(x);

            public Tensor Forward([Shape({{steps}})] Indices tokens)
            {
                Tensor place = wpe;
                return MatMul(ln_f(h(wte(tokens) + place[..{{steps}}])), Transpose(wte.Weight));
            }

            [Objective]
            public Tensor Loss(Indices tokens, [Shape({{steps}})] Labels next) => CrossEntropy(Forward(tokens), next);
        }
        """;

    /// <summary>Dosovitskiy et al. 2021, base with patches of 16 × 16; torchvision's vit_b_16.</summary>
    public static string Vit(int size = 224, int width = 768, int heads = 12, int layers = 12, int classes = 1_000) =>
        $$"""
        [Network]
        public sealed partial class Vit
        {
            private readonly Layer patches = Sequential(Conv2D({{width}}, kernel: 16, stride: 16), Reshape({{size / 16 * (size / 16)}}, {{width}}));
            private readonly Parameter token = Parameter(1, {{width}}, Init.Zeros);
            private readonly Layer positions = LearnedPositions();
            private readonly Layer encoder = Repeat(
                {{layers}}, () => TransformerEncoderLayer({{heads}}, {{4 * width}}, dropout: 0f, gelu: true, normFirst: true, epsilon: 1e-6f));
            private readonly Layer norm = LayerNorm(epsilon: 1e-6f), head = Dense({{classes}});

            public Tensor Forward([Shape({{size}}, {{size}}, 3)] Tensor image) =>
                head(norm(encoder(positions(Concat(0, token, patches(image))))[0]));

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        """;

    /// <summary>
    /// A block of Llama 3.2 1B (Dubey et al. 2024): RMS norms, queries of 32 heads and keys of 8 that turn by their position, SwiGLU. Its 16 blocks, a table of
    /// 128,256 rows and a norm are the 1,235,814,400 weights that were published.
    /// </summary>
    public static string LlamaBlock(int width = 2_048, int heads = 32, int keyHeads = 8, int feedForward = 8_192, int steps = 64) =>
        $$"""
        [Network]
        public sealed partial class LlamaBlock
        {
            private const float Theta = 500_000f;

            private readonly Layer input_layernorm = RmsNorm(epsilon: 1e-5f), post_attention_layernorm = RmsNorm(epsilon: 1e-5f);
            private readonly Layer q_proj = Dense({{width}}, bias: false), o_proj = Dense({{width}}, bias: false);
            private readonly Layer k_proj = Dense({{width / heads * keyHeads}}, bias: false), v_proj = Dense({{width / heads * keyHeads}}, bias: false);
            private readonly Layer gate_proj = Dense({{feedForward}}, bias: false), up_proj = Dense({{feedForward}}, bias: false);
            private readonly Layer down_proj = Dense({{width}}, bias: false);

            public Tensor Forward([Shape({{steps}}, {{width}})] Tensor x)
            {
                var y = input_layernorm(x);
                var (q, k) = (RotaryPositions(q_proj(y), {{heads}}, Theta), RotaryPositions(k_proj(y), {{keyHeads}}, Theta));
                x = x + o_proj(Attention(q, k, v_proj(y), heads: {{heads}}, causal: true));
                var z = post_attention_layernorm(x);
                return x + down_proj(Silu(gate_proj(z)) * up_proj(z));
            }

            [Objective]
            public Tensor Loss(Tensor x, [Shape({{steps}}, {{width}})] Tensor target) => MeanSquaredError(Forward(x), target);
        }
        """;
}
