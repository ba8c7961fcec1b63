using NetGen.Generator.Operations.Attention;
using NetGen.Generator.Operations.BatchMatMul;
using NetGen.Generator.Operations.Concat;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Ctc;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Gradients;
using NetGen.Generator.Operations.Indexed;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Operations.Norms;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.PixelShuffle;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Random;
using NetGen.Generator.Operations.Recurrent;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Resampling;
using NetGen.Generator.Operations.Scans;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Softmax;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations;

/// <summary>What the language knows: a line an operation. The functions themselves are in their folders.</summary>
internal static class OperationRegistry
{
    private static readonly LayerFunction[] LayerFunctions =
    [
        DenseLayer.Function,
        Conv2DLayer.Function,
        DepthwiseConv2DLayer.Function,
        Conv2DLayer.OfSequence,
        ConvTranspose2DLayer.Function,
        ConvTranspose2DLayer.OfSequence,
        MaxPool2DLayer.Function,
        MaxPool2DLayer.OfSequence,
        AveragePool2DLayer.Function,
        AveragePool2DLayer.OfSequence,
        AdaptiveAveragePool2DLayer.Function,
        Upsample2DLayer.Function,
        DropoutLayer.Function,
        SpatialDropoutLayer.Function,
        AlphaDropoutLayer.Function,
        GaussianNoiseLayer.Function,
        PReluLayer.Function,
        LayerNormLayer.LayerNorm,
        LayerNormLayer.RmsNorm,
        GroupNormLayer.GroupNorm,
        GroupNormLayer.InstanceNorm,
        BatchNormLayer.Function,
        SpectralNormLayer.Function,
        EmbeddingLayer.Function,
        SelfAttentionLayer.SelfAttention,
        SelfAttentionLayer.CausalSelfAttention,
        CrossAttentionLayer.Function,
        TransformerEncoderLayerDefinition.Function,
        TransformerDecoderLayerDefinition.Function,
        LearnedPositionsLayer.Function,
        AttentionPoolLayer.Function,
        RecurrentLayer.Lstm,
        RecurrentLayer.Gru,
        RecurrentLayer.Rnn,
        StatefulRecurrentLayer.Lstm,
        StatefulRecurrentLayer.Gru,
        StatefulRecurrentLayer.Rnn,
    ];

    private static readonly TensorFunction[] TensorFunctions =
    [
        .. ElementwiseFunctions.All,
        WithDerivative.Function,
        .. ReductionFunctions.All,
        .. ScanFunctions.All,
        .. StepFunctions.All,
        .. ConstantFunctions.All,
        .. LengthFunctions.All,
        .. ReshapeFunctions.All,
        .. ConcatFunctions.All,
        .. ViewFunctions.All,
        .. BatchMatMulFunctions.All,
        EinsumFunction.Function,
        .. IndexedFunctions.All,
        .. GlobalPooling.All,
        .. ResamplingFunctions.All,
        .. PixelShuffleFunctions.All,
        .. PaddingFunctions.All,
        .. SoftmaxFunctions.All,
        .. AttentionFunction.All,
        .. PositionFunctions.All,
        .. LossFunctions.All,
        CtcFunction.Function,
        .. GradientFunctions.All,
        .. RandomFunctions.All,
    ];

    /// <summary>By the name of the factory in NetGen.Layers.</summary>
    public static IReadOnlyDictionary<string, LayerFunction> Layers { get; } = LayerFunctions.ToDictionary(f => f.Name);

    /// <summary>
    /// By the name of the function in NetGen.Ops; the operators of Tensor are here as Add, Subtract, Multiply, Divide (parameters
    /// left and right) and Negate (parameter x), its indexer as Slice (parameters x and at).
    /// </summary>
    public static IReadOnlyDictionary<string, TensorFunction> Functions { get; } = TensorFunctions.ToDictionary(f => f.Name);

    /// <summary>Those that give several tensors.</summary>
    public static IReadOnlyDictionary<string, TensorsFunction> SeveralResults { get; } = ViewFunctions.Several.ToDictionary(f => f.Name);
}
