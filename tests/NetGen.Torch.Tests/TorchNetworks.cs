using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>The networks of Networks.cs by other means, with the same names of parameters.</summary>
internal static class TorchNetworks
{
    public static Wired Images()
    {
        var features = nn.Sequential(
            ("0", nn.Conv2d(3, 8, 3, padding: 1)), ("1", nn.ReLU()), ("2", nn.MaxPool2d(2)),
            ("3", nn.Conv2d(8, 12, 3, stride: 2)), ("4", nn.GELU()), ("5", nn.AvgPool2d(2)));
        var classifier = nn.Sequential(("1", nn.Linear(48, 16)), ("2", nn.Tanh()), ("3", nn.Linear(16, 10)));
        // Images are channels last there and channels first here.
        return new Wired(
            x => classifier.forward(features.forward(x.reshape(-1, 20, 20, 3).permute(0, 3, 1, 2)).flatten(1)),
            ("features", features), ("classifier", classifier));
    }

    public static Wired Activations()
    {
        var layers = nn.Sequential(
            ("0", nn.Linear(19, 33)), ("1", nn.LeakyReLU(0.1)), ("2", nn.Linear(33, 17)), ("3", nn.ELU(0.7)), ("4", nn.Linear(17, 16)),
            ("5", nn.Softplus()), ("6", nn.Linear(16, 15)), ("7", nn.SiLU()), ("8", nn.Linear(15, 31)), ("9", nn.Sigmoid()),
            ("10", nn.Linear(31, 9)));
        return new Wired(x => layers.forward(x.reshape(-1, 19)), ("layers", layers));
    }

    public static Wired SideBySide()
    {
        var hidden = nn.Sequential(("0", nn.Linear(19, 33)), ("1", nn.PReLU(1)), ("2", nn.Linear(33, 17)), ("3", nn.PReLU(17)));
        var head = nn.Sequential(("0", nn.Linear(15 * 17, 9)));
        nn.Module<Tensor, Tensor>[] activations =
        [
            nn.SELU(), nn.CELU(
                0.8), nn.Mish(), nn.GELU(), nn.ReLU6(), nn.Hardsigmoid(), nn.Hardswish(), nn.Hardtanh(-0.5, 0.75), nn.Softsign(),
            nn.LogSigmoid(), nn.Tanhshrink(), nn.Softshrink(0.2), nn.Hardshrink(0.2), nn.Threshold(0.1, 0), nn.Softplus(2),
        ];
        return new Wired(
            x =>
            {
                var h = 3f * hidden.forward(x.reshape(-1, 19));
                return head.forward(cat([.. activations.Select(a => Activate(a, h))], 1));
            },
            ("hidden", hidden), ("head", head));
    }

    // TorchSharp's GELU has the exact form only, and its Hardtanh leaves out the upper bound.
    private static Tensor Activate(nn.Module<Tensor, Tensor> activation, Tensor h) => activation switch
    {
        GELU => GeluByTanh(h),
        Hardtanh => h.clamp(-0.5, 0.75),
        _ => activation.forward(h),
    };

    public static Tensor GeluByTanh(Tensor x) => x * sigmoid(1.5957691216057308 * (x + (0.044715 * x.pow(3))));

    public static Wired Norms()
    {
        // No bias before what takes the mean away: its gradient is 0, and rounding is all that could be compared.
        var features = nn.Sequential(
            ("0", nn.Conv2d(3, 12, 3)), ("1", nn.GroupNorm(3, 12)), ("2", nn.ReLU()), ("3", nn.Conv2d(12, 10, 3, bias: false)), ("4", nn.InstanceNorm2d(10, affine: true)),
            ("5", nn.ReLU()), ("6", nn.Conv2d(10, 6, 2)), ("7", nn.LayerNorm([6, 4, 4])));
        var classifier = nn.Sequential(
            ("1", nn.LayerNorm([96], 0.01)), ("2", nn.Linear(96, 24)), ("3", nn.GroupNorm(4, 24)), ("4", nn.GELU()), ("5", nn.Linear(24, 17)),
            ("6", nn.LayerNorm([17], elementwise_affine: false)), ("7", nn.Linear(17, 10)));
        // PyTorch's GroupNorm takes vectors, TorchSharp's only channels of something.
        return new Wired(
            x => classifier.children().Cast<nn.Module<Tensor, Tensor>>().Aggregate(
                features.forward(x.reshape(-1, 9, 9, 3).permute(0, 3, 1, 2).contiguous()).flatten(1),
                (h, layer) => layer is GroupNorm ? layer.forward(h.unsqueeze(2)).squeeze(2) : layer.forward(h)),
            ("features", features), ("classifier", classifier));
    }

    public static Wired BatchNorms()
    {
        var features = nn.Sequential(
            ("0", nn.Conv2d(3, 12, 3, bias: false)), ("1", nn.BatchNorm2d(12)), ("2", nn.ReLU()), ("3", nn.Conv2d(12, 6, 3)), ("4", nn.BatchNorm2d(6, 0.01, 0.3)), ("5", nn.ReLU()));
        var classifier = nn.Sequential(
            ("1", nn.BatchNorm1d(150)), ("2", nn.Linear(150, 24)), ("3", nn.BatchNorm1d(24, affine: false)), ("4", nn.GELU()), ("5", nn.Linear(24, 10)));
        return new Wired(
            x => classifier.forward(features.forward(x.reshape(-1, 9, 9, 3).permute(0, 3, 1, 2)).flatten(1)), ("features", features), ("classifier", classifier));
    }

    public static Wired Recurrents()
    {
        var lstm = nn.LSTM(7, 12, numLayers: 2, batchFirst: true, bidirectional: true);
        var gru = nn.GRU(24, 17, batchFirst: true, bidirectional: true);
        var rnn = nn.RNN(34, 9, batchFirst: true);
        var head = nn.Linear(9, 10);
        return new Wired(
            x => head.forward(rnn.call(gru.call(lstm.call(x.reshape(-1, 6, 7)).Item1).Item1).Item1.select(1, -1)), ("lstm", lstm), ("gru", gru),
            ("rnn", rnn), ("head", head));
    }

    /// <summary>Packed for the recurrent layers, padded and masked for the Transformer's.</summary>
    public static Wired Sequences(long[] lengths)
    {
        var lstm = nn.LSTM(7, 12, numLayers: 2, batchFirst: true, bidirectional: true);
        var gru = nn.GRU(24, 16, batchFirst: true, bidirectional: true);
        var encoder = nn.TransformerEncoderLayer(32, 4, 24, 0.0);
        var head = nn.Linear(32, 10);
        return new Wired(
            x =>
            {
                var padded = nn.utils.rnn.pad_sequence(x.reshape(-1, 7).split(lengths), batch_first: true);
                var packed = nn.utils.rnn.pack_padded_sequence(padded, tensor(lengths), batch_first: true, enforce_sorted: false);
                var (states, _) = nn.utils.rnn.pad_packed_sequence(gru.call(lstm.call(packed).Item1).Item1, batch_first: true);
                var behind = arange(states.shape[1]).unsqueeze(0) >= tensor(lengths).unsqueeze(1);
                var rows = encoder.call(states.transpose(0, 1), null, behind).transpose(0, 1);
                var last = lengths.Select((length, i) => rows[i, length - 1]).ToArray();
                return head.forward(stack(last));
            },
            ("lstm", lstm), ("gru", gru), ("encoder", encoder), ("head", head));
    }

    public static Wired Transformers()
    {
        var encoder = nn.TransformerEncoderLayer(16, 4, 24, 0.0);
        var causal = nn.MultiheadAttention(16, 2);
        var head = nn.Linear(16, 10);
        var later = ones(5, 5, ScalarType.Float64).triu(1) * -1e9;
        return new Wired(
            x =>
            {
                x = x.reshape(-1, 5, 16);
                // Steps come first there.
                var steps = encoder.call(x.transpose(0, 1), null, null);
                var h = x + causal.call(steps, steps, steps, null, false, later).Item1.transpose(0, 1);
                return head.forward(
                    Attend(h, h.tanh(), h, 4, false).select(1, 0) + Attend(h, h, h.tanh(), 2, true).select(1, -1));
            },
            ("encoder", encoder), ("causal", causal), ("head", head));
    }

    private static Tensor Attend(Tensor q, Tensor k, Tensor v, int heads, bool isCausal)
    {
        Tensor Split(Tensor rows) => rows.reshape(rows.shape[0], rows.shape[1], heads, -1).transpose(1, 2);
        return nn.functional.scaled_dot_product_attention(Split(q), Split(k), Split(v), is_casual: isCausal).transpose(1, 2).reshape(q.shape);
    }

    public static Wired Regression()
    {
        var layers = nn.Sequential(("0", nn.Linear(7, 24)), ("1", nn.Tanh()), ("2", nn.Linear(24, 5)));
        return new Wired(x => layers.forward(x.reshape(-1, 7)), ("layers", layers));
    }

    /// <summary>Named parts and what is computed with them.</summary>
    internal sealed class Wired : nn.Module<Tensor, Tensor>
    {
        private readonly Func<Tensor, Tensor> compute;

        public Wired(Func<Tensor, Tensor> compute, params (string Name, nn.Module Part)[] parts)
            : base("network")
        {
            this.compute = compute;
            foreach (var (name, part) in parts)
                register_module(name, part);
        }

        /// <summary>A parameter of its own, in double.</summary>
        public Wired With(string name, Parameter parameter)
        {
            register_parameter(name, parameter);
            return this;
        }

        public Wired InDouble()
        {
            this.to(ScalarType.Float64);
            return this;
        }

        public override Tensor forward(Tensor input) => compute(input);
    }
}
