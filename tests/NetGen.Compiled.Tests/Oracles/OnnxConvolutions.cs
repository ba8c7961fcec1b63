using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Convolutions of images and sequences, and their transposes.</summary>
internal static class OnnxConvolutions
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["Conv"] = Conv,
        ["ConvTranspose"] = ConvTranspose,
    };

    private static OnnxNetwork Conv(OnnxCall call)
    {
        var (x, weight, bias) = (call.Inputs[0], call.Inputs[1], call.Optional(2));
        var axes = weight.Rank - 2;
        Require(axes is 1 or 2, "convolutions are over images and sequences");
        var kernel = weight.Dims[2..];
        var (strides, dilations) = (Numbers(call, "strides", axes, 1), Numbers(call, "dilations", axes, 1));
        var padding = OnnxPadding.Of(call, kernel);
        var layer = $"Conv{axes}D({weight.Dims[0]}, {Size(kernel)}, stride: {Size(strides)}, padding: {padding.Argument}, "
            + $"bias: {Truth(bias is not null)}, dilation: {Size(dilations)}, groups: {call.Node.Int("group", 1)})";
        return Samples(x.ToNhwc(), name => $"layer({padding.Around(name)})")
            .With(layer, ("weight", InMemory(weight)), ("bias", bias)).Then(y => y.ToNchw());
    }

    /// <summary>Padding that differs from side to side takes away from what none leaves.</summary>
    private static OnnxNetwork ConvTranspose(OnnxCall call)
    {
        var (x, weight, bias) = (call.Inputs[0], call.Inputs[1], call.Optional(2));
        var axes = weight.Rank - 2;
        Require(axes is 1 or 2, "convolutions are over images and sequences");
        var kernel = weight.Dims[2..];
        var (strides, dilations) = (Numbers(call, "strides", axes, 1), Numbers(call, "dilations", axes, 1));
        var more = Numbers(call, "output_padding", axes, 0);
        var group = call.Node.Int("group", 1);
        var pads = call.Node.Ints("pads") ?? new int[2 * axes];
        var (padding, part) = ("Padding.Valid", "");
        if (call.Node.Text("auto_pad", "NOTSET") == "SAME_UPPER")
        {
            padding = "Padding.Same";
        }
        else if (call.Node.Ints("output_shape") is { } shape)
        {
            for (var i = 0; i < axes; i++)
            {
                var after = shape[i] - (((x.Dims[2 + i] - 1) * strides[i]) + ((kernel[i] - 1) * dilations[i]) + 1) - more[i];
                Require(after >= 0 && after + more[i] < Math.Max(strides[i], dilations[i]), "a size is reached by output padding");
                more[i] += after;
            }
        }
        else if (pads.Distinct().Count() == 1)
        {
            padding = $"{pads[0]}";
        }
        else
        {
            part = $"[{string.Join(", ", Enumerable.Range(0, axes).Select(i => $"{pads[i]}..^{pads[i + axes]}"))}]";
        }
        var layer = $"ConvTranspose{axes}D({weight.Dims[1] * group}, {Size(kernel)}, stride: {Size(strides)}, padding: {padding}, "
            + $"outputPadding: {Size(more)}, bias: {Truth(bias is not null)}, dilation: {Size(dilations)}, groups: {group})";
        return Samples(x.ToNhwc(), name => $"layer({name}){part}").With(layer, ("weight", InMemory(weight)), ("bias", bias)).Then(y => y.ToNchw());
    }

    /// <summary>[a, b, kh, kw] to [kh, kw, b, a]: what FileLayout.Convolution does.</summary>
    private static OnnxTensor InMemory(OnnxTensor weight) => weight.Rank == 4 ? weight.Transpose(2, 3, 1, 0) : weight.Transpose(2, 1, 0);

    public static int[] Numbers(OnnxCall call, string attribute, int axes, int otherwise) =>
        call.Node.Ints(attribute) ?? [.. Enumerable.Repeat(otherwise, axes)];

    /// <summary>A number, or a pair of height and width.</summary>
    public static string Size(int[] sizes) => sizes.Length == 1 ? $"{sizes[0]}" : $"({string.Join(", ", sizes)})";
}
