using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Dense;

/// <summary>
/// Dense(units, bias, init, biasInit): y = x·W + b of the last axis, the same at every position. Lowers to <see cref="MatMul"/> and an
/// addition, which the fusion pass puts back into one kernel.
/// </summary>
internal sealed record DenseLayer(int Units, bool Bias, InitializerModel? Init, InitializerModel? BiasInit) : LayerDefinition
{
    public static readonly LayerFunction Function = new("Dense", a => new DenseLayer(
        a.IntAtLeast("units", 1), a.Bool("bias"), a.Initializer("init"), a.Initializer("biasInit")));

    public override int? WeightOutputs => 1;

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("Dense", "x", x.Type);
        if (!x.Type.Batched)
            throw new LanguageException("NG0401", $"Dense expects a tensor of each sample; got {x.Type.Shape} without a batch. MatMul multiplies parameters.");
        if (x.Type.Rank == 0)
            throw new LanguageException("NG0401", "Dense expects at least one dimension per sample; got a single number. Put Reshape(1) before it.");
        var inputs = Rows.Length(x.Type);
        var init = (Init ?? Initializers.Default) with { FanIn = inputs, FanOut = Units };
        var weight = parameters.Parameter("weight", [inputs, Units], init, FileLayout.Linear);
        Suggestions.BeforeDense(graph, x, weight);
        var y = graph.Apply(new MatMul(), x, weight);
        if (!Bias)
            return y;
        var biasInit = Initializers.OfBias(Init, BiasInit) with { FanIn = inputs, FanOut = Units };
        return graph.Add(y, parameters.Parameter("bias", [Units], biasInit, FileLayout.AsIs));
    }
}
