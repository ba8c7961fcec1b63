using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>Pools, and what moves or makes pixels.</summary>
internal static class OnnxImages
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["MaxPool"] = c => Pool(c, "MaxPool"),
        ["AveragePool"] = c => Pool(c, "AveragePool"),
        ["GlobalAveragePool"] = c => OfImages(c, x => $"GlobalAveragePool({x})"),
        ["GlobalMaxPool"] = c => OfImages(c, x => $"GlobalMaxPool({x})"),
        ["DepthToSpace"] = DepthToSpace,
        ["SpaceToDepth"] = SpaceToDepth,
        ["Upsample"] = Resize,
        ["Resize"] = Resize,
    };

    private static OnnxNetwork OfImages(OnnxCall call, Func<string, string> body) => Samples(call.Inputs[0].ToNhwc(), body).Then(y => y.ToNchw());

    private static OnnxNetwork Pool(OnnxCall call, string kind)
    {
        var kernel = call.Node.Ints("kernel_shape")!;
        var axes = kernel.Length;
        Require(axes is 1 or 2, "pools are over images and sequences");
        Require(OnnxConvolutions.Numbers(call, "dilations", axes, 1).All(d => d == 1), "pools have no dilation");
        Require(call.Node.Outputs.Length == 1, "the position of a maximum does not leave a pool");
        var (ceil, counts) = (call.Is("ceil_mode"), call.Is("count_include_pad"));
        var padding = OnnxPadding.Of(call, kernel);
        Require(!padding.IsAround || !ceil, "padding that differs from side to side is there before windows are");
        var options = kind == "AveragePool" ? $", countPadding: {Truth(counts)}" : "";
        var stride = OnnxConvolutions.Size(OnnxConvolutions.Numbers(call, "strides", axes, 1));
        var layer = $"{kind}{axes}D({OnnxConvolutions.Size(kernel)}, stride: {stride}, padding: {padding.Argument}, ceilMode: {Truth(ceil)}{options})";
        return OfImages(call, x =>
        {
            if (kind == "MaxPool")
                return $"layer({padding.Around(x, double.NegativeInfinity)})";
            // A mean over what counts: over that of ones.
            return padding.IsAround && !counts
                ? $"layer({padding.Around(x)}) / layer({padding.Around($"({x} * 0f + 1f)")})" : $"layer({padding.Around(x)})";
        }).With(layer);
    }

    /// <summary>[h, w, b, b, c] and [h, w, c, b, b] are the two orders in which the channels of a square may lie.</summary>
    private static OnnxNetwork DepthToSpace(OnnxCall call)
    {
        var (x, b) = (call.Inputs[0].ToNhwc(), call.Node.Int("blocksize", 1));
        var (h, w, c) = (x.Dims[1], x.Dims[2], x.Dims[3] / (b * b));
        return OfImages(call, name => call.Node.Text("mode", "DCR") == "CRD"
            ? $"PixelShuffle({name}, {b})"
            : $"Reshape(Permute(Reshape({name}, {h}, {w}, {b}, {b}, {c}), 0, 2, 1, 3, 4), {h * b}, {w * b}, {c})");
    }

    private static OnnxNetwork SpaceToDepth(OnnxCall call)
    {
        var (x, b) = (call.Inputs[0].ToNhwc(), call.Node.Int("blocksize", 1));
        var (h, w, c) = (x.Dims[1] / b, x.Dims[2] / b, x.Dims[3]);
        return OfImages(call, name => $"Reshape(Permute(Reshape({name}, {h}, {b}, {w}, {b}, {c}), 0, 2, 1, 3, 4), {h}, {w}, {b * b * c})");
    }

    /// <summary>The inputs are x, since version 11 a region, scales and sizes, of which one is given.</summary>
    private static OnnxNetwork Resize(OnnxCall call)
    {
        Require(call.Inputs[0].Rank == 4, "images are resized");
        var image = call.Inputs[0].ToNhwc();
        var given = call.Inputs.Skip(1).Last(i => i.Values.Length > 0).Values;
        var isScale = call.Node.Operator == "Upsample" || call.Inputs.Length < 4;
        int[] from = [image.Dims[1], image.Dims[2]];
        int[] to = isScale ? [(int)Math.Floor(from[0] * given[2]), (int)Math.Floor(from[1] * given[3])] : [(int)given[2], (int)given[3]];
        var isWhole = to[0] % from[0] == 0 && to[1] % from[1] == 0;
        var (mode, place) = (call.Node.Text("mode", "nearest"), call.Node.Text("coordinate_transformation_mode", "half_pixel"));
        // A scale that makes no whole number of lines is another one than their quotient, which counts here and in PyTorch.
        Require(!isScale || Math.Abs((from[0] * given[2]) - to[0]) + Math.Abs((from[1] * given[3]) - to[1]) < 1e-6, "sizes count here, not scales");
        if (mode == "nearest")
        {
            var rounding = call.Node.Text("nearest_mode", "round_prefer_floor");
            var isOfCenters = isWhole && place == "half_pixel" && rounding == "round_prefer_floor";
            Require(isOfCenters || (place == "asymmetric" && rounding == "floor"), "the nearest pixel is PyTorch's");
        }
        else
        {
            Require(mode == "linear", "numbers between pixels are linear");
            var isOfPixels = place == "pytorch_half_pixel" && to.All(n => n > 1);
            Require(place is "half_pixel" or "align_corners" || isOfPixels, "where pixels are is PyTorch's");
        }
        var method = mode == "nearest" ? "Nearest" : "Bilinear";
        return OfImages(call, name => $"Resize2D({name}, {to[0]}, {to[1]}, UpsampleMode.{method}, alignCorners: {Truth(place == "align_corners")})");
    }
}
