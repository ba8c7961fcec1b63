using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Operations.Views;
using NetGen.Generator.Optimization;
using NetGen.Generator.Tests.Operations;

namespace NetGen.Generator.Tests.Oracles;

/// <summary>
/// ONNX's operators said in NetGen's: each node becomes a graph of its own and is run by the reference interpreter. What is ONNX's
/// layout and not meaning is done here: channels first there, channels last here; a batch among the dimensions there, of its own here.
/// </summary>
internal static class OnnxOperators
{
    private static readonly Dictionary<string, Func<Call, OnnxTensor[]>> Table = new()
    {
        ["Relu"] = Function("Relu"),
        ["Sigmoid"] = Function("Sigmoid"),
        ["Tanh"] = Function("Tanh"),
        ["Softplus"] = Function("Softplus"),
        ["Exp"] = Function("Exp"),
        ["Log"] = Function("Log"),
        ["Sqrt"] = Function("Sqrt"),
        ["Abs"] = Function("Abs"),
        ["Neg"] = Function("Negate"),
        ["LeakyRelu"] = c => c.Unbatched((t, x) => t.Call("LeakyRelu", ("x", x[0]), ("slope", c.Node.Float("alpha", 0.01)))),
        ["Elu"] = c => c.Unbatched((t, x) => t.Call("Elu", ("x", x[0]), ("alpha", c.Node.Float("alpha", 1)))),
        ["Selu"] = c => c.Unbatched((t, x) => t.Call(
            "Selu", ("x", x[0]), ("alpha", c.Node.Float("alpha", 1.6732632423543772)), ("scale", c.Node.Float("gamma", 1.0507009873554805)))),
        ["Celu"] = c => c.Unbatched((t, x) => t.Call("Celu", ("x", x[0]), ("alpha", c.Node.Float("alpha", 1)))),
        ["PRelu"] = PRelu,
        ["HardSigmoid"] = c => c.Unbatched((t, x) => t.Call(
            "HardSigmoid", ("x", x[0]), ("slope", c.Node.Float("alpha", 0.2)), ("offset", c.Node.Float("beta", 0.5)))),
        ["HardSwish"] = Function("HardSwish"),
        ["Softsign"] = Function("Softsign"),
        ["ThresholdedRelu"] = c => c.Unbatched((t, x) => t.Call("ThresholdedRelu", ("x", x[0]), ("theta", c.Node.Float("alpha", 1)))),
        ["Shrink"] = Shrink,
        ["Clip"] = Clip,
        ["Erf"] = Function("Erf"),
        ["Sin"] = Function("Sin"),
        ["Cos"] = Function("Cos"),
        ["Tan"] = Function("Tan"),
        ["Einsum"] = Einsum,
        ["ArgMax"] = c => Extreme(c, "ArgMax"),
        ["ArgMin"] = c => Extreme(c, "ArgMin"),
        ["TopK"] = TopK,
        ["GatherElements"] = GatherElements,
        ["Sign"] = Function("Sign"),
        ["Floor"] = Function("Floor"),
        ["Ceil"] = Function("Ceiling"),
        ["Round"] = Function("Round"),
        ["Identity"] = c => c.Unbatched((_, x) => x[0]),
        ["Max"] = c => c.Unbatched((t, x) => x.Aggregate((left, right) => t.Call("Maximum", ("left", left), ("right", right)))),
        ["Min"] = c => c.Unbatched((t, x) => x.Aggregate((left, right) => t.Call("Minimum", ("left", left), ("right", right)))),
        ["Mean"] = c => c.Unbatched((t, x) => t.Call(
            "Divide", ("left", x.Aggregate((left, right) => t.Call("Add", ("left", left), ("right", right)))), ("right", t.Builder.Constant(x.Length)))),
        ["Reciprocal"] = c => c.Unbatched((t, x) => t.Call("Divide", ("left", t.Builder.Constant(1)), ("right", x[0]))),
        ["Add"] = Operator("Add"),
        ["Sub"] = Operator("Subtract"),
        ["Mul"] = Operator("Multiply"),
        ["Div"] = Operator("Divide"),
        ["Greater"] = Operator("Greater"),
        ["GreaterOrEqual"] = Operator("GreaterOrEqual"),
        ["Less"] = Operator("Less"),
        ["LessOrEqual"] = Operator("LessOrEqual"),
        ["Equal"] = Operator("Equal"),
        ["Where"] = c => c.Unbatched((t, x) => t.Call("Where", ("mask", x[0]), ("ifTrue", x[1]), ("ifFalse", x[2]))),
        ["Sum"] = c => c.Unbatched((t, x) => x.Aggregate((left, right) => t.Call("Add", ("left", left), ("right", right)))),
        ["Softmax"] = c => Rows(c, "Softmax"),
        ["LogSoftmax"] = c => Rows(c, "LogSoftmax"),
        ["LayerNormalization"] = LayerNormalization,
        ["InstanceNormalization"] = c => [ToNchw(c.Batched([ToNhwc(c.Inputs[0])], (t, x) => Layer(
            t, "InstanceNorm", x[0], c.Inputs[1], c.Inputs[2], ("affine", true), ("epsilon", (float)c.Node.Float("epsilon", 1e-5))))[0])],
        ["BatchNormalization"] = BatchNormalization,
        ["Gemm"] = Gemm,
        ["MatMul"] = c => c.Unbatched((t, x) => t.Call("MatMul", ("a", x[0]), ("b", x[1]))),
        ["Conv"] = Conv,
        ["ConvTranspose"] = ConvTranspose,
        ["MaxPool"] = c => Pool(c, "MaxPool"),
        ["AveragePool"] = c => Pool(c, "AveragePool"),
        ["GlobalAveragePool"] = c => [ToNchw(c.Batched([ToNhwc(c.Inputs[0])], (t, x) => t.Call("GlobalAveragePool", ("x", x[0])))[0])],
        ["GlobalMaxPool"] = c => [ToNchw(c.Batched([ToNhwc(c.Inputs[0])], (t, x) => t.Call("GlobalMaxPool", ("x", x[0])))[0])],
        ["DepthToSpace"] = DepthToSpace,
        ["Upsample"] = Resize,
        ["Resize"] = Resize,
        ["Pad"] = Pad,
        ["Flatten"] = Flatten,
        ["Reshape"] = Reshape,
        ["Concat"] = Concat,
        ["ReduceMean"] = c => Reduce(c, "Mean"),
        ["ReduceSum"] = c => Reduce(c, "Sum"),
        ["ReduceMax"] = c => Reduce(c, "Max"),
        ["ReduceMin"] = c => Reduce(c, "Min"),
        ["ReduceProd"] = c => Reduce(c, "Prod"),
        ["ReduceLogSumExp"] = c => Reduce(c, "LogSumExp"),
        ["CumSum"] = CumSum,
        ["Gather"] = Gather,
        ["OneHot"] = OneHot,
        ["ReduceL1"] = c => IsOfAll(c) ? Penalty(c, "L1") : Reduce(c, "Sum", before: "Abs"),
        ["ReduceSumSquare"] = c => IsOfAll(c) ? Penalty(c, "L2") : Reduce(c, "Sum", before: "Square"),
        ["ReduceL2"] = c => Reduce(c, "Norm"),
        ["ReduceLogSum"] = c => Reduce(c, "Sum", after: "Log"),
        ["MeanVarianceNormalization"] = MeanVarianceNormalization,
        ["Squeeze"] = c => OneByOne(c, "Squeeze", Axes(c, c.Inputs[0].Rank)!.OrderDescending()),
        ["Unsqueeze"] = c => OneByOne(c, "Unsqueeze", Axes(c, c.Inputs[0].Rank + Axes(c, 0)!.Length)!.Order()),
        ["Slice"] = Slice,
        ["Split"] = Split,
        ["Transpose"] = c => c.Unbatched((t, x) => t.Call(
            "Permute", ("x", x[0]), ("axes", c.Node.Ints("perm") ?? [.. Enumerable.Range(0, c.Inputs[0].Rank).Reverse()]))),
        ["Expand"] = Expand,
        ["Tile"] = c => (c with { Inputs = c.Inputs[..1] }).Unbatched(
            (t, x) => t.Call("Tile", ("x", x[0]), ("repeats", c.Inputs[1].Values.Select(v => (int)v).ToArray()))),
        ["SoftmaxCrossEntropyLoss"] = c => LabelLoss(c, "CrossEntropy", "logits"),
        ["NegativeLogLikelihoodLoss"] = c => LabelLoss(c, "NegativeLogLikelihood", "logProbabilities"),
        ["Pow"] = Operator("Pow"),
        ["Adam"] = OnnxOptimizers.Adam,
        ["Adagrad"] = OnnxOptimizers.Adagrad,
        ["Momentum"] = OnnxOptimizers.Momentum,
        ["Constant"] = c => [(OnnxTensor)c.Node.Attributes["value"]],
    };

    public static bool Knows(string op) => Table.ContainsKey(op);

    public static OnnxTensor[] Run(OnnxNode node, OnnxTensor[] inputs, int opset) =>
        Table.TryGetValue(node.Operator, out var run)
            ? run(new Call(node, inputs, opset))
            : throw new NotSupportedException($"ONNX's {node.Operator} has no counterpart here.");

    private static Func<Call, OnnxTensor[]> Function(string name) => c => c.Unbatched((t, x) => t.Call(name, ("x", x[0])));

    private static Func<Call, OnnxTensor[]> Operator(string name) =>
        c => c.Unbatched((t, x) => t.Call(name, ("left", x[0]), ("right", x[1])));

    private static OnnxTensor[] PRelu(Call call)
    {
        var (x, slope) = (call.Inputs[0], call.Inputs[1]);
        // Before version 7 a vector is one slope for each channel, which come second.
        if (call.Opset < 7 && slope.Values.Length > 1)
            slope = slope with { Dims = [slope.Values.Length, .. x.Dims[2..].Select(_ => 1)] };
        return (call with { Inputs = [x, slope] }).Unbatched((t, v) => t.Builder.Map("PRelu", v[0], v[1]));
    }

    /// <summary>Soft where the bias is the threshold, hard where there is none.</summary>
    private static OnnxTensor[] Shrink(Call call)
    {
        var (threshold, bias) = (call.Node.Float("lambd", 0.5), call.Node.Float("bias", 0));
        Require(bias == 0 || bias == threshold, "what is left is moved by the threshold or not at all");
        return call.Unbatched((t, x) => t.Call(bias == 0 ? "Hardshrink" : "Softshrink", ("x", x[0]), ("lambda", (float)threshold)));
    }

    /// <summary>The bounds are attributes before version 11, then inputs of which any may be absent.</summary>
    private static OnnxTensor[] Clip(Call call)
    {
        var min = Bound(1, "min", float.NegativeInfinity);
        var max = Bound(2, "max", float.PositiveInfinity);
        return (call with { Inputs = call.Inputs[..1] }).Unbatched((t, x) => t.Call("Clamp", ("x", x[0]), ("min", min), ("max", max)));

        float Bound(int input, string attribute, float none) => call.Opset < 11
            ? (float)call.Node.Float(attribute, none)
            : call.Inputs.Length > input && call.Inputs[input].Values.Length > 0 ? (float)call.Inputs[input].Values[0] : none;
    }

    private static OnnxTensor[] Rows(Call call, string function)
    {
        var x = call.Inputs[0];
        // Before version 13 the default was 1 and everything from the axis on was one row: the same where the axis is the last one.
        var axis = Positive(call.Node.Int("axis", call.Opset < 13 ? 1 : -1), x.Rank);
        Require(axis == x.Rank - 1, $"{function} here is over the last axis");
        return call.Batched([x], (t, v) => t.Call(function, ("x", v[0])));
    }

    /// <summary>The second and third result are the mean and 1 / √(variance + epsilon), which the language says with reductions.</summary>
    private static OnnxTensor[] LayerNormalization(Call call)
    {
        var x = call.Inputs[0];
        var axis = Positive(call.Node.Int("axis", -1), x.Rank);
        var epsilon = (float)call.Node.Float("epsilon", 1e-5);
        var data = call with { Inputs = [x] };
        var y = data.Unbatched((t, v) => Layer(
            t, "LayerNorm", v[0], call.Inputs[1], call.Inputs.Length > 2 ? call.Inputs[2] : null, ("axes", x.Rank - axis), ("epsilon", epsilon)))[0];
        Value MeanOf(TestGraph t, Value v) => Enumerable.Range(axis, x.Rank - axis).Aggregate(
            v, (value, i) => t.Call("Mean", ("x", value), ("axis", i), ("keepDims", true)));
        var mean = data.Unbatched((t, v) => MeanOf(t, v[0]))[0];
        var scale = data.Unbatched((t, v) =>
        {
            var variance = MeanOf(t, t.Call("Square", ("x", t.Call("Subtract", ("left", v[0]), ("right", MeanOf(t, v[0]))))));
            return t.Call("Divide", ("left", t.Builder.Constant(1)), ("right", t.Call("Sqrt", ("x", t.Builder.Add(variance, t.Builder.Constant(epsilon))))));
        })[0];
        return [y, mean, scale];
    }

    /// <summary>alpha·A·B + beta·C as a dense layer, whose weight is B in memory and PyTorch's transpose of it in files.</summary>
    private static OnnxTensor[] Gemm(Call call)
    {
        var alpha = call.Node.Float("alpha", 1);
        var beta = call.Node.Float("beta", 1);
        var a = call.Node.Int("transA", 0) == 1 ? Transpose(call.Inputs[0], 1, 0) : call.Inputs[0];
        var b = call.Node.Int("transB", 0) == 1 ? Transpose(call.Inputs[1], 1, 0) : call.Inputs[1];
        Require(a.Rank == 2 && b.Rank == 2, "a dense layer multiplies matrices");
        b = b with { Values = [.. b.Values.Select(v => alpha * v)] };
        var c = call.Inputs.Length < 3 ? null : call.Inputs[2] with { Values = [.. call.Inputs[2].Values.Select(v => beta * v)] };
        if (c is { Values.Length: 1 })
            c = new OnnxTensor(c.Name, [b.Dims[1]], [.. Enumerable.Repeat(c.Values[0], b.Dims[1])]);
        Require(c is null || c.Values.Length == b.Dims[1], "a bias has a number for each column");
        return call.Batched([a], (t, x) => Layer(t, "Dense", x[0], b, c, ("units", b.Dims[1])));
    }

    private static OnnxTensor[] Conv(Call call)
    {
        var weight = call.Inputs[1];
        Require(weight.Rank is 3 or 4, "convolutions here are over images and sequences");
        if (weight.Rank == 3)
            return Conv1D(call);
        var dilations = call.Node.Ints("dilations") ?? [1, 1];
        var (strides, kernel) = (call.Node.Ints("strides") ?? [1, 1], new[] { weight.Dims[2], weight.Dims[3] });
        // [out, in, kh, kw] to [kh, kw, in, out]: what FileLayout.Convolution does.
        var w = Transpose(weight, 2, 3, 1, 0);
        var bias = call.Inputs.Length > 2 ? call.Inputs[2] : null;
        var (padding, extra) = Padding(call, kernel);
        return [ToNchw(call.Batched([ToNhwc(call.Inputs[0])], (t, x) => Layer(
            t, "Conv2D", extra is null ? x[0] : t.Builder.Apply(extra, x[0]), w, bias,
            ("filters", w.Dims[3]), ("kernel", kernel), ("stride", strides), ("padding", padding), ("bias", bias is not null),
            ("dilation", dilations), ("groups", call.Node.Int("group", 1))))[0])];
    }

    private static OnnxTensor[] Conv1D(Call call)
    {
        var (weight, bias) = (call.Inputs[1], call.Inputs.Length > 2 ? call.Inputs[2] : null);
        var pads = call.Node.Ints("pads") ?? [0, 0];
        Require(pads[0] == pads[1] && call.Node.Text("auto_pad", "NOTSET") == "NOTSET", "padding of sequences here is the same before and after");
        return [ToNchw(call.Batched([ToNhwc(call.Inputs[0])], (t, x) => Layer(
            t, "Conv1D", x[0], Transpose(weight, 2, 1, 0), bias, ("filters", weight.Dims[0]), ("kernel", weight.Dims[2]),
            ("stride", (call.Node.Ints("strides") ?? [1])[0]), ("dilation", (call.Node.Ints("dilations") ?? [1])[0]),
            ("groups", call.Node.Int("group", 1)), ("padding", pads[0] == 0 ? new PaddingModel("Valid") : new PaddingModel("Explicit", pads[0]))))[0])];
    }

    /// <summary>Over sequences by the layer of these. Padding that differs from side to side is a part of the result of none.</summary>
    private static OnnxTensor[] ConvTranspose(Call call)
    {
        var (x, weight) = (call.Inputs[0], call.Inputs[1]);
        var axes = weight.Rank - 2;
        Require(axes is 1 or 2, "convolutions here are over images and sequences");
        // [in, out, kh, kw] to [kh, kw, out, in]: what FileLayout.Convolution does.
        var w = Transpose(weight, axes == 2 ? [2, 3, 1, 0] : [2, 1, 0]);
        int[] Numbers(string name, int otherwise) => call.Node.Ints(name) ?? [.. Enumerable.Repeat(otherwise, axes)];
        var (strides, dilations, more, group) = (Numbers("strides", 1), Numbers("dilations", 1), Numbers("output_padding", 0), call.Node.Int("group", 1));
        var kernel = weight.Dims[2..];
        var pads = call.Node.Ints("pads") ?? new int[2 * axes];
        var (padding, after) = (new PaddingModel("Valid"), new int[axes]);
        if (call.Node.Text("auto_pad", "NOTSET") == "SAME_UPPER")
        {
            padding = new PaddingModel("Same");
        }
        else if (call.Node.Ints("output_shape") is { } shape)
        {
            for (var i = 0; i < axes; i++)
            {
                after[i] = shape[i] - (((x.Dims[2 + i] - 1) * strides[i]) + ((kernel[i] - 1) * dilations[i]) + 1) - more[i];
                Require(after[i] >= 0 && after[i] + more[i] < Math.Max(strides[i], dilations[i]), "a size is reached by output padding");
                more[i] += after[i];
            }
        }
        else if (pads.Distinct().Count() == 1)
        {
            padding = pads[0] == 0 ? padding : new PaddingModel("Explicit", pads[0]);
        }
        var bias = call.Inputs.Length > 2 ? call.Inputs[2] : null;
        object Sizes(int[] sizes) => axes == 2 ? sizes : sizes[0];
        var y = ToNchw(call.Batched([ToNhwc(x)], (t, v) => Layer(
            t, axes == 2 ? "ConvTranspose2D" : "ConvTranspose1D", v[0], w, bias, ("filters", weight.Dims[1] * group), ("kernel", Sizes(kernel)),
            ("stride", Sizes(strides)), ("dilation", Sizes(dilations)), ("outputPadding", Sizes(more)), ("padding", padding), ("groups", group)))[0]);
        if (padding.Kind != "Valid" || pads.All(n => n == 0))
            return [y];
        // What other padding leaves is a part of what none does.
        return (call with { Inputs = [y] }).Unbatched((t, v) => t.Call("Slice", ("x", v[0]), ("at", new object[] { All, All }
            .Concat(Enumerable.Range(0, axes).Select(i => (object)new AxisRange(new AxisIndex(pads[i], false), new AxisIndex(pads[i + axes], true)))).ToArray())));
    }

    private static readonly AxisRange All = new(new AxisIndex(0, false), AxisIndex.End);

    private static OnnxTensor[] Pool(Call call, string layer)
    {
        var kernel = call.Node.Ints("kernel_shape")!;
        Require(kernel.Length is 1 or 2, "pools here are over images and sequences");
        Require((call.Node.Ints("dilations") ?? [1, 1]).All(d => d == 1), "pools here have no dilation");
        var (ceil, counts) = (call.Node.Int("ceil_mode", 0) == 1, call.Node.Int("count_include_pad", 0) == 1);
        Require(call.Node.Outputs.Length == 1, "the position of a maximum does not leave a pool");
        var strides = call.Node.Ints("strides") ?? [.. kernel.Select(_ => 1)];
        if (kernel.Length == 1)
        {
            Require((call.Node.Ints("pads") ?? [0, 0]).All(n => n == 0) && call.Node.Text("auto_pad", "NOTSET") == "NOTSET", "padding is tried with images");
            return [ToNchw(call.Batched([ToNhwc(call.Inputs[0])], (t, x) => t.Layer(
                layer + "1D", x[0], ("pool", kernel[0]), ("stride", strides[0]), ("ceilMode", ceil), ("countPadding", counts)))[0])];
        }
        var (padding, extra) = Padding(call, kernel);
        var image = ToNhwc(call.Inputs[0]);
        return [ToNchw(call.Batched([image], (t, x) =>
        {
            if (extra is null)
                return t.Layer(layer + "2D", x[0], ("pool", kernel), ("stride", strides), ("padding", padding), ("ceilMode", ceil), ("countPadding", counts));
            Require(!ceil && !counts, "padding that differs from side to side has no options");
            var window = new Window2D(kernel[0], kernel[1], strides[0], strides[1], extra.Top, extra.Bottom, extra.Left, extra.Right);
            return t.Builder.Apply(layer == "MaxPool" ? new MaxPool2D(window) : new AveragePool2D(window), x[0]);
        })[0])];
    }

    private static OnnxTensor[] DepthToSpace(Call call)
    {
        Require(call.Node.Text("mode", "DCR") == "CRD", "channels of a square are neighbours here");
        return [ToNchw(call.Batched([ToNhwc(call.Inputs[0])], (t, x) => t.Call(
            "PixelShuffle", ("x", x[0]), ("factor", call.Node.Int("blocksize", 1))))[0])];
    }

    /// <summary>The inputs are x, since version 11 a region, scales and sizes, of which one is given.</summary>
    private static OnnxTensor[] Resize(Call call)
    {
        var image = ToNhwc(call.Inputs[0]);
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
            Require(isWhole && place == "half_pixel" && rounding == "round_prefer_floor" || (place == "asymmetric" && rounding == "floor"), "the nearest pixel here is PyTorch's");
        }
        else
        {
            Require(mode == "linear" && (place is "half_pixel" or "align_corners" || (place == "pytorch_half_pixel" && to.All(n => n > 1))), "numbers between pixels here are by distance");
        }
        return [ToNchw(call.Batched([image], (t, x) => t.Call(
            "Resize2D", ("x", x[0]), ("height", to[0]), ("width", to[1]),
            ("mode", mode == "nearest" ? (int)UpsampleMode.Nearest : (int)UpsampleMode.Bilinear), ("alignCorners", place == "align_corners")))[0])];
    }

    /// <summary>The lines before and after are attributes before version 11, then an input.</summary>
    private static OnnxTensor[] Pad(Call call)
    {
        var x = call.Inputs[0];
        var pads = call.Opset < 11 ? call.Node.Ints("pads")! : [.. call.Inputs[1].Values.Select(v => (int)v)];
        var value = call.Opset < 11 ? call.Node.Float("value", 0) : call.Inputs.Length > 2 && call.Inputs[2].Values.Length > 0 ? call.Inputs[2].Values[0] : 0;
        var mode = call.Node.Text("mode", "constant");
        Require(pads.All(n => n >= 0), "padding here takes nothing away");
        if (mode == "constant")
        {
            return (call with { Inputs = [x] }).Unbatched((t, v) => Enumerable.Range(0, x.Rank).Aggregate(v[0], (y, axis) => t.Call(
                "Pad", ("x", y), ("axis", axis), ("before", pads[axis]), ("after", pads[axis + x.Rank]), ("value", (float)value))));
        }
        Require(x.Rank == 4 && pads[0] + pads[1] + pads[4] + pads[5] == 0, "images are reflected and repeated here");
        return [ToNchw(call.Batched([ToNhwc(x)], (t, v) => t.Call(
            "Pad2D", ("x", v[0]), ("top", pads[2]), ("bottom", pads[6]), ("left", pads[3]), ("right", pads[7]),
            ("mode", (int)(mode == "reflect" ? PaddingMode.Reflect : PaddingMode.Replicate))))[0])];
    }

    /// <summary>ONNX's padding in the language, or (for what the language cannot say) as lines of zeros around the image.</summary>
    private static (PaddingModel Padding, Pad2D? Extra) Padding(Call call, int[] kernel)
    {
        switch (call.Node.Text("auto_pad", "NOTSET"))
        {
            case "SAME_UPPER":
                return (new PaddingModel("Same"), null);
            case "SAME_LOWER":
                var strides = call.Node.Ints("strides") ?? [1, 1];
                var (height, width) = (Total(2, 0), Total(3, 1));
                return (new PaddingModel("Valid"), new Pad2D(height - (height / 2), height / 2, width - (width / 2), width / 2));

                int Total(int dim, int i)
                {
                    var extent = call.Inputs[0].Dims[dim];
                    return Math.Max((((extent + strides[i] - 1) / strides[i]) - 1) * strides[i] + kernel[i] - extent, 0);
                }
        }
        // Top, left, bottom, right.
        var pads = call.Node.Ints("pads") ?? [0, 0, 0, 0];
        if (pads.All(p => p == 0))
            return (new PaddingModel("Valid"), null);
        return pads.Distinct().Count() == 1
            ? (new PaddingModel("Explicit", pads[0]), null)
            : (new PaddingModel("Valid"), new Pad2D(pads[0], pads[2], pads[1], pads[3]));
    }

    /// <summary>The dimensions before the axis become one, and those from it on: with axis 1 a Flatten of each sample.</summary>
    private static OnnxTensor[] Flatten(Call call)
    {
        var x = call.Inputs[0];
        var axis = call.Node.Int("axis", 1) is var a && a < 0 ? a + x.Rank : a;
        return axis == 1
            ? call.Batched([x], (t, v) => t.Call("Flatten", ("x", v[0])))
            : call.Unbatched((t, v) => t.Call("Reshape", ("x", v[0]), ("dims", new[] { Product(x.Dims.Take(axis)), Product(x.Dims.Skip(axis)) })));
    }

    private static OnnxTensor[] Reshape(Call call)
    {
        Require(call.Node.Int("allowzero", 0) == 0, "0 means the dimension of the input");
        // 0 is ONNX's word for the input's dimension; −1 is in both languages what is left.
        var dims = call.Inputs[1].Values.Select((d, i) => d == 0 ? call.Inputs[0].Dims[i] : (int)d).ToArray();
        return new Call(call.Node, [call.Inputs[0]], call.Opset).Unbatched((t, x) => t.Call("Reshape", ("x", x[0]), ("dims", dims)));
    }

    private static OnnxTensor[] Concat(Call call)
    {
        // An axis that is not the first is one of the sample.
        var axis = Positive(call.Node.Int("axis", 0), call.Inputs[0].Rank);
        return axis == 0
            ? call.Unbatched((t, x) => t.Call("Concat", ("tensors", x), ("axis", 0)))
            : call.Batched(call.Inputs, (t, x) => t.Call("Concat", ("tensors", x), ("axis", axis - 1)));
    }

    /// <summary>Starts, ends and axes are inputs, or attributes before version 10; ends beyond the axis mean its end.</summary>
    private static OnnxTensor[] Slice(Call call)
    {
        var x = call.Inputs[0];
        int[]? Numbers(int input, string attribute) => call.Node.Ints(attribute)
            ?? (call.Inputs.Length > input && call.Inputs[input].Values.Length > 0 ? [.. call.Inputs[input].Values.Select(v => (int)v)] : null);
        var (starts, ends) = (Numbers(1, "starts")!, Numbers(2, "ends")!);
        var axes = Numbers(3, "axes") ?? [.. Enumerable.Range(0, starts.Length)];
        Require(Numbers(4, "steps") is not { } steps || steps.All(s => s == 1), "a range goes through all places");
        var at = x.Dims.Select(d => new AxisRange(AxisIndex.Start, AxisIndex.End)).ToArray<object>();
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = Positive(axes[i], x.Rank);
            var (from, to) = (Clamped(starts[i]), Clamped(ends[i]));
            Require(from < to, "a range takes something");
            at[axis] = new AxisRange(new AxisIndex(from, false), new AxisIndex(to, false));

            int Clamped(int place) => Math.Clamp(Positive(place, x.Dims[axis]), 0, x.Dims[axis]);
        }
        return (call with { Inputs = [x] }).Unbatched((t, v) => t.Call("Slice", ("x", v[0]), ("at", at)));
    }

    private static OnnxTensor[] Split(Call call)
    {
        var x = call.Inputs[0];
        var axis = Positive(call.Node.Int("axis", 0), x.Rank);
        var count = call.Node.Outputs.Length;
        var sizes = call.Node.Ints("split") ?? (call.Inputs.Length > 1
            ? [.. call.Inputs[1].Values.Select(v => (int)v)]
            : [.. Enumerable.Repeat(x.Dims[axis] / count, count)]);
        Require(sizes.All(size => size > 0), "a part is not empty");
        return [.. Enumerable.Range(0, count).SelectMany(i => (call with { Inputs = [x] }).Unbatched((t, v) => OperationRegistry.SeveralResults["Split"].Apply(
            t.Builder, TestGraph.Arguments([("x", v[0]), ("sizes", sizes), ("axis", axis)]))[i]))];
    }

    /// <summary>Dimensions of 1 mean that of the input.</summary>
    private static OnnxTensor[] Expand(Call call)
    {
        var (x, wanted) = (call.Inputs[0], call.Inputs[1].Values.Select(v => (int)v).ToArray());
        var rank = Math.Max(x.Rank, wanted.Length);
        int Dim(IReadOnlyList<int> dims, int i) => i < rank - dims.Count ? 1 : dims[i - rank + dims.Count];
        var dims = Enumerable.Range(0, rank).Select(i => Math.Max(Dim(x.Dims, i), Dim(wanted, i))).ToArray();
        return (call with { Inputs = [x] }).Unbatched((t, v) => t.Call("BroadcastTo", ("x", v[0]), ("dims", dims)));
    }

    /// <summary>A function, a reduction over some or all axes, another function.</summary>
    private static OnnxTensor[] Reduce(Call call, string function, string? before = null, string? after = null)
    {
        var x = call.Inputs[0];
        var axes = Axes(call, x.Rank) ?? [];
        if (axes.Length == 0 && call.Node.Int("noop_with_empty_axes", 0) == 1)
            return [x];
        if (axes.Length == 0)
            axes = [.. Enumerable.Range(0, x.Rank)];
        return (call with { Inputs = [x] }).Unbatched((t, v) =>
        {
            var value = before is null ? v[0] : t.Call(before, ("x", v[0]));
            value = t.Call(function, ("x", value), ("axes", axes), ("keepDims", call.Node.Int("keepdims", 1) == 1));
            return after is null ? value : t.Call(after, ("x", value));
        });
    }

    private static OnnxTensor[] CumSum(Call call)
    {
        bool Is(string attribute) => call.Node.Int(attribute, 0) == 1;
        return (call with { Inputs = call.Inputs[..1] }).Unbatched((t, v) => t.Call(
            "CumSum", ("x", v[0]), ("axis", (int)call.Inputs[1].Values[0]), ("exclusive", Is("exclusive")), ("reverse", Is("reverse"))));
    }

    /// <summary>Indices may count from the end there.</summary>
    private static OnnxTensor[] Gather(Call call)
    {
        var (x, indices, axis) = (call.Inputs[0], call.Inputs[1], Positive(call.Node.Int("axis", 0), call.Inputs[0].Rank));
        var places = indices.Values.Select(v => (double)Positive((int)v, x.Dims[axis])).ToArray();
        return (call with { Inputs = [x] }).Unbatched((t, v) => t.Call(
            "Gather", ("x", v[0]), ("indices", t.Given(TensorType.Integers([.. indices.Dims]), places)), ("axis", axis)));
    }

    /// <summary>
    /// Values for what is not and what is named; an axis of the classes; what is out of range names nothing, and has no counterpart here.
    /// </summary>
    private static OnnxTensor[] OneHot(Call call)
    {
        var (indices, depth, values) = (call.Inputs[0], (int)call.Inputs[1].Values[0], call.Inputs[2].Values);
        Require(indices.Values.All(v => v >= -depth && v < depth), "indices are in range");
        var axis = Positive(call.Node.Int("axis", -1), indices.Rank + 1);
        var places = indices.Values.Select(v => (double)Positive((int)v, depth)).ToArray();
        int[] order = [.. Enumerable.Range(0, axis), indices.Rank, .. Enumerable.Range(axis, indices.Rank - axis)];
        return (call with { Inputs = [] }).Unbatched((t, _) =>
        {
            var named = t.Call("OneHot", ("indices", t.Given(TensorType.Integers([.. indices.Dims]), places)), ("count", depth));
            var scaled = t.Builder.Add(t.Builder.Multiply(named, t.Builder.Constant((float)(values[1] - values[0]))), t.Builder.Constant((float)values[0]));
            return t.Call("Permute", ("x", scaled), ("axes", order));
        });
    }

    private static OnnxTensor[] Einsum(Call call)
    {
        var pattern = call.Node.Text("equation", "");
        Require(!pattern.Contains('.'), "each axis has a letter, once");
        return call.Unbatched((t, x) => t.Call("Einsum", ("pattern", pattern), ("tensors", x)));
    }

    /// <summary>Of equal elements the first; the axis stays, with one place, unless that is not wanted.</summary>
    private static OnnxTensor[] Extreme(Call call, string function)
    {
        var x = call.Inputs[0];
        Require(call.Node.Int("select_last_index", 0) == 0, "the first of equal elements is taken");
        var axis = Positive(call.Node.Int("axis", 0), x.Rank);
        var places = OneSample(x, (t, v) => t.Call(function, ("x", v), ("axis", axis)));
        return [places with { Dims = [.. x.Dims.Select((dim, i) => i == axis ? 1 : dim).Where((_, i) => i != axis || call.Node.Int("keepdims", 1) == 1)] }];
    }

    /// <summary>Of the last axis, and of those with the sign turned for the smallest.</summary>
    private static OnnxTensor[] TopK(Call call)
    {
        var (x, count) = (call.Inputs[0], (int)call.Inputs[1].Values[0]);
        var (axis, sign) = (Positive(call.Node.Int("axis", -1), x.Rank), call.Node.Int("largest", 1) == 1 ? 1 : -1);
        int[] toLast = [.. Enumerable.Range(0, x.Rank).Where(i => i != axis), axis];
        var rows = Transpose(x, toLast);
        rows = rows with { Values = [.. rows.Values.Select(v => sign * v)] };
        var values = OneSample(rows, (t, v) => t.Call("TopK", ("x", v), ("count", count)));
        var places = OneSample(rows, (t, v) => t.Call("ArgTopK", ("x", v), ("count", count)));
        int[] back = [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(toLast, i))];
        return [Transpose(values with { Values = [.. values.Values.Select(v => sign * v)] }, back), Transpose(places, back)];
    }

    private static OnnxTensor[] GatherElements(Call call)
    {
        var (x, indices) = (call.Inputs[0], call.Inputs[1]);
        var axis = Positive(call.Node.Int("axis", 0), x.Rank);
        int[] toLast = [.. Enumerable.Range(0, x.Rank).Where(i => i != axis), axis];
        var named = Transpose(indices, toLast);
        named = named with { Values = [.. named.Values.Select(v => (double)Positive((int)v, x.Dims[axis]))] };
        var picked = OneSample(Transpose(x, toLast), (t, v) => t.Call("Pick", ("x", v), ("indices", t.Given(TensorType.Integers([.. named.Dims]), named.Values))));
        return [Transpose(picked, [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(toLast, i))])];
    }

    /// <summary>The tensor as the only sample.</summary>
    private static OnnxTensor OneSample(OnnxTensor x, Func<TestGraph, Value, Value> build)
    {
        var test = new TestGraph(1);
        var y = build(test, test.Given(TensorType.PerSample([.. x.Dims]), x.Values));
        return new OnnxTensor("", [.. y.Type.Dims], test.Evaluate(y));
    }

    /// <summary>Axes are an attribute, or an input in later versions; counted from the front. null: none are named.</summary>
    private static int[]? Axes(Call call, int rank)
    {
        var axes = call.Node.Ints("axes") ?? (call.Inputs.Length > 1 ? [.. call.Inputs[1].Values.Select(v => (int)v)] : null);
        return axes?.Select(axis => Positive(axis, rank)).ToArray();
    }

    private static bool IsOfAll(Call call) => call.Node.Ints("axes") is null && call.Inputs.Length == 1;

    private static OnnxTensor[] OneByOne(Call call, string function, IEnumerable<int> axes) =>
        (call with { Inputs = call.Inputs[..1] }).Unbatched(
        (t, v) => axes.Aggregate(v[0], (value, axis) => t.Call(function, ("x", value), ("axis", axis))));

    private static OnnxTensor[] MeanVarianceNormalization(Call call)
    {
        (string, object?)[] over = [("axes", call.Node.Ints("axes") ?? [0, 2, 3]), ("keepDims", true)];
        return call.Unbatched((t, v) => t.Call(
            "Divide",
            ("left", t.Call("Subtract", ("left", v[0]), ("right", t.Call("Mean", [("x", v[0]), .. over])))),
            ("right", t.Call("StandardDeviation", [("x", v[0]), .. over]))));
    }

    /// <summary>Σ f(x) over everything.</summary>
    private static OnnxTensor[] Penalty(Call call, string function)
    {
        Require(call.Node.Ints("axes") is null, "a penalty is over a whole tensor");
        var sum = call.Unbatched((t, x) => t.Call(function, ("weights", x)))[0];
        return [call.Node.Int("keepdims", 1) == 1 ? sum with { Dims = [.. call.Inputs[0].Dims.Select(_ => 1)] } : sum];
    }

    /// <summary>
    /// Losses of [N, C, d1, …] against labels [N, d1, …]: here every place is a sample. The second result is log softmax. Here the mean
    /// over the samples is what is divided by the weights, so without a mean it is multiplied back.
    /// </summary>
    private static OnnxTensor[] LabelLoss(Call call, string function, string argument)
    {
        var (scores, labels) = (call.Inputs[0], call.Inputs[1]);
        int? ignored = call.Node.Attributes.ContainsKey("ignore_index") ? call.Node.Int("ignore_index", 0) : null;
        var weights = call.Inputs.Length > 2 ? call.Inputs[2].Values : null;
        // Classes last.
        var order = Enumerable.Range(0, scores.Rank).Where(i => i != 1).Append(1).ToArray();
        var rows = Transpose(scores, order);
        var flat = new OnnxTensor("", [rows.Values.Length / scores.Dims[1], scores.Dims[1]], rows.Values);
        var losses = call.Batched([flat], (t, x) => t.Call(
            function, (argument, x[0]), ("label", t.Given(TensorType.Integers(), labels.Values)), ("ignoreIndex", ignored),
            ("weights", weights?.Select(w => (float)w).ToArray())))[0];
        var count = labels.Values.Where(label => label != ignored).Sum(label => weights is null ? 1 : weights[(int)label]) / labels.Values.Length;
        var loss = call.Node.Text("reduction", "mean") switch
        {
            "none" => new OnnxTensor("", labels.Dims, [.. losses.Values.Select(v => v * count)]),
            "sum" => new OnnxTensor("", [], [losses.Values.Sum() * count]),
            _ => new OnnxTensor("", [], [losses.Values.Average()]),
        };
        var logProbabilities = call.Batched([flat], (t, x) => t.Call("LogSoftmax", ("x", x[0])))[0] with { Dims = rows.Dims };
        var back = Enumerable.Range(0, scores.Rank).Select(i => Array.IndexOf(order, i)).ToArray();
        return [loss, Transpose(logProbabilities, back)];
    }

    private static Value Layer(
        TestGraph test, string layer, Value x, OnnxTensor weight, OnnxTensor? bias, params (string Name, object? Value)[] arguments) =>
        OperationRegistry.Layers[layer]
            .Create(TestGraph.Arguments([.. arguments, ("bias", bias is not null)]))
            .Apply(test.Builder, new GivenWeights(test, weight, bias), x);

    private static OnnxTensor ToNhwc(OnnxTensor x)
    {
        Require(x.Rank is 3 or 4, "images have a height and a width, sequences a length");
        return x.Rank == 3 ? Transpose(x, 0, 2, 1) : Transpose(x, 0, 2, 3, 1);
    }

    private static OnnxTensor ToNchw(OnnxTensor y) =>
        y.Rank == 2 ? y with { Dims = [.. y.Dims, 1, 1] } : y.Rank == 3 ? Transpose(y, 0, 2, 1) : Transpose(y, 0, 3, 1, 2);

    /// <summary>Dimension i of the result is dimension order[i] of x.</summary>
    private static OnnxTensor Transpose(OnnxTensor x, params int[] order)
    {
        var dims = order.Select(i => x.Dims[i]).ToArray();
        var strides = order.Select(i => Product(x.Dims.Skip(i + 1))).ToArray();
        var values = new double[x.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (rest, from) = (i, 0);
            for (var d = dims.Length - 1; d >= 0; d--)
            {
                from += rest % dims[d] * strides[d];
                rest /= dims[d];
            }
            values[i] = x.Values[from];
        }
        return new OnnxTensor(x.Name, dims, values);
    }

    private static int Positive(int axis, int rank) => axis < 0 ? axis + rank : axis;

    private static int Product(IEnumerable<int> dims) => dims.Aggregate(1, (product, dim) => product * dim);

    internal static void Require(bool condition, string reason)
    {
        if (!condition)
            throw new NotSupportedException($"Outside of the language: {reason}.");
    }

    internal sealed record Call(OnnxNode Node, OnnxTensor[] Inputs, int Opset)
    {
        /// <summary>All dimensions are those of one tensor without a batch.</summary>
        public OnnxTensor[] Unbatched(Func<TestGraph, Value[], Value> build)
        {
            var test = new TestGraph(1);
            var y = build(test, [.. Inputs.Select(i => test.Given(TensorType.Shared(i.Dims), i.Values))]);
            return [new OnnxTensor("", [.. y.Type.Dims], test.Evaluate(y))];
        }

        /// <summary>The first dimension is the batch.</summary>
        public OnnxTensor[] Batched(OnnxTensor[] inputs, Func<TestGraph, Value[], Value> build)
        {
            var test = new TestGraph(inputs[0].Dims[0]);
            var y = build(test, [.. inputs.Select(i => test.Given(TensorType.PerSample(i.Dims[1..]), i.Values))]);
            return [new OnnxTensor("", [test.Batch, .. y.Type.Dims], test.Evaluate(y))];
        }
    }

    /// <summary>
    /// In training ONNX has the running statistics as further results: its momentum is 1 − ours, and its running variance is moved by the one that divides by n,
    /// where PyTorch's, and ours, divides by n − 1.
    /// </summary>
    private static OnnxTensor[] BatchNormalization(Call call)
    {
        var (x, isTraining) = (ToNhwc(call.Inputs[0]), call.Node.Int("training_mode", 0) != 0);
        var test = new TestGraph(x.Dims[0]);
        var scope = new GivenState(test, call.Inputs);
        var layer = OperationRegistry.Layers["BatchNorm"].Create(TestGraph.Arguments(
            [("epsilon", (float)call.Node.Float("epsilon", 1e-5)), ("momentum", (float)(1 - call.Node.Float("momentum", 0.9)))]));
        test.Builder.Output("result", layer.Apply(test.Builder, scope, test.Given(TensorType.PerSample(x.Dims[1..]), x.Values)));
        var graph = isTraining ? TestGraph.InTraining(test.Builder.Build()) : InferenceMode.Apply(test.Builder.Build());
        var values = ReferenceInterpreter.Run(graph, test.Environment);
        OnnxTensor[] results = [ToNchw(x with { Values = values[graph.Output("result")] })];
        if (!isTraining)
            return results;
        double[] Of(string state) => values[graph.Outputs.Single(o => graph[o.Value].Operation is Assign assign && assign.Parameter == scope.Names[state]).Value];
        var (before, n) = (call.Inputs[4].Values, x.Values.Length / (double)x.Dims[^1]);
        var momentum = 1 - call.Node.Float("momentum", 0.9);
        var variance = Of("running_var").Select((v, c) =>
        {
            var kept = (1 - momentum) * before[c];
            return kept + ((v - kept) * (n - 1) / n);
        });
        return [.. results, call.Inputs[3] with { Values = Of("running_mean") }, call.Inputs[4] with { Values = [.. variance] }];
    }

    /// <summary>The inputs of a batch normalization after the first: scale, bias, mean, variance.</summary>
    private sealed class GivenState(TestGraph test, OnnxTensor[] inputs) : IParameterScope
    {
        public Dictionary<string, string> Names { get; } = [];

        public Value Parameter(string name, int[] dims, InitializerModel initializer, FileLayout layout) =>
            test.Given(TensorType.Shared(dims), inputs[name == "weight" ? 1 : 2].Values);

        public Value State(string name, int[] dims, InitializerModel initializer, FileLayout layout)
        {
            var values = name switch { "running_mean" => inputs[3].Values, "running_var" => inputs[4].Values, _ => [0.0] };
            var given = (Weight)test.Builder.Nodes[test.Given(TensorType.Shared(dims), values).Id].Operation;
            Names.Add(name, given.Parameter);
            return test.Builder.Apply(new State(given.Parameter, given.Type));
        }
    }

    private sealed class GivenWeights(TestGraph test, OnnxTensor weight, OnnxTensor? bias) : IParameterScope
    {
        public Value Parameter(string name, int[] dims, InitializerModel initializer, FileLayout layout)
        {
            var values = name == "weight" ? weight : bias!;
            Require(dims.Aggregate(1, (p, d) => p * d) == values.Values.Length, $"{name} has {values.Values.Length} numbers");
            return test.Given(TensorType.Shared(dims), values.Values);
        }

        public Value State(string name, int[] dims, InitializerModel initializer, FileLayout layout) =>
            throw new NotSupportedException("No operator with state has its weights from here.");
    }
}
