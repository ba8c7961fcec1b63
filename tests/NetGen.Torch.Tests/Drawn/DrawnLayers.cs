using static AgainstTorch.Drawn.Draw;
using static AgainstTorch.Drawn.Twin;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch.Drawn;

/// <summary>Layers and functions of the language, each with settings by chance.</summary>
internal static class DrawnLayers
{
    public static IReadOnlyDictionary<string, Func<Draw, Setting>> All { get; } = new Dictionary<string, Func<Draw, Setting>>
    {
        ["Dense"] = Dense,
        ["Embedding"] = Embedding,
        ["Conv2D"] = Conv2D,
        ["DepthwiseConv2D"] = DepthwiseConv2D,
        ["ConvTranspose2D"] = ConvTranspose2D,
        ["Conv1D"] = Conv1D,
        ["ConvTranspose1D"] = ConvTranspose1D,
        ["MaxPool2D"] = MaxPool2D,
        ["AveragePool2D"] = AveragePool2D,
        ["MaxPool1D"] = MaxPool1D,
        ["AveragePool1D"] = AveragePool1D,
        ["AdaptiveAveragePool2D"] = AdaptiveAveragePool2D,
        ["Upsample2D"] = Upsample2D,
        ["PixelShuffle"] = PixelShuffle,
        ["LayerNorm"] = LayerNorm,
        ["RmsNorm"] = RmsNorm,
        ["GroupNorm"] = GroupNorm,
        ["InstanceNorm"] = InstanceNorm,
        ["BatchNorm"] = BatchNorm,
        ["PRelu"] = PRelu,
        ["Activations"] = Activations,
        ["Softmax"] = Softmax,
        ["Lstm"] = draw => Recurrent(draw, "Lstm"),
        ["Gru"] = draw => Recurrent(draw, "Gru"),
        ["Rnn"] = draw => Recurrent(draw, "Rnn"),
        ["SelfAttention"] = SelfAttention,
    };

    private static Setting Dense(Draw draw)
    {
        int[] dims = draw.Flag() ? [draw.Whole(1, 20)] : [draw.Whole(1, 5), draw.Whole(1, 20)];
        return Of($"Dense({draw.Whole(1, 40)}, bias: {Text(draw.Flag())})", dims, (z, twin) => Functional.linear(z, twin["weight"]!, twin["bias"]));
    }

    private static Setting Embedding(Draw draw)
    {
        var (count, width, words) = (draw.Whole(1, 12), draw.Whole(1, 19), draw.Whole(1, 9));
        var padding = draw.Whole(-1, count - 1);
        return Of($"Embedding({count}, {width}, paddingIndex: {padding})", [words, width], (z, twin) => z * Rows(twin)) with
        {
            Text = "layer(t) * z",
            Labels = ([words], count),
        };

        // What stands for nothing is read as it is, and learns nothing.
        Tensor Rows(Twin twin)
        {
            var rows = twin["weight"]!.index_select(0, twin.Labels!.flatten()).reshape([.. twin.Labels!.shape, width]);
            return padding < 0 ? rows : where(twin.Labels!.unsqueeze(-1).eq(padding), rows.detach(), rows);
        }
    }

    private static Setting Conv2D(Draw draw)
    {
        var (groups, dilation) = (draw.Of(1, 1, 2, 3), draw.Whole(1, 2));
        var (kernel, stride, padding) = ((H: draw.Whole(1, 3), W: draw.Whole(1, 3)), (H: draw.Whole(1, 3), W: draw.Whole(1, 2)), draw.Whole(0, 2));
        int[] dims = [draw.Whole(5, 9), draw.Whole(5, 9), groups * draw.Whole(1, 4)];
        return Of(
            $"Conv2D({groups * draw.Whole(1, 6)}, ({kernel.H}, {kernel.W}), stride: ({stride.H}, {stride.W}), padding: {padding}, bias: {Text(draw.Flag())}, dilation: {dilation}, groups: {groups})",
            dims,
            (z, twin) => OnImage(z, x => Functional.conv2d(
                x, twin["weight"]!, twin["bias"], [stride.H, stride.W], [padding, padding], [dilation, dilation], groups)));
    }

    private static Setting DepthwiseConv2D(Draw draw)
    {
        var (kernel, stride, padding, dilation, channels) = (draw.Whole(1, 3), draw.Whole(1, 2), draw.Whole(0, 2), draw.Whole(1, 2), draw.Whole(1, 19));
        return Of(
            $"DepthwiseConv2D({kernel}, stride: {stride}, padding: {padding}, multiplier: {draw.Whole(1, 3)}, dilation: {dilation}, bias: {Text(draw.Flag())})",
            [draw.Whole(5, 8), draw.Whole(5, 8), channels],
            (z, twin) => OnImage(z, x => Functional.conv2d(
                x, twin["weight"]!, twin["bias"], [stride, stride], [padding, padding], [dilation, dilation], channels)));
    }

    private static Setting ConvTranspose2D(Draw draw)
    {
        var (groups, stride, dilation) = (draw.Of(1, 1, 2), draw.Whole(1, 3), draw.Whole(1, 2));
        var kernel = draw.Whole(2, 3);
        var (padding, more) = (draw.Whole(0, 1), draw.Whole(0, Math.Max(stride, dilation) - 1));
        return Of(
            $"ConvTranspose2D({groups * draw.Whole(1, 6)}, {kernel}, stride: {stride}, padding: {padding}, outputPadding: {more}, bias: {Text(draw.Flag())}, dilation: {dilation}, groups: {groups})",
            [draw.Whole(2, 5), draw.Whole(2, 5), groups * draw.Whole(1, 4)],
            (z, twin) => OnImage(z, x => Functional.conv_transpose2d(
                x, twin["weight"]!, twin["bias"], [stride, stride], [padding, padding], [more, more], [dilation, dilation], groups)));
    }

    private static Setting Conv1D(Draw draw)
    {
        var (groups, kernel, stride, padding, dilation) = (draw.Of(1, 1, 2), draw.Whole(1, 4), draw.Whole(1, 3), draw.Whole(0, 2), draw.Whole(1, 2));
        return Of(
            $"Conv1D({groups * draw.Whole(1, 9)}, {kernel}, stride: {stride}, padding: {padding}, bias: {Text(draw.Flag())}, dilation: {dilation}, groups: {groups})",
            [draw.Whole(8, 20), groups * draw.Whole(1, 5)],
            (z, twin) => OnImage(z, x => Functional.conv1d(x, twin["weight"]!, twin["bias"], stride, padding, dilation, groups)));
    }

    private static Setting ConvTranspose1D(Draw draw)
    {
        var (groups, kernel, stride, padding) = (draw.Of(1, 1, 2), draw.Whole(2, 4), draw.Whole(1, 3), draw.Whole(0, 1));
        var more = draw.Whole(0, stride - 1);
        return Of(
            $"ConvTranspose1D({groups * draw.Whole(1, 9)}, {kernel}, stride: {stride}, padding: {padding}, outputPadding: {more}, bias: {Text(draw.Flag())}, groups: {groups})",
            [draw.Whole(3, 9), groups * draw.Whole(1, 5)],
            (z, twin) => OnImage(z, x => Functional.conv_transpose1d(x, twin["weight"]!, twin["bias"], stride, padding, more, 1, groups)));
    }

    private static Setting MaxPool2D(Draw draw)
    {
        var (pool, stride, ceil) = ((H: draw.Whole(1, 3), W: draw.Whole(1, 3)), (H: draw.Whole(1, 3), W: draw.Whole(1, 3)), draw.Flag());
        var padding = draw.Whole(0, Math.Min(pool.H, pool.W) / 2);
        return Of(
            $"MaxPool2D(({pool.H}, {pool.W}), stride: ({stride.H}, {stride.W}), padding: {padding}, ceilMode: {Text(ceil)})",
            [draw.Whole(4, 9), draw.Whole(4, 9), draw.Whole(1, 18)],
            (z, _) => OnImage(z, x => Functional.max_pool2d(x, [pool.H, pool.W], [stride.H, stride.W], [padding, padding], ceil_mode: ceil)));
    }

    private static Setting AveragePool2D(Draw draw)
    {
        var (pool, stride, ceil, count) = ((H: draw.Whole(1, 3), W: draw.Whole(1, 3)), (H: draw.Whole(1, 3), W: draw.Whole(1, 3)), draw.Flag(), draw.Flag());
        var padding = draw.Whole(0, Math.Min(pool.H, pool.W) / 2);
        return Of(
            $"AveragePool2D(({pool.H}, {pool.W}), stride: ({stride.H}, {stride.W}), padding: {padding}, ceilMode: {Text(ceil)}, countPadding: {Text(count)})",
            [draw.Whole(4, 9), draw.Whole(4, 9), draw.Whole(1, 18)],
            (z, _) => OnImage(z, x => Functional.avg_pool2d(x, [pool.H, pool.W], [stride.H, stride.W], [padding, padding], ceil, count)));
    }

    private static Setting MaxPool1D(Draw draw)
    {
        var (pool, stride, ceil) = (draw.Whole(1, 4), draw.Whole(1, 3), draw.Flag());
        var padding = draw.Whole(0, pool / 2);
        return Of(
            $"MaxPool1D({pool}, stride: {stride}, padding: {padding}, ceilMode: {Text(ceil)})", [draw.Whole(6, 17), draw.Whole(1, 18)],
            (z, _) => OnImage(z, x => Functional.max_pool1d(x, pool, stride, padding, ceil_mode: ceil)));
    }

    private static Setting AveragePool1D(Draw draw)
    {
        var (pool, stride, ceil, count) = (draw.Whole(1, 4), draw.Whole(1, 3), draw.Flag(), draw.Flag());
        var padding = draw.Whole(0, pool / 2);
        return Of(
            $"AveragePool1D({pool}, stride: {stride}, padding: {padding}, ceilMode: {Text(ceil)}, countPadding: {Text(count)})", [draw.Whole(6, 17), draw.Whole(1, 18)],
            (z, _) => OnImage(z, x => Functional.avg_pool1d(x, pool, stride, padding, ceil, count)));
    }

    private static Setting AdaptiveAveragePool2D(Draw draw)
    {
        var size = (H: draw.Whole(1, 5), W: draw.Whole(1, 5));
        return Of(
            $"AdaptiveAveragePool2D(({size.H}, {size.W}))", [draw.Whole(5, 9), draw.Whole(5, 9), draw.Whole(1, 18)],
            (z, _) => OnImage(z, x => Functional.adaptive_avg_pool2d(x, [size.H, size.W])));
    }

    private static Setting Upsample2D(Draw draw)
    {
        var (factor, mode) = ((H: draw.Whole(1, 3), W: draw.Whole(1, 3)), draw.Whole(0, 2));
        int[] dims = [draw.Whole(2, 5), draw.Whole(2, 5), draw.Whole(1, 18)];
        long[] size = [dims[0] * factor.H, dims[1] * factor.W];
        var text = mode == 0 ? "" : mode == 1 ? ", UpsampleMode.Bilinear" : ", UpsampleMode.Bilinear, alignCorners: true";
        return Of($"Upsample2D(({factor.H}, {factor.W}){text})", dims, (z, _) => OnImage(z, x => mode == 0
            ? Functional.interpolate(x, size)
            : Functional.interpolate(x, size, mode: InterpolationMode.Bilinear, align_corners: mode == 2)));
    }

    private static Setting PixelShuffle(Draw draw)
    {
        var factor = draw.Whole(1, 3);
        return new(
            $"PixelShuffle(z, {factor})", [draw.Whole(2, 5), draw.Whole(2, 5), factor * factor * draw.Whole(1, 4)], (z, _) => OnImage(z, x => Functional.pixel_shuffle(x, factor)));
    }

    private static Setting LayerNorm(Draw draw)
    {
        var axes = draw.Whole(1, 2);
        int[] dims = [draw.Whole(2, 5), draw.Whole(2, 5), draw.Whole(2, 18)];
        var epsilon = draw.Number(0.01, 0.5);
        return Of(
            $"LayerNorm({axes}, epsilon: {Text(epsilon)}, affine: {Text(draw.Flag())})", dims,
            (z, twin) => Functional.layer_norm(z, [.. dims[^axes..].Select(dim => (long)dim)], twin["weight"], twin["bias"], (float)epsilon));
    }

    private static Setting RmsNorm(Draw draw)
    {
        var (epsilon, isAffine) = (draw.Number(0.01, 0.5), draw.Flag());
        return Of(
            $"RmsNorm(epsilon: {Text(epsilon)}, affine: {Text(isAffine)})", [draw.Whole(1, 5), draw.Whole(2, 19)],
            (z, twin) => z / (z.square().mean([-1], keepdim: true) + (float)epsilon).sqrt() * (twin["weight"] ?? ones(1, ScalarType.Float64)));
    }

    private static Setting GroupNorm(Draw draw)
    {
        var (groups, epsilon) = (draw.Whole(1, 4), draw.Number(0.01, 0.5));
        return Of(
            $"GroupNorm({groups}, epsilon: {Text(epsilon)}, affine: {Text(draw.Flag())})", [draw.Whole(2, 5), draw.Whole(2, 5), groups * draw.Whole(1, 5)],
            (z, twin) => OnImage(z, x => Functional.group_norm(x, groups, twin["weight"], twin["bias"], (float)epsilon)));
    }

    private static Setting InstanceNorm(Draw draw)
    {
        var (channels, epsilon) = (draw.Whole(1, 18), draw.Number(0.01, 0.5));
        return Of(
            $"InstanceNorm(epsilon: {Text(epsilon)}, affine: {Text(draw.Flag())})", [draw.Whole(2, 5), draw.Whole(2, 5), channels],
            (z, twin) => OnImage(z, x => Functional.group_norm(x, channels, twin["weight"], twin["bias"], (float)epsilon)));
    }

    private static Setting BatchNorm(Draw draw)
    {
        var epsilon = draw.Number(0.01, 0.5);
        return Of(
            $"BatchNorm(epsilon: {Text(epsilon)}, affine: {Text(draw.Flag())})", [draw.Whole(2, 5), draw.Whole(2, 5), draw.Whole(1, 18)],
            (z, twin) => OnImage(z, x => Functional.batch_norm(
                x, twin["running_mean"]!.detach().clone(), twin["running_var"]!.detach().clone(), twin["weight"], twin["bias"], twin.IsTraining, eps: (float)epsilon)));
    }

    private static Setting PRelu(Draw draw)
    {
        var each = draw.Flag();
        return Of(
            $"PRelu(perChannel: {Text(each)})", [draw.Whole(1, 5), draw.Whole(1, 19)],
            (z, twin) => z.clamp_min(0) + (twin["weight"]! * z.clamp_max(0)));
    }

    private static Setting Activations(Draw draw)
    {
        var (a, b) = (draw.Number(0.05, 2), draw.Number(0.05, 2));
        var (text, torch) = draw.Of<(string, Func<Tensor, Tensor>)>(
            ($"LeakyRelu(z, {Text(a)})", z => Functional.leaky_relu(z, (float)a)),
            ($"Elu(z, {Text(a)})", z => Functional.elu(z, (float)a)),
            ($"Celu(z, {Text(a)})", z => Functional.celu(z, (float)a)),
            ("Selu(z)", z => Functional.selu(z)),
            ("Gelu(z)", z => Functional.gelu(z)),
            ("Gelu(z, approximate: true)", TorchNetworks.GeluByTanh),
            ("Silu(z)", z => Functional.silu(z)),
            ("Mish(z)", z => Functional.mish(z)),
            ($"Softplus(z, {Text(a)})", z => Functional.softplus(z, (float)a)),
            ($"HardTanh(z, {Text(-a)}, {Text(b)})", z => z.clamp(-(float)a, (float)b)),
            ($"Softshrink(z, {Text(a)})", z => Functional.softshrink(z, (float)a)),
            ($"Hardshrink(z, {Text(a)})", z => Functional.hardshrink(z, (float)a)),
            ($"ThresholdedRelu(z, {Text(a)})", z => Functional.threshold(z, (float)a, 0)),
            ("HardSigmoid(z)", z => Functional.hardsigmoid(z)),
            ("HardSwish(z)", z => Functional.hardswish(z)),
            ("LogSigmoid(z)", z => Functional.logsigmoid(z)),
            ("Softsign(z)", z => Functional.softsign(z)),
            ("Tanhshrink(z)", z => z - z.tanh()),
            ("Erf(z)", z => z.erf()),
            ("Expm1(z)", z => z.expm1()),
            ($"Clamp(z, {Text(-b)}, {Text(a)})", z => z.clamp(-(float)b, (float)a)));
        // LogSigmoid and others reach far enough with what is three times as large.
        return new(text.Replace("(z", "(3f * z", StringComparison.Ordinal), [draw.Whole(1, 40)], (z, _) => torch(3 * z)) { HasConstants = true };
    }

    private static Setting Softmax(Draw draw)
    {
        int[] dims = [draw.Whole(1, 5), draw.Whole(1, 40)];
        return draw.Flag() ? new("Softmax(z)", dims, (z, _) => Functional.softmax(z, -1)) : new("LogSoftmax(z)", dims, (z, _) => Functional.log_softmax(z, -1));
    }

    private static Setting Recurrent(Draw draw, string kind)
    {
        var (units, layers, both, last, bias, relu) = (draw.Whole(1, 9), draw.Whole(1, 2), draw.Flag(), draw.Flag(), draw.Flag(), draw.Flag());
        int[] dims = [draw.Whole(1, 7), draw.Whole(1, 9)];
        var more = kind == "Rnn" ? $", relu: {Text(relu)}" : "";
        return Of($"{kind}({units}, layers: {layers}, bidirectional: {Text(both)}, last: {Text(last)}, bias: {Text(bias)}{more})", dims, (z, twin) =>
        {
            // The formulas of torch.nn.LSTM, GRU and RNN: libtorch's modules have weights of their own, and these are the setting's.
            var x = z;
            for (var layer = 0; layer < layers; layer++)
            {
                var directions = Enumerable.Range(0, both ? 2 : 1)
                    .Select(way => Steps(x, kind, relu, units, way == 1, name => twin[$"{name}_l{layer}{(way == 1 ? "_reverse" : "")}"])).ToArray();
                if (last && layer == layers - 1)
                    return cat([.. directions.Select((states, way) => states.select(1, way == 0 ? -1 : 0))], 1);
                x = cat(directions, 2);
            }
            return x;
        });
    }

    private static Tensor Steps(Tensor x, string kind, bool relu, int units, bool isReverse, Func<string, Tensor?> weight)
    {
        var steps = x.shape[1];
        var (h, c) = (zeros(x.shape[0], units, dtype: ScalarType.Float64), zeros(x.shape[0], units, dtype: ScalarType.Float64));
        var states = new Tensor[steps];
        for (var i = 0; i < steps; i++)
        {
            var t = isReverse ? steps - 1 - i : i;
            var (input, state) = (
                Functional.linear(x.select(1, t), weight("weight_ih")!, weight("bias_ih")), Functional.linear(h, weight("weight_hh")!, weight("bias_hh")));
            Tensor Gate(Tensor of, int gate) => of.narrow(1, gate * units, units);
            if (kind == "Lstm")
            {
                var sum = input + state;
                c = (Gate(sum, 1).sigmoid() * c) + (Gate(sum, 0).sigmoid() * Gate(sum, 2).tanh());
                h = Gate(sum, 3).sigmoid() * c.tanh();
            }
            else if (kind == "Gru")
            {
                var (r, update) = ((Gate(input, 0) + Gate(state, 0)).sigmoid(), (Gate(input, 1) + Gate(state, 1)).sigmoid());
                var candidate = (Gate(input, 2) + (r * Gate(state, 2))).tanh();
                h = ((1 - update) * candidate) + (update * h);
            }
            else
            {
                h = relu ? (input + state).relu() : (input + state).tanh();
            }
            states[t] = h;
        }
        return stack(states, 1);
    }

    private static Setting SelfAttention(Draw draw)
    {
        var (heads, size, isCausal, bias) = (draw.Whole(1, 3), draw.Whole(1, 6), draw.Flag(), draw.Flag());
        int[] dims = [draw.Whole(1, 7), heads * size];
        var layer = $"{(isCausal ? "CausalSelfAttention" : "SelfAttention")}({heads}, bias: {Text(bias)})";
        return Of(layer, dims, (z, twin) =>
        {
            var parts = Functional.linear(z, twin["in_proj_weight"]!, twin["in_proj_bias"]).chunk(3, -1)
                .Select(part => part.reshape(z.shape[0], dims[0], heads, size).transpose(1, 2)).ToArray();
            var attended = Functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: isCausal).transpose(1, 2).reshape(z.shape);
            return Functional.linear(attended, twin["out_proj.weight"]!, twin["out_proj.bias"]);
        }) with
        {
            HasConstants = true,
        };
    }

    private static Setting Of(string layer, int[] dims, Func<Tensor, Twin, Tensor> torch) => new("layer(z)", dims, torch) { Layer = layer };
}
