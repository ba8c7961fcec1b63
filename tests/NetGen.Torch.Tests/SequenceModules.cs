using TorchSharp.Modules;
using static AgainstTorch.TorchNetworks;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>The networks of SequenceNetworks.cs by TorchSharp's modules, with the same names of parameters. Their layers have steps first.</summary>
internal static class SequenceModules
{
    public static Wired Bert()
    {
        var (words, segments, norm) = (nn.Embedding(30, 16), nn.Embedding(2, 16), nn.LayerNorm([16], 1e-12));
        var layers = Enumerable.Range(0, 2).Select(_ => nn.TransformerEncoderLayer(16, 4, 24, 0.0, nn.Activations.GELU)).ToArray();
        var (pooler, classifier) = (nn.Sequential(("0", nn.Linear(16, 16))), nn.Linear(16, 3));
        var positions = Parameter(12, 16);
        return new Wired(
            x =>
            {
                // Tokens, and behind them their segments.
                var (tokens, segment) = (x.narrow(1, 0, 9), x.narrow(1, 9, 9));
                var h = norm.forward(words.forward(tokens) + segments.forward(segment) + positions.narrow(0, 0, 9)).transpose(0, 1);
                foreach (var layer in layers)
                    h = layer.call(h, null, null);
                return classifier.forward(pooler.forward(h[0]).tanh());
            },
            ("words", words), ("segments", segments), ("norm", norm), ("encoder", nn.ModuleList<nn.Module>([.. layers])), ("pooler", pooler),
            ("classifier", classifier)).With("positions", positions);
    }

    public static Wired Gpt()
    {
        var (wte, wpe, norm) = (nn.Embedding(30, 16), Parameter(9, 16), nn.LayerNorm([16]));
        var blocks = Enumerable.Range(0, 2).Select(_ => nn.Sequential(("0", Attention()), ("1", FeedForward()))).ToArray();
        return new Wired(
            x =>
            {
                var h = wte.forward(x) + wpe;
                foreach (var block in blocks)
                    h = block.forward(h);
                return norm.forward(h).matmul(wte.weight!.t());
            },
            ("wte", wte), ("wpe", new Wired(x => x).With("weight", wpe)), ("h", nn.ModuleList<nn.Module>([.. blocks])), ("ln_f", norm));

        static Wired Attention()
        {
            var (norm, attention) = (nn.LayerNorm([16]), nn.MultiheadAttention(16, 4));
            return Residual(
                x =>
                {
                    var y = norm.forward(x).transpose(0, 1);
                    return attention.call(y, y, y, null, false, Later(9)).Item1.transpose(0, 1);
                },
                ("0", norm), ("1", attention));
        }

        static Wired FeedForward()
        {
            var (norm, wide, narrow) = (nn.LayerNorm([16]), nn.Linear(16, 64), nn.Linear(64, 16));
            return Residual(x => narrow.forward(GeluByTanh(wide.forward(norm.forward(x)))), ("0", norm), ("1", wide), ("3", narrow));
        }

        static Wired Residual(Func<Tensor, Tensor> inner, params (string Name, nn.Module Part)[] parts) =>
            new(x => x + inner(x), ("inner", new Wired(inner, parts)));
    }

    public static Wired Translator()
    {
        var pieces = nn.Embedding(30, 16);
        var encoder = Enumerable.Range(0, 2).Select(_ => nn.TransformerEncoderLayer(16, 4, 24, 0.0)).ToArray();
        TransformerDecoderLayer[] decoder =
            [nn.TransformerDecoderLayer(16, 4, 24, 0.0), nn.TransformerDecoderLayer(16, 2, 20, 0.0, nn.Activations.GELU)];
        return new Wired(
            x =>
            {
                // The source, and behind it the target.
                var memory = Embed(x.narrow(1, 0, 7));
                foreach (var layer in encoder)
                    memory = layer.call(memory, null, null);
                var h = Embed(x.narrow(1, 7, 9));
                foreach (var layer in decoder)
                    h = layer.call(h, memory, Later(9), null, null, null);
                return h.transpose(0, 1).matmul(pieces.weight!.t());
            },
            ("pieces", pieces), ("encoder", nn.ModuleList<nn.Module>([.. encoder])), ("decoder", nn.ModuleList<nn.Module>([.. decoder])));

        Tensor Embed(Tensor tokens) => (pieces.forward(tokens) + Sinusoids((int)tokens.shape[1], 16)).transpose(0, 1);
    }

    public static Wired Llama()
    {
        Linear Product(int from, int to) => nn.Linear(from, to, hasBias: false);
        var (q, k, v, o) = (Product(24, 24), Product(24, 12), Product(24, 12), Product(24, 24));
        var (gate, up, down, head) = (Product(24, 40), Product(24, 40), Product(40, 24), nn.Linear(24, 10));
        var (first, second) = (Parameter(24), Parameter(24));
        return new Wired(
            x =>
            {
                x = x.reshape(-1, 9, 24);
                var y = Rms(x, first);
                // A head of keys for two of queries.
                Tensor Shared(Tensor rows) => rows.repeat_interleave(2, 1);
                var read = nn.functional.scaled_dot_product_attention(
                    Turned(Heads(q.forward(y), 4)), Shared(Turned(Heads(k.forward(y), 2))), Shared(Heads(v.forward(y), 2)), is_casual: true);
                x = x + o.forward(read.transpose(1, 2).reshape(x.shape));
                var z = Rms(x, second);
                return head.forward((x + down.forward(nn.functional.silu(gate.forward(z)) * up.forward(z))).select(1, -1));
            },
            ("input_layernorm", new Wired(x => x).With("weight", first)), ("post_attention_layernorm", new Wired(x => x).With("weight", second)),
            ("q_proj", q), ("k_proj", k), ("v_proj", v), ("o_proj", o), ("gate_proj", gate), ("up_proj", up), ("down_proj", down), ("head", head));

        static Tensor Rms(Tensor x, Tensor weight) => x * (x.square().mean([-1], true) + 1e-5).rsqrt() * weight;

        static Tensor Heads(Tensor rows, int heads) => rows.reshape(rows.shape[0], rows.shape[1], heads, -1).transpose(1, 2);

        // As Hugging Face's rotate_half.
        static Tensor Turned(Tensor x)
        {
            var size = x.shape[3];
            var frequencies = tensor(500_000.0).pow(-arange(0, size, 2, ScalarType.Float64) / (double)size);
            var angles = arange(x.shape[2], ScalarType.Float64).unsqueeze(1) * frequencies;
            var (cosine, sine) = (cat([angles, angles], -1).cos(), cat([angles, angles], -1).sin());
            var halves = x.chunk(2, -1);
            return (x * cosine) + (cat([-halves[1], halves[0]], -1) * sine);
        }
    }

    public static Wired Patches()
    {
        var patches = nn.Sequential(("0", nn.Conv2d(3, 16, 4, 4)));
        var (positions, token, norm, head) = (Parameter(10, 16), Parameter(1, 16), nn.LayerNorm([16], 1e-6), nn.Linear(16, 10));
        var layers = Enumerable.Range(0, 2).Select(_ => new NormFirst()).ToArray();
        return new Wired(
            x =>
            {
                x = patches.forward(x.reshape(-1, 12, 12, 3).permute(0, 3, 1, 2)).flatten(2).transpose(1, 2);
                x = cat([token.expand(x.shape[0], 1, 16), x], 1) + positions;
                foreach (var layer in layers)
                    x = layer.forward(x);
                return head.forward(norm.forward(x).select(1, 0));
            },
            ("patches", patches), ("positions", new Wired(x => x).With("weight", positions)), ("encoder", nn.ModuleList<nn.Module>([.. layers])),
            ("norm", norm), ("head", head)).With("token", token);
    }

    public static Wired EncoderDecoder()
    {
        var (pieces, head) = (nn.Embedding(30, 12), nn.Linear(36, 30));
        var (encoder, decoder) = (nn.LSTM(12, 16, numLayers: 2, batchFirst: true), nn.LSTM(12, 16, numLayers: 2, batchFirst: true));
        var (reader, writer) = (nn.GRU(12, 10, batchFirst: true, bidirectional: true), nn.GRU(12, 10, batchFirst: true, bidirectional: true));
        return new Wired(
            x =>
            {
                var (source, target) = (pieces.forward(x.narrow(1, 0, 7)), pieces.forward(x.narrow(1, 7, 9)));
                var (_, hidden, cells) = encoder.call(source);
                var steps = decoder.call(target, (hidden, cells)).Item1;
                var others = writer.call(target, reader.call(source).Item2).Item1;
                return head.forward(cat([steps, others], -1));
            },
            ("pieces", pieces), ("head", head), ("encoder", encoder), ("decoder", decoder), ("reader", reader), ("writer", writer));
    }

    public static Wired LanguageModel()
    {
        var (encoder, rnn, decoder) = (nn.Embedding(30, 12), nn.LSTM(12, 16, numLayers: 2, batchFirst: true), nn.Linear(16, 30));
        return new Wired(x => decoder.forward(rnn.call(encoder.forward(x)).Item1), ("encoder", encoder), ("rnn", rnn), ("decoder", decoder));
    }

    /// <summary>A layer of an encoder with its norms first, which TorchSharp's does not have.</summary>
    private sealed class NormFirst : nn.Module<Tensor, Tensor>
    {
        private readonly MultiheadAttention self_attn = nn.MultiheadAttention(16, 2);
        private readonly Linear linear1 = nn.Linear(16, 24), linear2 = nn.Linear(24, 16);
        private readonly LayerNorm norm1 = nn.LayerNorm([16], 1e-6), norm2 = nn.LayerNorm([16], 1e-6);

        public NormFirst()
            : base("layer") => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            var y = norm1.forward(x).transpose(0, 1);
            x = x + self_attn.call(y, y, y, null, false, null).Item1.transpose(0, 1);
            return x + linear2.forward(nn.functional.gelu(linear1.forward(norm2.forward(x))));
        }
    }

    private static Parameter Parameter(params long[] dims) => new(zeros(dims, ScalarType.Float64));

    private static Tensor Later(int steps) => ones(steps, steps, ScalarType.Float64).triu(1) * -1e9;

    /// <summary>sin(t / 10000^(2i / width)) and cos, in turn.</summary>
    private static Tensor Sinusoids(int steps, int width)
    {
        var angles = arange(steps, ScalarType.Float64).unsqueeze(1) * tensor(10_000.0).pow(-arange(0, width, 2, ScalarType.Float64) / (double)width);
        return stack([angles.sin(), angles.cos()], -1).reshape(steps, width);
    }
}
