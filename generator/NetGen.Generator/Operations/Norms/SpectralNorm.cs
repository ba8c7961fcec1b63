using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Norms;

/// <summary>
/// SpectralNorm(layer, iterations, epsilon) (Miyato et al. 2018): the layer with its weight divided by an estimate of the weight's largest
/// singular value. Names and numbers are those of torch.nn.utils.spectral_norm.
/// </summary>
internal sealed record SpectralNormLayer(LayerDefinition Layer, int Iterations, float Epsilon) : LayerDefinition
{
    public static readonly LayerFunction Function = new("SpectralNorm", a => new SpectralNormLayer(
        Checked(a.Layer("layer")), a.IntAtLeast("iterations", 1, otherwise: 1), a.Above("epsilon", 0, 1e-12f)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) =>
        Layer.Apply(graph, new Scope(graph, parameters, this), x);

    private static LayerDefinition Checked(LayerDefinition? layer) => layer switch
    {
        SpectralNormLayer => throw new LanguageException("NG0301", "SpectralNorm of SpectralNorm: once is enough.", "layer"),
        { WeightOutputs: not null } => layer,
        _ => throw new LanguageException(
            "NG0301", "SpectralNorm divides the weight of one layer: Dense, Conv1D, Conv2D, DepthwiseConv2D, ConvTranspose1D or ConvTranspose2D. Put it around each of them.", "layer"),
    };

    /// <summary>The layer's weights, of which the one called weight is divided.</summary>
    private sealed class Scope(GraphBuilder graph, IParameterScope outer, SpectralNormLayer norm) : IParameterScope
    {
        public Value Parameter(string name, int[] dims, InitializerModel initializer, FileLayout layout)
        {
            if (name != "weight")
                return outer.Parameter(name, dims, initializer, layout);
            var weight = outer.Parameter("weight_orig", dims, initializer, layout);
            var outputs = dims[dims.Length - norm.Layer.WeightOutputs!.Value];
            var others = dims.Aggregate(1, (product, dim) => product * dim) / outputs;
            // Zeros of v say that no step has been there.
            return graph.Apply(
                new SpectralNorm(norm.Layer.WeightOutputs.Value, norm.Iterations, norm.Epsilon),
                weight,
                outer.State("weight_u", [outputs], new InitializerModel("Normal", EquatableArray.Create(1f, 0f)), FileLayout.AsIs),
                outer.State("weight_v", [others], Initializers.Zeros, FileLayout.AsIs));
        }

        public Value State(string name, int[] dims, InitializerModel initializer, FileLayout layout) => outer.State(name, dims, initializer, layout);
    }
}

/// <summary>
/// (W, u, v) to W/σ with σ = uᵀ·W·v, W as a matrix of outputs and everything else. A step first moves v to W·u and u to Wᵀ·v, both of
/// length 1: power iteration, which finds the largest singular value's vectors since weights change slowly. The gradient knows both as
/// constants, as PyTorch's does.
/// </summary>
/// <param name="Outputs">Which axis of the weight counts outputs, from the last: 1.</param>
/// <param name="Iterations">How often a step moves the vectors.</param>
/// <param name="Epsilon">The least length that a vector is divided by.</param>
internal sealed record SpectralNorm(int Outputs, int Iterations, float Epsilon) : Operation
{
    private const int Weight = 0, Left = 1, Right = 2;

    public override string Title => $"SpectralNorm[{Iterations}, ε {Text.Literal(Epsilon)}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[Weight];

    public override bool ScalesWeight => true;

    /// <summary>
    /// PyTorch's u has the outputs, and its v the inputs of a dense layer; of a convolution v has [channels, height, width], and here
    /// channels last.
    /// </summary>
    public override void Order(OrderContext context)
    {
        context.Same(context.Operand, context.Result);
        var (weight, dims) = (context.Operand, context.Operand.Dims);
        if (dims.Count > 2)
        {
            var channels = dims[dims.Count - (Outputs == 1 ? 2 : 1)];
            var positions = weight.Count / channels / dims[dims.Count - Outputs];
            context.Claim(context.Operands[Right], FeatureOrder.Of([new FeatureBlock(positions, channels)]));
        }
        else if (context.Weight(Weight) is { } axes)
        {
            context.Same(context.Operands[Left], axes.Outputs);
            context.Same(context.Operands[Right], axes.Inputs);
        }
    }

    /// <summary>By the stored vectors; before the first step, where there is no v, σ is the length that W gives to u's direction.</summary>
    public override Value AtInference(GraphBuilder graph, Value[] inputs)
    {
        var matrix = Matrix(graph, inputs[Weight]);
        var sigma = Dot(graph, inputs[Left], Rightwards(graph, matrix, inputs[Right]));
        var first = graph.Map("Divide", Length(graph, Leftwards(graph, matrix, inputs[Left])), Length(graph, inputs[Left]));
        return graph.Map("Divide", inputs[Weight], graph.Map("Where", graph.Map("NotEqual", sigma, graph.Constant(0)), sigma, first));
    }

    public override Value AtTraining(TrainingContext context, Value[] inputs)
    {
        if (context.IsFrozen(inputs[Left]))
            return AtInference(context.Graph, inputs);
        var (graph, u, v) = (context.Graph, inputs[Left], inputs[Right]);
        var matrix = Matrix(graph, inputs[Weight]);
        var image = u;
        for (var i = 0; i < Iterations; i++)
        {
            v = Direction(graph, Leftwards(graph, matrix, u));
            image = Rightwards(graph, matrix, v);
            u = Direction(graph, image);
        }
        context.Change(inputs[Left], _ => u);
        context.Change(inputs[Right], _ => v);
        return graph.Map("Divide", inputs[Weight], Dot(graph, u, image));
    }

    public override void Evaluate(ReferenceCall call) => throw NotComputed();

    public override KernelBody Lower(LoweringContext context) => throw NotComputed();

    /// <summary>[everything else, outputs]</summary>
    private Value Matrix(GraphBuilder graph, Value weight)
    {
        var rank = weight.Type.Rank;
        var last = Outputs == 1 ? weight : graph.Permute(weight, [.. Enumerable.Range(0, rank).Where(axis => axis != rank - Outputs), rank - Outputs]);
        var outputs = last.Type.Dims[rank - 1];
        return graph.Reshape(last, [(int)(weight.Type.Count / outputs), outputs]);
    }

    /// <summary>W·u, of everything else.</summary>
    private static Value Leftwards(GraphBuilder graph, Value matrix, Value u) => graph.SumOf(graph.Multiply(matrix, u), [1]);

    /// <summary>Wᵀ·v, of the outputs.</summary>
    private static Value Rightwards(GraphBuilder graph, Value matrix, Value v) => graph.Reshape(
        graph.Apply(new BatchMatMul.BatchMatMul(), graph.Reshape(v, [1, (int)v.Type.Count]), matrix), [matrix.Type.Dims[1]]);

    private static Value Dot(GraphBuilder graph, Value a, Value b) => graph.SumAll(graph.Multiply(a, b));

    /// <summary>‖x‖, at least ε.</summary>
    private Value Length(GraphBuilder graph, Value x) => graph.Map("Maximum", graph.Map("Sqrt", Dot(graph, x, x)), graph.Constant(Epsilon));

    private Value Direction(GraphBuilder graph, Value x) => graph.Map("StopGradient", graph.Map("Divide", x, Length(graph, x)));

    private static InvalidOperationException NotComputed() => new("A spectral normalization is computed as what it is at inference or in training.");
}
