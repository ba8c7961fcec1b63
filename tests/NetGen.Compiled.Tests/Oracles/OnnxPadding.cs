using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>ONNX's padding: an argument of layers, or, where it differs from side to side, lines around the image before them.</summary>
/// <param name="Argument">What the layer is told.</param>
/// <param name="Before">Lines before each axis that the layer is not told.</param>
/// <param name="After">Lines after each axis.</param>
internal sealed record OnnxPadding(string Argument, int[] Before, int[] After)
{
    public bool IsAround => Before.Concat(After).Any(lines => lines > 0);

    public static OnnxPadding Of(OnnxCall call, int[] kernel)
    {
        var axes = kernel.Length;
        switch (call.Node.Text("auto_pad", "NOTSET"))
        {
            case "SAME_UPPER":
                return new("Padding.Same", [], []);
            case "SAME_LOWER":
                var strides = OnnxConvolutions.Numbers(call, "strides", axes, 1);
                int Total(int dim, int stride, int size) => Math.Max(((((dim + stride - 1) / stride) - 1) * stride) + size - dim, 0);
                int[] total = [.. kernel.Select((size, i) => Total(call.Inputs[0].Dims[2 + i], strides[i], size))];
                return new("Padding.Valid", [.. total.Select(lines => lines - (lines / 2))], [.. total.Select(lines => lines / 2)]);
        }
        var pads = OnnxConvolutions.Numbers(call, "pads", 2 * axes, 0);
        if (pads.Distinct().Count() == 1)
            return new($"{pads[0]}", [], []);
        Require(pads.All(lines => lines >= 0), "padding takes nothing away");
        return new("Padding.Valid", pads[..axes], pads[axes..]);
    }

    /// <summary>The tensor with the lines around it, of a number or zeros.</summary>
    public string Around(string x, double value = 0) => Enumerable.Range(0, Before.Length).Where(axis => Before[axis] + After[axis] > 0)
        .Aggregate(x, (body, axis) => $"Pad({body}, {axis}, {Before[axis]}, {After[axis]}, {Number(value)})");
}
