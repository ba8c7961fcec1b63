using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Recurrent;

/// <summary>What a recurrent layer has beyond the cell of its kernel.</summary>
internal sealed record RecurrentOptions
{
    /// <summary>Numbers of an LSTM's state where a matrix makes it of the units; 0: the units are the state.</summary>
    public int Projection { get; init; }

    /// <summary>Whether the gates of an LSTM see its cells.</summary>
    public bool Peepholes { get; init; }

    /// <summary>Whether the reset of a GRU is behind the product with the state, or else before it.</summary>
    public bool ResetAfter { get; init; } = true;

    /// <summary>Of the elements of x and of the state, the same at all steps of a sequence.</summary>
    public float InputDropout { get; init; }

    public float RecurrentDropout { get; init; }

    /// <summary>Whether the steps are a loop over a cell, and no kernel of their own.</summary>
    public bool NeedCell => Projection > 0 || Peepholes || !ResetAfter || RecurrentDropout > 0;

    public static RecurrentOptions Of(CallArguments arguments) => new()
    {
        Projection = arguments.IntAtLeast("projection", 0, 0),
        Peepholes = arguments.Is("peepholes"),
        ResetAfter = !arguments.Has("resetAfter") || arguments.Bool("resetAfter"),
        InputDropout = Probability(arguments, "inputDropout"),
        RecurrentDropout = Probability(arguments, "recurrentDropout"),
    };

    private static float Probability(CallArguments arguments, string name)
    {
        var p = arguments.FiniteOr(name, 0);
        return p is >= 0 and < 1
            ? p
            : throw new LanguageException("NG0301", Text.Invariant($"'{name}' is the probability of dropping an element, from 0 to below 1; it is {p}."), name);
    }

    /// <summary>x with the same elements dropped at all steps of a sequence (Gal and Ghahramani 2016).</summary>
    public Value WithInputDropout(GraphBuilder graph, Value x)
    {
        if (InputDropout == 0)
            return x;
        var width = x.Type.Dims[x.Type.Rank - 1];
        if (!x.Type.HasSteps())
        {
            var once = x.Type.WithDims(x.Type.Dims.Select((d, i) => i == x.Type.Rank - 2 ? 1 : d));
            return graph.Multiply(x, Mask(graph, InputDropout, once));
        }
        var mask = Mask(graph, InputDropout, TensorType.PerSample(width));
        return graph.Multiply(x, graph.Apply(new EachStep(x.Type.Rows), mask, graph.Spans(x.Type.Rows)));
    }

    public static Value Mask(GraphBuilder graph, float p, TensorType type) =>
        graph.Apply(new DropoutMask(p, RandomOperation.NextStream(graph), type));
}
