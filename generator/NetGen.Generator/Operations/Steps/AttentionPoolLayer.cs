using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Steps;

/// <summary>
/// AttentionPool(units, init): the mean of a sequence's steps by weights that a small network learns (Yang et al. 2016): Σ
/// softmax_t(tanh(x_t·W + b)·q)·x_t.
/// </summary>
internal sealed record AttentionPoolLayer(int Units, InitializerModel? Init) : LayerDefinition
{
    public static readonly LayerFunction Function = new(
        "AttentionPool", a => new AttentionPoolLayer(a.IntAtLeast("units", 1), a.Initializer("init")));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("AttentionPool", "x", x.Type);
        if (!x.Type.Batched || x.Type.Rank == 0 || (x.Type.Rank < 2 && !x.Type.HasSteps()))
        {
            throw new LanguageException("NG0401",
                $"AttentionPool is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got {(x.Type.Rank == 0 ? "a single number" : x.Type.Shape)}{(x.Type.Batched ? "" : " without a batch")}.");
        }
        var width = x.Type.Dims[x.Type.Rank - 1];
        var init = (Init ?? Initializers.Default) with { FanIn = width, FanOut = Units };
        var hidden = graph.Map("Tanh", graph.Add(
            graph.Apply(new MatMul(), x, parameters.Parameter("weight", [width, Units], init, FileLayout.Linear)),
            parameters.Parameter("bias", [Units], Initializers.Zeros, FileLayout.AsIs)));
        var query = parameters.Parameter("query", [Units], init with { FanIn = Units, FanOut = 1 }, FileLayout.AsIs);
        var scores = graph.Apply(new MatMul(), hidden, graph.Reshape(query, [Units, 1]));
        return StepFunctions.Sum(graph, "AttentionPool", graph.Multiply(StepFunctions.Softmax(graph, scores), x), isMean: false);
    }
}
