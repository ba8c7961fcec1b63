using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Elementwise;

namespace NetGen.Generator.Operations.Dense;

/// <summary>
/// Dense(units, bias, init, biasInit): y = x·W + b for one vector per sample. Lowers to <see cref="MatMul"/> and an addition, which
/// the fusion pass puts back into one kernel.
/// </summary>
internal sealed record DenseLayer(int Units, bool Bias, InitializerModel? Init, InitializerModel? BiasInit) : LayerDefinition
{
    public static readonly LayerFunction Function = new("Dense", a => new DenseLayer(
        a.IntAtLeast("units", 1), a.Bool("bias"), a.Initializer("init"), a.Initializer("biasInit")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("Dense", "x", x.Type);
        if (!x.Type.Batched)
            throw new LanguageException("NG0401", $"Dense expects a vector per sample; got {x.Type.Shape} without a batch.");
        if (x.Type.Rank != 1)
        {
            throw new LanguageException("NG0401", $"Dense expects a vector per sample; got {x.Type.Shape}. {Remedies(x.Type)}")
            {
                Replacement = x.Type.Rank == 3 ? AtEachPosition : null,
            };
        }
        var inputs = x.Type.Dims[0];
        var init = (Init ?? Initializers.Default) with { FanIn = inputs, FanOut = Units };
        var y = graph.Apply(new MatMul(), x, parameters.Parameter("weight", [inputs, Units], init, FileLayout.Linear));
        if (!Bias)
            return y;
        var biasInit = (BiasInit ?? Initializers.Zeros) with { FanIn = inputs, FanOut = Units };
        return graph.Add(y, parameters.Parameter("bias", [Units], biasInit, FileLayout.AsIs));
    }

    /// <summary>The same weights at every pixel.</summary>
    private string AtEachPosition => $"Conv2D({Units}, kernel: 1)";

    /// <summary>One layer over all numbers, or the same one at each position: which is meant nobody can know.</summary>
    private string Remedies(TensorType x)
    {
        if (x.Rank == 0)
            return "Put Reshape(1) before it.";
        var channels = x.Dims[x.Rank - 1];
        var (positions, each) = (x.Count / channels, AtEachPosition);
        if (x.Rank != 3)
        {
            var outer = string.Join(", ", x.Dims.Take(x.Rank - 1));
            each = $"Reshape({(x.Rank == 2 ? $"1, {outer}" : $"{positions}, 1")}, {channels}), {each}, Reshape({outer}, {Units})";
        }
        return $"For one layer over all {x.Count} numbers put Flatten before it; for the same layer at each of the {positions} positions write {each}.";
    }
}
