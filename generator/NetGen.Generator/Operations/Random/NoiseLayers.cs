using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Operations.Random;

/// <summary>GaussianNoise(std): x + std·N(0, 1) in training; outside of it x.</summary>
internal sealed record GaussianNoiseLayer(float Std) : LayerDefinition
{
    public static readonly LayerFunction Function = new("GaussianNoise", a => new GaussianNoiseLayer(a.AtLeast("std", 0, 0)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("GaussianNoise", "x", x.Type);
        var noise = graph.Multiply(RandomFunctions.Draw(graph, RandomTensor.Normal, x.Type.Dims), graph.Constant(Std));
        return graph.Map("Where", graph.Apply(new IsTraining()), graph.Add(x, noise), x);
    }
}

/// <summary>
/// AlphaDropout(p), for networks of <c>Selu</c> (Klambauer et al. 2017): what is dropped becomes α' = −λα, where Selu ends, and a·(…) + b
/// gives mean 0 and variance 1 back: a = (q + α'²·q·p)^(−½) of q = 1 − p, b = −a·p·α'.
/// </summary>
internal sealed record AlphaDropoutLayer(float P) : LayerDefinition
{
    private const double Dropped = -1.7580993408473766;

    public static readonly LayerFunction Function = new("AlphaDropout", a => new AlphaDropoutLayer(DropoutLayer.Probability(a)));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check("AlphaDropout", "x", x.Type);
        var factor = 1 / Math.Sqrt((1 - P) * (1 + (Dropped * Dropped * P)));
        var kept = graph.Map("GreaterOrEqual", RandomFunctions.Draw(graph, RandomTensor.Uniform, x.Type.Dims), graph.Constant(P));
        var scaled = graph.Add(graph.Multiply(x, graph.Constant((float)factor)), graph.Constant((float)(-factor * P * Dropped)));
        var dropped = graph.Constant((float)((factor * Dropped) - (factor * P * Dropped)));
        return graph.Map("Where", graph.Apply(new IsTraining()), graph.Map("Where", kept, scaled, dropped), x);
    }
}
