using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>
/// The networks around single operations that are compiled for CUDA: one at least for every kind of kernel and every function of the run time. With
/// NETGEN_CUDA_ALL=1 in the environment all of the processor's are.
/// </summary>
internal static class Operations
{
    private static readonly string[] Chosen =
    [
        "several results",
        "Relu [17]", "Tanh of a number per sample", "Gelu [1]", "Elu 0.3", "Log", "Mish [19]", "functions with two numbers", "rounding", "PRelu of each channel", "Maximum [3, 1] [4, 1, 5]", "comparisons", "Where", "operators with numbers",
        "Divide [3, 1] [4, 1, 5]", "Subtract weight [3, 1] [3, 17]", "Add weights [5, 1] and [7]",
        "Sum axis 0 [3, 17]", "Mean of all [100]", "Mean axis 1 kept [4, 3, 5]", "Sum of a weight", "layer norm by hand", "Max and Min", "Max and Min of long rows", "Prod", "LogSumExp", "CumSum", "constants",
        "reshaped view of an input", "the input itself", "a weight that the input only repeats", "Embeddings", "Embedding, tied and called twice", "Gather, Pick and OneHot", "places", "Sort and TopK", "ScatterAdd", "Sin and Cos", "Concat of 2", "Concat axis 0", "Concat of 6", "Concat with a weight",
        "Dense at positions", "Dense at positions, whole tiles", "mean of Dense at positions", "MatMul [3, 7, 5] [3, 5, 18]", "MatMul, broadcast", "MatMul of a weight", "attention by hand",
        "Attention dropout", "Attention of fewer keys", "Attention with a bias of heads", "CausalSelfAttention", "RotaryPositions",
        "LearnedPositions and SinusoidalPositions", "Lstm of two layers", "Gru of two layers", "Rnn of steps",
        "parts of a tensor", "a part of a weight", "Sum of a column", "Permute of rows", "Permute between loops", "Permute of five axes", "repetitions",
        "Dense 17 to 10", "Dense without bias", "Conv2D [7, 6, 5] 3, kernel: (3, 2), stride: (2, 3)",
        "Conv2D [5, 6, 2] 5, kernel: (2, 4), stride: 2, padding: Padding.Same", "Conv2D [4, 5, 16] 3, kernel: 3, stride: (2, 1), padding: 4",
        "Conv2D [6, 7, 6] 9, kernel: (3, 2), stride: (1, 2), padding: 1, groups: 3",
        "Resize2D", "PixelShuffle", "PixelUnshuffle", "Pad and Crop2D",
        "DepthwiseConv2D stride 2, Relu6",
        "MaxPool2D 2 of [5, 7, 17]", "MaxPool2D (2, 3) stride 1", "MaxPool2D 3 same", "Conv2D, Relu, MaxPool2D", "Conv2D, MaxPool2D with a gap",
        "AveragePool2D 2 of [4, 4, 3]", "AveragePool2D (2, 3) stride 1", "AveragePool2D 3 same", "Conv2D, GlobalAveragePool", "two different pools of one convolution",
        "LayerNorm between layers", "RmsNorm over 2 axes", "GroupNorm", "InstanceNorm", "BatchNorm of an image", "BatchNorm of a sequence", "SpectralNorm", "Softmax [2, 3, 17]", "Softmax of a weight", "LogSoftmax [10]", "CrossEntropy 10", "CrossEntropy 2 in a larger objective", "CrossEntropy at positions", "CrossEntropy at positions, in a larger objective", "CrossEntropy of probabilities",
        "BinaryCrossEntropy [3, 5]", "BinaryCrossEntropy of a computed target",
        "CrossEntropy by what counts", "Ctc", "Ctc of several lengths", "Focal and NegativeLogLikelihood", "likelihoods", "Pow", "Atan and Atan2",
        "L1 of a convolution", "L2 of a layer", "Dropout 0.5", "Dropout twice", "Dropout of a tensor that is read twice",
    ];

    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile([.. Names!.Select(OperationNetworks.Source)], forDevice: true));

    public static IReadOnlyList<string> Names { get; } = Environment.GetEnvironmentVariable("NETGEN_CUDA_ALL") == "1"
        ? [.. OperationNetworks.Names.Select(name => (string)name[0])]
        : Chosen;

    public static CompiledNetwork Get(string name) => Compiled.Value[OperationNetworks.Source(name).Case];
}
