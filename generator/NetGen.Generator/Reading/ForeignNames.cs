using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Reading;

/// <summary>A name of another library.</summary>
/// <param name="Name">What is written there, by PyTorch and TorchSharp or by Keras; of members of a tensor without the tensor.</param>
/// <param name="Here">The name in NetGen, of which the language knows whether it is there.</param>
/// <param name="Write">What is written here.</param>
internal sealed record ForeignName(string Name, string Here, string Write)
{
    /// <summary>What is no operation of the registry and is there all the same.</summary>
    private static readonly HashSet<string> Words = ["Sequential", "Repeat", "Parameter", "Layer", "Reshape", "Permute", "Forward", "Shape", "Init", "Ops", "Layers", "Frozen", "LeakyRelu"];

    /// <summary>Whether it can be written already.</summary>
    public bool IsThere => Words.Contains(Here) || OperationRegistry.Layers.ContainsKey(Here) || OperationRegistry.Functions.ContainsKey(Here)
        || OperationRegistry.SeveralResults.ContainsKey(Here);

    public string Advice => IsThere ? $"Write {Write}." : $"NetGen has no {Here} yet.";
}

/// <summary>
/// Names that users of PyTorch, TorchSharp and Keras would type and that C# does not find. C# says so; what to write instead, or that it is
/// not there yet, is said beside. docs/coming-from-keras-and-pytorch.md has the same list.
/// </summary>
internal static class ForeignNames
{
    /// <summary>Where the names come from there: what stands before the dot says nothing.</summary>
    private static readonly HashSet<string> Namespaces =
    [
        "nn", "torch", "F", "functional", "Functional", "Modules", "TorchSharp", "keras", "tf", "layers", "losses", "activations", "initializers", "init",
    ];

    public static IReadOnlyList<ForeignName> Layers { get; } =
    [
        new("Linear", "Dense", "Dense(units)"),
        new("LazyLinear", "Dense", "Dense(units)"),
        new("Conv1d", "Conv1D", "Conv1D(filters, kernel)"),
        new("Conv2d", "Conv2D", "Conv2D(filters, kernel)"),
        new("Conv3d", "Conv3D", "Conv3D(filters, kernel)"),
        new("LazyConv2d", "Conv2D", "Conv2D(filters, kernel)"),
        new("ConvTranspose1d", "ConvTranspose1D", "ConvTranspose1D(filters, kernel)"),
        new("ConvTranspose2d", "ConvTranspose2D", "ConvTranspose2D(filters, kernel)"),
        new("Conv1DTranspose", "ConvTranspose1D", "ConvTranspose1D(filters, kernel)"),
        new("Conv2DTranspose", "ConvTranspose2D", "ConvTranspose2D(filters, kernel)"),
        new("DepthwiseConv2D", "DepthwiseConv2D", "DepthwiseConv2D(kernel)"),
        new("SeparableConv2D", "DepthwiseConv2D", "Sequential(DepthwiseConv2D(kernel), Conv2D(filters, 1))"),
        new("MaxPool1d", "MaxPool1D", "MaxPool1D(pool)"),
        new("MaxPool2d", "MaxPool2D", "MaxPool2D(pool)"),
        new("MaxPooling2D", "MaxPool2D", "MaxPool2D(pool)"),
        new("AvgPool1d", "AveragePool1D", "AveragePool1D(pool)"),
        new("AvgPool2d", "AveragePool2D", "AveragePool2D(pool)"),
        new("AveragePooling2D", "AveragePool2D", "AveragePool2D(pool)"),
        new("AdaptiveAvgPool2d", "AdaptiveAveragePool2D", "AdaptiveAveragePool2D(size)"),
        new("GlobalAveragePooling2D", "GlobalAveragePool", "GlobalAveragePool"),
        new("GlobalMaxPooling2D", "GlobalMaxPool", "GlobalMaxPool"),
        new("UpSampling2D", "Upsample2D", "Upsample2D(scale)"),
        new("Upsample", "Upsample2D", "Upsample2D(scale)"),
        new("PixelShuffle", "PixelShuffle", "PixelShuffle(factor)"),
        new("ZeroPadding2D", "Pad2D", "Pad2D(top, bottom, left, right)"),
        new("ZeroPad2d", "Pad2D", "Pad2D(top, bottom, left, right)"),
        new("ReflectionPad2d", "Pad2D", "Pad2D(top, bottom, left, right, mode)"),
        new("Cropping2D", "Crop2D", "Crop2D(top, bottom, left, right)"),
        new("BatchNorm1d", "BatchNorm", "BatchNorm()"),
        new("BatchNorm2d", "BatchNorm", "BatchNorm()"),
        new("BatchNorm3d", "BatchNorm", "BatchNorm()"),
        new("BatchNormalization", "BatchNorm", "BatchNorm()"),
        new("spectral_norm", "SpectralNorm", "SpectralNorm(layer)"),
        new("SpectralNormalization", "SpectralNorm", "SpectralNorm(layer)"),
        new("LayerNormalization", "LayerNorm", "LayerNorm()"),
        new("RMSNorm", "RmsNorm", "RmsNorm()"),
        new("RMSNormalization", "RmsNorm", "RmsNorm()"),
        new("GroupNormalization", "GroupNorm", "GroupNorm(groups)"),
        new("InstanceNorm1d", "InstanceNorm", "InstanceNorm()"),
        new("InstanceNorm2d", "InstanceNorm", "InstanceNorm()"),
        new("Dropout1d", "SpatialDropout", "SpatialDropout(p)"),
        new("Dropout2d", "SpatialDropout", "SpatialDropout(p)"),
        new("SpatialDropout2D", "SpatialDropout", "SpatialDropout(p)"),
        new("AlphaDropout", "AlphaDropout", "AlphaDropout(p)"),
        new("GaussianNoise", "GaussianNoise", "GaussianNoise(std)"),
        new("LSTM", "Lstm", "Lstm(units)"),
        new("LSTMCell", "LstmWithState", "LstmWithState(units)"),
        new("GRU", "Gru", "Gru(units)"),
        new("GRUCell", "GruWithState", "GruWithState(units)"),
        new("RNN", "Rnn", "Rnn(units)"),
        new("SimpleRNN", "Rnn", "Rnn(units)"),
        new("Bidirectional", "Lstm", "Lstm(units, bidirectional: true)"),
        new("MultiheadAttention", "SelfAttention", "SelfAttention(heads)"),
        new("MultiHeadAttention", "SelfAttention", "SelfAttention(heads)"),
        new("TransformerEncoderLayer", "TransformerEncoderLayer", "TransformerEncoderLayer(heads)"),
        new("TransformerDecoderLayer", "TransformerDecoderLayer", "TransformerDecoderLayer(heads)"),
        new("EmbeddingBag", "Embedding", "Embedding(count, width)"),
        new("Identity", "Layer", "x => x"),
        new("ModuleList", "Layer", "an array, Layer[], or Repeat(count, () => layer)"),
        new("Input", "Shape", "[Shape(…)] at the parameter of Forward"),
        new("Lambda", "Layer", "x => …"),
        new("Activation", "Ops", "the function by its name, as Relu"),
        new("ReLU", "Relu", "Relu"),
        new("ReLU6", "Relu6", "Relu6"),
        new("ELU", "Elu", "Elu"),
        new("SELU", "Selu", "Selu"),
        new("CELU", "Celu", "Celu"),
        new("GELU", "Gelu", "Gelu"),
        new("SiLU", "Silu", "Silu"),
        new("LeakyReLU", "LeakyRelu", "LeakyRelu(slope)"),
        new("PReLU", "PRelu", "PRelu()"),
        new("RReLU", "RRelu", "RRelu()"),
        new("GLU", "Glu", "Glu(x)"),
        new("Hardswish", "HardSwish", "HardSwish"),
        new("Hardsigmoid", "HardSigmoid", "HardSigmoid"),
        new("Hardtanh", "HardTanh", "HardTanh(min, max)"),
        new("Threshold", "ThresholdedRelu", "ThresholdedRelu(theta)"),
        new("LogSoftmax", "LogSoftmax", "LogSoftmax"),
        new("Softmin", "Softmax", "Softmax(-x)"),
    ];

    public static IReadOnlyList<ForeignName> Functions { get; } =
    [
        new("swish", "Silu", "Silu(x)"),
        new("concatenate", "Concat", "Concat(axis, tensors)"),
        new("Concatenate", "Concat", "Concat(axis, tensors)"),
        new("cat", "Concat", "Concat(axis, tensors)"),
        new("hstack", "Concat", "Concat(tensors)"),
        new("chunk", "Split", "Split(x, parts, axis)"),
        new("bmm", "MatMul", "MatMul(a, b)"),
        new("mm", "MatMul", "MatMul(a, b)"),
        new("dot", "MatMul", "MatMul(a, b)"),
        new("Dot", "MatMul", "MatMul(a, b)"),
        new("einsum", "Einsum", "Einsum(pattern, tensors)"),
        new("where", "Where", "Where(mask, a, b)"),
        new("relu_", "Relu", "Relu(x)"),
        new("reduce_mean", "Mean", "Mean(x, axis)"),
        new("reduce_sum", "Sum", "Sum(x, axis)"),
        new("expand_dims", "Unsqueeze", "Unsqueeze(x, axis)"),
        new("one_hot", "OneHot", "OneHot(indices, count)"),
        new("repeat_interleave", "Repeat", "Repeat(x, count, axis)"),
        new("var", "Variance", "Variance(x)"),
        new("std", "StandardDeviation", "StandardDeviation(x)"),
        new("maximum", "Maximum", "Maximum(a, b)"),
        new("minimum", "Minimum", "Minimum(a, b)"),
        new("cosine_similarity", "CosineSimilarity", "CosineSimilarity(a, b, axis)"),
        new("stop_gradient", "StopGradient", "StopGradient(x)"),
        new("interpolate", "Upsample2D", "Upsample2D(scale)"),
        new("dropout", "Dropout", "Dropout(p), a layer held by a field"),
        new("linear", "Dense", "Dense(units), a layer held by a field, or MatMul(x, weight) + bias"),
        new("conv2d", "Conv2D", "Conv2D(filters, kernel), a layer held by a field"),
        new("scaled_dot_product_attention", "Attention", "Attention(query, key, value)"),
        new("argmax", "ArgMax", "ArgMax(x, axis)"),
        new("topk", "TopK", "TopK(x, count)"),
        new("top_k", "TopK", "TopK(x, count)"),
        new("argsort", "ArgSort", "ArgSort(x, descending)"),
        new("scatter_add", "ScatterAdd", "ScatterAdd(values, indices, count)"),
        new("take_along_axis", "Pick", "Pick(x, indices)"),
        new("cumsum", "CumSum", "CumSum(x, axis)"),
        new("logsumexp", "LogSumExp", "LogSumExp(x, axis)"),
        new("zeros", "Zeros", "Zeros(dims)"),
        new("ones", "Ones", "Ones(dims)"),
        new("randn", "RandomNormal", "RandomNormal(dims)"),
        new("randn_like", "RandomNormal", "RandomNormal(dims)"),
        new("rand", "RandomUniform", "RandomUniform(dims)"),
        new("bernoulli", "RandomBernoulli", "RandomBernoulli(p, dims)"),
    ];

    /// <summary>Members of a tensor there, functions of it here. Those of the same name but for case need no line.</summary>
    public static IReadOnlyList<ForeignName> Members { get; } =
    [
        new("view", "Reshape", "Reshape(x, dims)"),
        new("reshape_as", "Reshape", "Reshape(x, dims)"),
        new("size", "Shape", "x.Shape[axis]"),
        new("ndim", "Shape", "x.Rank"),
        new("dim", "Shape", "x.Rank"),
        new("T", "Transpose", "Transpose(x)"),
        new("mT", "Transpose", "Transpose(x)"),
        new("expand", "BroadcastTo", "BroadcastTo(x, dims)"),
        new("repeat", "Tile", "Tile(x, repeats)"),
        new("chunk", "Split", "Split(x, parts, axis)"),
        new("narrow", "Reshape", "x[from..to]"),
        new("select", "Reshape", "x[.., index]"),
        new("index_select", "Gather", "Gather(x, indices, axis)"),
        new("add", "Ops", "a + b"),
        new("sub", "Ops", "a - b"),
        new("mul", "Ops", "a * b"),
        new("div", "Ops", "a / b"),
        new("bmm", "MatMul", "MatMul(a, b)"),
        new("mm", "MatMul", "MatMul(a, b)"),
        new("var", "Variance", "Variance(x)"),
        new("std", "StandardDeviation", "StandardDeviation(x)"),
        new("max", "Max", "Max(x, axis)"),
        new("min", "Min", "Min(x, axis)"),
        new("argmax", "ArgMax", "ArgMax(x, axis)"),
        new("relu_", "Relu", "Relu(x)"),
        new("detach", "StopGradient", "StopGradient(x)"),
        new("masked_fill", "Where", "Where(mask, value, x)"),
        new("contiguous", "Ops", "x: tensors are what a kernel needs them to be"),
        new("clone", "Ops", "x: nothing changes a tensor"),
        new("to", "Ops", "x: a network is made on its device, new Net(seed, Device.Cuda())"),
        new("cuda", "Ops", "x: a network is made on its device, new Net(seed, Device.Cuda())"),
        new("cpu", "Ops", "x: a network is made on its device, new Net(seed, Device.Cpu())"),
        new("item", "Ops", "x: what it holds is known to who calls the compiled method"),
        new("backward", "Ops", "nothing: an [Objective] is what steps minimize; gradients as values are Gradient(of, by)"),
    ];

    public static IReadOnlyList<ForeignName> Losses { get; } =
    [
        new("CrossEntropyLoss", "CrossEntropy", "CrossEntropy(logits, label)"),
        new("cross_entropy", "CrossEntropy", "CrossEntropy(logits, label)"),
        new("SparseCategoricalCrossentropy", "CrossEntropy", "CrossEntropy(logits, label)"),
        new("CategoricalCrossentropy", "CrossEntropy", "CrossEntropy(logits, target)"),
        new("NLLLoss", "NegativeLogLikelihood", "NegativeLogLikelihood(logProbabilities, label)"),
        new("nll_loss", "NegativeLogLikelihood", "NegativeLogLikelihood(logProbabilities, label)"),
        new("BCELoss", "BinaryCrossEntropy", "BinaryCrossEntropy(logits, target), without a sigmoid before it"),
        new("BCEWithLogitsLoss", "BinaryCrossEntropy", "BinaryCrossEntropy(logits, target)"),
        new("binary_cross_entropy_with_logits", "BinaryCrossEntropy", "BinaryCrossEntropy(logits, target)"),
        new("MSELoss", "MeanSquaredError", "MeanSquaredError(prediction, target)"),
        new("mse_loss", "MeanSquaredError", "MeanSquaredError(prediction, target)"),
        new("L1Loss", "MeanAbsoluteError", "MeanAbsoluteError(prediction, target)"),
        new("l1_loss", "MeanAbsoluteError", "MeanAbsoluteError(prediction, target)"),
        new("HuberLoss", "Huber", "Huber(prediction, target)"),
        new("SmoothL1Loss", "SmoothL1", "SmoothL1(prediction, target)"),
        new("smooth_l1_loss", "SmoothL1", "SmoothL1(prediction, target)"),
        new("KLDivLoss", "KLDivergence", "KLDivergence(logProbabilities, target)"),
        new("kl_div", "KLDivergence", "KLDivergence(logProbabilities, target)"),
        new("PoissonNLLLoss", "PoissonNegativeLogLikelihood", "PoissonNegativeLogLikelihood(prediction, target)"),
        new("GaussianNLLLoss", "GaussianNegativeLogLikelihood", "GaussianNegativeLogLikelihood(prediction, target, variance)"),
        new("CosineEmbeddingLoss", "CosineEmbedding", "CosineEmbedding(a, b, target)"),
        new("TripletMarginLoss", "Triplet", "Triplet(anchor, positive, negative)"),
        new("CTCLoss", "Ctc", "Ctc(logits, target, blank)"),
        new("ctc_loss", "Ctc", "Ctc(logits, target, blank)"),
        new("sigmoid_focal_loss", "BinaryFocal", "BinaryFocal(logits, target)"),
        new("LogCoshLoss", "LogCosh", "LogCosh(prediction, target)"),
    ];

    private static readonly Dictionary<string, ForeignName> ByName = new[] { Layers, Functions, Losses }
        .SelectMany(names => names).GroupBy(name => name.Name).ToDictionary(same => same.Key, same => same.First());

    private static readonly Dictionary<string, ForeignName> ByMember = Members.ToDictionary(name => name.Name);

    /// <summary>What to say of an error of C#; null: the name is of none of these libraries.</summary>
    public static (SyntaxNode Place, string Message)? Explain(string error, SyntaxNode node, Func<SyntaxNode?, bool> isTensor)
    {
        switch (error)
        {
            case "CS1061" when node.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is { } access && isTensor(access.Expression):
                var member = access.Name.Identifier.ValueText;
                return ByMember.TryGetValue(member, out var name) ? (access, Said(member, name)) : null;
            case "CS0103" or "CS0246" or "CS0234" or "CS0117" or "CS1955":
                return OfChain(node);
            default:
                return null;
        }
    }

    /// <summary>nn.Conv2d, torch.nn.functional.relu, Linear, new LSTM(…), [BatchNorm2d]: the first name that is no namespace.</summary>
    private static (SyntaxNode, string)? OfChain(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<SimpleNameSyntax>() is not { } first)
            return null;
        SyntaxNode place = first;
        var name = first.Identifier.ValueText;
        while (Namespaces.Contains(name) && place.Parent is MemberAccessExpressionSyntax or QualifiedNameSyntax)
        {
            place = place.Parent!;
            name = place is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : ((QualifiedNameSyntax)place).Right.Identifier.ValueText;
        }
        return Find(name) is { } found ? (place, Said(name, found)) : null;
    }

    /// <summary>By its name there, or by one of NetGen's in another case.</summary>
    private static ForeignName? Find(string name)
    {
        if (ByName.TryGetValue(name, out var found))
            return found;
        var here = OperationRegistry.Layers.Keys.Concat(OperationRegistry.Functions.Keys).Concat(OperationRegistry.SeveralResults.Keys)
            .FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase) && known != name);
        return here is null ? null : new ForeignName(name, here, here);
    }

    private static string Said(string name, ForeignName found) => $"'{name}' is a name of another library. {found.Advice}";
}
